import { type Command, defineCommand, type ExitCode, WrongUsage } from '../../reports/command.ts'

/** `picklespec fuzz`: questions nobody thought of. */
export const fuzzCommand: Command = defineCommand({
  name: 'fuzz',
  summary: 'ask implementations random scenarios and hold the answers against the reference',
  arguments: {},
  options: {
    target: {
      kind: 'text',
      value: 'TARGET',
      choices: ['dump', 'load'],
      summary: 'dump: scenarios, which is the default; load: pickles, most of them damaged',
    },
    subject: {
      kind: 'texts',
      value: 'S',
      summary:
        'a known subject, or the command line of a program in quotes; every Python unless said',
    },
    time: {
      kind: 'text',
      value: 'T',
      summary: 'for how long: 90s, 10m, 2h; 60s unless --cases or --checks is given',
    },
    cases: {
      kind: 'integer',
      value: 'N',
      range: [1, 1_000_000_000],
      summary: 'this many scenarios or pickles',
    },
    checks: {
      kind: 'integer',
      value: 'N',
      range: [1, 1_000_000_000],
      summary: 'until this many answers were held against the reference; of dumps alone',
    },
    seed: {
      kind: 'integer',
      value: 'X',
      range: [0, 4_294_967_295],
      summary: 'where the random numbers begin; a new one each time unless said',
    },
    shard: { kind: 'text', value: 'I/N', summary: 'the I-th of N equal parts, from 1' },
    replay: {
      kind: 'text',
      value: 'TOKEN-or-FILE',
      summary: 'one scenario again: the token or the file of a finding, or a scenario',
    },
    thorough: {
      kind: 'flag',
      summary: 'engines in pure Python at every protocol too, not at one in turn',
    },
    save: {
      kind: 'flag',
      summary: 'keep findings in fuzz/regressions, where make test replays them',
    },
    record: {
      kind: 'flag',
      summary:
        'keep what interpreters answer to --cases N in fuzz/corpus, where make test asks again',
    },
    picked: {
      kind: 'flag',
      summary: 'with --record: ask only the questions of fuzz/corpus/picked.jsonl again',
    },
    out: { kind: 'text', value: 'DIR', summary: 'where findings are left' },
    json: {
      kind: 'flag',
      summary: 'print {scenarios, scenariosPerSecond, checksPerSecond, findings}',
    },
  },
  examples: [
    ['picklespec fuzz', 'a minute on every Python found'],
    ['picklespec fuzz --subject cpython-3.13 --seed 1 --cases 20000', 'the same ones each time'],
    ['picklespec fuzz --target load --time 5m', 'five minutes of damaged pickles'],
    ['picklespec fuzz --replay 2-1-17-3f', 'the seventeenth scenario of the seed 1 once more'],
  ],
  run: async (io, { options }): Promise<ExitCode> => {
    if (options.picked && !options.record) throw new WrongUsage('found --picked without --record')
    if (options.record) {
      const { recordCorpus } = await import('./record-corpus.ts')
      return recordCorpus(io, options)
    }
    if (options.target === 'load') {
      const { fuzzAllLoads } = await import('./fuzz-loads.ts')
      return fuzzAllLoads(io, options)
    }
    const { fuzzAll } = await import('./fuzz-all.ts')
    return fuzzAll(io, options)
  },
})
