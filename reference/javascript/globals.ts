import { classFields, moduleOf } from '../values/build.ts'
import { PyClass, type PyHeapValue, type PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import type { Global } from './values.ts'

/** Classes and functions by name: those Python's library has, and those that somebody names. */
export class Globals {
  readonly #world: World
  constructor(world: World) {
    this.#world = world
  }

  /** The class or function of this name; a name that nobody knows is taken for a class of its module. */
  of({ module, name }: Global): PyHeapValue {
    const world = this.#world
    const known = world.findKnown(`${module}:${name}`)
    if (typeof known === 'object' && known !== null) return known
    let attributes: Map<string, PyValue> = moduleOf(world, module).attributes
    let found: PyHeapValue = moduleOf(world, module)
    let qualname = ''
    for (const part of name.split('.')) {
      qualname = qualname === '' ? part : `${qualname}.${part}`
      const existing = attributes.get(part)
      const cls = existing instanceof PyClass ? existing : this.#make(module, qualname, part)
      attributes.set(part, cls)
      attributes = cls.namespace
      found = cls
    }
    return found
  }

  #make(module: string, qualname: string, name: string): PyClass {
    const world = this.#world
    const cls = new PyClass(classFields(world, name, module, { qualname }))
    // Nobody knows whether its instances can be called: it is not refused.
    cls.namespace.set('__call__', null)
    return cls
  }
}
