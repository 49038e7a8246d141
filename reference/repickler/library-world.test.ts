import { describe, expect, test } from 'vitest'
import { again, call, loaded } from './fixtures/again.ts'

describe('a call of the library is carried out where it makes data', () => {
  test.each([
    ['"builtins" "int"', ['BINUNICODE "5"'], 'BININT1 5'],
    ['"builtins" "float"', ['BINUNICODE "1.5"'], 'BINFLOAT 1.5'],
    ['"builtins" "range"', ['BININT1 3'], 'BININT1 0 BININT1 3 BININT1 1 TUPLE3 REDUCE'],
    ['"builtins" "slice"', ['BININT1 3'], 'NONE BININT1 3 NONE TUPLE3 REDUCE'],
    [
      '"copyreg" "_reconstructor"',
      ['GLOBAL "builtins" "int"', 'GLOBAL "builtins" "int"', 'BININT1 5'],
      'BININT1 5',
    ],
  ])('%s of %j', (callable, args, wanted) => {
    const written = again(['PROTO 3', ...call(callable, ...args)], 3)

    expect(written.replace(/^GLOBAL \S+ \S+ /, '')).toBe(`${wanted} STOP`)
    expect(again(['PROTO 3', ...call(callable, ...args)], 4)).toContain(wanted)
  })

  test.each([
    ['bytes', "BYTEARRAY8 x'6162'", []],
    ['bytes', 'NEXT_BUFFER', [0]],
    ['bytearray', 'NEXT_BUFFER', [0]],
    ['list', 'NEXT_BUFFER', [0]],
  ])('but not %s of %s, whose bytes may be elsewhere', (type, value, buffers) => {
    const pickle = ['PROTO 5', ...call(`"builtins" "${type}"`, value)]
    const made = loaded(pickle).dump(5)

    expect(made.buffers).toEqual(buffers)
    expect(again(pickle, 5)).toContain(
      buffers.length > 0 ? `"${type}" STACK_GLOBAL NEXT_BUFFER TUPLE1 REDUCE` : "x'6162' STOP",
    )
  })
})

describe('a name', () => {
  test('of Python 2 is one of Python 3 below protocol 3 alone', () => {
    const name = 'GLOBAL "dbm" "whichdb"'

    expect(again(['PROTO 3', name], 3)).toBe(`${name} STOP`)
    expect(again(['PROTO 2', name], 3)).toBe('GLOBAL "dbm.ndbm" "whichdb" STOP')
    expect(again(['PROTO 3', name], 2)).toBe('GLOBAL "whichdb" "whichdb" STOP')
  })
})

describe('a call of getattr', () => {
  const getattr = (name: string) => [
    'PROTO 2',
    ...call('"__builtin__" "getattr"', 'GLOBAL "m" "A"', `BINUNICODE "${name}"`),
  ]

  test.each([
    ['cpython-3.11.3-c', 'RED', true],
    ['cpython-3.11.4-c', 'RED', false],
    ['cpython-3.11.3-c', 'Red', false],
    ['cpython-3.10.0-c', 'RED', false],
    ['cpython-3.12.0-c', 'RED', false],
  ])(
    'gives the member of an enum until 3.11.3, whose name is that of a constant: %s, %s',
    (...given) => {
      const [name, attribute, isMember] = given

      expect(again(getattr(attribute), 4, name).endsWith('TUPLE2 REDUCE STOP')).toBe(isMember)
    },
  )

  test('gave a class where that is reconstructed', () => {
    const args = ['GLOBAL "__builtin__" "object"', 'NONE']
    const pickle = [
      'GLOBAL "copy_reg" "_reconstructor"',
      ...['MARK', ...getattr('B').slice(1), ...args, 'TUPLE', 'REDUCE'],
    ]

    expect([...loaded(pickle, 'cpython-3.12-c').dump(4).assumed]).toEqual([
      ['m:A.B', ['has no __getnewargs__']],
    ])
  })
})

describe('a call of __newobj_ex__', () => {
  const made = (args: string, keywords: string) => [
    'PROTO 4',
    ...call('"copyreg" "__newobj_ex__"', 'GLOBAL "m" "A"', args, keywords),
  ]

  test('without keywords is NEWOBJ', () => {
    expect(again(made('EMPTY_TUPLE', 'EMPTY_DICT'), 4)).toMatch(/EMPTY_TUPLE NEWOBJ STOP$/)
  })

  test.each([
    ['BININT1 1', 'EMPTY_DICT', 'second item from NEWOBJ_EX argument tuple must be a tuple'],
    ['EMPTY_TUPLE', 'BININT1 1', 'third item from NEWOBJ_EX argument tuple must be a dict'],
  ])('with %s and %s, which Python refuses to load, cannot be written again', (...given) => {
    const [args, keywords, refusal] = given

    expect(() => again(made(args, keywords), 4)).toThrow(refusal)
  })
})
