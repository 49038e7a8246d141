import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec doctor`: what is wrong with an adapter. */
export const doctorCommand: Command = defineCommand({
  name: 'doctor',
  summary: 'what is wrong with an adapter: a ladder of checks that names the mistake',
  arguments: {
    subject: {
      kind: 'one',
      summary: 'a folder with a subject.json, a command line in quotes, or a known subject',
    },
  },
  options: {
    patience: {
      kind: 'integer',
      value: 'SECONDS',
      range: [1, 600],
      summary: 'how long a line may take; 5 unless said',
    },
    json: { kind: 'flag', summary: '{subject, healthy, mistakes, findings}' },
  },
  examples: [
    ['picklespec doctor ./my-adapter', 'the adapter in a folder with a subject.json'],
    ['picklespec doctor "python3 my_adapter.py"', 'a program'],
  ],
  run: async (io, { arguments: { subject }, options }): Promise<ExitCode> => {
    const { doctor } = await import('./doctor-a-subject.ts')
    return doctor(io, subject, options)
  },
})
