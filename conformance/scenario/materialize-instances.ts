import {
  PyByteArray,
  PyBytes,
  type PyClass,
  PyDict,
  PyList,
  PyObject,
  PySet,
  PyTuple,
  type PyValue,
  setAttribute,
} from '../../reference/index.ts'
import { expandItems } from './expand.ts'
import { type Building, distinct, labelOf, Pending } from './materialize-building.ts'
import { instanceHook } from './materialize-hooks.ts'
import type { InstanceValue, Item, Value } from './scenario.ts'
import { UnbuildableError } from './unbuildable.ts'

/** An instance, made without `__init__`; what is in it waits in the queue unless it is immutable. */
export function makeInstance(builder: Building, value: InstanceValue): PyValue | Pending {
  const cls = builder.run.classOf(value.instance)
  if (value.member !== undefined) return memberOf(cls, value.member)
  const { layout } = cls
  const { of } = value
  if (of === undefined || layout === 'set') {
    const made = newObject(builder, cls, value)
    fillLater(builder, made, value)
    return made
  }
  const members = itemsIn(of, layout === 'exception' ? ['tuple'] : ['tuple', 'frozenset', 'set'])
  return new Pending(members === undefined ? [of] : expandItems(members), (inside) => {
    const made = new PyObject(cls, null, contentFor(builder, value, cls, inside, members))
    fillLater(builder, made, value)
    return made
  })
}

function memberOf(cls: PyClass, name: string): PyValue {
  const member = cls.namespace.get(name)
  if (member === undefined) throw new UnbuildableError(`${cls.name} has no member ${name}`)
  return member
}

/** The items of a container that `of` is written as. */
function itemsIn(of: Value, tags: readonly string[]): readonly Item[] | undefined {
  if (typeof of !== 'object' || of === null) return undefined
  if ('tuple' in of && tags.includes('tuple')) return of.tuple
  if ('frozenset' in of && tags.includes('frozenset')) return of.frozenset
  if ('set' in of && tags.includes('set')) return of.set
  return undefined
}

/** What is inside an instance of an immutable class or a bytearray, given what `of` was built to. */
function contentFor(
  builder: Building,
  value: InstanceValue,
  cls: PyClass,
  inside: PyValue[],
  members: readonly Item[] | undefined,
): PyValue {
  const [content = null] = inside
  switch (cls.layout) {
    case 'tuple':
      return new PyTuple(members === undefined ? itemsOfValue(content) : inside)
    case 'exception':
      return inside.length === 0 ? builder.run.world.emptyTuple : new PyTuple(inside)
    case 'frozenset':
      return builder.frozenSet(
        labelOf(value),
        members === undefined ? itemsOfValue(content) : inside,
      )
    case 'bytearray':
      return new PyByteArray(dataOf(content).slice())
    default:
      return plainContent(cls, content)
  }
}

/** The value inside: of the very type, so that nothing of it can be seen but its content. */
function plainContent(cls: PyClass, content: PyValue): PyValue {
  const inner = content instanceof PyObject ? content.value : content
  if (inner === undefined) {
    throw new UnbuildableError(`${cls.name} cannot be made of an object without a value`)
  }
  if (typeof inner === 'object' && inner?.kind === 'int') return inner.value
  return inner
}

function itemsOfValue(value: PyValue): PyValue[] {
  const inner = value instanceof PyObject ? value.value : value
  if (typeof inner === 'object' && inner !== null) {
    if (inner.kind === 'tuple' || inner.kind === 'list') return [...inner.items]
    if (inner.kind === 'set' || inner.kind === 'frozenset') return [...inner.members]
  }
  throw new UnbuildableError('the content of a tuple or frozenset is wanted')
}

function dataOf(value: PyValue): Uint8Array {
  const inner = value instanceof PyObject ? value.value : value
  if (inner instanceof PyBytes || inner instanceof PyByteArray) return inner.data
  throw new UnbuildableError('the bytes of a bytearray are wanted')
}

/** An instance with no content yet. */
function newObject(builder: Building, cls: PyClass, value: InstanceValue): PyObject {
  const { world } = builder.run
  switch (cls.layout) {
    case 'list':
      return new PyObject(cls, null, new PyList([]))
    case 'dict':
      return new PyObject(cls, null, new PyDict())
    case 'set':
      return new PyObject(cls, null, new PySet([]))
    case 'tuple':
    case 'exception':
      return new PyObject(cls, null, world.emptyTuple)
    case 'frozenset':
      return new PyObject(cls, null, builder.frozenSet(labelOf(value), []))
    case 'bytearray':
      return new PyObject(cls, null, new PyByteArray(new Uint8Array(0)))
    case 'int':
      return new PyObject(cls, null, 0)
    case 'float':
      return new PyObject(cls, null, builder.build({ float: '0000000000000000' }))
    case 'str':
      return new PyObject(cls, null, world.emptyStr)
    case 'bytes':
      return new PyObject(cls, null, world.emptyBytes)
    default:
      return new PyObject(cls)
  }
}

function fillLater(builder: Building, made: PyObject, value: InstanceValue): void {
  builder.later(() => fill(builder, made, value))
}

function fill(builder: Building, made: PyObject, value: InstanceValue): void {
  const { world } = builder.run
  if (made.value instanceof PySet && value.of !== undefined) {
    const members = itemsIn(value.of, ['tuple', 'frozenset', 'set'])
    const built =
      members === undefined ? itemsOfValue(builder.build(value.of)) : builder.items(members)
    builder.fillSet(made.value, labelOf(value), distinct(built))
  }
  if (value.items !== undefined && made.value instanceof PyList) {
    for (const item of expandItems(value.items)) made.value.items.push(builder.build(item))
  }
  if (value.entries !== undefined && made.value instanceof PyDict) {
    builder.fillDict(made.value, value.entries)
  }
  for (const [name, item] of [...(value.attributes ?? []), ...(value.slots ?? [])]) {
    setAttribute(world, made, name, builder.build(item))
  }
  for (const [name, hook] of Object.entries(value.hooks ?? {})) {
    setAttribute(world, made, name, instanceHook(builder.run, made, name, hook))
  }
}
