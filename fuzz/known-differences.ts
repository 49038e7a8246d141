import { matchesVersion, runsAlone, type Scenario } from '../conformance/index.ts'
import { bytesOfHex } from '../reference/index.ts'
import { declaresLong } from './arbitraries/pickles/costly.ts'
import { familyOf, releaseOf } from './engine.ts'
import type { Sighting } from './examine.ts'
import type { JsonObject } from './json.ts'
import { refillsSet } from './refills-set.ts'

/** A difference between the reference and an engine that is explained, and stays. */
export type KnownOf<Asked, Example> = {
  /** The clause that leaves it open, or that the engine breaks. */
  readonly clause: string
  readonly kind: 'bug' | 'latitude'
  readonly engine: 'c' | 'py'
  /** The releases that show it. */
  readonly versions: string
  /** The signature that the difference has. */
  readonly signature: RegExp
  /** Whether what was asked has what it takes. */
  readonly needs: (asked: Asked) => boolean
  readonly because: string
  readonly link?: string
  /** What shows it: when no engine in the range does any more, the entry is stale. */
  readonly example: Example
}

/** One that a scenario shows. */
export type Known = KnownOf<Scenario, JsonObject>

const buffered: Omit<Known, 'engine'> = {
  clause: 'UNP-93',
  kind: 'latitude',
  versions: '3.8+',
  signature: /^error class: wanted \w+, found MemoryError$/,
  needs: ({ steps }) =>
    steps.some(
      (step) =>
        'load' in step &&
        step.from === 'short-reads' &&
        typeof step.load === 'string' &&
        declaresLong(bytesOfHex(step.load)),
    ),
  because: 'a buffered reader makes room for all that is asked of it, if there is memory for it',
  example: { scenario: 1, steps: [{ load: '5800000080', from: 'short-reads' }] },
}

export const knownDifferences: readonly Known[] = [
  { engine: 'c', ...buffered },
  { engine: 'py', ...buffered },
  {
    clause: 'BATCH-06',
    kind: 'latitude',
    engine: 'c',
    versions: '3.8+',
    signature: /^(bytes|trace)/,
    needs: refillsSet,
    because: 'a member that is added while a set is saved is met or not by where its hash puts it',
    example: {
      scenario: 1,
      pickler: {
        subclass: {
          persistent_id: {
            rules: [
              {
                match: { value: 5 },
                do: [
                  { call: { on: { object: 's' }, method: 'clear', arguments: [] } },
                  { call: { on: { object: 's' }, method: 'add', arguments: [3] } },
                ],
                returns: null,
              },
            ],
            else: null,
          },
        },
      },
      steps: [{ dump: { set: [5], id: 's' } }],
    },
  },
  {
    clause: 'MEMO-09',
    kind: 'bug',
    engine: 'c',
    versions: '3.8+',
    signature: /./,
    needs: runsAlone,
    because: 'a dump within a dump leaves the other without memory to write to; it mostly crashes',
    example: {
      scenario: 1,
      classes: [
        { name: 'A', hooks: { __reduce__: { rules: [{ do: [{ dump: 1 }], returns: 'A' }] } } },
      ],
      steps: [{ dump: { list: [{ instance: 'A' }] } }],
    },
  },
]

/** Tells known differences from new ones, and counts them. */
export class KnownDifferences<Asked, Example> {
  readonly #known: readonly KnownOf<Asked, Example>[]
  readonly met = new Map<KnownOf<Asked, Example>, number>()

  constructor(known: readonly KnownOf<Asked, Example>[]) {
    this.#known = known
  }

  /** The entry that explains a difference, undefined for a new one. */
  explains(
    { follows, signature }: Pick<Sighting, 'follows' | 'signature'>,
    asked: Asked,
  ): KnownOf<Asked, Example> | undefined {
    return this.#known.find((one) => {
      const { engine, needs, signature: wanted, versions } = one
      return isOfEngine(follows, { engine, versions }) && wanted.test(signature) && needs(asked)
    })
  }

  /** As `explains`, and counts it. */
  meets(sighting: Pick<Sighting, 'follows' | 'signature'>, asked: Asked): boolean {
    const known = this.explains(sighting, asked)
    if (known !== undefined) this.met.set(known, (this.met.get(known) ?? 0) + 1)
    return known !== undefined
  }
}

/** Whether the difference is one of the engine that follows this profile, in its release. */
export function isOfEngine(
  follows: string,
  { engine, versions }: Pick<Known, 'engine' | 'versions'>,
): boolean {
  return engine === familyOf(follows) && matchesVersion(versions, releaseOf(follows))
}
