import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec run`: the suite. */
export const runCommand: Command = defineCommand({
  name: 'run',
  summary: 'ask implementations the cases of the suite and judge their answers',
  arguments: {},
  options: {
    subject: {
      kind: 'texts',
      value: 'S',
      summary:
        'a known subject, a folder with a subject.json, or a command line in quotes; all: every known one',
    },
    filter: {
      kind: 'texts',
      value: 'F',
      summary: 'a pattern of case ids, clause:ID or tag:T; several add up',
    },
    protocol: {
      kind: 'integers',
      value: 'N',
      range: [0, 5],
      summary: 'a protocol of pickle; several add up',
    },
    suite: {
      kind: 'text',
      value: 'RELEASE',
      summary: 'judge what that release of the suite requires, and nothing that came later',
    },
    expectedFailures: {
      kind: 'text',
      value: 'FILE',
      summary: 'what is known to fail, in place of the file beside each adapter',
    },
    updateExpectedFailures: {
      kind: 'flag',
      summary: 'write that file anew from this run',
    },
    shuffle: {
      kind: 'text',
      value: 'SEED',
      summary: 'ask in another order, which shows what one case leaves behind for another',
    },
    out: { kind: 'text', value: 'DIR', summary: 'where the record and the reports go' },
    json: { kind: 'flag', summary: 'print the footer of the record' },
  },
  examples: [
    ['picklespec run', 'the reference and every Python found'],
    ['picklespec run --subject cpython-3.13 --filter "fast/**"', 'one chapter on one release'],
    ['picklespec run --subject "./my-adapter --quiet"', 'an implementation of your own'],
    ['picklespec run --subject ./my-adapter --shuffle 1', 'the same in another order'],
  ],
  run: async (io, { options }): Promise<ExitCode> => {
    const { runTheSuite } = await import('./run-the-suite.ts')
    return runTheSuite(io, options)
  },
})
