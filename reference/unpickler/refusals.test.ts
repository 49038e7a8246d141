import { expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { profile } from '../profiles.ts'
import { createWorld } from '../values/create-world.ts'
import { builtin, call, shown } from './fixtures/shown.ts'
import { knownNames } from './load-names.ts'
import { symbolKindsOf } from './recorded.ts'
import { BytesReader } from './source.ts'
import { Unpickler } from './unpickler.ts'
import { plainUnpickler } from './unpickler-class.ts'

const overflow = 'OverflowError: Python int too large to convert to C ssize_t'
const notFound = 'UnpicklingError: Memo value not found at index'
const greatest = 2n ** 63n - 1n

// What Python 3.11.7 and 3.13.0 say.
test.each<[pickle: string, c: string, py: string]>([
  [`g${greatest}\n.`, `${notFound} ${greatest}`, `${notFound} ${greatest}`],
  [`g${greatest + 1n}\n.`, overflow, `${notFound} ${greatest + 1n}`],
  [`g${-greatest - 1n}\n.`, `${notFound} ${-greatest - 1n}`, `${notFound} ${-greatest - 1n}`],
  [`g${-greatest - 2n}\n.`, overflow, `${notFound} ${-greatest - 2n}`],
  [`Np${greatest + 1n}\n.`, overflow, 'NoneType None'],
  [
    `Np${-greatest - 1n}\n.`,
    'ValueError: negative PUT argument',
    'ValueError: negative PUT argument',
  ],
  [`Np${-greatest - 2n}\n.`, overflow, 'ValueError: negative PUT argument'],
  [' .', "UnpicklingError: invalid load key, ' '.", 'KeyError: 32'],
  ['~.', "UnpicklingError: invalid load key, '~'.", 'KeyError: 126'],
  ['\x7f.', "UnpicklingError: invalid load key, '\\x7f'.", 'KeyError: 127'],
  ["'.", "UnpicklingError: invalid load key, '\\x27'.", 'KeyError: 39'],
])('%j', (pickle, c, py) => {
  expect(shown('3.13.0-c', pickle)).toBe(c)
  expect(shown('3.13.0-py', pickle)).toBe(py)
})

// Latitude: how long C's memo may become.
test.each([
  [0x07ff_ffff, 'NoneType None'],
  [0x0800_0000, 'MemoryError: '],
])('PUT %i', (index, wanted) => {
  expect(shown('3.13.0-c', `Np${index}\n.`)).toBe(wanted)
})

// What Python 3.11.7 and 3.13.0 give.
test('slices are members and keys from 3.12 on, views of what can be written never', () => {
  const slice = call(builtin('slice'), 'N', 'N', 'N')
  const view = '\x96\x01\0\0\0\0\0\0\0a\x98'
  const unhashable = (type: string) => `TypeError: unhashable type: '${type}'`

  for (const pickle of [`\x8f(${slice}\x90.`, `}${slice}Ns.`]) {
    expect(shown('3.11.7-c', pickle)).toBe(unhashable('slice'))
    expect(shown('3.13.0-c', pickle)).toContain('slice(None, None, None)')
  }
  for (const pickle of [`\x8f(${view}\x90.`, `}${view}Ns.`]) {
    expect(shown('3.13.0-c', pickle)).toBe(unhashable('bytearray'))
  }
})

// What Python 3.8.18 and 3.13.0 do.
test('a load that was refused leaves nothing to the next one', () => {
  for (const engine of ['3.8.18-c', '3.13.0-py']) {
    const followed = profile(`cpython-${engine}`)
    const world = createWorld(followed.release)
    const source = new BytesReader(Uint8Array.from('(((K\x01\xffN.', (at) => at.charCodeAt(0)))
    const unpickler = new Unpickler(world, followed, plainUnpickler, {}, source)

    expect(() => unpickler.load()).toThrow()
    expect(unpickler.load()).toBe(null)
  }
})

test('a name of any length is refused as one that is not there', () => {
  const name = '\xed\xa0\x80'.repeat(200_000)
  const length = String.fromCharCode(...[0, 8, 16, 24].map((at) => (name.length >> at) & 0xff))

  expect(shown('3.13.0-c', `\x80\x04\x8c\x08builtinsX${length}${name}\x93.`)).toMatch(
    /^AttributeError: Can't get attribute '(\\ud800){200000}' on <module 'builtins' /,
  )
})

// What Python 3.8.18 to 3.13.0 do.
test('an extension code that C does not count is looked up by Python alone', () => {
  const load = (engine: string): unknown => {
    const followed = profile(`cpython-${engine}`)
    const world = createWorld(followed.release)
    world.extensionCodes.set('builtins\0list', 0)
    const source = Uint8Array.of(0x82, 0, 0x2e)
    return new Unpickler(world, followed, plainUnpickler, {}, source).load()
  }

  expect(load('3.13.0-py')).toMatchObject({ kind: 'class', name: 'list' })
  expect(() => load('3.13.0-c')).toThrow(
    expect.objectContaining({ type: 'UnpicklingError', message: 'EXT specifies code <= 0' }),
  )
})

// What Python 3.8.18, 3.13.0, 3.14.2 and 3.15.0rc1 say.
test('a name that its module has not is refused in the words of the release', () => {
  const got = (name: string) =>
    `AttributeError: Can't get attribute '${name}' on <module 'builtins' (built-in)>`
  const of = (name: string) => `AttributeError: module 'builtins' has no attribute '${name}'`
  const followed = "AttributeError: Can't resolve path 'q.r' on module 'builtins'"
  const said = (engine: string) =>
    [
      '\x80\x04cbuiltins\nq\n.',
      '\x80\x04cbuiltins\nq.r\n.',
      'cbuiltins\nq\n.',
      'cbuiltins\nq.r\n.',
    ].map((pickle) => {
      const followed = profile(`cpython-${engine}`)
      const source = Uint8Array.from(pickle, (char) => char.charCodeAt(0))
      const world = createWorld(followed.release)
      try {
        const named = new Set(['builtins:q', 'builtins:q.r'])
        const names = knownNames(world, { bound: new Map(), named })
        return new Unpickler(world, followed, plainUnpickler, { names }, source).load()
      } catch (error) {
        return String(error instanceof PickleError ? `${error.type}: ${error.message}` : error)
      }
    })

  for (const release of ['3.8.18', '3.13.0']) {
    expect(said(`${release}-c`)).toEqual([got('q'), got('q.r'), got('q'), got('q.r')])
    expect(said(`${release}-py`)).toEqual([got('q'), got('q.r'), of('q'), of('q.r')])
  }
  for (const release of ['3.14.2', '3.15.0']) {
    expect(said(`${release}-c`)).toEqual([of('q'), followed, of('q'), of('q.r')])
    expect(said(`${release}-py`)).toEqual([of('q'), followed, of('q'), of('q.r')])
  }
})

test('the protocol is that of the latest load, 0 where none is said', () => {
  const followed = profile('cpython-3.13.0-c')
  const world = createWorld(followed.release)
  const source = new BytesReader(Uint8Array.of(0x80, 3, 0x4e, 0x2e, 0x4e, 0x2e))
  const unpickler = new Unpickler(world, followed, plainUnpickler, {}, source)

  const protocols = [unpickler.protocol]
  for (let load = 0; load < 2; load++) {
    unpickler.load()
    protocols.push(unpickler.protocol)
  }

  expect(protocols).toEqual([0, 3, 0])
})

test('the classes of symbols are the same for all loads of a world', () => {
  const world = createWorld([3, 13, 0])

  expect(symbolKindsOf(world)).toBe(symbolKindsOf(world))
  expect(symbolKindsOf(world)).not.toBe(symbolKindsOf(createWorld([3, 13, 0])))
})
