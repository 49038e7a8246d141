import { strContent } from '../codecs/str-content.ts'
import { setAttribute } from './attributes.ts'
import { dictStore } from './dict.ts'
import {
  type ClassFields,
  PyByteArray,
  PyBytes,
  PyClass,
  PyDict,
  PyFloat,
  PyFrozenSet,
  PyFunction,
  PyInt,
  PyList,
  PyModule,
  PyObject,
  PySet,
  PyStr,
  PyTuple,
  type PyValue,
} from './value.ts'
import type { World } from './world.ts'

/** None. */
export const none: PyValue = null

/** An int with an identity of its own. */
export function int(value: number | bigint): PyInt {
  return new PyInt(value)
}

export function float(value: number): PyFloat {
  return new PyFloat(value)
}

/** A new str, from text or from code points. */
export function str(content: string | readonly number[]): PyStr {
  return new PyStr(typeof content === 'string' ? content : strContent(content))
}

export function bytes(data: Iterable<number>): PyBytes {
  return new PyBytes(Uint8Array.from(data))
}

export function bytearray(data: Iterable<number>): PyByteArray {
  return new PyByteArray(Uint8Array.from(data))
}

export function tuple(...items: readonly PyValue[]): PyTuple {
  return new PyTuple([...items])
}

export function list(...items: readonly PyValue[]): PyList {
  return new PyList([...items])
}

/** Members in iteration order, all of them different. */
export function set(...members: readonly PyValue[]): PySet {
  return new PySet([...members])
}

/** Members in iteration order, all of them different. */
export function frozenset(...members: readonly PyValue[]): PyFrozenSet {
  return new PyFrozenSet([...members])
}

/** Of pairs in insertion order; a later equal key replaces the value of the earlier one. */
export function dict(...entries: readonly (readonly [PyValue, PyValue])[]): PyDict {
  const made = new PyDict()
  for (const [key, value] of entries) dictStore(made, key, value)
  return made
}

export type ClassOptions = Partial<Omit<ClassFields, 'name' | 'qualname' | 'module'>> & {
  readonly qualname?: string
  readonly module?: string | null
  /** Methods and attributes of the class. */
  readonly namespace?: Readonly<Record<string, PyValue>>
}

/**
 * A class as a `class` statement makes it, in the module `scenario` unless said otherwise; an
 * import finds it under its qualified name when that has no dots.
 */
export function classOf(world: World, name: string, options: ClassOptions = {}): PyClass {
  const { qualname = name, module = 'scenario', namespace = {}, ...fields } = options
  const made = new PyClass(classFields(world, name, module, { ...fields, qualname }))
  for (const [attribute, value] of Object.entries(namespace)) made.namespace.set(attribute, value)
  if (module !== null && !qualname.includes('.'))
    moduleOf(world, module).attributes.set(qualname, made)
  return made
}

/** What a `class` statement gives a class, which no import finds yet. */
export function classFields(
  world: World,
  name: string,
  module: string | null,
  { qualname = name, ...fields }: Omit<ClassOptions, 'module' | 'namespace'> = {},
): ClassFields {
  const bases = fields.bases ?? [world.objectClass]
  return {
    ...fields,
    name,
    qualname: world.intern(qualname),
    module: module === null ? null : world.intern(module),
    bases,
    layout:
      fields.layout ?? bases.map((base) => base.layout).find((at) => at !== 'object') ?? 'object',
    isHeap: fields.isHeap ?? true,
    hasDict: fields.hasDict ?? (fields.slots == null || bases.some((base) => base.hasDict)),
  }
}

/** A function as a `def` statement makes it, found in its module as {@link classOf} is. */
export function functionOf(
  world: World,
  name: string,
  call: (args: readonly PyValue[]) => PyValue = ([first = null]) => first,
  module = 'scenario',
): PyFunction {
  const made = new PyFunction({
    type: world.knownClass('builtins:function'),
    name,
    qualname: world.intern(name),
    module: world.intern(module),
    call,
  })
  moduleOf(world, module).attributes.set(name, made)
  return made
}

/** An instance with these attributes, in order. */
export function instance(
  world: World,
  cls: PyClass,
  attributes: Readonly<Record<string, PyValue>> = {},
  value?: PyValue,
): PyObject {
  const made = new PyObject(cls, null, value)
  for (const [name, attribute] of Object.entries(attributes)) {
    setAttribute(world, made, name, attribute)
  }
  return made
}

/** The module of this name, put into `sys.modules` when it is not there. */
export function moduleOf(world: World, name: string): PyModule {
  let module = world.findModule(name)
  if (module === undefined) {
    module = new PyModule(world.intern(name))
    world.modules.set(name, module)
  }
  return module
}
