import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { Picklers } from '../fixtures/picklers.ts'
import { dict, instance, list, tuple } from '../values/build.ts'
import { typeNameOf } from '../values/type-of.ts'
import { PyProperty, type PyValue } from '../values/value.ts'

/** Picklers of a subclass. */
const subclass = (name: string): Picklers => new Picklers(name, { attributes: {} })

const engines = ['cpython-3.8-c', 'cpython-3.8-py', 'cpython-3.13-c', 'cpython-3.13-py']

// Measured on CPython 3.8 to 3.13.
test.each([
  ['cpython-3.8-c', 1],
  ['cpython-3.13-c', 1],
  ['cpython-3.8-py', 3],
  ['cpython-3.13-py', 3],
])('RO-04: %s reads reducer_override of a list of two %d times', (name, times) => {
  const picklers = subclass(name)
  let reads = 0
  const pickler = picklers.make({ protocol: 4 })
  pickler.setClassAttribute(
    'reducer_override',
    new PyProperty(() => {
      reads++
      throw new PickleError('AttributeError', 'x')
    }),
  )

  pickler.dump(list(null, 1))

  expect(reads).toBe(times)
})

describe('DISP-03: what `get` of a table is given besides the type', () => {
  test.each([
    ['cpython-3.8-py', []],
    ['cpython-3.12.1-py', []],
    ['cpython-3.13-py', ['object']],
  ])('%s: %j', (name, types) => {
    const picklers = subclass(name)
    const { sm } = picklers
    const given: PyValue[] = []
    const get = sm.method('T.get', (_self, _type, ...others) => {
      given.push(...others)
      return others[0] ?? null
    })
    const pickler = picklers.make({ protocol: 2 })
    pickler.setAttribute('dispatch_table', instance(sm.world, sm.cls('T', { get }), {}))

    pickler.dump(instance(sm.world, sm.A, {}))

    expect(given.map(typeNameOf)).toEqual(types)
  })
})

describe('FAST-03', () => {
  test.each(['cpython-3.8-c', 'cpython-3.13-c'])('%s keeps the low 32 bits of fast', (name) => {
    for (const [given, kept] of [
      [true, 1],
      [5, 5],
      [2 ** 32, 0],
      [2 ** 32 + 3, 3],
      [-1, -1],
      [2 ** 31, -(2 ** 31)],
    ] as const) {
      const pickler = new Picklers(name).make({ protocol: 4 })
      pickler.setAttribute('fast', given)

      expect(pickler.getAttribute('fast')).toBe(kept)
    }
  })

  test.each(engines.filter((name) => name.endsWith('-py')))(
    '%s asks a property of the class for each object',
    (name) => {
      const picklers = subclass(name)
      const { file } = picklers
      const pickler = picklers.make({ protocol: 4 })
      let reads = 0
      pickler.setClassAttribute('fast', new PyProperty(() => ++reads > 1))

      pickler.dump(list(list(), list()))

      expect(reads).toBe(3)
      expect(file.text()).toBe('\x80\x04\x95\x07\0\0\0\0\0\0\0]\x94(]]e.')
      expect(() => pickler.setAttribute('fast', 0)).toThrow(
        expect.objectContaining({ type: 'AttributeError' }),
      )
    },
  )

  test.each(engines)('%s: a property of the class is what one reads', (name) => {
    const pickler = subclass(name).make({ protocol: 4 })
    pickler.setClassAttribute('fast', new PyProperty(() => 7))

    expect(pickler.getAttribute('fast')).toBe(7)
  })

  test.each(engines.filter((name) => name.endsWith('-py')))(
    '%s: what another pickler set on the class counts',
    (name) => {
      const picklers = subclass(name)
      const { file } = picklers
      const [one, other] = [picklers.make({ protocol: 4 }), picklers.make({ protocol: 4 })]
      one.deleteAttribute('fast')
      one.setClassAttribute('fast', false)
      other.setClassAttribute('fast', true)

      one.dump(list())

      expect(file.text()).toBe('\x80\x04].')
    },
  )

  test.each(engines.filter((name) => name.endsWith('-py')))(
    '%s: what a hook sets on the class counts from then on',
    (name) => {
      const picklers = subclass(name)
      const { file, sm } = picklers
      const pickler = picklers.make({ protocol: 4 })
      pickler.deleteAttribute('fast')
      pickler.setClassAttribute('fast', false)
      let asked = 0
      const hook = sm.lambda(() => {
        if (++asked === 2) pickler.setClassAttribute('fast', true)
        return null
      })
      pickler.setAttribute('persistent_id', hook)

      pickler.dump(list(list(), list()))

      expect(file.text()).toBe('\x80\x04\x95\x07\0\0\0\0\0\0\0]\x94(]]e.')
    },
  )

  test.each(engines.filter((name) => name.endsWith('-py')))(
    '%s: what a hook takes from the class is missed from then on',
    (name) => {
      const picklers = subclass(name)
      const { sm } = picklers
      const pickler = picklers.make({ protocol: 4 })
      pickler.deleteAttribute('fast')
      pickler.setClassAttribute('fast', true)
      let asked = 0
      const hook = sm.lambda(() => {
        if (++asked === 2) pickler.deleteClassAttribute('fast')
        return null
      })
      pickler.setAttribute('persistent_id', hook)

      expect(() => pickler.dump(list(list(), list()))).toThrow(
        expect.objectContaining({ type: 'AttributeError' }),
      )
    },
  )
})

test.each([
  ['cpython-3.13-c', 'builtin_function_or_method'],
  ['cpython-3.8-py', 'method'],
  ['cpython-3.13-py', 'method'],
])('PERS-05: %s has a persistent_id of its own, a %s', (name, type) => {
  expect(typeNameOf(subclass(name).make({ protocol: 4 }).getAttribute('persistent_id'))).toBe(type)
})

test.each([
  ['cpython-3.9-c', "can't set attributes of built-in/extension type '_pickle.Pickler'"],
  ['cpython-3.13-c', "cannot set 'x' attribute of immutable type '_pickle.Pickler'"],
])('RO-05: %s takes no attributes for the class of C itself', (name, message) => {
  const pickler = new Picklers(name).make({ protocol: 4 })

  expect(() => pickler.setClassAttribute('x', 1)).toThrow(
    expect.objectContaining({ type: 'TypeError', message }),
  )
})

// Measured on CPython 3.8 to 3.13.
test.each(['cpython-3.8-c', 'cpython-3.13-c'])(
  'MEMO-02: %s gives what a hook has entered meanwhile the next index',
  (name) => {
    const picklers = subclass(name)
    const { file, sm } = picklers
    const pickler = picklers.make({ protocol: 4 })
    const listClass = sm.world.knownClass('builtins:list')
    let isDone = false
    const hook = sm.lambda((value) => {
      if (
        !isDone &&
        typeof value === 'object' &&
        value?.kind === 'str' &&
        value.content === 'list'
      ) {
        isDone = true
        pickler.setAttribute('memo', dict([1, tuple(0, listClass)]))
      }
      return null
    })
    pickler.setAttribute('persistent_id', hook)

    pickler.dump(list(1, listClass, listClass, sm.world.knownClass('builtins:set')))

    expect(file.text()).toBe(
      '\x80\x04\x950\0\0\0\0\0\0\0]\x94(K\x01\x8c\x08builtins\x94\x8c\x04list\x94\x93\x94h\x02' +
        '\x8c\x08builtins\x94\x8c\x03set\x94\x93\x94e.',
    )
  },
)

test.each(engines)('MEMO-05: %s counts the entries of a memo that it is given', (name) => {
  const picklers = subclass(name)
  const { file } = picklers
  const pickler = picklers.make({ protocol: 2 })

  pickler.setAttribute('memo', dict([1, tuple(0, list())], [2, tuple(1, tuple())]))
  pickler.dump(list())

  expect(file.text()).toBe('\x80\x02]q\x02.')
})
