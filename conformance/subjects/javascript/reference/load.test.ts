import { describe, expect, test } from 'vitest'
import type { Answer, Request } from '../../../protocol/message.ts'
import { parseScenario } from '../../../scenario/parse.ts'
import { answer, type Surroundings } from './answer.ts'

const around: Surroundings = {
  version: '0.0.0',
  runtime: 'test',
  profiles: ['documented'],
  sha256: () => '',
  now: () => performance.now() * 1e6,
}

const ask = (request: Request): Answer[] => [...answer(request, around)]

const loads = (world: 'symbols' | 'names', pickle: string): Request => ({
  id: 1,
  request: 'load',
  engines: ['cpython-3.13-c', 'cpython-3.13-py'],
  world,
  pickles: [{ pickle }],
})

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex')

test('a pickle is loaded by each engine in the world that is asked for', () => {
  const graph = { value: { global: 'foo:bar' }, objects: [] }

  expect(ask(loads('symbols', hex('cfoo\nbar\n.')))).toEqual([
    {
      id: 1,
      index: 0,
      loads: [
        { engine: 'cpython-3.13-c', graph },
        { engine: 'cpython-3.13-py', graph },
      ],
    },
  ])
  expect(ask(loads('names', hex('cfoo\nbar\n.')))).toMatchObject([
    { loads: [{ refused: { class: 'ModuleNotFoundError' } }, { refused: { notes: [] } }] },
  ])
})

test('the engines refuse a damaged pickle each in its own way', () => {
  expect(ask(loads('symbols', hex('K\x01t.')))).toMatchObject([
    { loads: [{ refused: { class: 'UnpicklingError' } }, { refused: { class: 'IndexError' } }] },
  ])
})

const leaf = (value: unknown) => ({ value, objects: [] })

/** What an engine does in the last step, with the trace. */
function lastStep(engine: string, scenario: object, observe: readonly 'trace'[]): unknown {
  const [found] = ask({
    id: 1,
    request: 'run',
    engines: [engine],
    protocols: [4],
    observe,
    scenarios: [parseScenario(scenario)],
  })
  const results = found !== undefined && 'results' in found ? found.results : []
  const [result] = results
  return result !== undefined && 'steps' in result ? result.steps.at(-1) : found
}

const runBy = (engine: string, scenario: object): unknown => lastStep(engine, scenario, [])
const graphOf = (scenario: object): unknown => runBy('cpython-3.13-c', scenario)

function tracedBy(engine: string, scenario: object): unknown {
  const step = lastStep(engine, scenario, ['trace'])
  return typeof step === 'object' && step !== null && 'trace' in step ? step.trace : step
}

const classes = [{ name: 'A' }]

test.each(['bytes', 'stream', 'short-reads'])(
  'what a step has dumped is loaded from %s',
  (from) => {
    const dump = { list: [{ instance: 'A', attributes: [['x', 1]] }, { class: 'A' }, 300] }
    const steps = [{ dump }, { load: { step: 1 }, from }]

    expect(graphOf({ scenario: 1, classes, steps })).toEqual({
      graph: {
        value: { at: 0 },
        objects: [
          { list: [{ at: 1 }, { class: 'A' }, 300] },
          { instance: 'A', attributes: [['x', 1]] },
        ],
      },
    })
  },
)

test('the arguments of the unpickler count', () => {
  const steps = [{ load: hex('U\x01\xe9c__builtin__\nlist\n\x97\x87.') }]
  const unpickler = { encoding: 'latin1', buffers: [{ bytes: '01' }] }

  expect(graphOf({ scenario: 1, unpickler, steps })).toMatchObject({
    graph: { objects: [{ tuple: ['é', { global: 'builtins:list' }, { bytes: '01' }] }] },
  })
  expect(
    graphOf({ scenario: 1, unpickler: { ...unpickler, fix_imports: false }, steps }),
  ).toMatchObject({ refused: { class: 'ModuleNotFoundError' } })
})

test('what the reference cannot make is said of the scenario, not of the pickle', () => {
  const global = { global: 'decimal:Decimal' }
  const steps = [{ dump: global }, { load: hex('cdecimal\nDecimal\n)R.') }]

  expect(graphOf({ scenario: 1, steps })).toMatchObject({
    error: { message: 'the reference makes no instances of Decimal' },
  })
})

test('a load is timed, and told when it is asked what it gave', () => {
  const scenario = parseScenario({ scenario: 1, value: { list: [1, 2, 3] } })
  const request = { id: 1, request: 'bench', engine: 'documented', protocol: 4 } as const
  const load = { ...request, operation: 'load', scenario, loops: 2, samples: 3 } as const
  const bench = (of: Request) => {
    const [found] = ask(of)
    return found !== undefined && 'bench' in found ? found.bench : undefined
  }

  expect(bench(load)?.samples).toHaveLength(3)
  expect(bench(load)).not.toHaveProperty('graph')
  expect(bench({ ...load, graph: true })).toMatchObject({
    bytes: expect.any(Number),
    graph: { value: { at: 0 }, objects: [{ list: [1, 2, 3] }] },
  })
})

const asked = { rules: [{ match: { value: 'a:b' }, returns: { class: 'A' } }] }

describe('hooks of an unpickler', () => {
  test('find_class is asked with both names, and without an answer what is there is found', () => {
    const steps = [{ load: ['GLOBAL "a" "b"', 'GLOBAL "scenario" "A"', 'TUPLE2', 'STOP'] }]
    const given = { scenario: 1, classes, steps }

    for (const where of ['subclass', 'instance']) {
      expect(graphOf({ ...given, unpickler: { [where]: { find_class: asked } } })).toMatchObject({
        graph: { objects: [{ tuple: [{ class: 'A' }, { class: 'A' }] }] },
      })
    }
    expect(graphOf(given)).toMatchObject({ refused: { class: 'ModuleNotFoundError' }, offset: 5 })
  })

  test.each([
    ['cpython-3.12-c', 'subclass', '#0'],
    ['cpython-3.12-py', 'instance', '#1'],
    ['cpython-3.14-c', 'instance', '#1'],
  ])('of %s, persistent_load is that of the %s', (engine, where, answered) => {
    const hook = { rules: [{ returns: { tuple: [{ self: true }] } }] }
    const unpickler = { subclass: { persistent_load: hook }, instance: { persistent_load: hook } }
    const steps = [{ load: ['PERSID "x"', 'STOP'] }]

    expect(tracedBy(engine, { scenario: 1, unpickler, steps })).toEqual([
      [`${where}.persistent_load`, '"x"', answered],
    ])
  })

  test.each([
    ['cpython-3.12-c', 'KeyError'],
    ['cpython-3.14-c', 'KeyError'],
    ['cpython-3.14-py', 'KeyError'],
  ])('of %s may be properties that raise', (engine, type) => {
    const property = { property: { raises: 'KeyError' } }
    const steps = [{ load: ['NONE', 'BINPERSID', 'STOP'] }]
    const unpickler = { subclass: { persistent_load: property } }

    expect(runBy(engine, { scenario: 1, unpickler, steps })).toMatchObject({
      refused: { class: type },
    })
  })

  test('a property that gives a hook has no setter', () => {
    const hook = { property: { hook: { rules: [{ returns: 7 }] } } }
    const steps = [{ load: ['NONE', 'BINPERSID', 'STOP'] }]
    const given = { scenario: 1, steps }
    const subclass = { persistent_load: hook }
    const instance = { persistent_load: { rules: [] } }

    for (const engine of ['cpython-3.12-c', 'cpython-3.14-c', 'cpython-3.14-py']) {
      expect(runBy(engine, { ...given, unpickler: { subclass } })).toEqual({ graph: leaf(7) })
    }
    expect(runBy('cpython-3.14-py', { ...given, unpickler: { subclass, instance } })).toMatchObject(
      { refused: { class: 'AttributeError' } },
    )
    expect(runBy('cpython-3.14-c', { ...given, unpickler: { subclass, instance } })).toEqual({
      graph: leaf(null),
    })
  })

  test('a property that raises AttributeError is none for C up to 3.12', () => {
    const steps = [{ load: ['NONE', 'BINPERSID', 'STOP'] }]
    const unpickler = { subclass: { persistent_load: { property: { raises: 'AttributeError' } } } }
    const refusedBy = (engine: string): unknown => runBy(engine, { scenario: 1, unpickler, steps })

    expect(refusedBy('cpython-3.12-c')).toMatchObject({ refused: { class: 'UnpicklingError' } })
    expect(refusedBy('cpython-3.14-c')).toMatchObject({ refused: { class: 'AttributeError' } })
    expect(refusedBy('cpython-3.14-py')).toMatchObject({ refused: { class: 'AttributeError' } })
  })

  test('may load and dump themselves', () => {
    const inner = { do: [{ load: hex('cscenario\nA\n.') }, { dump: 1 }], returns: 2 }
    const unpickler = { instance: { persistent_load: { rules: [inner] } } }
    const steps = [{ load: hex('P1\n.P2\n.') }, { load: { next: true } }]

    expect(graphOf({ scenario: 1, classes, unpickler, steps })).toMatchObject({ graph: leaf(2) })
  })
})

describe('the next pickle', () => {
  test('is read by the same unpickler, which has kept its memo', () => {
    const load = ['EMPTY_LIST', 'BINPUT 0', 'STOP', 'BINGET 0', 'STOP']
    const steps = [{ load }, { load: { next: true } }]

    expect(graphOf({ scenario: 1, steps })).toEqual({
      graph: { value: { at: 0 }, objects: [{ list: [] }] },
    })
  })

  test('is missing where the file ends', () => {
    const unpickler = { buffers: [] }
    const steps = [{ load: [] }, { load: { next: true } }]
    const given = { scenario: 1, unpickler, steps }

    expect(graphOf(given)).toMatchObject({ refused: { class: 'EOFError' }, offset: 0 })
  })
})
