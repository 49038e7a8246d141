import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'
import { loadOptions } from './load.ts'

/** `picklespec repickle`: a pickle, loaded without running anything and dumped again. */
export const repickleCommand: Command = defineCommand({
  name: 'repickle',
  summary: 'a pickle at another protocol, as the interpreter that wrote it would write it again',
  arguments: {
    file: { kind: 'optional', summary: 'a file with a pickle; none or - is standard input' },
  },
  options: {
    protocol: {
      kind: 'integer',
      value: 'N',
      range: [0, 5],
      summary: 'the protocol to write; without it the one that release of Python prefers',
    },
    ...loadOptions,
    out: { kind: 'text', value: 'OUT', short: 'o', summary: 'the file for the new pickle' },
    hex: { kind: 'flag', summary: 'hex and a line feed' },
    json: {
      kind: 'flag',
      summary:
        'print {bytes, repickled, kept, assumed, buffers}: lengths, what was kept as recorded …',
    },
  },
  examples: [
    ['picklespec repickle data.pkl --protocol 0 -o old.pkl', 'write it for an old unpickler'],
    [
      'picklespec repickle data.pkl --protocol 5 --profile cpython-3.12-c --hex',
      'as CPython 3.12 would write it',
    ],
  ],
  run: async (io, { arguments: { file }, options }): Promise<ExitCode> => {
    const { repicklePickle } = await import('./repickle-pickle.ts')
    return repicklePickle(io, file ?? '-', options)
  },
})
