import { expect, test } from 'vitest'
import { Picklers } from '../fixtures/picklers.ts'
import type { Sm } from '../fixtures/sm.ts'
import { list, tuple } from '../values/build.ts'
import { PyFunction, PyModule, PyObject, PyStr, type PyValue } from '../values/value.ts'

function dumpsAs(name: string, protocol: number, make: (sm: Sm) => PyValue): string {
  const picklers = new Picklers(name)
  return picklers.dump(make(picklers.sm), { protocol }).text()
}

// Measured on CPython 3.8, 3.13, 3.14.2 and 3.15.0rc1.
test.each([
  ['cpython-3.8-c', '__mp_main__'],
  ['cpython-3.14.2-c', '__mp_main__'],
  ['cpython-3.15-c', 'zz'],
  ['cpython-3.8-py', 'zz'],
  ['cpython-3.15-py', 'zz'],
])('GLOB-05: %s finds what __mp_main__ and another module hold in %s', (name, module) => {
  const text = dumpsAs(name, 2, ({ world }) => {
    const type = world.knownClass('builtins:function')
    const qualname = world.intern('f')
    const found = new PyFunction({ type, name: 'f', qualname, module: null, call: () => null })
    for (const holder of ['__mp_main__', 'zz']) {
      world.modules.set(holder, new PyModule(world.intern(holder), new Map([['f', found]])))
    }
    return found
  })

  expect(text).toBe(`\x80\x02c${module}\nf\nq\0.`)
})

// Measured on CPython 3.13, 3.14.2 and 3.15.0rc1.
test.each([
  ['cpython-3.13-c', 'h\x01'],
  ['cpython-3.15-c', 'h\x01'],
  ['cpython-3.13-py', 'h\x01'],
  ['cpython-3.15-py', '\x8c\x07A.__b__\x94'],
])('GLOB-12: %s writes a name that is in the memo and has .__ in it as %j', (name, written) => {
  const text = dumpsAs(name, 4, (sm) => {
    const outer = sm.cls('A')
    const inner = sm.cls('B', {}, { qualname: 'A.__b__' })
    outer.namespace.set('__b__', inner)
    return list(inner.qualname, inner)
  })

  expect(text).toContain(`\x94(\x8c\x07A.__b__\x94\x8c\x02sm\x94${written}\x93\x94e.`)
})

// https://github.com/python/cpython/issues/112768 Debian's 3.11.2 says nothing, 3.11.7 does.
const tooLong =
  'Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit'
test.each([
  ['cpython-3.11.2-c', 'PicklingError', ''],
  ['cpython-3.11.2-py', 'ValueError', tooLong],
  ['cpython-3.11.3-c', 'ValueError', tooLong],
  ['cpython-3.11.7-c', 'ValueError', tooLong],
])('GLOB-22: %s refuses what has no repr with %s: %j', (name, type, message) => {
  const make = (sm: Sm) => {
    const namespace = { __reduce__: sm.lambda(() => new PyStr('gone')) }
    const cls = sm.cls('Gone', namespace, { bases: ['builtins:tuple'] })
    return new PyObject(cls, null, tuple(10n ** 5000n))
  }

  expect(() => dumpsAs(name, 2, make)).toThrow(expect.objectContaining({ type, message }))
})
