import type { Scenario } from '../../conformance/index.ts'

/** What a build of the reference is asked at random. */
export type Check =
  | {
      readonly scenario: Scenario
      readonly profile: string
      readonly protocol: number
    }
  | {
      /** In hex. */
      readonly pickle: string
      readonly buffers: readonly string[] | undefined
      readonly profile: string
      /** That it is written again at. */
      readonly protocol: number
    }

/** The modules of a build that are asked, as far as they are. */
export type Build = {
  readonly answer: (request: object, around: object) => Iterable<object>
  readonly reference: {
    readonly profile: (name: string) => unknown
    readonly LoadedPickle: new (
      pickle: Uint8Array,
      profile: unknown,
    ) => {
      readonly describe: () => unknown
      readonly dump: (protocol: number) => object
    }
    readonly verify: (pickle: Uint8Array) => unknown
    readonly assemble: (lines: readonly string[]) => Uint8Array
    readonly disassembleToAssembly: (pickle: Uint8Array) => readonly string[]
  }
  readonly library: {
    readonly loads: (pickle: Uint8Array, options: object) => unknown
    readonly dumps: (value: unknown, options: object) => Uint8Array
  }
}

const around = { version: '', runtime: '', profiles: [], sha256: () => '', now: () => 0 }

/** Pickles of more digits are not asked about: what is said of them would be longer than a text can be. */
const mostDigits = 4_000_000

/** All that a build says to a check, as one text: two builds that do the same say the same. */
export function said(build: Build, check: Check): string {
  const { profile, protocol } = check
  if ('pickle' in check) {
    const pickles = [{ pickle: check.pickle, ...(check.buffers && { buffers: check.buffers }) }]
    return JSON.stringify(aboutPickle(build, check, pickles))
  }
  const run = [
    ...build.answer(
      {
        ...{ id: 1, request: 'run', engines: [profile], protocols: [protocol] },
        ...{ observe: ['trace', 'orders', 'memo', 'writes'], scenarios: [check.scenario] },
      },
      around,
    ),
  ]
  const text = JSON.stringify(run)
  const pickles = [...text.matchAll(/"bytes":"([0-9a-f]+)"/g)]
    .map(([, pickle = '']) => ({ pickle }))
    .filter(({ pickle }) => pickle.length <= mostDigits)
  return `${text}${JSON.stringify(aboutPickle(build, check, pickles.slice(0, 2)))}`
}

type Given = { readonly pickle: string; readonly buffers?: readonly string[] }

function aboutPickle(
  { answer, library, reference }: Build,
  { profile, protocol }: Check,
  pickles: readonly Given[],
): unknown[] {
  const answers = (request: object): unknown[] => [...answer({ id: 1, ...request }, around)]
  const hexes = pickles.map(({ pickle }) => pickle)
  return [
    ...(['symbols', 'names'] as const).flatMap((world) =>
      answers({ request: 'load', engines: [profile], world, pickles }),
    ),
    ...(['disassemble', 'optimize', 'globals'] as const).flatMap((tool) =>
      answers({ request: 'tool', tool, pickles: hexes }),
    ),
    ...hexes.flatMap((hex) => {
      const bytes = Uint8Array.from(Buffer.from(hex, 'hex'))
      return [
        outcome(() => new reference.LoadedPickle(bytes, reference.profile(profile)).describe()),
        outcome(() => new reference.LoadedPickle(bytes, reference.profile(profile)).dump(protocol)),
        outcome(() => reference.verify(bytes)),
        outcome(() => reference.assemble(reference.disassembleToAssembly(bytes))),
        outcome(() => library.dumps(library.loads(bytes, { profile }), { protocol, profile })),
      ]
    }),
  ]
}

/** What comes of it, or what is thrown. */
function outcome(act: () => unknown): unknown {
  try {
    return plain(act())
  } catch (error) {
    if (!(error instanceof Error)) return String(error)
    return { name: error.name, message: error.message, ...Object.entries(error).map(plain) }
  }
}

/** Maps, bytes and big integers in a form that JSON keeps; what is met again is not followed. */
function plain(value: unknown): unknown {
  const met = new Set<object>()
  const known = (key: string, one: unknown): unknown => {
    if (typeof one === 'bigint') return `${one}n`
    if (typeof one === 'function') return key
    if (one instanceof Uint8Array) return Buffer.from(one).toString('hex')
    if (typeof one !== 'object' || one === null) return one
    if (met.has(one)) return 'met'
    met.add(one)
    if (one instanceof Map) return [...one]
    return one instanceof Set ? [...one] : one
  }
  return JSON.parse(JSON.stringify(value, known) ?? 'null')
}
