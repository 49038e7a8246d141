import { knownBases, type Layout } from './known-classes.ts'
import type { ClassSpec } from './scenario.ts'

/** What a class is, once its bases are known. */
export type ClassFacts = {
  readonly spec: ClassSpec
  /** The storage of its instances. */
  readonly layout: Layout
  /** From the class itself to `builtins:object`: names of the scenario's classes, and globals. */
  readonly mro: readonly string[]
  /** Its instances have an attribute dict. */
  readonly hasDict: boolean
  readonly hasWeakref: boolean
  /** Slots of the class and its bases, as `setattr` sees them: private names mangled. */
  readonly slots: ReadonlySet<string>
  readonly isEnum: boolean
  /** Its instances can be keys: by their value where they have one, else by their identity. */
  readonly isHashable: boolean
  /** The class of the class: a name of the scenario's, or a global. */
  readonly metaclass: string
  /** The class that last added storage, which two unrelated bases may not both do. */
  readonly solid: string
}

const unhashable: ReadonlySet<Layout> = new Set(['list', 'dict', 'set', 'bytearray'])

/** What is known of the classes a class may derive from: the scenario's so far, and Python's. */
export class ClassTable {
  readonly #own = new Map<string, ClassFacts>()
  readonly #known = new Map<string, ClassFacts>()

  add(facts: ClassFacts): void {
    this.#own.set(facts.spec.name, facts)
  }

  /** A class of the scenario. */
  own(name: string): ClassFacts | undefined {
    return this.#own.get(name)
  }

  /** A class of the scenario, or a class of Python that can be a base. */
  get(name: string): ClassFacts | undefined {
    return this.#own.get(name) ?? this.#knownFacts(name)
  }

  /** Whether one class is another or derives from it. */
  derives(name: string, from: string): boolean {
    if (name === from) return true
    return this.get(name)?.mro.includes(from) ?? from === 'builtins:type'
  }

  #knownFacts(name: string): ClassFacts | undefined {
    const known = knownBases.get(name)
    if (known === undefined) return undefined
    const before = this.#known.get(name)
    if (before !== undefined) return before
    const bases = known.bases.flatMap((base) => this.get(base) ?? [])
    const facts: ClassFacts = {
      spec: { name },
      layout: known.layout,
      mro: linearize(name, bases) ?? [name],
      hasDict: known.hasDict === true || bases.some((base) => base.hasDict),
      hasWeakref: known.hasWeakref === true || bases.some((base) => base.hasWeakref),
      slots: new Set(),
      isEnum: known.isEnum === true,
      isHashable: !unhashable.has(known.layout),
      metaclass: known.isEnum === true ? 'enum:EnumMeta' : 'builtins:type',
      solid: known.layout === 'exception' ? 'builtins:BaseException' : `builtins:${known.layout}`,
    }
    this.#known.set(name, facts)
    return facts
  }
}

/** The bases a class has when it names none. */
export function basesOf(spec: ClassSpec): readonly string[] {
  if (spec.bases !== undefined) return spec.bases
  switch (spec.kind) {
    case 'enum':
      return ['enum:Enum']
    case 'exception':
      return ['builtins:Exception']
    case 'namedtuple':
      return ['builtins:tuple']
    default:
      return ['builtins:object']
  }
}

/** Slots that add storage: all but the two that only ask for what a class usually has. */
export function storageSlots(spec: ClassSpec): readonly string[] {
  return (spec.slots ?? []).filter((slot) => slot !== '__dict__' && slot !== '__weakref__')
}

/** The name of an attribute as code inside the class means it: `__a` in `C` is `_C__a`. */
export function mangled(name: string, className: string): string {
  const owner = className.replace(/^_+/, '')
  const isPrivate = name.startsWith('__') && !name.endsWith('__')
  return isPrivate && owner !== '' ? `_${owner}${name}` : name
}

/** What a class is, given its bases, its method resolution order, its metaclass and its solid base. */
export function factsOf(
  spec: ClassSpec,
  bases: readonly ClassFacts[],
  mro: readonly string[],
  metaclass: string,
  solid: ClassFacts,
): ClassFacts {
  const ownSlots = storageSlots(spec)
  const inheritedDict = bases.some((base) => base.hasDict)
  const usual = spec.slots === undefined && spec.kind !== 'namedtuple'
  return {
    spec,
    layout: solid.layout,
    mro,
    hasDict: inheritedDict || usual || spec.slots?.includes('__dict__') === true,
    hasWeakref:
      bases.some((base) => base.hasWeakref) ||
      usual ||
      spec.slots?.includes('__weakref__') === true,
    slots: new Set([
      ...bases.flatMap((base) => [...base.slots]),
      ...ownSlots.map((slot) => mangled(slot, spec.name)),
    ]),
    isEnum: bases.some((base) => base.isEnum),
    isHashable: spec.kind !== 'dataclass' && bases.every((base) => base.isHashable),
    metaclass,
    solid: ownSlots.length > 0 ? spec.name : solid.solid,
  }
}

/** The method resolution order (C3), or undefined when the bases have none. */
export function linearize(
  name: string,
  bases: readonly ClassFacts[],
): readonly string[] | undefined {
  let rest: readonly (readonly string[])[] = [
    ...bases.map((base) => base.mro),
    bases.map((base) => base.spec.name),
  ].filter((order) => order.length > 0)
  const order = [name]
  while (rest.length > 0) {
    const next = rest
      .map(([head]) => head)
      .find((head) => rest.every((other) => head === undefined || !other.slice(1).includes(head)))
    if (next === undefined) return undefined
    order.push(next)
    rest = rest
      .map((other) => (other[0] === next ? other.slice(1) : other))
      .filter((other) => other.length > 0)
  }
  return order
}
