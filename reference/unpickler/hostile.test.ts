import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { profile } from '../profiles.ts'
import { createWorld } from '../values/create-world.ts'
import { hashKey } from '../values/hash-key.ts'
import { PyObject } from '../values/value.ts'
import { describeGraph } from './describe-graph.ts'
import { knownNames, symbolNames } from './load-names.ts'
import { BytesReader } from './source.ts'
import { Unpickler } from './unpickler.ts'

const engines = ['cpython-3.8-c', 'cpython-3.8-py', 'cpython-3.15-c', 'cpython-3.15-py'] as const

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

/** The number of objects that a load gives, or the class of its refusal. */
function outcomeOf(
  engine: string,
  pickle: Uint8Array,
  names: 'symbols' | 'names' = 'symbols',
): number | string {
  const followed = profile(engine)
  const world = createWorld(followed.release)
  const cls = { isSubclass: true, attributes: new Map() }
  const init = { names: names === 'symbols' ? symbolNames(world) : knownNames(world) }
  try {
    const loaded = new Unpickler(world, followed, cls, init, new BytesReader(pickle)).load()
    return describeGraph(world, loaded, new Map()).objects.length
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return error.type
  }
}

const gib4 = '\0\0\0\x40'
const gib8 = '\0\0\0\x40\0\0\0\0'

/** What says that a gibibyte follows, and an entry of the memo that is as far away. */
const declarations = [
  ...['B', 'T', 'X', '\x8b'].map((opcode) => `${opcode}${gib4}ab.`),
  ...['\x8d', '\x8e', '\x96', '\x95'].map((opcode) => `${opcode}${gib8}.`),
  `N\x95${gib8}`,
  `Nr${gib4}0`,
  'Nr\xff\xff\xff\xff0',
  'Np99999990\n0',
  `j${gib4}.`,
]

describe.each(engines)('%s', (engine) => {
  test.each(declarations)(
    '%j, ten bytes at most, is refused at once and takes no memory',
    (text) => {
      const pickle = latin1(text)
      expect(pickle.length).toBeLessThanOrEqual(12)
      expect(outcomeOf(engine, pickle)).toEqual(expect.any(String))

      // The quickest of some: others may have the processor in between.
      const times: number[] = []
      const before = process.memoryUsage().rss
      for (let turn = 0; turn < 10; turn += 1) {
        const began = performance.now()
        outcomeOf(engine, pickle)
        times.push(performance.now() - began)
      }

      expect(Math.min(...times)).toBeLessThan(10)
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20)
    },
  )
})

test('tuples that share their parts are keys as quickly as others', () => {
  const pickle = latin1(`})${'2\x86'.repeat(200)}Ns.`)

  expect(outcomeOf('cpython-3.13-py', pickle)).toBe(202)
})

test('long keys are equal when what is in them is', () => {
  const long = `${'K\x07'.repeat(3)}\x87${'K\x07\x86'.repeat(100)}`
  const other = `${long}K\x08\x86`

  expect(outcomeOf('cpython-3.13-c', latin1(`(${long}${long}${other}\x91.`))).toBe(204)
})

test('slices are keys as their parts are', () => {
  const slice = (part: string): string => `cbuiltins\nslice\n${part}\x85\x81`
  const world = createWorld(profile('cpython-3.13-c').release)
  const unmade = new PyObject(world.knownClass('builtins:slice'))

  expect(
    outcomeOf('cpython-3.13-c', latin1(`(${slice('K\x01')}${slice('K\x01')}\x91.`), 'names'),
  ).toBe(2)
  expect(outcomeOf('cpython-3.13-c', latin1(`(${slice(']')}\x91.`), 'names')).toBe('TypeError')
  expect(hashKey(unmade)).toBe(unmade)
})
