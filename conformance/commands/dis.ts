import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec dis`: what `python -m pickletools` prints. */
export const disCommand: Command = defineCommand({
  name: 'dis',
  summary: 'the instructions of pickles, as python -m pickletools prints them',
  arguments: {
    file: { kind: 'any', summary: 'files with a pickle; none or - is standard input' },
  },
  options: {
    profile: {
      kind: 'text',
      value: 'P',
      summary: 'whose pickletools to follow, such as cpython-3.8-c (default documented: 3.14)',
    },
    annotate: { kind: 'flag', short: 'a', summary: 'say behind each instruction what it does' },
    indentlevel: {
      kind: 'integer',
      value: 'N',
      short: 'l',
      range: [0, 64],
      summary: 'by how many blanks a MARK indents (default 4)',
    },
    memo: { kind: 'flag', short: 'm', summary: 'keep the memo from one pickle to the next' },
    preamble: {
      kind: 'text',
      value: 'TEXT',
      short: 'p',
      summary: 'the line before each of several files (default "==> {name} <==")',
    },
    all: { kind: 'flag', summary: 'all pickles of a file, not only the first' },
    assembly: {
      kind: 'flag',
      summary: 'one instruction a line in the form that picklespec assemble reads, to the end',
    },
    json: { kind: 'flag', summary: 'one instruction a line as JSON' },
    out: { kind: 'text', value: 'OUT', short: 'o', summary: 'a file for what would be printed' },
  },
  examples: [
    ['picklespec dis data.pkl', 'print what python -m pickletools data.pkl prints'],
    ['picklespec dis -a --profile cpython-3.12-c data.pkl', 'with what each instruction does'],
    [
      'picklespec dis --assembly data.pkl -o data.asm',
      'in a form to edit, for picklespec assemble',
    ],
  ],
  run: async (io, { arguments: { file }, options }): Promise<ExitCode> => {
    const { disassemblePickles } = await import('./disassemble-pickles.ts')
    return disassemblePickles(io, file, options)
  },
})
