import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec new-adapter`: a working adapter to start from. */
export const newAdapterCommand: Command = defineCommand({
  name: 'new-adapter',
  summary: 'write a working adapter to start from, for an implementation of your own',
  arguments: {
    language: {
      kind: 'one',
      choices: ['go', 'java', 'javascript', 'python', 'rust'],
      summary: 'what it is written in',
    },
    folder: { kind: 'one', summary: 'where it goes; made if need be, and empty so far' },
  },
  options: {},
  examples: [
    ['picklespec new-adapter go my-adapter', 'then: picklespec doctor my-adapter'],
    ['picklespec new-adapter rust adapters/serde-pickle', 'in a folder of a folder'],
  ],
  run: async (io, { arguments: { language, folder } }): Promise<ExitCode> => {
    const { writeAdapter } = await import('./write-adapter.ts')
    return writeAdapter(io, language, folder)
  },
})
