import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import {
  chooseSubjects,
  knownSubjects,
  packageFile,
  parseScenario,
  type RunResult,
  talkTo,
} from '../conformance/index.ts'
import { type Ended, type Fault, PlantedCopies } from './fixtures/planted.ts'

/** A fault, and what the findings that show it say. */
type ShownFault = Fault & { readonly because: RegExp }

const faults: readonly ShownFault[] = [
  {
    name: 'takes NotImplemented for an answer',
    file: 'pickler/reducers.js',
    find: 'if (reduction === p.world.notImplemented)',
    instead: 'if (false)',
    because: /refused with \w+|parts/,
  },
  {
    name: 'writes memo instructions in fast mode',
    file: 'pickler/memoize.js',
    find: 'if (p.hooks.isFast)',
    instead: 'if (false)',
    because: /the pickles part at byte \d+/,
  },
  {
    name: 'dies of bytearrays',
    file: 'pickler/byte-strings.js',
    find: 'export function saveByteArray(p, array) {',
    instead: 'export function saveByteArray(p, array) { process.exit(9);',
    because: /it crashed \(exit code 9/,
  },
]

const sound: Fault = { name: 'none', file: 'pickler/save.js', find: '', instead: '' }

const copies = new PlantedCopies()
const { folder } = copies
afterAll(() => copies.remove())

const copied = (name: string): string => copies.copied(name)
const planted = (fault: Fault): string => copies.planted(fault)
const unchanged = planted(sound)
const picklespec = (...args: Parameters<PlantedCopies['picklespec']>): Promise<Ended> =>
  copies.picklespec(...args)

/** The interpreter that is always there. */
const interpreter = { subject: 'cpython-3.14-embedded', engine: 'c', profile: 'cpython-3.14-c' }

/** What the last step wrote, in hex, as told by a subject itself; undefined when it did not live to tell. */
async function writtenBy(
  name: string,
  engine: string,
  scenario: unknown,
  protocol: number,
): Promise<string | undefined> {
  const known = name === interpreter.subject ? await knownSubjects(process.env) : []
  const { ready } = chooseSubjects([name], known, { cwd: folder, path: process.env['PATH'] ?? '' })
  const [chosen] = ready
  if (chosen === undefined) throw new Error(`${name} is not there`)
  const talk = await talkTo(chosen.subject, new AbortController().signal)
  if (!('ask' in talk)) throw new Error(`${name} did not say hello`)
  const replied = await talk.ask({
    request: 'run',
    engines: [engine],
    protocols: [protocol],
    observe: [],
    scenarios: [parseScenario(scenario)],
  })
  await talk.close()
  const [answer] = replied.answers
  if (answer === undefined) return undefined
  const [result]: readonly RunResult[] = 'results' in answer ? answer.results : []
  if (result === undefined || !('steps' in result)) throw new Error(`${name} gave no steps`)
  return result.steps.at(-1)?.bytes
}

const cases = ['--seed', '1', '--cases', '96']

function hooksIn(held: unknown): number {
  if (typeof held !== 'object' || held === null) return 0
  const own = 'rules' in held ? 1 : 0
  return Object.values(held).reduce<number>((sum, part) => sum + hooksIn(part), own)
}

test('the reference itself parts from nobody, and the report has its four keys', async () => {
  const { code, stdout } = await picklespec(['fuzz', '--subject', unchanged, ...cases, '--json'])

  const report = JSON.parse(stdout)
  expect(Object.keys(report)).toEqual([
    ...['scenarios', 'scenariosPerSecond', 'checksPerSecond', 'findings'],
  ])
  expect(report).toMatchObject({ scenarios: 96, findings: [] })
  expect(report.checksPerSecond).toBeGreaterThan(0)
  expect(code).toBe(0)
})

describe.each(faults)('a pickler that $name', (fault) => {
  test('is found, and what it takes is least and can be replayed', async () => {
    const subject = planted(fault)
    const args = ['fuzz', '--subject', subject, ...cases, '--json', '--out', fault.name]
    const { code, stdout, stderr } = await picklespec(args)

    expect(code).toBe(1)
    // A memo in fast mode also ends cycles that should have no end: those differ otherwise.
    const findings = JSON.parse(stdout).findings.filter(({ why }: { why: string }) =>
      fault.because.test(why),
    )
    expect(findings.length).toBeGreaterThan(0)
    const sizes = findings.map(
      ({ scenario }: { scenario: object }) => JSON.stringify(scenario).length,
    )
    const { scenario, why, protocol } = findings[sizes.indexOf(Math.min(...sizes))]
    expect(why).toMatch(fault.because)
    expect(scenario.classes?.length ?? 0).toBeLessThanOrEqual(1)
    expect(hooksIn(scenario)).toBeLessThanOrEqual(1)
    expect(scenario.steps).toHaveLength(1)
    expect(stderr).toContain('picklespec fuzz --subject')

    const file = join(folder, `${fault.name}.json`)
    writeFileSync(file, JSON.stringify(scenario))
    const replay = ['fuzz', '--replay', file, '--subject', subject]
    expect(await picklespec(replay)).toMatchObject({ code: 1 })
    expect(await picklespec([...replay.slice(0, 4), unchanged])).toMatchObject({ code: 0 })

    const { engine, profile } = interpreter
    const number = protocol ?? 0
    const pickle = await writtenBy(interpreter.subject, engine, scenario, number)
    expect(pickle).toMatch(/^([0-9a-f]{2})+$/)
    const dump = ['dump', file, '--profile', profile, '--protocol', String(number), '--hex']
    expect(await picklespec(dump)).toMatchObject({ code: 0, stdout: `${pickle}\n` })
    expect(await writtenBy(unchanged, profile, scenario, number)).toBe(pickle)
    expect(await writtenBy(subject, profile, scenario, number)).not.toBe(pickle)
  })
})

test('a known difference that its example shows no more fails the session', async () => {
  const copy = copied('knowing')
  symlinkSync(packageFile('node_modules'), join(copy, 'node_modules'))
  const path = join(copy, 'dist/fuzz/known-differences.js')
  const text = readFileSync(path, 'utf8')
  const known = `[{
    clause: 'FAST-01', kind: 'bug', engine: 'py', versions: '*', signature: /^bytes: /,
    needs: () => true, because: 'fast mode has a memo',
    example: {
      scenario: 1, pickler: { instance: { fast: true } }, steps: [{ dump: { list: [] } }],
    },
  }]`
  const declared = 'export const knownDifferences = '
  expect(text).toContain(declared)
  writeFileSync(path, text.replace(declared, `${declared}${known};\nexport const replaced = `))
  const [, fault = sound] = faults
  const session = (subject: string): Promise<Ended> => {
    const args = ['fuzz', '--subject', subject, '--seed', '1', '--cases', '1']
    return picklespec(args, undefined, join(copy, 'dist/cli.js'))
  }

  const gone = await session(unchanged)
  expect(gone.stdout).toContain('; 0 findings')
  expect(gone.stderr).toContain('a known difference is gone: FAST-01, fast mode has a memo')
  expect(gone.code).toBe(1)
  expect((await session(planted(fault))).stderr).not.toContain('is gone')
})

test('an interrupted session says what it found so far, and keeps it', async () => {
  const [, fault = sound] = faults
  const out = join(folder, 'interrupted')
  const args = ['fuzz', '--subject', planted(fault), '--time', '60s', '--seed', '1', '--out', out]
  const { code, stdout } = await picklespec(args, 'again: picklespec fuzz')

  expect(stdout).toMatch(/scenarios of the seed 1, .*; interrupted/)
  const [, stored = ''] = /stored: (.*)/.exec(stdout) ?? []
  expect(JSON.parse(readFileSync(join(folder, stored), 'utf8'))).toHaveProperty(
    'scenario.scenario',
    1,
  )
  expect(code).toBe(1)
})

test.each([
  [['--time', 'soon'], /found the time "soon"/],
  [['--shard', '5/4'], /found the shard "5\/4"/],
  [['--replay', 'nowhere.json'], /neither a token nor a file/],
  [['--replay', '99-1-1-0'], /version 99 of the generator/],
  [['--cases', '0'], /cases/],
  [['--target', 'load', '--checks', '5'], /wanted --cases/],
  [['--subject', 'nobody'], /nobody/],
  [['--picked'], /found --picked without --record/],
])('%j is wrong usage', async (args, message) => {
  const { code, stderr } = await picklespec(['fuzz', ...args])

  expect(stderr).toMatch(message)
  expect(code).toBe(2)
})

test('the help says what there is', async () => {
  const { code, stdout } = await picklespec(['fuzz', '--help'])

  for (const option of ['--time', '--cases', '--seed', '--shard', '--replay', '--save', '--json']) {
    expect(stdout).toContain(option)
  }
  expect(code).toBe(0)
})
