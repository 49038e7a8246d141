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
    const [cls, ...rest] = args
    if (cls === undefined) throw missing('__newobj__', "'cls'")
    return newOfBase(u, cls, cls, { args: rest, keywords: null })
  },
  'copyreg:__newobj_ex__': (u, args) => {
    const [cls = null, given = null, named = null] = args
    if (args.length !== 3) throw wrongCount('__newobj_ex__', 3, args.length)
    const keywords = dictOf(named)
    if (keywords === undefined) {
      throw typeError(`argument after ** must be a mapping, not ${typeNameOf(named)}`)
    }
    return newOfBase(u, cls, cls, { args: argumentsOf(u, given, u.world.objectClass), keywords })
  },
  'codecs:encode': encode,
}

const missing = (name: string, what: string): Error =>
  typeError(`${name}() missing 1 required positional argument: ${what}`)

const wrongCount = (name: string, wanted: number, found: number): Error =>
  typeError(`${name}() takes ${wanted} positional arguments but ${found} were given`)

/** `copyreg._reconstructor(cls, base, state)` */
function reconstruct(u: Unpickling, args: readonly PyValue[]): PyValue {
  const [cls = null, base = null, state = null] = args
  if (args.length !== 3) throw wrongCount('_reconstructor', 3, args.length)
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
  if (value === undefined) throw missing('encode', "'obj'")
  if (args.length > 3) throw wrongCount('encode', 3, args.length)
  const codec = encoding === undefined ? 'utf-8' : nameOf('encoding', encoding)
  const handler = errors === undefined ? 'strict' : nameOf('errors', errors)
  const inner = contentOf(value)
  const content = inner instanceof PyStr ? inner.content : null
  try {
    const found = value === null ? 'None' : typeNameOf(value)
    return freshBytes(u.world, encodeWith(content, codec, handler, found))
  } catch (error) {
    throw codecFailure(u.world, 'encoding', codec, error)
  }
}

function nameOf(argument: string, value: PyValue): string {
  if (value instanceof PyStr) return String(value.content)
  throw typeError(`encode() argument '${argument}' must be str, not ${typeNameOf(value)}`)
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
