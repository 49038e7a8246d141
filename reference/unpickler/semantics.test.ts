/**
 * What real interpreters loaded, held against every profile that follows one of them. Expressions
 * that only load bytes are read here; the others have their doing in a table.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { type ExampleFile, outcomesOf, tableOf, wantedOf } from '../fixtures/examples.ts'
import { bytesOf } from '../fixtures/python-bytes.ts'
import { Sm } from '../fixtures/sm.ts'
import { type Profile, profile } from '../profiles.ts'
import { bytes, list, str } from '../values/build.ts'
import { repr } from '../values/repr.ts'
import { typeNameOf } from '../values/type-of.ts'
import { PyObject, type PyValue } from '../values/value.ts'
import { isEmbedded } from './fixtures/loads.ts'
import { PeekingReader } from './fixtures/peeking-reader.ts'
import { knownNames } from './load-names.ts'
import { BytesReader, type Source } from './source.ts'
import { Unpickler, type UnpicklerInit } from './unpickler.ts'

/** The names that pickles of the examples have, of things that are there and that are not. */
const names = ['A', 'func2', 'Outer', 'Outer.Inner', 'Outer.Nope', 'nope']

/** The question an example asks, to one profile. */
class Asked {
  readonly sm: Sm
  readonly profile: Profile
  readonly isEmbedded: boolean

  constructor(name: string) {
    this.profile = profile(name)
    this.isEmbedded = isEmbedded(name.replace('cpython-', ''))
    this.sm = new Sm(this.profile.release, false, this.profile.implementation)
    this.sm.outer()
    this.sm.module.attributes.set(
      'func2',
      this.sm.lambda((x = 1) => x),
    )
  }

  unpickler(source: Source, init: UnpicklerInit = {}, persistentLoad?: PyValue): Unpickler {
    const { world } = this.sm
    const bound = new Map(names.map((name): [string, PyValue] => [`sm:${name}`, null]))
    const attributes = new Map(
      persistentLoad === undefined ? [] : [['persistent_load', persistentLoad] as const],
    )
    const settings: UnpicklerInit = {
      names: knownNames(world, { bound, named: new Set() }),
      wordSize: this.isEmbedded ? 32 : 64,
      ...init,
    }
    const cls = { isSubclass: persistentLoad !== undefined, attributes }
    return new Unpickler(world, this.profile, cls, settings, source)
  }

  loads(expression: string): PyValue {
    const [, literal = '', keyword, value = ''] =
      /^loads\((.*?)(?:, (encoding|buffers)=(.*))?\)$/.exec(expression) ?? []
    return this.unpickler(new BytesReader(bytesOf(literal)), initOf(keyword, value)).load()
  }

  /** `several(b'…', 2, True)` */
  several(expression: string): PyValue {
    const [, literal = '', count, peeks] =
      /^several\((.*), (\d+)(, True)?\)$/.exec(expression) ?? []
    const data = bytesOf(literal)
    const file = peeks === undefined ? new BytesReader(data) : new PeekingReader(data, 8192)
    const unpickler = this.unpickler(file)
    const found = Array.from({ length: Number(count) }, () => {
      try {
        return unpickler.load()
      } catch (error) {
        if (!(error instanceof PickleError)) throw error
        return str(`${error.type}: ${error.message}`)
      }
    })
    return list(...found)
  }

  repr(value: PyValue): string {
    return repr(this.sm.world, value)
  }
}

function initOf(keyword: string | undefined, value: string): UnpicklerInit {
  if (keyword === 'encoding') return { encoding: value.slice(1, -1) }
  if (keyword === undefined) return {}
  const buffers = value.slice(1, -1).split(', ')
  return { buffers: list(...buffers.map((literal) => bytes(bytesOf(literal)))) }
}

/** Everything that is no plain load. */
const actions: Readonly<Record<string, (asked: Asked) => string>> = {
  "(lambda u: [u.load() is u.load()])(U(io.BytesIO(b'\\x80\\x02]q\\x00.\\x80\\x02h\\x00.')))": (
    asked,
  ) => {
    const unpickler = asked.unpickler(bytesOf("b'\\x80\\x02]q\\x00.\\x80\\x02h\\x00.'"))
    const [first, second] = [unpickler.load(), unpickler.load()]
    return asked.repr(list(first === second))
  },
  "type(loads(b'csm\\nA\\n)\\x81K\\x00b.')).__name__": (asked) =>
    `'${typeNameOf(asked.loads("loads(b'csm\\nA\\n)\\x81K\\x00b.')"))}'`,
  "pickle.loads(bytearray(b'N.'))": (asked) => asked.repr(asked.loads("loads(b'N.')")),
  "len(repr(type(loads(b'('*100000 + b'K\\x01' + b't'*100000 + b'.'))))": (asked) => {
    const nested = asked.loads("loads(b'('*100000 + b'K\\x01' + b't'*100000 + b'.')")
    return String(`<class '${typeNameOf(nested)}'>`.length)
  },
  "(lambda u: (setattr(u, 'persistent_load', lambda p: 'inst'), u.load())[1])(type('S', (U,), {'persistent_load': lambda s, p: 'meth'})(io.BytesIO(b'K\\x01Q.')))":
    (asked) => {
      const { sm } = asked
      const method = sm.lambda(() => sm.world.intern('meth'))
      const unpickler = asked.unpickler(bytesOf("b'K\\x01Q.'"), {}, method)
      unpickler.setAttribute(
        'persistent_load',
        sm.lambda(() => sm.world.intern('inst')),
      )
      return asked.repr(unpickler.load())
    },
  "(lambda k: next(iter(loads(b'csm\\nA\\n)\\x81}X\\x05\\x00\\x00\\x00attr1K\\x01sb.').__dict__)) is sys.intern(k))('att' + 'r1')":
    (asked) => {
      const made = asked.loads("loads(b'csm\\nA\\n)\\x81}X\\x05\\x00\\x00\\x00attr1K\\x01sb.')")
      if (!(made instanceof PyObject)) throw new Error('no instance')
      return asked.repr(made.dict?.keys[0] === asked.sm.world.intern('attr1'))
    },
}

/** A load changes nothing in its world that another would see. */
const askedByName = new Map<string, Asked>()

function askedOf(name: string): Asked {
  const asked = askedByName.get(name) ?? new Asked(name)
  askedByName.set(name, asked)
  return asked
}

function evaluate(asked: Asked, expression: string): string {
  const action = actions[expression]
  if (action !== undefined) return action(asked)
  const isSeveral = expression.startsWith('several(')
  return asked.repr(isSeveral ? asked.several(expression) : asked.loads(expression))
}

const file: ExampleFile = JSON.parse(
  readFileSync(new URL('fixtures/examples.json', import.meta.url), 'utf8'),
)

test.each(tableOf(file))(
  '%s, protocol %s: %s gives %s',
  (_clause, _protocol, _expression, _gives, example) => {
    const outcomes = outcomesOf(file, example, (name) =>
      evaluate(askedOf(name), example.expression),
    )

    expect(outcomes).not.toEqual({})
    expect(outcomes).toEqual(wantedOf(file, example))
  },
)
