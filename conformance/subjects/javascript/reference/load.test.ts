import { expect, test } from 'vitest'
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

/** The graph of the last step. */
function graphOf(scenario: object): unknown {
  const [found] = ask({
    id: 1,
    request: 'run',
    engines: ['cpython-3.13-c'],
    protocols: [4],
    observe: [],
    scenarios: [parseScenario(scenario)],
  })
  const results = found !== undefined && 'results' in found ? found.results : []
  const [result] = results
  return result !== undefined && 'steps' in result ? result.steps.at(-1) : found
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
