import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec dump`: a scenario to its pickle, by the reference. */
export const dumpCommand: Command = defineCommand({
  name: 'dump',
  summary: 'the pickle of a scenario, as the reference writes it',
  arguments: {
    scenario: { kind: 'one', summary: 'a file with a scenario in JSON; - is standard input' },
  },
  options: {
    profile: {
      kind: 'text',
      value: 'P',
      summary: 'the pickler to follow, such as cpython-3.13-py (default documented)',
    },
    protocol: {
      kind: 'integer',
      value: 'N',
      range: [0, 5],
      summary: 'the protocol of pickle; without it the one that release of Python prefers',
    },
    hex: { kind: 'flag', summary: 'hex and a line feed, a line for each step that wrote' },
    out: { kind: 'text', value: 'OUT', short: 'o', summary: 'a file for what would be printed' },
    json: {
      kind: 'flag',
      summary: 'all that was seen: hex, disassembly, refusal, buffers, trace of each step',
    },
  },
  examples: [
    ['picklespec dump scenario.json --protocol 4 -o scenario.pkl', 'write the pickle into a file'],
    ['picklespec dump scenario.json --profile cpython-3.8-c --hex', 'print it as a line of hex'],
    ['picklespec dump - --json', 'everything about the scenario on standard input'],
  ],
  run: async (io, { arguments: { scenario }, options }): Promise<ExitCode> => {
    const { dumpScenario } = await import('./dump-scenario.ts')
    return dumpScenario(io, scenario, options)
  },
})
