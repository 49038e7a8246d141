import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec explain`: one case or one clause, in full. */
export const explainCommand: Command = defineCommand({
  name: 'explain',
  summary: 'a case or a clause in full: the rule, the question, the answers',
  arguments: {
    what: { kind: 'one', summary: 'the id of a case, of a clause, or of a boundary' },
  },
  options: {
    record: {
      kind: 'text',
      value: 'FILE',
      summary: 'whose answers to show; those of the last run here unless said',
    },
    json: { kind: 'flag', summary: 'everything as JSON' },
  },
  examples: [
    ['picklespec explain FAST-05', 'the rule, its boundaries with their cases, who fails them'],
    [
      'picklespec explain fast/cycles/list-in-itself --record reports/out/record.jsonl',
      'the question, what is expected, and how the first failing answer differs',
    ],
  ],
  run: async (io, { arguments: { what }, options }): Promise<ExitCode> => {
    const { explain } = await import('./explain-the-suite.ts')
    return explain(io, what, options)
  },
})
