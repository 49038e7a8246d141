import type { PythonVersion } from '../codecs/python-version.ts'
import { byteArrayRepr, bytesRepr, floatRepr, intRepr, strRepr } from '../codecs/repr.ts'
import { PickleError } from '../errors.ts'
import { getAttribute } from './attributes.ts'
import { typeName, typeNameOf } from './type-of.ts'
import {
  type PartialParts,
  type PyClass,
  PyDict,
  PyFloat,
  type PyFrozenSet,
  type PyFunction,
  type PyHeapValue,
  type PyList,
  type PyObject,
  type PySet,
  PyStr,
  PyTuple,
  type PyValue,
} from './value.ts'
import type { World } from './world.ts'

/** What is still to be written: a text, a value, or the end of a container. */
type Task = string | { readonly value: PyValue } | { readonly leave: object }

/**
 * `repr(value)`, for messages and notes. Addresses are the world's running numbers; a container
 * inside itself is written as Python does it, `[...]`.
 */
export function repr(world: World, value: PyValue): string {
  const tasks: Task[] = [{ value }]
  const open = new Set<object>()
  let text = ''
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    if (typeof task === 'string') {
      text += task
    } else if ('leave' in task) {
      open.delete(task.leave)
    } else {
      const parts = partsOf(world, task.value, open)
      if (typeof parts === 'string') text += parts
      else for (let at = parts.length - 1; at >= 0; at--) tasks.push(parts[at] as Task)
    }
  }
  return text
}

function partsOf(world: World, value: PyValue, open: Set<object>): string | readonly Task[] {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'object') return intRepr(value)
  switch (value.kind) {
    case 'int':
      return intRepr(value.value)
    case 'float':
      return floatRepr(value.value)
    case 'str':
      return strRepr(value.content, versionOf(world))
    case 'bytes':
      return bytesRepr(value.data)
    case 'bytearray':
      return byteArrayRepr(value.data)
    case 'singleton':
      return value.name
    case 'module': {
      const name = strRepr(value.name.content, versionOf(world))
      return `<module ${name}${name === "'builtins'" ? ' (built-in)' : ''}>`
    }
    case 'class': {
      const kind = enumKind(world, value)
      if (kind !== undefined) return `<${kind} ${strRepr(value.name, versionOf(world))}>`
      return `<class '${typeName(value, { isMainSaid: true })}'>`
    }
    case 'function':
      return functionParts(world, value)
    case 'list':
    case 'tuple':
    case 'dict':
    case 'set':
    case 'frozenset':
      return containerParts(value, value, open)
    case 'object':
      return objectParts(world, value, open)
    case 'property':
    case 'iterator':
    case 'buffer':
      return plainRepr(world, value)
  }
}

type Container = PyList | PyTuple | PyDict | PySet | PyFrozenSet

/** The text around the members, and what stands for a container that is being written already. */
const brackets = {
  list: ['[', ']', '[...]'],
  tuple: ['(', ')', '(...)'],
  dict: ['{', '}', '{...}'],
  set: ['{', '}', 'set(...)'],
  frozenset: ['frozenset({', '})', 'frozenset(...)'],
} as const

function containerParts(value: Container, identity: object, open: Set<object>): readonly Task[] {
  const [before, after, again] = brackets[value.kind]
  if (open.has(identity)) return [again]
  if (value.kind === 'set' && value.members.length === 0) return ['set()']
  if (value.kind === 'frozenset' && value.members.length === 0) return ['frozenset()']
  open.add(identity)
  const parts: Task[] = [before]
  membersOf(value).forEach((member, at) => {
    if (at > 0) parts.push(', ')
    parts.push(...member)
  })
  if (value.kind === 'tuple' && value.items.length === 1) parts.push(',')
  parts.push(after, { leave: identity })
  return parts
}

function membersOf(container: Container): readonly (readonly Task[])[] {
  switch (container.kind) {
    case 'list':
    case 'tuple':
      return container.items.map((value) => [{ value }])
    case 'set':
    case 'frozenset':
      return container.members.map((value) => [{ value }])
    case 'dict':
      return container.keys.map((value, at) => [
        { value },
        ': ',
        { value: container.values[at] ?? null },
      ])
  }
}

function functionParts(world: World, fn: PyFunction): string | readonly Task[] {
  const { self = null, partial, type, name } = fn
  if (partial !== undefined) return partialParts(partial)
  const qualname = nameText(fn.qualname)
  const owner = qualname.slice(0, qualname.lastIndexOf('.'))
  switch (type.library?.name) {
    case 'builtins:builtin_function_or_method':
    case 'builtins:builtin_method': {
      if (self === null) return `<built-in function ${name}>`
      const at = world.addressOf(typeof self === 'object' ? self : fn)
      return `<built-in method ${name} of ${typeNameOf(self)} object at ${at}>`
    }
    case 'builtins:method_descriptor':
      return `<method '${name}' of '${owner}' objects>`
    case 'builtins:wrapper_descriptor':
      return `<slot wrapper '${name}' of '${owner}' objects>`
    case 'builtins:function':
      return `<function ${qualname} at ${world.addressOf(fn)}>`
    default:
      return [`<bound method ${qualname} of `, { value: self }, '>']
  }
}

function partialParts({ fn, args, keywords }: PartialParts): readonly Task[] {
  const given = args.items.flatMap((value): Task[] => [', ', { value }])
  const named = keywords.values.flatMap((value, at): Task[] => {
    const { [at]: key = null } = keywords.keys
    return [`, ${nameText(key)}=`, { value }]
  })
  return ['functools.partial(', { value: fn }, ...given, ...named, ')']
}

function objectParts(world: World, object: PyObject, open: Set<object>): string | readonly Task[] {
  const { type, value } = object
  if (isEnum(type)) return enumParts(world, object)
  if (type.layout === 'complex' && value instanceof PyTuple) return complexRepr(value)
  if (type.layout === 'exception') return exceptionParts(object)
  const library = libraryParts(world, object, open)
  if (library !== undefined) return library
  const fields = fieldsOf(type)
  if (fields !== undefined) return fieldParts(world, object, fields, open)
  if (value === undefined) return plainRepr(world, object)
  const held = typeof value === 'object' ? value : null
  switch (held?.kind) {
    case 'list':
    case 'dict':
    case 'tuple':
      return containerParts(held, object, open)
    case 'set':
    case 'frozenset': {
      if (open.has(object)) return `${type.name}(...)`
      if (held.members.length === 0) return `${type.name}()`
      open.add(object)
      const members = held.members.flatMap((member, at): Task[] =>
        at === 0 ? [{ value: member }] : [', ', { value: member }],
      )
      return [`${type.name}({`, ...members, '})', { leave: object }]
    }
    case 'bytearray':
      return `${type.name}${byteArrayRepr(held.data).slice('bytearray'.length)}`
    default:
      return partsOf(world, value, open)
  }
}

/** How ranges, slices, dates, numbers, arrays and OrderedDicts write themselves. */
function libraryParts(
  world: World,
  object: PyObject,
  open: Set<object>,
): string | readonly Task[] | undefined {
  const { type, slots, value } = object
  const parts = [...(slots?.values() ?? [])]
  switch (type.library?.name) {
    case 'builtins:range': {
      const shown = parts[2] === 1 ? parts.slice(0, 2) : parts
      return ['range(', ...separated(shown), ')']
    }
    case 'datetime:date':
      return slots === null ? undefined : ['datetime.date(', ...separated(parts), ')']
    case 'builtins:memoryview':
      return `<memory at ${world.addressOf(object)}>`
    case 'builtins:slice':
      return ['slice(', ...separated(parts), ')']
    case 'decimal:Decimal':
      return slots === null ? undefined : ['Decimal(', ...separated(parts), ')']
    case 'fractions:Fraction':
      return slots === null ? undefined : ['Fraction(', ...separated(parts), ')']
    case 'array:array':
      return slots === null ? undefined : ['array(', ...separated(parts), ')']
    case 'collections:OrderedDict': {
      if (!(value instanceof PyDict) || value.keys.length === 0) return 'OrderedDict()'
      if (open.has(object)) return '...'
      open.add(object)
      if (world.release[1] >= 12) {
        return ['OrderedDict(', ...containerParts(value, value, open), ')', { leave: object }]
      }
      const pairs = value.keys.map((key, at) => new PyTuple([key, value.values[at] ?? null]))
      return ['OrderedDict([', ...separated(pairs), '])', { leave: object }]
    }
    default:
      return undefined
  }
}

function separated(values: readonly PyValue[]): Task[] {
  return values.flatMap((value, at): Task[] => (at === 0 ? [{ value }] : [', ', { value }]))
}

/** How the metaclass of enums calls a class in its repr: `flag` from 3.11 on. */
function enumKind(world: World, cls: PyClass): 'enum' | 'flag' | undefined {
  if (!isEnum(cls)) return undefined
  const isFlag = cls.mro.some((base) => base.library?.name === 'enum:Flag')
  return isFlag && world.release[1] >= 11 ? 'flag' : 'enum'
}

export function isEnum(type: PyClass): boolean {
  return type.mro.some((cls) => cls.library?.name === 'enum:Enum')
}

/** `(1+2j)`, and `2j` where the real part is nothing at all. */
function complexRepr({ items }: PyTuple): string {
  const [re = 0, im = 0] = items.filter((part) => part instanceof PyFloat).map(({ value }) => value)
  const text = (part: number): string => floatRepr(part).replace(/\.0$/, '')
  if (Object.is(re, 0)) return `${text(im)}j`
  const sign = im < 0 || Object.is(im, -0) ? '' : '+'
  return `(${text(re)}${sign}${text(im)}j)`
}

function enumParts(world: World, object: PyObject): readonly Task[] {
  const name = nameText(getAttribute(world, object, '_name_'))
  const value = getAttribute(world, object, '_value_')
  return [`<${object.type.name}.${name}: `, { value }, '>']
}

function exceptionParts(object: PyObject): readonly Task[] {
  const all = object.value instanceof PyTuple ? object.value.items : []
  // The file names of an OSError are none of its arguments.
  const isOsError = object.type.mro.some((cls) => cls.library?.name === 'builtins:OSError')
  const args =
    isOsError && all.length >= 3 && all.length <= 5 && all[2] !== null ? all.slice(0, 2) : all
  const parts = args.flatMap((value, at): Task[] => (at === 0 ? [{ value }] : [', ', { value }]))
  return [`${object.type.name}(`, ...parts, ')']
}

/** The names of the fields of a namedtuple or dataclass. */
function fieldsOf(type: PyClass): readonly string[] | undefined {
  for (const cls of type.mro) {
    const names = cls.namespace.get('_fields') ?? cls.namespace.get('__dataclass_fields__')
    if (names instanceof PyTuple) return names.items.map(nameText)
  }
  return undefined
}

function fieldParts(
  world: World,
  object: PyObject,
  fields: readonly string[],
  open: Set<object>,
): string | readonly Task[] {
  const values = object.value instanceof PyTuple ? object.value.items : undefined
  // Data classes see that they are written already, named tuples do not.
  if (values === undefined && open.has(object)) return '...'
  open.add(object)
  // What a lying class says is taken for true.
  const cls = getAttribute(world, object, '__class__')
  const name = getAttribute(world, cls, values === undefined ? '__qualname__' : '__name__')
  if (values !== undefined && values.length !== fields.length) {
    throw new PickleError(
      'TypeError',
      values.length < fields.length
        ? 'not enough arguments for format string'
        : 'not all arguments converted during string formatting',
    )
  }
  const held = values ?? fields.map((field) => getAttribute(world, object, field))
  const parts = held.flatMap((value, at): Task[] => [
    `${at === 0 ? '' : ', '}${fields[at]}=`,
    { value },
  ])
  return [`${nameText(name)}(`, ...parts, ')', { leave: object }]
}

/** The text of a name; nothing for what is no str. */
function nameText(value: PyValue): string {
  const [text = ''] = [value].filter((name) => name instanceof PyStr).map(({ content }) => content)
  return String(text)
}

function plainRepr(world: World, value: PyHeapValue): string {
  const type = world.typeOf(value)
  const module = type.module === null ? '' : `${type.module.content}.`
  const isBare = module === 'builtins.'
  const name = `${isBare ? '' : module}${type.qualname.content}`
  return `<${name} object at ${world.addressOf(value)}>`
}

function versionOf(world: World): PythonVersion {
  const minor = Math.min(Math.max(world.release[1], 8), 15)
  // Between 8 and 15 there is a PythonVersion for every number.
  return `3.${minor}` as PythonVersion
}
