import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { profile } from '../profiles.ts'
import { disassembleToAssembly } from '../tools/assembly.ts'
import { LoadedPickle, RepickleError } from './loaded-pickle.ts'

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0))

const loaded = (
  pickle: string,
  init: ConstructorParameters<typeof LoadedPickle>[2] = {},
): LoadedPickle => new LoadedPickle(bytesOf(pickle), profile('cpython-3.12-c'), init)

/** The refusal of a dump at protocol 1, which has no extension codes. */
function refusedAt1(pickle: string): RepickleError {
  try {
    loaded(pickle).dump(1)
  } catch (error) {
    if (error instanceof RepickleError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const extension = '\x82\x05'

test('each dump says of itself alone what it took for granted and what it kept', () => {
  const called = loaded('\x80\x02cm\nf\nK\x01\x85R.')
  const kept = [0, 2, 0].map((protocol) => [...called.dump(protocol).kept])
  const old = loaded('ccopy_reg\n_reconstructor\n(cm\nA\nc__builtin__\nobject\nNtR.')
  const assumed = [2, 1, 2].map((protocol) => [...old.dump(protocol).assumed])

  expect(kept).toEqual([[['m:f', 1]], [], [['m:f', 1]]])
  expect(assumed).toEqual([
    [['m:A', ['has no __getnewargs__']]],
    [],
    [['m:A', ['has no __getnewargs__']]],
  ])
})

test('names are those of Python 2 below protocol 3 unless imports are not fixed', () => {
  const range = '\x80\x04\x8c\x08builtins\x8c\x05range\x93.'
  const named = (init: { fixImports?: boolean }) =>
    disassembleToAssembly(loaded(range, init).dump(2).bytes)[1]

  expect(named({})).toBe('GLOBAL "__builtin__" "xrange"')
  expect(named({ fixImports: false })).toBe('GLOBAL "builtins" "range"')
})

test('an extension code is written again from protocol 2 on', () => {
  expect(disassembleToAssembly(loaded(`${extension}.`).dump(2).bytes)).toContain('EXT1 5')
  expect(refusedAt1(`${extension}.`).message).toContain('extension code 5 has no name')
})

test('what protocol 4 says of names is taken for granted of those below it alone', () => {
  const older = '\x80\x03cbuiltins\ngetattr\ncm\nA\nX\x01\0\0\0f\x86R.'
  const newer = '\x80\x04\x8c\x08builtins\x8c\x07getattr\x93\x8c\x01m\x8c\x01A\x93\x8c\x01f\x86R.'

  expect([...loaded(older).dump(4).assumed]).toEqual([['m:A.f', ['is no bound method']]])
  expect([...loaded(older).dump(3).assumed]).toEqual([])
  expect([...loaded(newer).dump(4).assumed]).toEqual([])
  expect([...loaded(newer).dump(5).assumed]).toEqual([])
})

test('that names made by Cython share that of their module is said by protocol 4', () => {
  const module = 'pandas._libs.x'
  const older = `\x80\x03c${module}\nA\nc${module}\nB\n\x86.`
  const newer = `\x80\x04\x8c\x0e${module}\x94\x8c\x01A\x93h\0\x8c\x01B\x93\x86.`
  const assumed = (pickle: string, protocol: number) => [...loaded(pickle).dump(protocol).assumed]

  expect(assumed(older, 4)).toEqual([[module, ['shares the name of its module']]])
  expect(assumed(older, 3)).toEqual([])
  expect(assumed(newer, 4)).toEqual([])
  expect(assumed(newer, 5)).toEqual([])
})

test('payloads that are written on their own are all there, in order', () => {
  const payload = (letter: string): string => `B\x70\x11\x01\x00${letter.repeat(70_000)}`
  const pair = loaded(`${payload('a')}${payload('b')}\x86.`)
  const { bytes } = pair.dump(4)

  expect(bytes.length).toBe(140_026)
  expect(new LoadedPickle(bytes, profile('cpython-3.12-c')).describe()).toEqual(pair.describe())
})

describe('a refusal has a place', () => {
  test.each([
    [`]${extension}a.`, 'value[0]', undefined],
    [`]](N${extension}ea.`, 'value[0][1]', undefined],
    [`}K\x01${extension}s.`, 'value[0]', undefined],
    [`}${extension}K\x01s.`, 'value key', undefined],
    [`${extension}Q.`, 'value.pid', undefined],
    [`cm\nA\n)\x81${extension}b.`, 'value.state', 6],
    [`cm\nA\n)\x81${extension}a.`, 'value[…]', 6],
    [`cm\nA\n${extension}\x85\x81.`, 'value.args[0]', 8],
    [`Ncm\nA\n${extension}\x85\x81\x86.`, 'value[1].args[0]', 9],
  ])('%j: %s', (pickle, place, offset) => {
    const refused = refusedAt1(pickle)

    expect([refused.place, refused.offset]).toEqual([place, offset])
  })

  test.each([
    [16, `value${'[0]'.repeat(16)}`],
    [17, `value${'[0]'.repeat(8)} … 1 steps … ${'[0]'.repeat(8)}`],
    [30, `value${'[0]'.repeat(8)} … 14 steps … ${'[0]'.repeat(8)}`],
  ])('that is said from both ends, when it is %i steps away', (depth, place) => {
    const lists = `${']'.repeat(depth)}${extension}${'a'.repeat(depth)}.`

    expect(refusedAt1(lists).place).toBe(place)
  })

  test('at the beginning, where nothing was read', () => {
    const refused = (): unknown => {
      try {
        return loaded('')
      } catch (error) {
        return error
      }
    }

    expect(refused()).toBeInstanceOf(PickleError)
    expect(refused()).toMatchObject({ type: 'EOFError', offset: 0 })
  })
})
