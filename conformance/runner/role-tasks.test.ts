import { describe, expect, test } from 'vitest'
import { type Case, parseCaseFile } from '../cases/index.ts'
import { sameGraph } from '../oracles/same-graph.ts'
import { everyDistinction } from '../protocol/distinctions.ts'
import type { Answer, DumpResult, Hello, LoadResult, Request } from '../protocol/message.ts'
import { needsOf } from '../scenario/index.ts'
import { answer } from '../subjects/javascript/reference/answer.ts'
import { hello as helloOfReference } from '../subjects/javascript/reference/hello.ts'
import { isLoad, whatToLoad } from './decoding.ts'
import type { PlannedCase } from './plan.ts'
import {
  type DumpTask,
  isRefused,
  judgeDumpTask,
  judgeLoadTask,
  type LoadTask,
  type RoleTask,
  roleTask,
  taskDetails,
} from './role-tasks.ts'
import { loadSuite } from './suite.ts'

const judges = { predict: undefined }

const around = {
  version: '0',
  runtime: 'vitest',
  profiles: ['documented'],
  sha256: () => '',
  now: () => 0,
}

function plannedCase(one: Case): PlannedCase {
  const asked = one.protocols ?? [null]
  return { title: 'made', case: one, needs: needsOf(one.scenario), asked, told: new Set(asked) }
}

/** A case made for a test, as it is planned. */
function made(more: object, clause = 'ATOM-11'): PlannedCase {
  const [one] = parseCaseFile(
    {
      title: 'Made for a test',
      clause,
      cases: [
        {
          name: 'made',
          why: 'For a test.',
          ...(/refused/.test(JSON.stringify(more)) && { twin: 'made/here/twin' }),
          ...more,
        },
      ],
    },
    'made/here',
  ).cases
  if (one === undefined) throw new Error('there is no case')
  return plannedCase(one)
}

const says = (roles: Hello['roles'], more: Partial<Hello> = {}): Hello => ({
  ...helloOfReference('0', 'vitest', ['documented'], roles),
  engines: [{ id: 'only', follows: null }],
  ...more,
})

function task(planned: PlannedCase, protocol: number | null, hello: Hello): RoleTask | string {
  const [engine = { id: '', follows: null }] = hello.engines
  const found = roleTask(planned, protocol, engine, hello)
  return 'because' in found ? found.because : found
}

const list = made({
  value: { list: [1, { tuple: [true] }] },
  protocols: '2',
  expect: {
    '2': [
      'PROTO 2',
      'EMPTY_LIST',
      'BINPUT 0',
      'MARK',
      'BININT1 1',
      'NEWTRUE',
      'TUPLE1',
      'BINPUT 1',
      'APPENDS',
      'STOP',
    ],
  },
})
/** The expected pickle of `list`. */
const listPickle = '80025d7100284b0188857101652e'
const point = made({
  scenario: {
    classes: [{ name: 'A' }],
    steps: [{ dump: { instance: 'A', attributes: [['x', 1]] } }],
  },
  protocols: '2',
  expect: {
    '2': [
      'PROTO 2',
      'GLOBAL "scenario" "A"',
      'EMPTY_TUPLE',
      'NEWOBJ',
      'EMPTY_DICT',
      'BINUNICODE "x"',
      'BININT1 1',
      'SETITEM',
      'BUILD',
      'STOP',
    ],
  },
})
const cut = made({ load: ['BININT1 1'], expect: { '*': { refused: 'EOFError' } } }, 'OP-STOP')

describe('what an engine is asked follows from what it says', () => {
  test('a decoder loads what a dump is expected to write, an encoder dumps the value', () => {
    expect(task(list, 2, says(['load']))).toMatchObject({
      engines: ['only'],
      world: 'symbols',
      pickle: listPickle,
    })
    expect(task(list, 2, says(['dump']))).toMatchObject({
      engines: ['only'],
      protocols: [2],
      value: { list: [1, { tuple: [true] }] },
    })
  })

  test('who does both dumps what can be dumped and loads the rest', () => {
    expect(task(list, 2, says(['load', 'dump']))).toHaveProperty('dump')
    expect(task(point, 2, says(['load', 'dump']))).toHaveProperty('load')
  })

  test('an engine does no more than it says, and no more than its subject', () => {
    const engines = [{ id: 'only', follows: null, roles: ['load', 'dump'] as const }]

    expect(task(list, 2, says(['load'], { engines }))).toHaveProperty('load')
    const decoder = [{ id: 'only', follows: null, roles: ['load'] as const }]
    expect(task(list, 2, says(['load', 'dump'], { engines: decoder }))).toHaveProperty('load')
    expect(task(list, 2, says(['tool', 'bench']))).toBe('it is no pickler')
    expect(task(list, 2, says(['tool'], { engines }))).toBe('it is no pickler')
  })

  test.each([
    ['a protocol', list, says(['load'], { protocols: [0, 1] }), 'it does not know this protocol'],
    [
      'names',
      point,
      says(['load'], { capabilities: [] }),
      'it lacks load:names, load:calls, load:states',
    ],
    [
      'states',
      point,
      says(['load'], { capabilities: ['load:names', 'load:calls'] }),
      'it lacks load:states',
    ],
    [
      'an encoding',
      made(
        {
          load: ["x'5501ff'", 'STOP'],
          expect: { '*': { graph: { value: null } } },
        },
        'OP-STOP',
      ),
      says(['load'], { capabilities: [] }),
      'it lacks load:encoding',
    ],
    ['an object model', point, says(['dump']), 'only a pickler can be asked: it needs classes'],
  ])('without %s it is unsupported', (_, planned, hello, because) => {
    expect(task(planned, planned.asked[0] ?? null, hello)).toBe(because)
  })

  test.each([
    [
      {
        value: { set: [1] },
        expect: {
          '4': [
            'PROTO 4',
            'FRAME 7',
            'EMPTY_SET',
            'MEMOIZE',
            'MARK',
            'BININT1 1',
            'ADDITEMS',
            'STOP',
          ],
        },
      },
      'it lacks values:sets',
    ],
    [
      {
        value: { tuple: [{ list: [], id: 'a' }, { ref: 'a' }] },
        expect: {
          '4': [
            'PROTO 4',
            'FRAME 7',
            'EMPTY_LIST',
            'MEMOIZE',
            'BINGET 0',
            'TUPLE2',
            'MEMOIZE',
            'STOP',
          ],
        },
      },
      'it lacks values:sharing',
    ],
    [
      { value: { function: 'f' }, expect: { '4': { refused: 'PicklingError' } } },
      'only a pickler can be asked: it needs functions, modules',
    ],
  ])('an encoder that has not what the value %j has is not asked', (more, because) => {
    const scenario = { functions: [{ name: 'f', found: false }], steps: [{ dump: more.value }] }
    const isPlain = !('function' in more.value)
    const question = isPlain ? { value: more.value } : { scenario }
    const planned = made({ ...question, protocols: '4', expect: more.expect })

    expect(task(planned, 4, says(['dump'], { capabilities: ['values:globals'] }))).toBe(because)
  })

  test.each([
    [
      'what goes on for several steps',
      {
        scenario: { steps: [{ dump: 1 }, { dump: 2 }] },
        expect: {
          '*': {
            steps: [
              ['BININT1 1', 'STOP'],
              ['BININT1 2', 'STOP'],
            ],
          },
        },
        protocols: '1',
      },
      'it takes several steps',
    ],
    [
      'files',
      {
        scenario: { steps: [{ load: ['NONE', 'STOP'], from: 'stream' }] },
        expect: { '*': { graph: { value: null } } },
      },
      'it is loaded from a file',
    ],
    [
      'unpicklers of their own',
      {
        scenario: { unpickler: { encoding: 'latin1' }, steps: [{ load: ['NONE', 'STOP'] }] },
        expect: { '*': { graph: { value: null } } },
      },
      'its unpickler is a pickler’s own',
    ],
    [
      'bytes of what is no str',
      {
        load: [
          'GLOBAL "_codecs" "encode"',
          'BININT1 1',
          'BINUNICODE "latin1"',
          'TUPLE2',
          'REDUCE',
          'STOP',
        ],
        expect: { '*': { graph: { value: null } } },
      },
      'it calls what would not give bytes',
    ],
    [
      'refused dumps',
      {
        value: { function: 'f' },
        scenario: undefined,
        expect: { '1': { refused: 'PicklingError' } },
        protocols: '1',
      },
      'no pickle is expected',
    ],
  ])('%s are for picklers alone', (_, more, because) => {
    const scenario = {
      functions: [{ name: 'f', found: false }],
      steps: [{ dump: { function: 'f' } }],
    }
    const question = 'value' in more ? { ...more, value: undefined, scenario } : more
    const planned = made(JSON.parse(JSON.stringify(question)))

    expect(task(planned, planned.asked[0] ?? null, says(['load']))).toBe(
      `only a pickler can be asked: ${because}`,
    )
  })
})

const asLoad = (planned: PlannedCase, protocol: number | null): LoadTask => {
  const found = task(planned, protocol, says(['load']))
  if (typeof found === 'string' || !('load' in found)) throw new Error(String(found))
  return found
}
const asDump = (planned: PlannedCase, protocol: number): DumpTask => {
  const found = task(planned, protocol, says(['dump']))
  if (typeof found === 'string' || !('dump' in found)) throw new Error(String(found))
  return found
}

const graph = (value: unknown, ...objects: unknown[]): LoadResult =>
  ({ engine: 'only', graph: { value, objects } }) as LoadResult
const refused = (name: string, mro: readonly string[] = [name]): LoadResult => ({
  engine: 'only',
  refused: { class: name, mro, message: 'no', notes: [], cause: null },
})
const wrote = (bytes: string): DumpResult => ({ engine: 'only', protocol: 2, bytes })

describe('a decoder is judged by the graph', () => {
  const right = graph({ at: 0 }, { list: [1, { at: 1 }] }, { tuple: [true] })
  const asLists = graph({ at: 0 }, { list: [1, { at: 1 }] }, { list: [true] })
  const wrong = graph({ at: 0 }, { list: [1, { at: 1 }] }, { list: [false] })
  const cannot = says(['load'], {
    distinguishes: everyDistinction.filter((one) => one !== 'tuple-list'),
  })

  test.each([
    ['passed', right, says(['load'])],
    ['failed', asLists, says(['load'])],
    ['lossy', asLists, cannot],
    ['failed', wrong, cannot],
    ['failed', refused('Error'), cannot],
  ] as const)('%s', (kind, result, hello) => {
    const verdict = judgeLoadTask(asLoad(list, 2), result, hello, judges)

    expect(verdict).toMatchObject({ conformance: { kind }, parity: null })
  })

  test('an engine may tell other things apart than its subject', () => {
    const engine = { id: 'only', follows: null, distinguishes: [] }
    const found = { ...asLoad(list, 2), engine }

    expect(judgeLoadTask(found, asLists, says(['load']), judges).conformance.kind).toBe('lossy')
  })

  test('of symbols, what is done to them', () => {
    const built = { reduced: { global: 'scenario:A' }, by: 'new', arguments: [] }
    const state = { done: [['state', { at: 1 }]] }
    const result = graph({ at: 0 }, { ...built, ...state }, { dict: [['x', 1]] })
    const verdict = (given: LoadResult) =>
      judgeLoadTask(asLoad(point, 2), given, says(['load']), judges).conformance

    expect(verdict(result)).toEqual({ kind: 'passed' })
    expect(verdict(graph({ at: 0 }, built))).toMatchObject({ kind: 'failed' })
  })

  test('a refusal is a refusal, whatever it is called, but among those of Python', () => {
    const verdict = (given: LoadResult) =>
      judgeLoadTask(asLoad(cut, null), given, says(['load']), judges).conformance

    expect(isRefused(asLoad(cut, null))).toBe(true)
    expect(verdict(refused('RangeError'))).toEqual({ kind: 'passed' })
    expect(verdict(refused('EOFError', ['EOFError', 'BaseException']))).toEqual({ kind: 'passed' })
    expect(verdict(refused('KeyError', ['KeyError', 'BaseException']))).toMatchObject({
      difference: { kind: 'error', at: 'class' },
    })
    expect(verdict(graph(1))).toMatchObject({ kind: 'failed', difference: { at: 'refused' } })
  })

  test('what a case of loading leaves free is right too, unless names are in it', () => {
    const free = (load: readonly string[]) =>
      made(
        {
          load,
          expect: { '*': { refused: 'UnpicklingError' } },
          deviations: [
            {
              engines: ['c'],
              versions: '*',
              kind: 'latitude',
              because: 'For a test.',
              expect: { graph: { value: 1 } },
            },
          ],
        },
        'OP-STOP',
      )
    const verdict = (load: readonly string[], result = graph(1)) =>
      judgeLoadTask(asLoad(free(load), null), result, says(['load']), judges).conformance.kind

    expect(verdict(['BININT1 1'])).toBe('passed')
    expect(verdict(['GLOBAL "builtins" "len"', 'BININT1 1'])).toBe('failed')
  })

  test('with names in it, what the pure engine makes of it is right where the case leaves it free', () => {
    const spread = { reduced: { global: 'scenario:f' }, by: 'call', arguments: [7] }
    const load = ['GLOBAL "scenario" "f"', 'EMPTY_LIST', 'BININT1 7', 'APPEND', 'REDUCE', 'STOP']
    const verdict = (more: object) =>
      judgeLoadTask(
        asLoad(
          made({ load, expect: { '*': { refused: 'TypeError' } }, ...more }, 'OP-REDUCE'),
          null,
        ),
        graph({ at: 0 }, spread),
        says(['load']),
        judges,
      ).conformance.kind

    expect(verdict({})).toBe('failed')
    const free = { versions: '*', kind: 'latitude', because: 'For a test.' }
    const passes = { ...free, expect: { graph: { value: null } } }
    expect(verdict({ deviations: [{ engines: ['py'], ...passes }] })).toBe('passed')
    expect(verdict({ deviations: [{ engines: ['c'], ...passes }] })).toBe('failed')
  })

  test('an engine that follows a profile is held against that as well', () => {
    const hello = says(['load'], { engines: [{ id: 'only', follows: 'cpython-3.13.0-py' }] })
    const found = roleTask(
      cut,
      null,
      { id: 'only', follows: 'cpython-3.13.0-py' },
      hello,
    ) as LoadTask
    const predict = { predict: () => [] }
    const verdict = (given: LoadResult) => judgeLoadTask(found, given, hello, predict).parity

    expect(verdict(refused('EOFError', ['EOFError', 'BaseException']))).toEqual({ kind: 'passed' })
    expect(verdict(graph(1))).toMatchObject({ kind: 'failed' })
  })
})

describe('an encoder is judged by what its pickle says', () => {
  const verdict = (result: DumpResult, hello = says(['dump'])) =>
    judgeDumpTask(asDump(list, 2), result, hello, judges).conformance

  test.each([
    ['the expected bytes', listPickle],
    ['other instructions for the same', '284b01284930310a746c2e'],
  ])('%s', (_, bytes) => {
    expect(verdict(wrote(bytes))).toEqual({ kind: 'passed' })
  })

  test('another value, what cannot be loaded, and a refusal are failures', () => {
    expect(verdict(wrote('5d2e'))).toMatchObject({ difference: { kind: 'graph' } })
    expect(verdict(wrote('5d'))).toMatchObject({ difference: { kind: 'outcome', at: 'graph' } })
    const no = { class: 'Error', mro: [], message: 'no', notes: [], cause: null }
    expect(verdict({ engine: 'only', protocol: 2, refused: no })).toMatchObject({
      difference: { kind: 'outcome', at: 'refused' },
    })
  })

  test('a name that the protocol would have changed may stay as it is', () => {
    const error = made({
      value: { global: 'builtins:ConnectionError' },
      protocols: '2-3',
      expect: {
        '2': ['PROTO 2', 'GLOBAL "exceptions" "OSError"', 'STOP'],
        '3': ['PROTO 3', 'GLOBAL "builtins" "ConnectionError"', 'STOP'],
      },
    })
    const judged = (text: string) => {
      const bytes = `${Buffer.from(text).toString('hex')}2e`
      return judgeDumpTask(asDump(error, 2), wrote(bytes), says(['dump']), judges).conformance.kind
    }

    expect(judged('cexceptions\nOSError\n')).toBe('passed')
    expect(judged('cbuiltins\nConnectionError\n')).toBe('passed')
    expect(judged('cbuiltins\nValueError\n')).toBe('failed')
  })

  test('where it follows a profile each byte counts besides', () => {
    const hello = says(['dump'])
    const following = { ...asDump(list, 2), engine: { id: 'only', follows: 'documented' } }
    const predict = { predict: () => [{}, { bytes: '5d2e' }] }
    const judged = (bytes: string) => judgeDumpTask(following, wrote(bytes), hello, predict).parity

    expect(judged('5d2e')).toEqual({ kind: 'passed' })
    expect(judged('5d302e')).toMatchObject({ kind: 'failed', difference: { kind: 'byte' } })
  })
})

describe('details show both sides', () => {
  const question = { title: 't', why: 'w', scenario: '', expected: [], seen: [], reproduce: 'r' }

  test('of a decoder: the pickle, the graph and what came instead', () => {
    const { scenario, expected, seen } = taskDetails(question, asLoad(list, 2), refused('Error'))

    expect(JSON.parse(scenario)).toEqual({ load: { pickle: listPickle } })
    expect(expected.slice(-3)).toEqual([
      'gives {"at":0}',
      '  0: {"list":[1,{"at":1}]}',
      '  1: {"tuple":[true]}',
    ])
    expect(seen.at(-1)).toBe('refused with Error: no')
    expect(taskDetails(question, asLoad(list, 2), undefined).seen).toEqual([])
  })

  test('of an encoder: both pickles and both graphs', () => {
    const task = asDump(list, 2)
    const lines = (bytes: string) => taskDetails(question, task, wrote(bytes)).seen

    expect(lines('4e2e')).toEqual(['NONE', 'STOP', 'gives null'])
    expect(lines('4e').at(-1)).toMatch(/^cannot be loaded: EOFError/)
    expect(taskDetails(question, task, undefined).expected).toContain('gives {"at":0}')
  })
})

const suite = loadSuite().cases.map((one) => plannedCase(one.case))

/** What an unpickler of its own would have been asked for. */
const hasSymbols = ({ needs }: { readonly needs: readonly string[] }): boolean =>
  needs.includes('load:names') || needs.includes('load:persistent')

test('where no name is in a pickle, what a case documents is what a decoder is asked for', () => {
  const plain = suite.flatMap(({ case: one }) => {
    const asked = isLoad(one.scenario) ? whatToLoad(one, null) : undefined
    if (asked === undefined || 'because' in asked || hasSymbols(asked)) return []
    const [expectation] = one.expectations
    const expected = expectation?.expected
    const step = expected !== undefined && 'steps' in expected ? expected.steps[0] : undefined
    return [{ one, step, asked }]
  })

  expect(plain.length).toBeGreaterThan(150)
  for (const { one, step, asked } of plain) {
    const { graph: found, refused: refusal } = asked.expected
    expect([one.id, refusal?.mro.includes(step?.refused ?? '')]).toEqual([
      one.id,
      step?.refused === undefined ? undefined : true,
    ])
    if (step?.graph !== undefined)
      expect(sameGraph(step.graph, found, 1).kind, one.id).toBe('passed')
  }
})

/** What the reference answers to every third case of a role at its last protocol, as a subject would be judged for it. */
function* judgedReference(role: 'load' | 'dump'): Generator<readonly [string, string]> {
  const hello = helloOfReference('0', 'vitest', ['documented'], [role])
  const [engine = { id: '', follows: null }] = hello.engines
  for (const planned of suite.filter((_, at) => at % 3 === 0)) {
    for (const protocol of planned.asked.slice(-1)) {
      const asked = roleTask(planned, protocol, engine, hello)
      if ('because' in asked) continue
      const request: Request =
        'load' in asked
          ? {
              id: 1,
              request: 'load',
              engines: asked.engines,
              world: 'symbols',
              pickles: [asked.load.pickle],
            }
          : {
              id: 1,
              request: 'dump',
              engines: asked.engines,
              protocols: asked.protocols,
              values: [asked.value],
            }
      const [said]: Answer[] = [...answer(request, around)]
      const [load] = said !== undefined && 'loads' in said ? said.loads : []
      const [dump] = said !== undefined && 'dumps' in said ? said.dumps : []
      const verdict =
        'load' in asked && load !== undefined
          ? judgeLoadTask(asked, load, hello, judges).conformance.kind
          : 'dump' in asked && dump !== undefined
            ? judgeDumpTask(asked, dump, hello, judges).conformance.kind
            : 'no answer'
      yield [`${planned.case.id}@${protocol}`, verdict]
    }
  }
}

test.each([
  ['load', 400],
  ['dump', 50],
] as const)('the reference has nothing to be told as one that can only %s', (role, many) => {
  const judged = [...judgedReference(role)]

  expect(judged.length).toBeGreaterThan(many)
  expect(judged.filter(([, verdict]) => verdict !== 'passed')).toEqual([])
})
