import { describe, expect, test } from 'vitest'
import { refusal } from '../fixtures/refusal.ts'
import {
  Bag,
  Knowing,
  loadKnowing,
  Named,
  Point,
  Restored,
  Setting,
  Stack,
} from './fixtures/known-classes.ts'
import { builtin, called, each, pickle, pickledByPython } from './fixtures/loading.ts'
import { values } from './fixtures/values.ts'
import { Reduced } from './reduced.ts'
import { Unpickler } from './unpickler.ts'
import { ByteArray, global, type Tuple, tuple } from './values.ts'

describe("the program's own classes", () => {
  const knot = new Point(1, [])
  ;(knot.y as unknown[]).push(knot)
  const setting = Object.assign(new Setting(), { a: 1, b: 2 })

  test.each<[name: string, expected: readonly unknown[]]>([
    ['instance', each(new Point(1, [2]))],
    ['slots', each(setting)],
    ['a subclass of list', each(Object.assign(new Stack(['a', 'b']), { name: 'n' }))],
    ['a subclass of dict', each(new Map([['k', 1]]))],
    ['a state that is no dict', each(Object.assign(new Restored(), { state: 7 }))],
    ['a knot', each(knot)],
    ['state setter', each([Object.assign(new Setting(), { x: 1 })])],
    ['enum', each('red')],
  ])('%s: they are constructed', (name, expected) => {
    expect(pickledByPython(name).map((bytes) => loadKnowing(bytes))).toEqual(expected)
  })

  test('arguments of __new__ come first, those by name last', () => {
    const [, , , , recent = new Uint8Array()] = pickledByPython('keywords')

    expect(loadKnowing(recent)).toEqual(new Named([1, { name: 'n' }]))
    expect(loadKnowing(pickle('capp\nNamed\n)}Vk\nNs\x92.'))).toEqual(new Named([{ k: null }]))
  })

  test.each([
    ['__newobj__', 'ccopyreg\n__newobj__\n(capp\nNamed\nI1\ntR.', [1]],
    ['__newobj_ex__', 'ccopyreg\n__newobj_ex__\n(capp\nNamed\n(I1\nt(dtR.', [1]],
    ['INST', '(I1\niapp\nNamed\n.', [1]],
    ['OBJ', '(capp\nNamed\nI1\no.', [1]],
  ])('%s makes one', (_, text, given) => {
    expect(loadKnowing(pickle(text))).toEqual(new Named(given))
  })

  test('what is called without new is a function', () => {
    expect(loadKnowing(pickle('capp\nText\n(Vt\ntR.'))).toBe('t!')
  })

  test('what a function gave can be given to another', () => {
    const list = pickle('capp\nPair\n(I1\nI2\ntRp0\ncapp\nPair\n(g0\ng0\ntR.')

    const [one, other] = loadKnowing(list) as unknown[]

    expect(one).toEqual([1, 2])
    expect(other).toBe(one)
  })

  test.each([
    ['APPEND', 'capp\nBag\n(tRI1\na.', [1]],
    ['APPENDS', 'capp\nBag\n(tR(I1\nI2\ne.', [1, 2]],
    ['SETITEM', 'capp\nBag\n(tRI1\nI2\ns.', [[1, 2]]],
    ['ADDITEMS', 'capp\nBag\n(tR(I1\n\x90.', [1]],
  ])('%s is done to the object', (_, text, given) => {
    expect(loadKnowing(pickle(text))).toEqual(Object.assign(new Bag(), { given }))
  })

  test.each([
    [
      'capp\nRestored\n(tRI1\na.',
      'AttributeError',
      "'Restored' object has no method 'append' or 'push'",
    ],
    ['capp\nColour\n(I2\ntRI1\na.', 'AttributeError', "'undefined' object has no method"],
    [
      'capp\nColour\n(I2\ntRI1\nb.',
      'AttributeError',
      'a value that is undefined can have no state',
    ],
    ['capp\nSetting\n(tRI1\nb.', 'UnpicklingError', 'state is not a dictionary'],
    ['capp\nSetting\n(tR(dI1\nI2\nsb.', 'TypeError', 'an attribute name that is no string'],
    ['capp\nSetting\n(tR(dNI2\nsb.', 'TypeError', 'an attribute name that is no string'],
    ['capp\nSetting\n(tR(dV\\ud800\\udc00\nI2\nsb.', 'TypeError', 'an attribute name that is no'],
    ['capp\nSetting\n)\x81}Vx\nI1\nsI0\n\x86b.', 'UnpicklingError', 'state is not a dictionary'],
    ['capp\nNamed\n)}I1\nI2\ns\x92.', 'TypeError', 'keywords must be strings'],
    [
      'capp\nSetting\nN}\x92.',
      'UnpicklingError',
      'NEWOBJ_EX args argument must be a tuple, not NoneType',
    ],
    ['capp\nFrozen\n(tR}Vx\nNsb.', 'AttributeError', "object does not let 'x' be set"],
  ])('%j is refused', (text, type, message) => {
    class Freezing extends Knowing {
      override findClass(module: string, name: string): unknown {
        return name === 'Frozen'
          ? () => Object.freeze(Object.create(null))
          : super.findClass(module, name)
      }
    }
    const error = refusal(() => new Freezing(pickle(text)).load())

    expect(error.type).toBe(type)
    expect(error.message).toContain(message)
  })

  test.each([
    ['capp\nRestored\n(tRI1\na.', "'Restored' object has no method 'append' or 'push'"],
    ['capp\nColour\n(I2\ntRI1\nb.', 'a value that is undefined can have no state'],
    ['capp\nSetting\n(tR(dNI2\nsb.', 'an attribute name that is no string'],
    ['capp\nSealed\n(tR}Vx\nI1\nsb.', "'Object' object does not let 'x' be set"],
  ])('%j: nothing else is said', (text, message) => {
    class Sealing extends Knowing {
      override findClass(module: string, name: string): unknown {
        return name === 'Sealed' ? () => Object.freeze({}) : super.findClass(module, name)
      }
    }

    expect(refusal(() => new Sealing(pickle(text)).load()).message).toBe(message)
  })

  test('what a function was given can be what it gives, and is the same', () => {
    class Same extends Knowing {
      override findClass(module: string, name: string): unknown {
        return name === 'Same' ? (given: unknown) => given : super.findClass(module, name)
      }
    }
    const text = 'capp\nPair\ncapp\nSame\n((I1\nI2\nttRR.'

    expect(new Same(pickle(text)).load()).toEqual([1, 2])
  })

  test('a name of the state is a property and nothing else', () => {
    const object = loadKnowing(pickle('capp\nSetting\n(tR}V__proto__\n}sb.')) as Setting

    expect(Object.getPrototypeOf(object)).toBe(Setting.prototype)
    expect(Object.getOwnPropertyDescriptor(object, '__proto__')).toEqual({
      ...{ value: new Map(), writable: true, enumerable: true, configurable: true },
    })
  })

  test('nothing inside of them can be named', () => {
    const loaded = loadKnowing(pickle('cbuiltins\ngetattr\n(capp\nPoint\nVconstructor\ntR.'))

    expect(loaded).toEqual(called(builtin('getattr'), Point, 'constructor'))
  })

  test('what they throw comes out of the load', () => {
    class Failing extends Unpickler {
      override findClass(): unknown {
        return () => {
          throw new RangeError('mine')
        }
      }
    }

    expect(() => new Failing(pickle('cm\nf\n)R.')).load()).toThrow(new RangeError('mine'))
  })

  test.each<[what: string, value: unknown]>([
    ['nothing', null],
    ['a boolean', true],
    ['an int', 2],
    ['a float', 0.5],
    ['a small bigint', 3],
    ['a bigint', 2n ** 70n],
    ['a string', 's'],
    ['an object', { a: 1 }],
    ['Ellipsis', values['singletons']],
    ['undefined', undefined],
  ])('%s can be what a name stands for', (_, value) => {
    class Giving extends Unpickler {
      override findClass(): unknown {
        return value === 3 ? 3n : value
      }
    }

    expect(new Giving(pickle('cm\nn\n.')).load()).toBe(value)
  })

  test.each(values['singletons'] as unknown[])('%o can be what a name stands for', (singleton) => {
    class Giving extends Unpickler {
      override findClass(): unknown {
        return singleton
      }
    }

    expect(new Giving(pickle('cm\nn\n.')).load()).toBe(singleton)
  })
})

describe('a container that is handed to the program', () => {
  test('has the rest when the load is over', () => {
    const text =
      '(lp0\ncapp\nPair\n(g0\ntRp1\n0(dp2\ncapp\nPair\n(g2\ntRp3\n0g0\n(I1\nI2\neg2\nVk\nI1\ns(g0\ng1\ng2\ng3\nt.'
    const [list, listPair, dict, dictPair] = (loadKnowing(pickle(text)) as Tuple).items

    expect(list).toEqual([1, 2])
    expect((listPair as unknown[])[0]).toBe(list)
    expect(dict).toEqual(new Map([['k', 1]]))
    expect((dictPair as unknown[])[0]).toBe(dict)
  })

  test('as a tuple has its items once', () => {
    const { items } = loadKnowing(pickle('(I1\ntp0\ncapp\nPair\n(g0\ntRp1\n(g0\ng1\nt.')) as Tuple

    expect(items).toEqual([tuple(1), [tuple(1), undefined]])
  })

  test('has what came in the place of something, and keeps what the program put in', () => {
    class Changing extends Knowing {
      override findClass(module: string, name: string): unknown {
        return name === 'change'
          ? (list: unknown[]) => {
              list[1] = 'mine'
            }
          : super.findClass(module, name)
      }
    }
    const text = '(I1\nI2\nlp0\ncapp\nchange\n(g0\ntR0g0\nI0\nI5\ns.'

    expect(new Changing(pickle(text)).load()).toEqual([5, 'mine'])
  })

  test('has keys as they are when the load is over', () => {
    const text = '(dp0\ncm\nC\n)Rp1\nI1\nscapp\nPair\n(g0\ntR0g1\nI7\nb0g0\n.'
    const key = new Reduced(global('m', 'C'), [], { state: 7 })

    expect(loadKnowing(pickle(text))).toEqual(new Map([[key, 1]]))
  })

  test.each([
    ['None', 'N'],
    ['a str that no string can hold', 'V\\ud800\\udc00\n'],
  ])('as an object cannot get the key %s', (_, key) => {
    const text = `(dp0\ncapp\nPair\n(g0\ntR0g0\n${key}I2\ns.`

    expect(refusal(() => loadKnowing(pickle(text), { dictsAsObjects: true })).message).toBe(
      'a dict that was handed out as an object got a key that is no str',
    )
  })

  test('as an object cannot get a key that is no str', () => {
    const text = '(dp0\ncapp\nPair\n(g0\ntR0g0\nI1\nI2\ns.'

    expect(refusal(() => loadKnowing(pickle(text), { dictsAsObjects: true })).message).toBe(
      'a dict that was handed out as an object got a key that is no str',
    )
  })

  test('as a bytearray keeps its length', () => {
    const bytes = '\x80\x05\x96\x01\0\0\0\0\0\0\0aq\0'
    const pair = 'capp\nPair\nh\0\x85R0h\0'

    expect(loadKnowing(pickle(`${bytes}${pair}K\0Kbs.`))).toEqual(ByteArray.of(98))
    const longer = refusal(() => loadKnowing(pickle(`${bytes}${pair}(KbKce.`)))
    expect(longer.type).toBe('BufferError')
    expect(longer.message).toBe('Existing exports of data: object cannot be re-sized')
  })
})
