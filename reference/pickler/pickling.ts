import type { Writer } from '../codecs/writer.ts'
import type { Profile } from '../profiles.ts'
import type { PyBytes, PyClass, PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { FastGuard } from './fast-guard.ts'
import type { Framer } from './framer.ts'
import type { Hooks } from './hooks.ts'
import { Memo } from './memo.ts'

export type Save = (p: Pickling, value: PyValue, isPersistentId?: boolean) => void

/** What every saver needs: the settings of one pickler, what it has done so far, its hooks. */
export class Pickling {
  readonly world: World
  readonly profile: Profile
  readonly protocol: number
  /** Protocol 1 and above. */
  readonly isBinary: boolean
  /** Names are written as Python 2 has them (GLOB-21). */
  readonly fixesImports: boolean
  /** None for none. */
  readonly bufferCallback: PyValue
  readonly recursionLimit: number
  readonly framer: Framer
  readonly writer: Writer
  readonly hooks: Hooks
  /** `save` of save.ts, which every saver calls for what is inside its value. */
  readonly save: Save
  memo = new Memo()
  /** How many saves are under way, one within the other. */
  depth = 0
  /** The bytes objects that buffers were found to lie over, by their memory (PYPY-02). */
  readonly bytesOfBuffers = new Map<Uint8Array, PyBytes>()
  /** What C counts in fast mode (FAST-04); null where nothing is counted. */
  readonly fastGuard: FastGuard | null

  // Questions to the profile that are asked for every object.

  /** `reducer_override` comes before the built-in types, and the memo before the atoms. */
  readonly overridesFirst: boolean
  /** `reducer_override` is asked for bytearrays and PickleBuffers. */
  readonly overridesBuffers: boolean
  /** Exact containers are saved as they are at the time, not out of a copy. */
  readonly savesLive: boolean
  /** One more batch follows full ones of a dict or set, and has a mark whatever is in it. */
  readonly marksLastBatch: boolean
  readonly checksListSize: boolean
  readonly addsNotes: boolean
  /** The exact type of functions made by `def` and `lambda`. */
  readonly functionClass: PyClass

  constructor(fields: {
    readonly world: World
    readonly profile: Profile
    readonly protocol: number
    readonly fixesImports: boolean
    readonly bufferCallback: PyValue
    readonly recursionLimit: number
    readonly framer: Framer
    readonly hooks: Hooks
    readonly save: Save
  }) {
    const { profile, protocol, world } = fields
    this.world = world
    this.profile = profile
    this.protocol = protocol
    this.isBinary = protocol >= 1
    this.fixesImports = fields.fixesImports && protocol < 3
    this.bufferCallback = fields.bufferCallback
    this.recursionLimit = fields.recursionLimit
    this.framer = fields.framer
    this.writer = fields.framer.writer
    this.hooks = fields.hooks
    this.save = fields.save
    this.fastGuard =
      profile.fastCycle === 'nesting limit'
        ? new FastGuard(
            world,
            profile.fastFrozenset === 'never left',
            profile.fastFailure === 'SystemError',
          )
        : null
    this.overridesFirst = profile.askedToOverride === 'all'
    this.overridesBuffers = profile.askedToOverride === 'no documented built-ins'
    this.savesLive = profile.exactContainers === 'live'
    this.marksLastBatch = profile.lastBatch === 'always'
    this.checksListSize = profile.listSizeChecked
    this.addsNotes = profile.notes
    this.functionClass = world.knownClass('builtins:function')
  }
}
