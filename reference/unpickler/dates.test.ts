import { expect, test } from 'vitest'
import { Pickler } from '../pickler/pickler.ts'
import { profile } from '../profiles.ts'
import { createWorld } from '../values/create-world.ts'
import { repr } from '../values/repr.ts'
import { PyObject } from '../values/value.ts'
import { knownNames } from './load-names.ts'
import { Unpickler } from './unpickler.ts'

const followed = profile('cpython-3.13-c')
const plain = { isSubclass: false, attributes: new Map() }

function load(pickle: string) {
  const world = createWorld(followed.release)
  const names = knownNames(world, { bound: new Map(), named: new Set(['datetime:date']) })
  const source = Uint8Array.from(pickle, (character) => character.charCodeAt(0))
  const cls = { isSubclass: true, attributes: new Map() }
  return { world, value: new Unpickler(world, followed, cls, { names }, source).load() }
}

/** What CPython 3.13.0 writes of `date(1967, 3, 4)` at protocol 3. */
const written = '\x80\x03cdatetime\ndate\nq\x00C\x04\x07\xaf\x03\x04q\x01\x85q\x02Rq\x03.'

test('a date that was loaded is saved as CPython saves one', () => {
  const { world, value } = load(written)
  const pieces: number[] = []
  const sink = { write: (piece: Uint8Array) => pieces.push(...piece) }

  new Pickler(world, followed, plain, { protocol: 3 }, sink).dump(value)

  expect(String.fromCharCode(...pieces)).toBe(written)
  expect(repr(world, value)).toBe('datetime.date(1967, 3, 4)')
})

test.each([
  ['\x01', 'datetime.date(1967, 1, 4)'],
  ['\x0c', 'datetime.date(1967, 12, 4)'],
])('the first and the last month are months', (month, text) => {
  const { world, value } = load(written.replace('\x03\x04', `${month}\x04`))

  expect(repr(world, value)).toBe(text)
})

test('a date of which nothing is known but its type has no parts to show', () => {
  const { world } = load('N.')

  const date = new PyObject(world.knownClass('datetime:date'))

  expect(repr(world, date)).toMatch(/^<datetime.date object at 0x[0-9a-f]+>$/)
})

test.each([
  ['a year, a month and a day', '\x80\x03cdatetime\ndate\nM\xaf\x07K\x03K\x04\x87R.'],
  ['too few bytes', '\x80\x03cdatetime\ndate\nC\x03\x07\xaf\x03\x85R.'],
  ['no month', '\x80\x03cdatetime\ndate\nC\x04\x07\xaf\x00\x04\x85R.'],
  ['a month too many', '\x80\x03cdatetime\ndate\nC\x04\x07\xaf\x0d\x04\x85R.'],
])('no date is made of %s', (_, pickle) => {
  expect(() => load(pickle)).toThrow('makes dates of what their reductions give alone')
})
