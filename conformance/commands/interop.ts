import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec interop`: A writes, B reads. */
export const interopCommand: Command = defineCommand({
  name: 'interop',
  summary: 'what every implementation writes of plain values, read by every other',
  arguments: {},
  options: {
    subject: {
      kind: 'texts',
      value: 'S',
      summary: 'as in run; all: every known one, third parties too',
    },
    filter: { kind: 'texts', value: 'F', summary: 'the values of these cases alone, as in run' },
    json: { kind: 'flag', summary: '{values, writers, readers, cells, silent}' },
  },
  examples: [
    ['picklespec interop --subject all', 'a table in Markdown, and where each pair parts first'],
    ['picklespec interop --subject og-rek --subject cpython-3.13', 'two of them'],
  ],
  run: async (io, { options }): Promise<ExitCode> => {
    const { runInterop } = await import('./run-interop.ts')
    return runInterop(io, options)
  },
})
