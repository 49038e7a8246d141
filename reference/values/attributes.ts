import type { StrContent } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { dictDelete, dictLookupText, dictStore } from './dict.ts'
import { isException } from './exceptions.ts'
import { typeNameOf } from './type-of.ts'
import {
  type LibraryTraits,
  PyClass,
  PyDict,
  PyFunction,
  PyObject,
  PyStr,
  PyTuple,
  type PyValue,
} from './value.ts'
import type { World } from './world.ts'

/**
 * `value.name`: properties, instance attributes, slots, attributes of the class (methods come back
 * bound), and what every object has of the interpreter's own.
 *
 * @throws {PickleError} AttributeError, or whatever a property raises
 */
export function getAttribute(world: World, value: PyValue, name: string): PyValue {
  const found = lookUp(world, value, name)
  if (found === undefined) throw attributeError(value, name)
  return found
}

/** As {@link getAttribute}; undefined where an AttributeError is raised, also by a property. */
export function findAttribute(world: World, value: PyValue, name: string): PyValue | undefined {
  try {
    return lookUp(world, value, name)
  } catch (error) {
    if (isException(error, 'AttributeError')) return undefined
    throw error
  }
}

/**
 * The attribute of a class or of its bases as it lies in the namespace: unbound, uncalled; undefined
 * where a built-in method of a library class comes first.
 */
export function classAttribute(cls: PyClass, name: string): PyValue | undefined {
  for (const base of cls.mro) {
    const found = base.namespace.get(name)
    if (found !== undefined) return found
    if (base.library?.methods.has(name) === true) return undefined
  }
  return undefined
}

/** As {@link classAttribute}, bound to an instance where it is a method; a property is read. */
export function methodOf(world: World, value: PyValue, name: string): PyValue | undefined {
  const found = classAttribute(world.typeOf(value), name)
  return found === undefined ? undefined : bind(world, found, value)
}

/** `obj.__dict__`, made when it is first needed; undefined for an object that has none. */
export function instanceDict(
  object: PyObject,
  emptyDict = (): PyDict => new PyDict(),
): PyDict | undefined {
  if (object.dict === null) {
    if (!object.type.hasDict) return undefined
    object.dict = emptyDict()
  }
  return object.dict
}

/** `function.__dict__`; undefined for a function that has none, which is not written in Python. */
export function functionDict(fn: PyFunction): PyDict | undefined {
  if (fn.type.library?.name !== 'builtins:function') return undefined
  fn.dict ??= new PyDict()
  return fn.dict
}

/**
 * `setattr(object, name, value)`, for an object with attributes or a slot of that name.
 *
 * @clause RED-53
 * @throws {PickleError} AttributeError, when it has neither; TypeError for a `__class__` that is
 * none, or one of objects that are laid out otherwise
 */
export function setAttribute(world: World, object: PyObject, name: string, value: PyValue): void {
  if (hasSlot(object.type, name)) {
    object.slots ??= new Map()
    object.slots.set(name, value)
    return
  }
  checkSettable(object.type, name)
  if (isOwnClass(object.type, name)) {
    setClass(world, object, value)
    return
  }
  const dict = instanceDict(object)
  if (dict === undefined) throw withoutDict(world, object, name)
  if (name === '__dict__') setDict(object, value)
  else dictStore(dict, world.intern(name), value)
}

/** `object.__dict__ = value` */
function setDict(object: PyObject, value: PyValue): void {
  if (!(value instanceof PyDict)) {
    const text = `__dict__ must be set to a dictionary, not a '${typeNameOf(value)}'`
    throw new PickleError('TypeError', text)
  }
  object.dict = value
}

/** `object.__class__ = value`: what the object holds stays as it is. */
function setClass(world: World, object: PyObject, value: PyValue): void {
  if (!(value instanceof PyClass)) {
    const text = `__class__ must be set to a class, not '${typeNameOf(value)}' object`
    throw new PickleError('TypeError', text)
  }
  if (!object.type.isHeap || !value.isHeap) {
    const kind = world.release[1] < 10 ? 'heap' : 'mutable'
    const text = `__class__ assignment only supported for ${kind} types or ModuleType subclasses`
    throw new PickleError('TypeError', text)
  }
  if (layoutText(object.type) !== layoutText(value)) {
    const text = `__class__ assignment: '${value.name}' object layout differs from '${object.type.name}'`
    throw new PickleError('TypeError', text)
  }
  object.type = value
}

/** The same for classes whose objects are laid out in the same way. */
function layoutText(cls: PyClass): string {
  const slots = cls.mro.flatMap((one) => (one.library === null ? (one.slots ?? []) : []))
  return `${cls.layout} ${cls.hasDict} ${slots.join(' ')}`
}

/** Whether the name means what `object` has under `__class__`. */
function isOwnClass(type: PyClass, name: string): boolean {
  return name === '__class__' && classAttribute(type, name) === undefined
}

/** Refuses what a property or a field of a namedtuple stands in the way of. */
function checkSettable(type: PyClass, name: string): void {
  const ofClass = classAttribute(type, name)
  const isTaken = ofClass !== undefined && isProperty(ofClass)
  if (isTaken || type.mro.some((cls) => fieldsOf(cls).has(name))) {
    throw new PickleError('AttributeError', "can't set attribute")
  }
}

/**
 * `delattr(object, name)`.
 *
 * @throws {PickleError} AttributeError, when it is not there; TypeError for `__class__`
 */
export function deleteAttribute(world: World, object: PyObject, name: string): void {
  if (hasSlot(object.type, name)) {
    if (object.slots?.delete(name) !== true) throw new PickleError('AttributeError', name)
    return
  }
  if (isOwnClass(object.type, name)) {
    throw new PickleError('TypeError', "can't delete __class__ attribute")
  }
  const dict = instanceDict(object)
  if (dict === undefined) throw withoutDict(world, object, name)
  if (dictDelete(dict, world.intern(name))) return
  const isOld = world.release[1] < 11
  throw isOld ? new PickleError('AttributeError', name) : attributeError(object, name)
}

/** The AttributeError for a change of an object that has neither the slot nor an attribute dict. */
function withoutDict({ release }: World, object: PyObject, name: string): PickleError {
  const error = attributeError(object, name)
  return release[1] < 13
    ? error
    : new PickleError(
        'AttributeError',
        `${error.message} and no __dict__ for setting new attributes`,
      )
}

/** The attribute under which a class keeps a slot: a private name is mangled (RED-43). */
export function slotAttribute(cls: PyClass, slot: string): string {
  if (!slot.startsWith('__') || slot.endsWith('__')) return slot
  const stripped = cls.name.replace(/^_+/, '')
  return stripped === '' ? slot : `_${stripped}${slot}`
}

function hasSlot(type: PyClass, name: string): boolean {
  return type.mro.some(
    (cls) =>
      cls.library === null && cls.slots?.some((slot) => slotAttribute(cls, slot) === name) === true,
  )
}

/** The AttributeError for a name that is not there. */
export function attributeError(value: PyValue, name: string): PickleError {
  const whose =
    value instanceof PyClass
      ? `type object '${value.name}'`
      : typeof value === 'object' && value?.kind === 'module'
        ? `module '${value.name.content}'`
        : `'${typeNameOf(value)}' object`
  return new PickleError('AttributeError', `${whose} has no attribute '${name}'`)
}

function lookUp(world: World, value: PyValue, name: string): PyValue | undefined {
  if (typeof value === 'object' && value !== null) {
    switch (value.kind) {
      case 'object':
        return lookUpInstance(world, value, name)
      case 'class':
        return lookUpClass(world, value, name)
      case 'module':
        return (
          value.attributes.get(name) ??
          (name === '__name__' ? value.name : lookUpOnType(world, value, name))
        )
      case 'function': {
        const found = lookUpFunction(world, value, name)
        if (found !== undefined) return found
        break
      }
      default:
    }
  }
  return lookUpOnType(world, value, name)
}

/**
 * As {@link getAttribute} for an instance, without what the interpreter itself gives every object:
 * undefined when the scenario gave no such attribute.
 */
export function givenAttribute(world: World, object: PyObject, name: string): PyValue | undefined {
  const ofClass = classAttribute(object.type, name)
  if (ofClass !== undefined && isProperty(ofClass)) return ofClass.get(object)
  const slot = object.slots?.get(name)
  if (slot !== undefined) return slot
  if (object.dict !== null) {
    const own = dictLookupText(object.dict, name)
    if (own !== undefined) return own
  }
  return ofClass === undefined ? undefined : bind(world, ofClass, object)
}

function lookUpInstance(world: World, object: PyObject, name: string): PyValue | undefined {
  const given = givenAttribute(world, object, name)
  if (given !== undefined) return given
  if (name === '__dict__') return instanceDict(object)
  if (name === 'args' && object.type.layout === 'exception') return object.value
  return lookUpOnType(world, object, name)
}

/** What an instance has from its class: `__class__`, `__module__` and built-in methods. */
function lookUpOnType(world: World, value: PyValue, name: string): PyValue | undefined {
  const type = world.typeOf(value)
  if (name === '__class__') return type
  for (const cls of type.mro) {
    // Only classes that live on the heap keep `__module__` where an instance can see it.
    if (name === '__module__' && cls.isHeap) return cls.module
    if (name === '__slots__' && cls.slots !== null) return slotsTuple(world, cls.slots)
    if (cls.library === null) continue
    const method = libraryMethod(world, cls.library, name)
    if (method === undefined) continue
    return new PyFunction({
      type: world.knownClass('builtins:builtin_function_or_method'),
      name,
      qualname: new PyStr(`${type.name}.${name}`),
      hasFreshQualname: true,
      module: null,
      self: value,
      library: method,
    })
  }
  return undefined
}

function lookUpClass(world: World, cls: PyClass, name: string): PyValue | undefined {
  switch (name) {
    case '__class__':
      return world.typeOf(cls)
    case '__name__':
      return cls.isHeap ? world.intern(cls.name) : new PyStr(cls.name)
    case '__qualname__':
      return cls.isHeap ? cls.qualname : new PyStr(cls.qualname.content)
    case '__module__':
      return cls.module
    case '__bases__':
      return new PyTuple([...cls.bases])
    case '__mro__':
      return new PyTuple([...cls.mro])
    default:
  }
  for (const base of cls.mro) {
    const own = base.namespace.get(name)
    if (own !== undefined) return own
    const { library } = base
    const made =
      library === null
        ? descriptorOf(world, base, name)
        : libraryAttribute(world, base, library, name)
    if (made !== undefined) return made
  }
  return methodOf(world, cls, name)
}

const descriptors = new WeakMap<PyClass, Map<string, PyObject>>()

/** What a class has under the name of a slot or of a field of a namedtuple. */
function descriptorOf(world: World, cls: PyClass, name: string): PyObject | undefined {
  const isSlot = cls.slots?.some((slot) => slotAttribute(cls, slot) === name) === true
  if (!isSlot && !fieldsOf(cls).has(name)) return undefined
  const byName = descriptors.get(cls) ?? new Map<string, PyObject>()
  descriptors.set(cls, byName)
  let descriptor = byName.get(name)
  if (descriptor === undefined) {
    descriptor = new PyObject(
      isSlot ? world.knownClass('builtins:member_descriptor') : getter(world),
    )
    byName.set(name, descriptor)
  }
  return descriptor
}

function fieldsOf(cls: PyClass): ReadonlySet<StrContent> {
  const fields = cls.namespace.get('_fields')
  const isNamedTuple = cls.layout === 'tuple' && fields instanceof PyTuple
  const names = isNamedTuple ? fields.items.filter((name) => name instanceof PyStr) : []
  return new Set(names.map(({ content }) => content))
}

function getter(world: World): PyClass {
  const found = world.findKnown('collections:_tuplegetter')
  return found instanceof PyClass ? found : world.knownClass('_collections:_tuplegetter')
}

/** Beside the classes, which every world shares: what is in their namespaces has been put there. */
const libraryAttributes = new WeakMap<PyClass, Map<string, PyFunction>>()

/** An attribute of a library class: a method descriptor, or its `__new__`. */
function libraryAttribute(
  world: World,
  cls: PyClass,
  library: LibraryTraits,
  name: string,
): PyValue | undefined {
  const known = world.findKnown(`${library.name}.${name}`) ?? libraryAttributes.get(cls)?.get(name)
  if (known !== undefined) return known
  const isNew = name === '__new__' && library.hasOwnNew
  if (!isNew && !library.methods.has(name)) return undefined
  const made = new PyFunction({
    type: world.knownClass(
      isNew ? 'builtins:builtin_function_or_method' : 'builtins:method_descriptor',
    ),
    name,
    qualname: new PyStr(`${cls.name}.${name}`),
    hasFreshQualname: isNew,
    module: isNew ? null : undefined,
    self: cls,
    library: `${library.name}.${name}`,
  })
  const madeByName = libraryAttributes.get(cls) ?? new Map<string, PyFunction>()
  libraryAttributes.set(cls, madeByName)
  madeByName.set(name, made)
  return made
}

/** What was found of each class of the library: to put a name together takes longer than the rest. */
const libraryMethods = new WeakMap<LibraryTraits, Map<string, string | undefined>>()

/** The name under which a built-in method of a library class is known. */
function libraryMethod(world: World, library: LibraryTraits, name: string): string | undefined {
  let byName = libraryMethods.get(library)
  if (byName === undefined) {
    byName = new Map()
    libraryMethods.set(library, byName)
  }
  let found = byName.get(name)
  if (found === undefined && !byName.has(name)) {
    const full = `${library.name}.${name}`
    const isKnown = library.methods.has(name) || world.findKnown(full) !== undefined
    found = isKnown ? full : undefined
    byName.set(name, found)
  }
  return found
}

function lookUpFunction(world: World, fn: PyFunction, name: string): PyValue | undefined {
  if (fn.type.library?.name === 'functools:partial') return undefined
  switch (name) {
    case '__name__':
      return fn.hasFreshQualname ? new PyStr(fn.name) : world.intern(fn.name)
    case '__qualname__':
      return fn.hasFreshQualname && fn.qualname instanceof PyStr
        ? new PyStr(fn.qualname.content)
        : fn.qualname
    case '__module__':
      return fn.module
    case '__self__':
      return isDescriptor(fn) ? undefined : fn.self
    case '__objclass__':
      return isDescriptor(fn) ? fn.self : undefined
    case '__dict__':
      return functionDict(fn)
    default:
      return fn.dict === null ? undefined : dictLookupText(fn.dict, name)
  }
}

/** Whether it lies in a class made in C, which is what it keeps in place of an object it is bound to. */
const isDescriptor = ({ type }: PyFunction): boolean =>
  type.library?.name.endsWith('_descriptor') === true

function isProperty(value: PyValue): value is PyValue & { kind: 'property' } {
  return typeof value === 'object' && value !== null && value.kind === 'property'
}

/**
 * What a class attribute is when read from an instance: functions become bound methods (and, from
 * 3.14, partial objects too), everything else stays as it is.
 */
function bind(world: World, found: PyValue, self: PyValue): PyValue {
  if (isProperty(found)) return found.get(self)
  if (!(found instanceof PyFunction)) return found
  const { type, call } = found
  const kind = type.library?.name
  const isMethod =
    kind === 'builtins:function' || (kind === 'functools:partial' && world.release[1] >= 14)
  if (!isMethod) return found
  return new PyFunction({
    type: world.knownClass('builtins:method'),
    name: found.name,
    qualname: found.qualname,
    module: found.module,
    self,
    ...(call !== undefined && { call: (args) => call([self, ...args]) }),
  })
}

function slotsTuple(world: World, slots: readonly string[]): PyValue {
  return slots.length === 0
    ? world.emptyTuple
    : new PyTuple(slots.map((name) => world.intern(name)))
}
