import { PickleError } from '../errors.ts'
import { setAttribute } from '../values/attributes.ts'
import { typeNameOf } from '../values/type-of.ts'
import {
  PyByteArray,
  PyBytes,
  type PyClass,
  PyFloat,
  PyObject,
  PyStr,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import type { Given } from './constructor.ts'
import { contentOf, dictOf, entriesOf } from './contents.ts'
import { elementsOf } from './elements.ts'
import { typeError, valueError } from './errors.ts'
import { intOf } from './ints.ts'
import { PyMemoryView } from './memory-view.ts'
import type { Unpickling } from './unpickling.ts'

/**
 * The subclass of OSError that an error number stands for. Latitude: as Linux numbers them.
 *
 * @clause UNP-13
 */
const classOfErrno: ReadonlyMap<number, string> = new Map([
  [1, 'PermissionError'],
  [2, 'FileNotFoundError'],
  [3, 'ProcessLookupError'],
  [4, 'InterruptedError'],
  [10, 'ChildProcessError'],
  [11, 'BlockingIOError'],
  [13, 'PermissionError'],
  [17, 'FileExistsError'],
  [20, 'NotADirectoryError'],
  [21, 'IsADirectoryError'],
  [32, 'BrokenPipeError'],
  [103, 'ConnectionAbortedError'],
  [104, 'ConnectionResetError'],
  [108, 'BrokenPipeError'],
  [110, 'TimeoutError'],
  [111, 'ConnectionRefusedError'],
  [114, 'BlockingIOError'],
  [115, 'BlockingIOError'],
])

const derives = (cls: PyClass, name: string): boolean =>
  cls.mro.some((base) => base.library?.name === `builtins:${name}`)

/** `BaseException.__new__`, and those of OSError and of groups. */
export function newException(u: Unpickling, cls: PyClass, { args, keywords }: Given): PyValue {
  if (derives(cls, 'OSError') && (keywords?.keys.length ?? 0) > 0) {
    throw typeError(`${cls.name}() takes no keyword arguments`)
  }
  if (derives(cls, 'BaseExceptionGroup')) return newGroup(u, cls, args)
  const type = classOfOsError(u.world, cls, args)
  return new PyObject(type, null, args.length === 0 ? u.world.emptyTuple : new PyTuple([...args]))
}

/** The class of what a call of an exception gives: OSError itself gives one of its subclasses. */
export function classOfOsError(world: World, cls: PyClass, args: readonly PyValue[]): PyClass {
  const isOsError = cls.library?.name === 'builtins:OSError'
  const number = args.length >= 2 && args.length <= 5 ? intOf(args[0] ?? null) : undefined
  const name = isOsError && number !== undefined ? classOfErrno.get(Number(number)) : undefined
  return name === undefined ? cls : world.knownClass(`builtins:${name}`)
}

const sequences: ReadonlySet<string> = new Set([
  ...['list', 'tuple', 'str', 'bytes', 'bytearray', 'range', 'memoryview'],
])

const isSequence = (u: Unpickling, value: PyValue): boolean =>
  u.world.typeOf(value).mro.some((cls) => cls.library !== null && sequences.has(cls.name))

function newGroup(u: Unpickling, cls: PyClass, args: readonly PyValue[]): PyValue {
  const [message, members] = args
  if (args.length !== 2 || members === undefined) {
    const name = 'BaseExceptionGroup.__new__()'
    throw typeError(`${name} takes exactly 2 arguments (${args.length} given)`)
  }
  if (!(message instanceof PyStr)) {
    throw typeError(`argument 1 must be str, not ${typeNameOf(message ?? null)}`)
  }
  if (!isSequence(u, members)) throw typeError('second argument (exceptions) must be a sequence')
  const items = elementsOf(u, members)
  if (items.length === 0) {
    throw valueError('second argument (exceptions) must be a non-empty sequence')
  }
  items.forEach((item, at) => {
    if (!(item instanceof PyObject && item.type.layout === 'exception')) {
      throw valueError(`Item ${at} of second argument (exceptions) is not an exception`)
    }
  })
  const arePlain = items.every(
    (item) => item instanceof PyObject && derives(item.type, 'Exception'),
  )
  if (!arePlain && derives(cls, 'Exception')) {
    throw typeError('Cannot nest BaseExceptions in an ExceptionGroup')
  }
  const isBase = cls.library?.name === 'builtins:BaseExceptionGroup'
  const type = isBase && arePlain ? u.world.knownClass('builtins:ExceptionGroup') : cls
  return new PyObject(type, null, new PyTuple([...args]))
}

/** The kinds of the arguments that the errors of codecs must have. */
const unicodeArguments: Readonly<Record<string, readonly string[]>> = {
  UnicodeDecodeError: ['str', 'bytes', 'int', 'int', 'str'],
  UnicodeEncodeError: ['str', 'str', 'int', 'int', 'str'],
  UnicodeTranslateError: ['str', 'int', 'int', 'str'],
}

/** Those without a `__new__` of their own that are more than their base. */
const initialized: ReadonlySet<string> = new Set([
  ...['AttributeError', 'ImportError', 'NameError', 'StopIteration', 'SyntaxError', 'SystemExit'],
])

/** Up to 3.13 each exception has an `__init__` of its own, from then on those that need one. */
export const hasOwnInit = ({ world }: Unpickling, { name }: PyClass): boolean =>
  world.release[1] < 14 || initialized.has(name)

/** What `__init__` of exceptions checks. */
export function initException(u: Unpickling, _content: PyValue, cls: PyClass, given: Given): void {
  for (const [name, kinds] of Object.entries(unicodeArguments)) {
    if (derives(cls, name)) checkUnicode(u, given.args, kinds)
  }
  if (derives(cls, 'SyntaxError')) checkSyntax(u, given.args)
}

function checkUnicode(u: Unpickling, args: readonly PyValue[], kinds: readonly string[]): void {
  if (args.length !== kinds.length) {
    throw typeError(`function takes exactly ${kinds.length} arguments (${args.length} given)`)
  }
  kinds.forEach((kind, at) => {
    const value = args[at] ?? null
    if (kind === 'int') checkSize(u, value)
    else {
      const found = contentOf(value)
      const isRight = kind === 'str' ? found instanceof PyStr : isBytesLike(found)
      if (!isRight) throw typeError(wrongArgument(kind, at + 1, value))
    }
  })
}

const isBytesLike = (value: PyValue): boolean =>
  value instanceof PyBytes || value instanceof PyByteArray || value instanceof PyMemoryView

/** An index or a size. */
function checkSize(u: Unpickling, value: PyValue): void {
  const int = intOf(value)
  if (int === undefined) {
    const isOldFloat = u.world.release[1] < 10 && contentOf(value) instanceof PyFloat
    throw typeError(
      isOldFloat
        ? 'integer argument expected, got float'
        : `'${typeNameOf(value)}' object cannot be interpreted as an integer`,
    )
  }
  const { maxSize } = u.input
  if (int > maxSize || int < -maxSize - 1n) {
    throw new PickleError('OverflowError', 'Python int too large to convert to C ssize_t')
  }
}

function wrongArgument(kind: string, place: number, value: PyValue): string {
  if (kind === 'bytes') return `a bytes-like object is required, not '${typeNameOf(value)}'`
  return `argument ${place} must be str, not ${value === null ? 'None' : typeNameOf(value)}`
}

function checkSyntax(u: Unpickling, args: readonly PyValue[]): void {
  const [, details] = args
  if (args.length !== 2 || details === undefined) return
  const count = elementsOf(u, details).length
  const most = u.world.release[1] < 14 ? 6 : 7
  if (u.world.release[1] < 10) {
    if (count !== 4) throw new PickleError('IndexError', 'tuple index out of range')
  } else if (count < 4) {
    throw typeError(`function takes at least 4 arguments (${count} given)`)
  } else if (count > most) {
    throw typeError(`function takes at most ${most} arguments (${count} given)`)
  } else if (count === 5) throw typeError('end_offset must be provided when end_lineno is provided')
}

/**
 * `BaseException.__setstate__`: the attributes one by one.
 *
 * @clause UNP-20
 */
export function setExceptionState(u: Unpickling, object: PyObject, state: PyValue): void {
  if (state === null) return
  const given = dictOf(state)
  if (given === undefined) throw typeError('state is not a dictionary')
  for (const [key, value] of entriesOf(given)) {
    if (!(key instanceof PyStr)) {
      throw typeError(`attribute name must be string, not '${typeNameOf(key)}'`)
    }
    setExceptionAttribute(u, object, String(key.content), value)
  }
}

function setExceptionAttribute(
  u: Unpickling,
  object: PyObject,
  name: string,
  value: PyValue,
): void {
  const isException = value instanceof PyObject && value.type.layout === 'exception'
  switch (name) {
    case 'args':
      object.value = new PyTuple(elementsOf(u, value))
      return
    case '__cause__':
    case '__context__':
      if (value === null || isException) return
      throw typeError(`exception ${name.slice(2, -2)} must be None or derive from BaseException`)
    case '__traceback__':
      if (value === null) return
      throw typeError('__traceback__ must be a traceback or None')
    default:
      setAttribute(u.world, object, name, value)
  }
}
