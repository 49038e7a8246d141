import { encodeLatin1 } from '../codecs/single-byte.ts'
import { newLoaded } from '../unpickler/call.ts'
import { dictOf, tupleOf } from '../unpickler/contents.ts'
import { PyRecorded, PySymbol, type SymbolKinds, symbolKindsOf } from '../unpickler/recorded.ts'
import type { Unpickling } from '../unpickler/unpickling.ts'
import { freshBytes } from '../values/fresh.ts'
import {
  PyByteArray,
  PyBytes,
  PyClass,
  type PyFunction,
  PyStr,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import { PyForeignClass } from './foreign.ts'
import { makeFunction } from './make-function.ts'

/** Names that give the real thing, which only holds what it is given. */
const real: ReadonlySet<string> = new Set(
  ['list', 'dict', 'set', 'frozenset', 'tuple', 'Ellipsis', 'NotImplemented'].map(
    (name) => `builtins:${name}`,
  ),
)

/** What a call gives; undefined where it is recorded like that of any other name. */
type Act = (u: Unpickling, args: readonly PyValue[]) => PyValue | undefined

/**
 * What a name stands for in a load where the program gives nothing for it: a symbol, whose calls are
 * recorded. The few functions with which picklers write bytes, nested names and instances are
 * carried out.
 */
export class FoundNames {
  readonly #world: World
  readonly #kinds: SymbolKinds
  readonly #values = new Map<string, PyValue>()
  readonly #acts: ReadonlyMap<string, Act> = new Map<string, Act>([
    ['_codecs:encode', (_u, args) => this.#encoded(args)],
    ['builtins:bytes', (_u, { length }) => (length === 0 ? this.#world.emptyBytes : undefined)],
    ['builtins:bytearray', (_u, args) => byteArrayOf(args)],
    ['builtins:getattr', (u, args) => this.#attribute(u, args)],
    ['copyreg:_reconstructor', (u, args) => this.#reconstructed(u, args)],
    ['copyreg:__newobj__', (u, [cls, ...args]) => newOf(u, cls, args)],
    ['copyreg:__newobj_ex__', newWithKeywords],
  ])

  constructor(world: World) {
    this.#world = world
    this.#kinds = symbolKindsOf(world)
  }

  /** What a name stands for. */
  valueOf(u: Unpickling, module: string, name: string): PyValue {
    const key = `${module}:${name}`
    let value = this.#values.get(key)
    if (value === undefined) {
      value = real.has(key) ? this.#world.known(key) : this.#unknown(u, module, name)
      this.#values.set(key, value)
    }
    return value
  }

  #unknown(u: Unpickling, module: string, name: string): PyValue {
    const act = this.#acts.get(`${module}:${name}`)
    if (act === undefined) return new PySymbol(this.#kinds, new PyStr(module), new PyStr(name))
    const fn: PyFunction = makeFunction(
      this.#world,
      name,
      (args) => act(u, args) ?? this.#recorded(fn, args),
      module,
    )
    return fn
  }

  #recorded(fn: PyFunction, args: readonly PyValue[]): PyRecorded {
    const making = { from: fn, by: 'call', args, keywords: null } as const
    return new PyRecorded(this.#world, this.#kinds.made, making)
  }

  #encoded([text, encoding, ...rest]: readonly PyValue[]): PyValue | undefined {
    const isLatin1 = encoding instanceof PyStr && encoding.content === 'latin1'
    if (!(text instanceof PyStr && isLatin1 && rest.length === 0)) return undefined
    return freshBytes(this.#world, encodeLatin1(text.content))
  }

  /** A name inside of a class that is only known by name. */
  #attribute(u: Unpickling, [owner, name, ...rest]: readonly PyValue[]): PyValue | undefined {
    const isName = name instanceof PyStr && typeof name.content === 'string'
    if (!(isName && isNamed(owner)) || rest.length > 0) return undefined
    const [module, outer] = [owner.module, owner.qualname].map((str) => String(str?.content))
    return this.valueOf(u, String(module), `${outer}.${name.content}`)
  }

  /** @clause RED-41 */
  #reconstructed(u: Unpickling, [cls, base, state]: readonly PyValue[]): PyValue | undefined {
    if (!(cls instanceof PyForeignClass) || state === undefined) return undefined
    const isObject = base === this.#values.get('builtins:object')
    return newLoaded(u, cls, isObject ? [] : [state])
  }
}

/** A class that stands under its name alone. */
const isNamed = (value: PyValue | undefined): value is PyClass =>
  value instanceof PyClass && !(value instanceof PyForeignClass)

function byteArrayOf([content, encoding, ...rest]: readonly PyValue[]): PyValue | undefined {
  if (rest.length > 0) return undefined
  if (content === undefined) return new PyByteArray(new Uint8Array(0))
  if (encoding === undefined) {
    return content instanceof PyBytes ? new PyByteArray(content.data.slice()) : undefined
  }
  const isLatin1 = encoding instanceof PyStr && encoding.content === 'latin-1'
  return content instanceof PyStr && isLatin1
    ? new PyByteArray(encodeLatin1(content.content))
    : undefined
}

function newOf(u: Unpickling, cls: PyValue | undefined, args: readonly PyValue[]) {
  return cls instanceof PyClass ? newLoaded(u, cls, args) : undefined
}

function newWithKeywords(
  u: Unpickling,
  [cls, given = null, named = null, ...rest]: readonly PyValue[],
): PyValue | undefined {
  const [args, keywords] = [tupleOf(given), dictOf(named)]
  const isWhole = cls instanceof PyClass && rest.length === 0
  if (!isWhole || args === undefined || keywords === undefined) return undefined
  return newLoaded(u, cls, args.items, keywords)
}
