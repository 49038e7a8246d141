import type { Suite } from '../../conformance/index.ts'
import {
  bytesOfHex,
  isOpcodeName,
  opcodes as opcodeTable,
  PickleError,
  rawInstructions,
} from '../../reference/index.ts'

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
      if (key === 'kind' && value === 'enum') words.add('an enum')
      if (key === 'load' && typeof value === 'string') addOpcodes(value, opcodes)
      return
    }
    if (Array.isArray(value)) {
      for (const one of value) visit(key, one)
      return
    }
    for (const [name, one] of Object.entries(value)) {
      if (!isEmpty(one)) words.add(name).add(`${key}.${name}`)
      for (const word of assigned(name, one)) words.add(word)
      if (name === 'dump' || name === 'load') counts[name] += 1
      visit(name, one)
    }
  }
  visit('', scenario)
  const steps = [...expectations, ...deviations].flatMap(({ expected }) =>
    'steps' in expected ? expected.steps : [expected.construction],
  )
  for (const { pickle = [], wrote = [] } of steps) {
    for (const line of [...pickle, ...wrote])
      for (const opcode of opcodesOf(line)) opcodes.add(opcode)
  }
  return {
    ...{ opcodes, words, dumps: counts.dump, loads: counts.load },
    isRefused: steps.some(({ refused }) => refused !== undefined),
    protocols: protocols ?? [],
  }
}

const places: Readonly<Record<string, string>> = {
  pickler: 'instance',
  class: 'subclass',
  copyreg: 'copyreg',
}

/** What a step assigns, or puts into a table: the words of a pickler that had it from the beginning. */
function assigned(step: string, fields: unknown): string[] {
  if (typeof fields !== 'object' || fields === null) return []
  const { name, on, table } = fields as Readonly<Record<string, unknown>>
  const hook = step === 'set' ? name : step === 'put' ? 'dispatch_table' : undefined
  const place = places[String(step === 'set' ? on : table)]
  return typeof hook === 'string' && place !== undefined ? [hook, `${place}.${hook}`] : []
}

/** The canonical form names what is not there, too. */
const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)

/** The opcodes of a line, each of its group where it is one: `( NONE ; APPEND ) *49`. */
const opcodesOf = (line: string): string[] =>
  (line.startsWith('( ') ? line.slice(2).split(' ; ') : [line])
    .map((one) => one.split(' ', 1)[0] ?? one)
    .filter(isOpcodeName)

/** As far as the pickle can be read, with what is cut short. */
function addOpcodes(hex: string, found: Set<string>): void {
  try {
    for (const { opcode } of rawInstructions(bytesOfHex(hex))) found.add(opcode)
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    const code = bytesOfHex(hex)[error.offset ?? 0]
    for (const [name, opcode] of Object.entries(opcodeTable)) {
      if (opcode.code === code) found.add(name)
    }
  }
}
