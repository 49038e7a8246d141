import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec assemble`: instructions as text to a pickle. */
export const assembleCommand: Command = defineCommand({
  name: 'assemble',
  summary: 'the pickle that instructions stand for, as picklespec dis --assembly prints them',
  arguments: {
    file: {
      kind: 'optional',
      summary: 'a file with an instruction a line, # before a comment; none or - is standard input',
    },
  },
  options: {
    protocol: {
      kind: 'integer',
      value: 'N',
      range: [0, 255],
      summary: 'what the n of PROTO n stands for',
    },
    out: { kind: 'text', value: 'OUT', short: 'o', summary: 'the file for the pickle' },
    hex: { kind: 'flag', summary: 'hex and a line feed' },
  },
  examples: [
    ['picklespec assemble data.asm -o data.pkl', 'write the pickle into a file'],
    ['picklespec assemble --protocol 4 --hex', 'print the instructions on standard input as hex'],
  ],
  run: async (io, { arguments: { file }, options }): Promise<ExitCode> => {
    const { assembleLines } = await import('./assemble-lines.ts')
    return assembleLines(io, file ?? '-', options)
  },
})
