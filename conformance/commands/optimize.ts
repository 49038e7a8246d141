import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec optimize`: what `pickletools.optimize` makes of a pickle. */
export const optimizeCommand: Command = defineCommand({
  name: 'optimize',
  summary: 'a pickle without needless memo instructions, as pickletools.optimize has it',
  arguments: {
    file: { kind: 'optional', summary: 'a file with a pickle; none or - is standard input' },
  },
  options: {
    profile: {
      kind: 'text',
      value: 'P',
      summary: 'whose pickletools to follow, such as cpython-3.8-c (default documented: 3.14)',
    },
    out: { kind: 'text', value: 'OUT', short: 'o', summary: 'the file for the optimized pickle' },
    hex: { kind: 'flag', summary: 'hex and a line feed' },
    json: { kind: 'flag', summary: 'print {bytes, optimized}: the length before and after' },
  },
  examples: [
    ['picklespec optimize data.pkl -o smaller.pkl', 'write the optimized pickle into a file'],
    ['picklespec optimize data.pkl --json', 'only say how many bytes it would save'],
  ],
  run: async (io, { arguments: { file }, options }): Promise<ExitCode> => {
    const { optimizePickle } = await import('./optimize-pickle.ts')
    return optimizePickle(io, file ?? '-', options)
  },
})
