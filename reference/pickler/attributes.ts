import { PickleError } from '../errors.ts'
import type { Profile } from '../profiles.ts'
import { compareReleases } from '../release.ts'
import { PyProperty, type PyValue } from '../values/value.ts'
import type { PicklerClass } from './pickler-class.ts'

/** An attribute for which the engine has a place of its own. */
export type Slot = {
  /** It comes before an attribute of the class; otherwise such an attribute hides it. */
  readonly isFirst: boolean
  /** It is one of the attributes of the instance: a property of the class hides it. */
  readonly isOfInstance?: boolean
  /** undefined when it is empty: then there is no such attribute. */
  read(): PyValue | undefined
  write(value: PyValue): void
  empty(): void
}

/**
 * The attributes of a pickler and of its class, as Python looks them up.
 *
 * @clause RO-05
 */
export class Attributes {
  readonly #profile: Profile
  readonly #class: PicklerClass
  readonly #instance = new Map<string, PyValue>()
  readonly #slots = new Map<string, Slot>()

  constructor(profile: Profile, cls: PicklerClass) {
    this.#profile = profile
    this.#class = cls
  }

  addSlot(name: string, slot: Slot): void {
    this.#slots.set(name, slot)
  }

  /** Neither the pickler nor its class was given any attribute outside the slots. */
  get areNone(): boolean {
    return this.#instance.size === 0 && this.#class.attributes.size === 0
  }

  /** The attribute; undefined when there is none. What a property raises is raised. */
  find(name: string): PyValue | undefined {
    const slot = this.#slots.get(name)
    const ofClass = this.#class.attributes.get(name)
    if (slot?.isFirst && !(slot.isOfInstance && ofClass instanceof PyProperty)) {
      const value = slot.read()
      if (value !== undefined) return value
    }
    if (ofClass instanceof PyProperty) return ofClass.get(null)
    if (ofClass === undefined && slot?.isFirst === false) return slot.read()
    return this.#instance.has(name) ? this.#instance.get(name) : ofClass
  }

  /** @throws {PickleError} AttributeError, when it cannot be set; what its slot says */
  set(name: string, value: PyValue): void {
    const slot = this.#slotFor(name)
    if (slot === undefined) this.#instance.set(name, value)
    else slot.write(value)
  }

  /** @throws {PickleError} AttributeError, when it is not there; what its slot says */
  delete(name: string): void {
    const slot = this.#slotFor(name)
    if (slot !== undefined) slot.empty()
    else if (!this.#instance.delete(name)) throw this.missing(name, 11)
  }

  /** @throws {PickleError} TypeError, for the class of C's pickler itself */
  setOnClass(name: string, value: PyValue): void {
    this.#checkClass(name)
    this.#class.attributes.set(name, value)
  }

  /** @throws {PickleError} AttributeError, when it is not there; TypeError as above */
  deleteFromClass(name: string): void {
    this.#checkClass(name)
    if (this.#class.attributes.delete(name)) return
    const typeName = this.typeName
    const text = `type object '${typeName}' has no attribute '${name}'`
    throw new PickleError('AttributeError', this.#profile.release[1] >= 11 ? text : name)
  }

  /** A property of the class gives it, anew each time. */
  isProperty(name: string): boolean {
    return this.#class.attributes.get(name) instanceof PyProperty
  }

  /** @throws {PickleError} AttributeError, when a property of the class stands in the way */
  checkSettable(name: string): void {
    if (this.isProperty(name)) throw this.#unsettable(name)
  }

  /** The name of the type of the pickler as messages have it. */
  get typeName(): string {
    if (this.#class.isSubclass) return this.#class.name ?? 'Pickler'
    return this.#profile.engine === 'c' ? '_pickle.Pickler' : '_Pickler'
  }

  /** The AttributeError of a slot that is empty; it has its own way to name the type. */
  emptySlot(name: string): PickleError {
    const { release } = this.#profile
    if (release[1] < 10) return new PickleError('AttributeError', name)
    const { module } = this.#class
    const isSaid = release[1] >= 13 && this.#class.isSubclass && module !== undefined
    const typeName = isSaid ? `${module}.${this.typeName}` : this.typeName
    return new PickleError('AttributeError', `'${typeName}' object has no attribute '${name}'`)
  }

  /** The AttributeError of what is not there; before 3.`since` it says nothing but the name. */
  missing(name: string, since = 8): PickleError {
    const isSaid = this.#profile.release[1] >= since
    return new PickleError(
      'AttributeError',
      isSaid ? `'${this.typeName}' object has no attribute '${name}'` : name,
    )
  }

  /** Where an assignment goes to, undefined for the instance. */
  #slotFor(name: string): Slot | undefined {
    const slot = this.#slots.get(name)
    if (slot?.isFirst && !slot.isOfInstance) return slot
    this.checkSettable(name)
    if (slot?.isFirst) return slot
    if (slot !== undefined && !this.#class.attributes.has(name)) return slot
    if (this.#class.isSubclass || this.#profile.plainPicklerHasDict) return undefined
    throw this.#noDict(name)
  }

  #checkClass(name: string): void {
    if (this.#class.isSubclass || this.#profile.plainPicklerHasDict) return
    const text =
      this.#profile.release[1] >= 10
        ? `cannot set '${name}' attribute of immutable type '${this.typeName}'`
        : `can't set attributes of built-in/extension type '${this.typeName}'`
    throw new PickleError('TypeError', text)
  }

  #unsettable(name: string): PickleError {
    const minor = this.#profile.release[1]
    const text =
      minor >= 11
        ? `property '${name}' of '${this.typeName}' object has no setter`
        : `can't set attribute${minor === 10 ? ` '${name}'` : ''}`
    return new PickleError('AttributeError', text)
  }

  #noDict(name: string): PickleError {
    const { persistentIdAttribute, release } = this.#profile
    const text = `'${this.typeName}' object`
    if (name === 'persistent_id') {
      return new PickleError('AttributeError', `${text} attribute '${name}' is read-only`)
    }
    // A type that takes any assignment by itself does not say that it has no dict.
    const saysWhy = compareReleases(release, [3, 13, 0]) >= 0 && persistentIdAttribute === 'method'
    const why = saysWhy ? ' and no __dict__ for setting new attributes' : ''
    return new PickleError('AttributeError', `${text} has no attribute '${name}'${why}`)
  }
}
