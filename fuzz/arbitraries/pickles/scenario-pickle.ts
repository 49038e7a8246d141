import { expectedRun, parseScenario, UnbuildableError } from '../../../conformance/index.ts'
import { bytesOfHex } from '../../../reference/index.ts'
import { caseAt, scenarioOf } from '../../case.ts'
import type { Draw } from './draw.ts'

const writers = ['cpython-3.8-c', 'cpython-3.11-py', 'cpython-3.13-c', 'cpython-3.14-py'] as const

/** So many scenarios are dumped, each once in a process; their pickles are then damaged again and again. */
const scenarios = 200

/** What only makes pickles longer. */
const lengthy: ReadonlySet<string> = new Set([
  ...['batches', 'nests', 'longStrs', 'longBytes', 'endless', 'severalDumps'],
])

const written = new Map<number, Uint8Array | undefined>()

/** What the reference's Pickler writes of a random scenario; undefined when it writes no whole pickle. */
export function drawScenarioPickle(draw: Draw): Uint8Array | undefined {
  const number = draw(scenarios)
  if (!written.has(number)) written.set(number, pickleOfScenario(number))
  return written.get(number)
}

function pickleOfScenario(number: number): Uint8Array | undefined {
  const key = caseAt(1, number)
  const features = new Set([...key.features].filter((name) => !lengthy.has(name)))
  const scenario = parseScenario(scenarioOf({ ...key, features }))
  try {
    const run = expectedRun(scenario, writers[number % 4] ?? writers[0], number % 6, [])
    const steps = 'steps' in run ? run.steps : []
    const whole = steps.find(({ bytes, refused }) => bytes !== undefined && refused === undefined)
    return whole?.bytes === undefined ? undefined : bytesOfHex(whole.bytes)
  } catch (error) {
    if (error instanceof UnbuildableError) return undefined
    throw error
  }
}
