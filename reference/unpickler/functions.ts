import { freshBytes } from '../values/fresh.ts'
import { typeNameOf } from '../values/type-of.ts'
import { PyClass, type PyFunction, PyStr, type PyValue } from '../values/value.ts'
import { codecFailure } from './codec-failure.ts'
import { encodeWith } from './codecs.ts'
import { fillInstance, newOfBase } from './construct.ts'
import { contentOf, dictOf } from './contents.ts'
import { argumentsOf } from './elements.ts'
import { typeError } from './errors.ts'
import { UnknownCallError } from './unknown-call-error.ts'
import type { Unpickling } from './unpickling.ts'

type Body = (u: Unpickling, args: readonly PyValue[]) => PyValue

/** What a function of the library that is known to be harmless gives, by its name. */
export const libraryFunctions: Readonly<Record<string, Body>> = {
  'copyreg:_reconstructor': reconstruct,
  'copyreg:__newobj__': (u, args) => {
    const [cls = null, ...rest] = args
    if (args.length === 0) throw missing('__newobj__', ['cls'])
    return newOfBase(u, cls, cls, { args: rest, keywords: null })
  },
  'copyreg:__newobj_ex__': (u, args) => {
    checkCount('__newobj_ex__', ['cls', 'args', 'kwargs'], args)
    const [cls = null, given = null, named = null] = args
    const keywords = dictOf(named)
    if (keywords === undefined) {
      throw typeError(`argument after ** must be a mapping, not ${typeNameOf(named)}`)
    }
    return newOfBase(u, cls, cls, { args: argumentsOf(u, given, u.world.objectClass), keywords })
  },
  'codecs:encode': encode,
}

/** @throws {PickleError} TypeError, where a function written in Python has other parameters */
function checkCount(name: string, parameters: readonly string[], args: readonly PyValue[]): void {
  const { length } = parameters
  if (args.length > length) {
    throw typeError(`${name}() takes ${length} positional arguments but ${args.length} were given`)
  }
  if (args.length < length) throw missing(name, parameters.slice(args.length))
}

function missing(name: string, parameters: readonly string[]): Error {
  const quoted = parameters.map((parameter) => `'${parameter}'`)
  const named = {
    1: `1 required positional argument: ${quoted[0]}`,
    2: `2 required positional arguments: ${quoted.join(' and ')}`,
    3: `3 required positional arguments: ${quoted.slice(0, 2).join(', ')}, and ${quoted[2]}`,
  }[quoted.length]
  return typeError(`${name}() missing ${named}`)
}

/** `copyreg._reconstructor(cls, base, state)` */
function reconstruct(u: Unpickling, args: readonly PyValue[]): PyValue {
  checkCount('_reconstructor', ['cls', 'base', 'state'], args)
  const [cls = null, base = null, state = null] = args
  if (base === u.world.objectClass) return newOfBase(u, base, cls, { args: [], keywords: null })
  const given = { args: [state], keywords: null }
  const made = newOfBase(u, base, cls, given)
  if (base instanceof PyClass) fillInstance(u, made, base, given)
  else fillInstance(u, base, u.world.typeOf(base), { args: [made, state], keywords: null })
  return made
}

/** `codecs.encode(str, encoding, errors)` */
function encode(u: Unpickling, args: readonly PyValue[]): PyValue {
  const [value, encoding, errors] = args
  if (value === undefined) throw typeError("encode() missing required argument 'obj' (pos 1)")
  if (args.length > 3) {
    throw typeError(`encode() takes at most 3 arguments (${args.length} given)`)
  }
  const codec = encoding === undefined ? 'utf-8' : nameOf('encoding', encoding)
  const handler = errors === undefined ? 'strict' : nameOf('errors', errors)
  const inner = contentOf(value)
  const content = inner instanceof PyStr ? inner.content : null
  try {
    return freshBytes(u.world, encodeWith(content, codec, handler, saidType(value)))
  } catch (error) {
    throw codecFailure(u.world, 'encoding', codec, error)
  }
}

/** A type as messages about arguments say it: None by itself. */
const saidType = (value: PyValue): string => (value === null ? 'None' : typeNameOf(value))

function nameOf(argument: string, value: PyValue): string {
  if (value instanceof PyStr) return String(value.content)
  throw typeError(`encode() argument '${argument}' must be str, not ${saidType(value)}`)
}

/** Carries a function of the library out. */
export function libraryFunction(u: Unpickling, fn: PyFunction, args: readonly PyValue[]): PyValue {
  // A function that nobody carries out is one of the library, with or without a name there.
  const { library = fn.name } = fn
  const body = libraryFunctions[library]
  if (body === undefined) {
    throw new UnknownCallError(`the reference carries out no call of ${library}`)
  }
  return body(u, args)
}
