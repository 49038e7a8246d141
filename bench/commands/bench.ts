import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec bench`: how fast, of those who are right. */
export const benchCommand: Command = defineCommand({
  name: 'bench',
  summary: 'time implementations on workloads, against C’s pickler of the same machine',
  arguments: {},
  options: {
    subject: {
      kind: 'texts',
      value: 'S',
      summary:
        'a known subject, or the command line of a program in quotes; unless said, the reference and the newest CPython found, else the embedded one',
    },
    workload: {
      kind: 'texts',
      value: 'W',
      summary: 'a workload, how the names of several begin, or all',
    },
    target: { kind: 'text', value: 'T', summary: 'dump or load alone; unless said, both' },
    baseline: { kind: 'text', value: 'FILE', summary: 'a bench record to compare with' },
    gate: {
      kind: 'text',
      value: 'P',
      summary: 'how much slower than the baseline is accepted, such as 5%',
    },
    out: { kind: 'text', value: 'DIR', summary: 'where the record and the page go' },
    json: { kind: 'flag', summary: 'print the summary and all results as JSON' },
  },
  examples: [
    ['picklespec bench', 'a table of the reference and CPython, with intervals and a chart'],
    ['picklespec bench --workload dispatch-table', 'some of the workloads'],
    ['picklespec bench --workload all', 'with every route by which instances are reduced'],
    ['picklespec bench --baseline bench/baseline.json --gate 5%', 'fails when slower for sure'],
  ],
  run: async (io, { options }): Promise<ExitCode> => {
    const { runBench } = await import('./run-bench.ts')
    return runBench(io, options)
  },
})
