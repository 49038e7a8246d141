import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** What every command is given that loads pickles. */
export const loadOptions = {
  profile: {
    kind: 'text',
    value: 'P',
    summary: 'whose unpickler and library to follow, such as cpython-3.12-c (default documented)',
  },
  encoding: {
    kind: 'text',
    value: 'E',
    summary: 'how strs of Python 2 are decoded: ASCII (default), latin1, bytes …',
  },
  errors: { kind: 'text', value: 'H', summary: 'what such decoding does with errors: strict …' },
} as const

/** `picklespec load`: what a pickle holds, without running anything. */
export const loadCommand: Command = defineCommand({
  name: 'load',
  summary: 'what a pickle holds, as a scenario value; nothing that it names is run',
  arguments: {
    file: { kind: 'optional', summary: 'a file with a pickle; none or - is standard input' },
  },
  options: {
    ...loadOptions,
    json: { kind: 'flag', summary: 'the graph as a table of objects, in JSON' },
  },
  examples: [
    ['picklespec load data.pkl', 'print what it holds'],
    ['picklespec load data.pkl --profile cpython-3.8-py --json', 'as a graph, for programs'],
  ],
  run: async (io, { arguments: { file }, options }): Promise<ExitCode> => {
    const { loadPickleFile } = await import('./load-pickle.ts')
    return loadPickleFile(io, file ?? '-', options)
  },
})
