import { describe, expect, test } from 'vitest'
import { Tally, type VerdictLine } from '../../reports/index.ts'
import { parseCaseFile } from '../cases/index.ts'
import { packageFile } from '../package-root.ts'
import type { Observation } from '../protocol/message.ts'
import { UnbuildableError } from '../scenario/unbuildable.ts'
import { choose } from './choose.ts'
import type { ExpectedFailureEntry } from './expected-failures.ts'
import type { Predict } from './judge.ts'
import { run } from './run.ts'
import type { Run } from './run-settings.ts'
import { defaultLimits, type SubjectCommand } from './subject.ts'
import type { Suite } from './suite.ts'

const none = ['NONE', 'STOP']
const refusal = {
  refused: {
    class: 'PicklingError',
    mro: ['PicklingError', 'Exception'],
    message: 'no',
    notes: [],
    cause: null,
  },
}
const right: Observation[] = [{}, { bytes: '4e2e' }]
const wrong: Observation[] = [{}, { bytes: '882e' }]
const refuses: Observation[] = [{}, refusal]

/** A case whose scenario is in a module of its own, by which a scripted subject answers. */
const dumping = (module: string): object => ({ module, value: null })

function suiteOf(cases: readonly object[], clause = 'FAST-01'): Suite {
  const file = parseCaseFile({ title: 'Made for a test', clause, cases }, 'made/here')
  return { cases: file.cases.map((one) => ({ title: file.title, case: one })), hash: 'ab' }
}

const plain = (name: string, more: object = {}): object => ({
  name,
  why: 'So that there is a case.',
  scenario: dumping(name),
  protocols: '0-1',
  expect: { '0-1': none },
  ...more,
})

type Script = {
  readonly hello?: object
  readonly steps?: { readonly [module: string]: readonly Observation[] }
  readonly cannot?: boolean
  readonly leak?: { readonly of: string; readonly into: string }
}

function scripted(script: Script = {}, id = 'scripted'): SubjectCommand {
  return {
    id,
    command: [process.execPath, 'scripted.mjs', JSON.stringify(script)],
    env: {},
    cwd: packageFile('conformance', 'runner', 'misbehaving'),
    limits: { ...defaultLimits, startMs: 10_000, scenarioMs: 2000 },
  }
}

const misbehaving = (name: string): SubjectCommand => ({
  ...scripted({}, name),
  command: [process.execPath, `${name}.mjs`],
})

type Ran = {
  readonly lines: readonly VerdictLine[]
  readonly end: Awaited<ReturnType<typeof run>>
  readonly tally: Tally
  readonly heard: readonly object[]
}

async function ran(
  suite: Suite,
  subjects: readonly SubjectCommand[],
  more: Partial<Run> & {
    readonly expected?: readonly ExpectedFailureEntry[]
    readonly predict?: Predict
  } = {},
): Promise<Ran> {
  const { expected = [], predict, ...over } = more
  const lines: VerdictLine[] = []
  const heard: object[] = []
  const tally = new Tally()
  const end = await run({
    suite,
    choice: () => true,
    protocols: [],
    subjects: subjects.map((subject) => ({ subject, expected })),
    judges: { predict },
    atOnce: 2,
    signal: new AbortController().signal,
    onStart: (start) => {
      expect(lines).toEqual([])
      heard.push(...start.subjects)
    },
    onLine: (line) => {
      lines.push(line)
      tally.add(line)
    },
    ...over,
  })
  return { lines, end, tally, heard }
}

const kinds = (lines: readonly VerdictLine[]): string[] =>
  lines.map(
    ({ case: id, protocol, conformance, parity }) =>
      `${id.split('/').at(-1)}@${protocol} ${conformance?.kind ?? '-'} ${parity?.kind ?? '-'}`,
  )

const following = { engines: [{ id: 'c', follows: 'cpython-3.13.0-c' }] }

describe('a run', () => {
  test('tells a line for each case, protocol and engine, with details of what did not pass', async () => {
    const suite = suiteOf([plain('good'), plain('bad')])

    const { lines, end, heard } = await ran(suite, [scripted({ steps: { bad: wrong } })])

    expect(kinds(lines).sort()).toEqual([
      'bad@0 failed -',
      'bad@1 failed -',
      'good@0 passed -',
      'good@1 passed -',
    ])
    expect(end).toEqual({ stale: [], isComplete: true })
    expect(heard).toMatchObject([{ id: 'scripted', profile: { name: 'honest' } }])
    const good = lines.find(({ conformance }) => conformance?.kind === 'passed')
    expect(good).toMatchObject({
      engine: 'only',
      level: 'documented',
      positive: true,
      chapter: 'FAST',
    })
    expect(good).not.toHaveProperty('details')
    expect(lines.find((line) => line.case.endsWith('bad') && line.protocol === 1)).toMatchObject({
      conformance: {
        because: expect.stringContaining('found NEWTRUE, wanted NONE'),
        difference: { kind: 'instruction', step: 1, at: 0 },
      },
      details: {
        title: 'Made for a test',
        expected: ['NONE', 'STOP'],
        seen: ['NEWTRUE', 'STOP'],
        reproduce: 'picklespec run --subject scripted --filter made/here/bad --protocol 1',
      },
    })
  })

  test('asks failing questions again alone, and names the case that leaves something behind', async () => {
    const others = Array.from({ length: 40 }, (_, at) => plain(`other${at}`))
    const [head, tail] = [others.slice(0, 20), others.slice(20)]
    const expect1 = { expect: { '0-1': ['NEWTRUE', 'STOP'] } }
    const suite = suiteOf([
      ...head,
      plain('guilty', expect1),
      ...tail,
      plain('victim'),
      plain('bad'),
    ])
    const steps = { guilty: wrong, bad: wrong }
    const leaky = scripted({ steps, leak: { of: 'guilty', into: 'victim' } })

    const isolations = async (askedAgain: number): Promise<unknown[]> => {
      const { lines } = await ran(suite, [leaky], { askedAgain })
      expect(lines).toHaveLength(86)
      return lines
        .filter(({ conformance }) => conformance?.kind === 'failed')
        .map(({ case: id, isolation }) => [id.split('/').at(-1), isolation])
    }

    const victim = ['victim', { kind: 'after', case: 'made/here/guilty' }]
    const bad = ['bad', { kind: 'alike' }]
    expect(await isolations(2)).toEqual([victim, victim, bad, bad])
    expect(await isolations(1)).toEqual([['bad', undefined], ['bad', undefined], victim, victim])
  })

  test('in an order shuffled by a seed asks the same, and what fails in it is told alike', async () => {
    const suite = suiteOf(Array.from({ length: 9 }, (_, at) => plain(`case${at}`)))
    const order = async (shuffle?: string): Promise<string[]> =>
      kinds((await ran(suite, [scripted()], { shuffle })).lines)

    const [planned, one, again, other] = [
      await order(),
      await order('1'),
      await order('1'),
      await order('2'),
    ]

    expect(one).toEqual(again)
    expect(one).not.toEqual(planned)
    expect(other).not.toEqual(one)
    expect(one?.toSorted()).toEqual(planned?.toSorted())
  })

  test('judges parity by what is predicted for the profile, conformance by the case', async () => {
    const suite = suiteOf([
      plain('good'),
      plain('other', { expect: { '0-1': ['NEWTRUE', 'STOP'] } }),
    ])
    const asked: string[] = []
    const predict: Predict = ({ profile, protocol, scenario }) => {
      asked.push(`${profile} ${scenario.module} ${protocol}`)
      return scenario.module === 'good' ? wrong : right
    }

    const { lines, tally } = await ran(suite, [scripted({ hello: following })], { predict })

    expect(kinds(lines).sort()).toEqual([
      'good@0 passed failed',
      'good@1 passed failed',
      'other@0 failed passed',
      'other@1 failed passed',
    ])
    expect(asked).toContain('cpython-3.13.0-c good 1')
    expect(tally.footer({ stale: [], complete: true, ms: 0 })).toMatchObject({
      failed: 4,
      parity: { equal: 2, of: 4 },
      conformance: { met: 0, of: 1 },
    })
  })

  test('leaves conformance open where nobody wrote down what is right', async () => {
    const suite = suiteOf([plain('good')], 'FAST-08')

    const { lines } = await ran(suite, [scripted({ hello: following })], { predict: () => right })

    expect(kinds(lines)).toEqual(['good@0 - passed', 'good@1 - passed'])
    expect(lines[0]?.level).toBe('implementation')
  })

  test('takes what the case calls latitude for right, on both sides', async () => {
    const deviation = (kind: string): object =>
      plain(kind, {
        deviations: [
          {
            engines: ['c'],
            versions: '3.13',
            kind,
            because: 'it depends on an address',
            expect: ['NEWTRUE', 'STOP'],
          },
        ],
      })
    const suite = suiteOf([deviation('latitude'), deviation('bug')])

    const { lines } = await ran(
      suite,
      [scripted({ hello: following, steps: { latitude: wrong, bug: wrong } })],
      { predict: () => right },
    )

    expect(kinds(lines).sort()).toEqual([
      'bug@0 failed failed',
      'bug@1 failed failed',
      'latitude@0 passed passed',
      'latitude@1 passed passed',
    ])
  })

  test('hands a known deviation to whoever updates the expected failures', async () => {
    const link = 'https://example.org/1'
    const deviations = [
      {
        engines: ['c'],
        versions: '*',
        kind: 'bug',
        because: 'a bug',
        link,
        expect: ['NEWTRUE', 'STOP'],
      },
    ]
    const known: unknown[] = []

    await ran(
      suiteOf([plain('bug', { deviations })]),
      [scripted({ hello: following, steps: { bug: wrong } })],
      {
        onLine: (_, more) => known.push(more.known),
      },
    )

    expect(known).toEqual(Array(2).fill({ reason: 'a bug', link }))
  })

  test('says what a subject cannot be asked, and asks the rest', async () => {
    const suite = suiteOf([
      plain('good'),
      plain('set', { scenario: { module: 'set', value: { set: [] } } }),
    ])
    const script = { hello: { protocols: [0] } }

    const { lines } = await ran(suite, [scripted(script)])

    expect(kinds(lines).sort()).toEqual([
      'good@0 passed -',
      'good@1 unsupported -',
      'set@0 unsupported -',
      'set@1 unsupported -',
    ])
    const because = lines.map(({ conformance }) =>
      conformance?.kind === 'unsupported' ? conformance.because : '',
    )
    expect(because).toContain('it lacks values:sets')
    expect(because).toContain('it does not know this protocol')
  })

  test('excuses an engine whose release lacks something, but only where the adapter fails', async () => {
    const suite = suiteOf([plain('bad'), plain('good')])
    const predict: Predict = () => {
      throw new UnbuildableError('no such class')
    }

    const { lines } = await ran(suite, [scripted({ hello: following, cannot: true })], {
      choice: choose(['*/*/bad']),
      predict,
    })
    expect(kinds(lines)).toEqual(['bad@0 unsupported unsupported', 'bad@1 unsupported unsupported'])

    const { lines: answered } = await ran(suite, [scripted({ hello: following })], { predict })
    expect(kinds(answered).sort()).toEqual([
      'bad@0 passed harness-error',
      'bad@1 passed harness-error',
      'good@0 passed harness-error',
      'good@1 passed harness-error',
    ])
  })

  test('lays what an adapter says it cannot do on the harness', async () => {
    const { lines } = await ran(suiteOf([plain('bad')]), [scripted({ cannot: true })], {
      predict: () => right,
    })

    expect(kinds(lines)).toEqual(['bad@0 harness-error -', 'bad@1 harness-error -'])
  })

  test('goes on with the others when one never says hello', async () => {
    const suite = suiteOf([plain('good')])

    const { lines, heard, tally } = await ran(suite, [misbehaving('dies-at-start'), scripted()])

    expect(heard).toMatchObject([
      { id: 'dies-at-start', refused: { kind: 'crashed', exitCode: 3 } },
      { id: 'scripted', profile: {} },
    ])
    expect(lines.filter(({ engine }) => engine === null)).toMatchObject([
      { protocol: 0, conformance: { kind: 'crashed' } },
      { protocol: 1, conformance: { kind: 'crashed' } },
    ])
    expect(tally.footer({ stale: [], complete: true, ms: 0 })).toMatchObject({
      crashed: 2,
      passed: 2,
      executed: 2,
    })
  })

  test('tells a death for every engine and protocol of its case', async () => {
    const { lines } = await ran(suiteOf([plain('good'), plain('bad')]), [
      misbehaving('exits-early'),
    ])

    expect(kinds(lines).sort()).toEqual([
      'bad@0 crashed -',
      'bad@1 crashed -',
      'good@0 passed -',
      'good@1 passed -',
    ])
    expect(lines.find(({ conformance }) => conformance?.kind === 'crashed')).toHaveProperty(
      'details',
    )
  })

  test('that is interrupted says so', async () => {
    const interruption = new AbortController()
    setTimeout(() => interruption.abort(), 300)

    const { end } = await ran(suiteOf([plain('good'), plain('bad')]), [misbehaving('hangs')], {
      signal: interruption.signal,
    })

    expect(end.isComplete).toBe(false)
  })
})

describe('a refusal', () => {
  const negative = plain('no', { twin: 'yes', expect: { '0-1': { refused: 'Exception' } } })
  const suite = suiteOf([plain('yes'), negative])

  test('counts beside the right answer to its twin', async () => {
    const { lines } = await ran(suite, [scripted({ steps: { no: refuses } })])

    expect(kinds(lines).sort()).toEqual([
      'no@0 passed -',
      'no@1 passed -',
      'yes@0 passed -',
      'yes@1 passed -',
    ])
    expect(lines.filter(({ positive }) => positive)).toHaveLength(2)
  })

  test('of a subject that refuses everything does not', async () => {
    const steps = { yes: refuses, no: refuses }

    const { lines } = await ran(suite, [scripted({ hello: following, steps })], {
      predict: () => refuses,
    })

    expect(kinds(lines.filter(({ case: id }) => id.endsWith('no')))).toEqual([
      'no@0 passed passed',
      'no@1 passed passed',
    ])
    const unpredicted = await ran(suite, [scripted({ steps })])
    expect(kinds(unpredicted.lines).sort()).toEqual([
      'no@0 failed -',
      'no@1 failed -',
      'yes@0 failed -',
      'yes@1 failed -',
    ])
    const last = unpredicted.lines.find((line) => !line.positive && line.protocol === 1)
    expect(last?.conformance).toMatchObject({
      because: 'the refusal does not count: its valid twin was not answered rightly',
    })
  })

  test('has its twin asked although only the refusal was chosen, and no line told of it', async () => {
    const { lines } = await ran(suite, [scripted({ steps: { no: refuses } })], {
      choice: choose(['made/here/no']),
      protocols: [1],
    })

    expect(kinds(lines)).toEqual(['no@1 passed -'])
  })

  test('at some protocols only leans on the others of its own case', async () => {
    const half = plain('half', { expect: { '0': none, '1': { refused: 'Exception' } } })

    const { lines } = await ran(suiteOf([half]), [scripted({ steps: { half: refuses } })], {
      protocols: [1],
    })

    expect(kinds(lines)).toEqual(['half@1 failed -'])
  })
})

describe('a subject that only reads and writes', () => {
  const loading = (name: string, load: readonly string[], more: object = {}): object => ({
    name,
    why: 'So that there is a case.',
    clause: 'OP-STOP',
    load,
    expect: { '*': { graph: { value: null } } },
    ...more,
  })
  const suite = suiteOf([
    { name: 'none', why: 'W', value: null, protocols: '1', expect: { '1': none } },
    loading('whole', none),
    loading('cut', ['NONE'], { expect: { '*': { refused: 'EOFError' } }, twin: 'made/here/whole' }),
    plain('pickled', { scenario: { ...dumping('pickled'), copyreg: { extensions: [] } } }),
  ])
  const readsAndWrites = (says: object): SubjectCommand => ({
    ...scripted(),
    command: [process.execPath, 'reads-and-writes.mjs', JSON.stringify(says)],
  })
  const nothing = { graph: { value: null, objects: [] } }
  const told = (lines: readonly VerdictLine[]): string[] =>
    lines
      .map((line) => `${line.engine} ${kinds([line])[0]} ${line.positive ? '' : 'refused'}`.trim())
      .sort()

  test('is asked by what each engine does', async () => {
    const says = { loads: { '4e2e': nothing }, dumps: { null: { bytes: '4e2e' } } }

    const { lines, tally } = await ran(suite, [readsAndWrites(says)])

    expect(told(lines)).toEqual([
      'reader cut@null passed - refused',
      'reader none@1 passed -',
      'reader pickled@0 passed -',
      'reader pickled@1 passed -',
      'reader whole@null passed -',
      'writer cut@null unsupported - refused',
      'writer none@1 passed -',
      'writer pickled@0 passed -',
      'writer pickled@1 passed -',
      'writer whole@null unsupported -',
    ])
    expect(tally.footer({ stale: [], complete: true, ms: 0 })).toMatchObject({
      executed: 8,
      unsupported: 2,
    })
  })

  test('refuses nothing rightly that refuses everything', async () => {
    const { lines } = await ran(suite, [readsAndWrites({})])

    const cut = lines.find((line) => line.engine === 'reader' && line.case.endsWith('cut'))
    expect(cut?.conformance).toMatchObject({
      kind: 'failed',
      because: expect.stringContaining('twin was not answered rightly'),
    })
    expect(told(lines)).toContain('writer none@1 failed -')
  })

  test('is asked on when it dies, and the death has its case', async () => {
    const { lines } = await ran(suite, [readsAndWrites({ loads: { '4e2e': 'die' } })])

    expect(told(lines)).toContain('reader whole@null crashed -')
    expect(lines.find(({ conformance }) => conformance?.kind === 'crashed')?.details).toMatchObject(
      {
        scenario: '{"load":{"pickle":"4e2e"}}',
        seen: [],
      },
    )
    expect(told(lines)).toContain('writer whole@null unsupported -')
  })
})

describe('an expected failure', () => {
  const suite = suiteOf([plain('good'), plain('bad')])
  const subject = scripted({ steps: { bad: wrong } })
  const entry: ExpectedFailureEntry = {
    case: 'made/here/bad',
    reason: 'known',
    link: null,
    signature: 'conformance: instruction NEWTRUE for NONE',
  }

  test('is red and no news', async () => {
    const { tally, end } = await ran(suite, [subject], { expected: [entry] })

    expect(tally.footer({ stale: end.stale, complete: true, ms: 0 })).toMatchObject({
      passed: 2,
      failed: 0,
      expectedFailures: 2,
      unexpectedPasses: 0,
      stale: [],
    })
  })

  test.each<[string, Partial<ExpectedFailureEntry>, object]>([
    [
      'passes',
      { case: 'made/**' },
      { expectedFailures: 2, unexpectedPasses: 2, because: 'passes' },
    ],
    ['matches nothing', { case: 'made/here/gone' }, { failed: 2, because: 'matches-nothing' }],
    ['is for other protocols', { protocols: '2-5' }, { failed: 2, because: 'matches-nothing' }],
    ['is for another engine', { engine: 'py' }, { failed: 2, because: 'matches-nothing' }],
    [
      'fails otherwise',
      { signature: 'conformance: byte' },
      { failed: 2, because: 'fails-otherwise' },
    ],
    ['is for one protocol', { protocols: '0' }, { failed: 1, expectedFailures: 1 }],
    ['is for this release', { versions: '1.0' }, { expectedFailures: 2 }],
    ['is for other releases', { versions: '3.8+' }, { failed: 2 }],
  ])('whose entry %s', async (_, change, { because, ...counts }: { because?: string }) => {
    const { tally, end } = await ran(suite, [subject], { expected: [{ ...entry, ...change }] })

    expect(tally.footer({ stale: [], complete: true, ms: 0 })).toMatchObject(counts)
    expect(end.stale.map((one) => one.because)).toEqual(because === undefined ? [] : [because])
  })

  test('is not missed when only a part of the suite was asked', async () => {
    const { end } = await ran(suite, [subject], {
      expected: [entry],
      choice: choose(['made/here/good']),
    })

    expect(end.stale).toEqual([])
  })
})
