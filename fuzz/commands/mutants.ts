import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec mutants`: what the suite would notice. */
export const mutantsCommand: Command = defineCommand({
  name: 'mutants',
  summary: 'break the reference in many small ways, and see whether the suite tells',
  arguments: {},
  options: {
    by: {
      kind: 'text',
      value: 'WHO',
      choices: ['suite', 'fuzz'],
      summary: 'who is to tell: cases and unit tests, which is the default; or random questions',
    },
    sample: {
      kind: 'integer',
      value: 'N',
      range: [1, 1_000_000],
      summary: 'so many mutants, drawn with the seed; 150 unless said',
    },
    seed: {
      kind: 'integer',
      value: 'X',
      range: [0, 4_294_967_295],
      summary: 'where the random numbers begin; 1 unless said',
    },
    all: { kind: 'flag', summary: 'every mutant, those said to be equivalent too; takes hours' },
    filter: {
      kind: 'texts',
      value: 'F',
      summary:
        'only mutants whose name has this in it: pickler/save.ts, shift-constant, a whole name',
    },
    survivors: {
      kind: 'flag',
      summary: 'only mutants that the suite did not tell when it was last asked about them',
    },
    case: {
      kind: 'texts',
      value: 'C',
      summary: 'only cases whose name begins so are asked, and no unit tests',
    },
    atLeast: {
      kind: 'integer',
      value: 'P',
      range: [0, 100],
      summary: 'how many percent are to be killed; 98 unless said',
    },
    workers: {
      kind: 'integer',
      value: 'N',
      range: [1, 256],
      summary: 'threads at work; one for each core unless said',
    },
    equivalent: {
      kind: 'flag',
      summary:
        'with --by fuzz: all mutants said to be equivalent in one build, which nothing may tell',
    },
    checks: {
      kind: 'integer',
      value: 'N',
      range: [1, 100_000_000],
      summary: 'with --by fuzz: random questions for a mutant; 2000, or 100000 for equivalents',
    },
    sole: {
      kind: 'flag',
      summary:
        'for each documented and protocol clause a mutant that no case tells but those that exercise it',
    },
    told: {
      kind: 'flag',
      summary: 'for each clause a mutant that its cases tell, whichever others do, too',
    },
    save: {
      kind: 'flag',
      summary:
        'write down what they survived, with --equivalent; or what was found for each clause, with --sole or --told',
    },
    json: { kind: 'flag', summary: 'print {total, equivalent, killed, score, survivors}' },
  },
  examples: [
    ['picklespec mutants', 'a sample of 150, asked by the suite'],
    ['picklespec mutants --filter pickler/framer.ts --all', 'every mutant of a file'],
    [
      'picklespec mutants --sole --filter pickler/',
      'which clauses something in a folder is left to',
    ],
    ['picklespec mutants --by fuzz --sample 20', 'what random questions tell without the suite'],
  ],
  run: async (io, { options }): Promise<ExitCode> => {
    const { runMutantsCommand } = await import('./run-mutants-command.ts')
    return runMutantsCommand(io, options)
  },
})
