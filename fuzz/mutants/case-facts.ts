import type { Suite } from '../../conformance/index.ts'
import { bytesOfHex, PickleError, rawInstructions } from '../../reference/index.ts'

type Case = Suite['cases'][number]['case']

/** What is to be seen of a case without running it. */
export type CaseFacts = {
  /** Opcodes of the pickles that it expects and of those that it loads. */
  readonly opcodes: ReadonlySet<string>
  /** Words of its scenario, and each behind the one it stands below: `subclass.reducer_override`. */
  readonly words: ReadonlySet<string>
  /** How many pickles it dumps, and how many it loads. */
  readonly dumps: number
  readonly loads: number
  /** Whether an exception is expected. */
  readonly isRefused: boolean
  /** None when the scenario has a protocol of its own. */
  readonly protocols: readonly number[]
}

/** Looks at a case, and at what is expected of CPython where that is something else. */
export function factsOf({ deviations, expectations, protocols, scenario }: Case): CaseFacts {
  const words = new Set<string>()
  const opcodes = new Set<string>()
  const counts = { dump: 0, load: 0 }
  const visit = (key: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      if (key === 'instance') words.add('an instance')
      if (key === 'load' && typeof value === 'string') addOpcodes(value, opcodes)
      return
    }
    if (Array.isArray(value)) {
      for (const one of value) visit(key, one)
      return
    }
    for (const [name, one] of Object.entries(value)) {
      if (!isEmpty(one)) words.add(name).add(`${key}.${name}`)
      if (name === 'dump' || name === 'load') counts[name] += 1
      visit(name, one)
    }
  }
  visit('', scenario)
  const steps = [...expectations, ...deviations].flatMap(({ expected }) =>
    'steps' in expected ? expected.steps : [expected.construction],
  )
  for (const { pickle = [], wrote = [] } of steps) {
    for (const line of [...pickle, ...wrote]) opcodes.add(line.split(' ', 1)[0] ?? line)
  }
  return {
    ...{ opcodes, words, dumps: counts.dump, loads: counts.load },
    isRefused: steps.some(({ refused }) => refused !== undefined),
    protocols: protocols ?? [],
  }
}

/** The canonical form names what is not there, too. */
const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)

/** As far as the pickle can be read. */
function addOpcodes(hex: string, opcodes: Set<string>): void {
  try {
    for (const { opcode } of rawInstructions(bytesOfHex(hex))) opcodes.add(opcode)
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
  }
}
