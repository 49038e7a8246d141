import { PickleError } from '../errors.ts'
import { opcodes } from '../opcodes/opcodes.ts'
import type { Profile } from '../profiles.ts'
import { iterate } from '../values/iterate.ts'
import type { PyStr, PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import type { WordSize } from '../word-size.ts'
import { BufferedFrames } from './buffered-frames.ts'
import { BufferedInput } from './buffered-input.ts'
import { unpicklingError } from './errors.ts'
import { FramedInput } from './framed-input.ts'
import { UnpicklerHooks } from './hooks.ts'
import { type Input, maxSizes } from './input.ts'
import { instructionByCode } from './instructions.ts'
import { type LoadNames, symbolNames } from './load-names.ts'
import type { Source } from './source.ts'
import type { UnpicklerClass } from './unpickler-class.ts'
import { Unpickling } from './unpickling.ts'

/** What `Unpickler(file, …)` is given besides the file. */
export type UnpicklerInit = {
  readonly fixImports?: boolean
  /** `ASCII` unless given. */
  readonly encoding?: string
  /** `strict` unless given. */
  readonly errors?: string
  /** An iterable, None or absent. */
  readonly buffers?: PyValue
  /** The bits of a word, on which the greatest size of an object depends: 64 unless given. */
  readonly wordSize?: WordSize
  /** The world of the load, not in Python's unpickler: every name a symbol unless given. */
  readonly names?: LoadNames
}

const STOP = opcodes.STOP.code

/**
 * An unpickler as the profile has it: loads one pickle after another from its source, and keeps its
 * memo from load to load. It runs nothing that a pickle names, see {@link LoadNames}.
 *
 * @clause UNP-01 UNP-02 UNP-09 UNP-10 UNP-11
 */
export class Unpickler {
  readonly #machine: Unpickling
  readonly #hooks: UnpicklerHooks
  readonly #names: LoadNames

  /** @throws {PickleError} TypeError, when `buffers` is not iterable */
  constructor(
    world: World,
    profile: Profile,
    unpickler: UnpicklerClass,
    init: UnpicklerInit,
    source: Source,
  ) {
    const buffers = init.buffers ?? null
    const maxSize = maxSizes[init.wordSize ?? 64]
    this.#names = init.names ?? symbolNames(world)
    this.#hooks = new UnpicklerHooks(world, profile, unpickler, this.#names)
    this.#machine = new Unpickling({
      world,
      profile,
      input: inputFor(profile, source, maxSize),
      hooks: this.#hooks,
      fixesImports: init.fixImports ?? true,
      encoding: init.encoding ?? 'ASCII',
      errors: init.errors ?? 'strict',
      buffers: buffers === null ? undefined : iterate(world, buffers),
    })
  }

  /**
   * Loads the next pickle.
   *
   * @throws {PickleError} what Python raises; the next load goes on behind what was read
   */
  load(): PyValue {
    const u = this.#machine
    const { input } = u
    this.#hooks.beginLoad()
    u.begin()
    try {
      for (;;) {
        const code = input.opcode()
        if (code === STOP) return u.pop()
        const instruction = instructionByCode[code]
        if (instruction === undefined) throw unknownOpcode(u.isC, code)
        instruction(u)
      }
    } finally {
      input.end()
      u.stack = []
    }
  }

  /**
   * What `find_class` gives where nobody overrides it: the name in the world of the load. An
   * override falls back on it as `super().find_class(module, name)` does.
   *
   * @throws {PickleError} as the world refuses a name
   */
  findClass(module: PyStr, name: PyStr): PyValue {
    return this.#names.findClass(this.#machine, module, name)
  }

  /** How many bytes of a source in memory have been read: a load that failed did so before there. */
  get position(): number {
    return this.#machine.input.at
  }

  /** The protocol that the latest pickle says it has; 0 where it says none. */
  get protocol(): number {
    return this.#machine.protocol
  }

  /** `u.name = value`. @throws {PickleError} AttributeError or TypeError, as the engine refuses it */
  setAttribute(name: string, value: PyValue): void {
    this.#hooks.setAttribute(name, value)
  }
}

function inputFor({ loadInput }: Profile, source: Source, maxSize: bigint): Input {
  switch (loadInput) {
    case 'buffered':
      return new BufferedInput(source, maxSize)
    case 'buffered with frames':
      return new BufferedFrames(source, maxSize)
    case 'framed':
    case 'whole frames':
      return new FramedInput(source, maxSize, loadInput === 'whole frames')
  }
}

function unknownOpcode(isC: boolean, code: number): PickleError {
  if (!isC) return new PickleError('KeyError', String(code))
  const char = String.fromCharCode(code)
  const isPlain = code >= 0x20 && code <= 0x7e && char !== "'" && char !== '\\'
  const said = isPlain ? char : `\\x${code.toString(16).padStart(2, '0')}`
  return unpicklingError(`invalid load key, '${said}'.`)
}
