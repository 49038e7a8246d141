import { textOfStr } from '../codecs/str-content.ts'
import { PyClass, type PyStr, type PyValue } from './value.ts'

/** `type(value).__name__`. */
export function typeNameOf(value: PyValue): string {
  if (value === null) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value !== 'object') return 'int'
  switch (value.kind) {
    case 'object':
      return value.type.name
    case 'class':
      return value.metaclass?.name ?? 'type'
    case 'function':
      return value.type.name
    case 'iterator':
      return value.typeName
    case 'buffer':
      return 'PickleBuffer'
    case 'singleton':
      return value.name === 'Ellipsis' ? 'ellipsis' : 'NotImplementedType'
    default:
      return value.kind
  }
}

/**
 * The name of a class as messages and notes give it: its qualified name, after the module unless
 * that is `builtins` or `__main__` (ERR-03); with `isMainSaid` as `repr` has it.
 */
export function typeName(cls: PyClass, { isMainSaid = false } = {}): string {
  const qualname = textOf(cls.qualname)
  if (cls.module === null) return qualname
  const module = textOf(cls.module)
  const isBare = module === 'builtins' || (module === '__main__' && !isMainSaid)
  return isBare ? qualname : `${module}.${qualname}`
}

function textOf(str: PyStr): string {
  return textOfStr(str.content)
}

/**
 * The name of a class as C's messages give it (`tp_name`): with the module for a class made in C
 * alone (RED-48).
 */
export function cTypeName(cls: PyClass): string {
  return cls.isHeap && cls.library === null ? cls.name : typeName(cls)
}

/** Whether a value is a class, one with a metaclass of its own included. */
export function isType(value: PyValue): value is PyClass {
  return value instanceof PyClass
}
