import { describe, expect, test } from 'vitest'
import { profile } from '../profiles.ts'
import { assemble, disassembleToAssembly } from '../tools/assembly.ts'
import { LoadedPickle } from './loaded-pickle.ts'

const loaded = (lines: readonly string[]): LoadedPickle =>
  new LoadedPickle(assemble(['PROTO 5', ...lines, 'STOP']), profile('cpython-3.13-c'))

/** What is written again, without frames and the memo. */
const again = (lines: readonly string[], protocol: number): string =>
  disassembleToAssembly(loaded(lines).dump(protocol).bytes)
    .filter((one) => !/^(PROTO|FRAME|MEMOIZE|(LONG_)?(BIN)?PUT)/.test(one))
    .join(' ')

const text = (value: string): string => `SHORT_BINUNICODE "${value}"`
const bytes = (hex: string): string => `SHORT_BINBYTES x'${hex}'`
const call = (name: string, ...args: readonly string[]): readonly string[] => [
  `GLOBAL ${name}`,
  'MARK',
  ...args,
  'TUPLE',
  'REDUCE',
]

type DTypeFields = { order?: string; fields?: readonly string[]; flags?: string; code?: string }

/** A dtype as numpy writes it. */
function dtype(
  kind: string,
  { order = '<', fields = ['NONE'], flags = 'BININT1 0', code = text(kind) }: DTypeFields = {},
): readonly string[] {
  const state = [
    'BININT1 3',
    text(order),
    'NONE',
    'NONE',
    ...fields,
    'BININT -1',
    'BININT -1',
    flags,
  ]
  return [
    ...call('"numpy" "dtype"', code, 'NEWFALSE', 'NEWTRUE'),
    'MARK',
    ...state,
    'TUPLE',
    'BUILD',
  ]
}

type ArrayFields = {
  type?: string
  version?: string
  shape?: readonly string[]
  isFortran?: string
  data?: readonly string[]
}

/** An array as numpy writes it below protocol 5. */
function array(
  of: readonly string[],
  {
    type = '"numpy" "ndarray"',
    version = 'BININT1 1',
    shape = ['BININT1 1', 'TUPLE1'],
    isFortran = 'NEWFALSE',
    data = [bytes('01020304')],
  }: ArrayFields = {},
): readonly string[] {
  const made = call(
    '"numpy.core.multiarray" "_reconstruct"',
    ...(type === '' ? [] : [`GLOBAL ${type}`, 'BININT1 0', 'TUPLE1', bytes('62')]),
  )
  return [...made, 'MARK', version, ...shape, ...of, isFortran, ...data, 'TUPLE', 'BUILD']
}

/** An array as numpy writes it from protocol 5 on. */
const view = (
  of: readonly string[],
  {
    buffer = ["BYTEARRAY8 x'01020304'"],
    shape = ['BININT1 1', 'TUPLE1'],
    order = text('C'),
  }: { buffer?: readonly string[]; shape?: readonly string[]; order?: string } = {},
): readonly string[] =>
  call('"numpy.core.numeric" "_frombuffer"', ...buffer, ...of, ...shape, order)

const scalar = (...args: readonly string[]): readonly string[] =>
  call('"numpy.core.multiarray" "scalar"', ...args)

const i4 = dtype('i4')

describe('an array', () => {
  test.each([
    ['C', 'NEWFALSE'],
    ['F', 'NEWTRUE'],
  ])('in the order of %s is a buffer from protocol 5 on, and none below', (order, isFortran) => {
    const [old, young] = [array(i4, { isFortran }), view(i4, { order: text(order) })]

    expect(again(old, 5)).toBe(again(young, 5))
    expect(again(old, 5)).toMatch(
      new RegExp(
        `"numpy.core.numeric" .*"_frombuffer" .* BYTEARRAY8 x'01020304' .*"${order}" TUPLE`,
      ),
    )
    expect(again(young, 4)).toBe(again(old, 4))
    expect(again(young, 4)).toMatch(
      new RegExp(`${isFortran} SHORT_BINBYTES x'01020304' TUPLE BUILD`),
    )
    expect([...loaded(old).dump(5).kept]).toEqual([])
  })

  test('of one byte has the bytes object of that byte, which no load gives', () => {
    const one = ['MARK', ...array(dtype('i1'), { data: [bytes('05'), 'MEMOIZE'] }), 'BINGET 0']

    expect(again([...one, ...scalar(...dtype('i1'), bytes('05')), 'TUPLE'], 4)).toMatch(
      /x'05' TUPLE BUILD SHORT_BINBYTES x'05' .* BINGET \d+ TUPLE2 REDUCE TUPLE3 STOP$/,
    )
  })

  test('without items has no bytes', () => {
    const empty = view(i4, { buffer: ["BYTEARRAY8 x''"] })

    expect(again(empty, 3)).toContain("SHORT_BINBYTES x'' TUPLE BUILD")
  })

  test.each([
    ['i4', '04030201'],
    ['c4', '02010403'],
    ['i1', '01020304'],
    ['i0', '01020304'],
    ['U1', '04030201'],
    ['m4', '04030201'],
  ])('of %s with the highest byte first has it last once it is loaded', (code, turned) => {
    const written = again(array(dtype(code, { order: '>' })), 4)

    expect(written).toMatch(new RegExp(`"<" .* SHORT_BINBYTES x'${turned}'`))
    expect(written).not.toContain('">"')
  })

  test.each([
    ['i4', 1],
    ['c8', 1],
    ['U1', 2],
    ['m8', 2],
  ])('two of %s with the highest byte first have %i dtypes once they are loaded', (code, count) => {
    const one = array(dtype(code, { order: '>' }))
    const written = again(['EMPTY_LIST', 'MARK', ...one, ...one, 'APPENDS'], 4)

    expect(written.match(/NEWFALSE NEWTRUE/g)).toHaveLength(count)
  })

  test('of dates, of items without bytes and of another class gives no buffer', () => {
    const date = dtype('M8')
    const fields = ['EMPTY_DICT', text('a'), ...date, 'BININT1 0', 'TUPLE2', 'SETITEM']

    for (const one of [
      array(date),
      array(dtype('V0')),
      array(dtype('V8', { fields })),
      array(i4, { type: '"m" "Array"' }),
    ]) {
      expect(again(one, 5)).toBe(again(one, 4))
    }
    expect(again(array(dtype('V8', { fields: ['EMPTY_DICT'] })), 5)).toContain('BYTEARRAY8')
  })

  test('of objects has them in a list', () => {
    const objects = array(dtype('O8', { flags: 'BININT1 63' }), { data: ['EMPTY_LIST'] })

    expect(again(objects, 5)).toBe(again(objects, 4))
    expect([...loaded(objects).dump(3).kept]).toEqual([])
  })

  test('whose bytes are elsewhere has none below protocol 5', () => {
    const elsewhere = loaded(view(i4, { buffer: ['NEXT_BUFFER'] }))

    expect(() => elsewhere.dump(4)).toThrow(/PickleBuffer can only be pickled with protocol >= 5/)
    expect(elsewhere.dump(5).buffers).toEqual([0])
  })

  const unknown = 'numpy.core.multiarray:_reconstruct'
  test.each([
    ['of another version', array(i4, { version: 'BININT1 2' }), unknown],
    ['without a class', array(i4, { type: '' }), unknown],
    ['without a shape', array(i4, { shape: ['NONE'] }), unknown],
    ['in an unknown order', array(i4, { isFortran: 'NONE' }), unknown],
    ['with a list of what are no objects', array(i4, { data: ['EMPTY_LIST'] }), unknown],
    ['with a str', array(i4, { data: [text('a')] }), unknown],
    ['of no dtype', array(['NONE']), unknown],
    ['of a dtype of nobody', array(call('"m" "dtype"')), unknown],
    ['of a dtype without a name', array(dtype('', { code: 'NONE' })), unknown],
    ['of a dtype without flags', array(dtype('i4', { flags: 'NONE' })), unknown],
    ['of a dtype without a state', array(call('"numpy" "dtype"', text('i4'))), unknown],
    ['of a dtype with two states', array([...i4, 'NONE', 'BUILD']), unknown],
    ['of a dtype with an item', array([...i4, 'NONE', 'APPEND']), unknown],
    ['with two states', [...array(i4), 'NONE', 'BUILD'], unknown],
    ['with axes', view(i4, { order: `${text('K')}` }), 'numpy.core.numeric:_frombuffer'],
    ['of no buffer', view(i4, { buffer: ['EMPTY_LIST'] }), 'numpy.core.numeric:_frombuffer'],
    [
      'of a buffer without a shape',
      view(i4, { shape: ['NONE'] }),
      'numpy.core.numeric:_frombuffer',
    ],
    ['of a buffer and no dtype', view(['NONE']), 'numpy.core.numeric:_frombuffer'],
    ['of a buffer and a state', [...view(i4), 'NONE', 'BUILD'], 'numpy.core.numeric:_frombuffer'],
    ['of too little', call('"numpy.core.numeric" "_frombuffer"'), 'numpy.core.numeric:_frombuffer'],
  ])('%s is made again as it was, and named', (_, lines, name) => {
    const { bytes: written, kept } = loaded(lines).dump(4)

    expect([...kept.keys()]).toContain(name)
    const twice = new LoadedPickle(written, profile('cpython-3.13-c')).dump(4)
    expect(twice.bytes).toEqual(written)
  })
})

describe('a scalar', () => {
  test('has the dtype of its kind, of which there is one, and no array has it', () => {
    const all = [
      ...['MARK', ...array(i4), 'MEMOIZE', 'POP', 'POP_MARK'],
      ...['EMPTY_LIST', 'MARK', ...i4, 'MEMOIZE'],
      ...[...scalar('BINGET 1', bytes('01020304')), ...scalar('BINGET 1', bytes('05'))],
      ...[...array(['BINGET 1']), 'APPENDS'],
    ]

    // Loaded: the dtype itself, the one of both scalars, and that of the array, which is the first.
    const written = again(all, 4)
    expect(written.match(/"i4"/g)).toHaveLength(2)
    expect(written.match(/x'05' TUPLE2 REDUCE/g)).toHaveLength(1)
  })

  test('of text has a dtype of its own', () => {
    const one = scalar(...dtype('U1'), bytes('61000000'))

    expect(again(one, 5).replace(/^.*"U1"/, '')).toBe(again(one, 4).replace(/^.*"U1"/, ''))
    expect([...loaded(one).dump(4).kept]).toEqual([])
  })

  test.each([
    ['no dtype', scalar('NONE', bytes('01'))],
    ['no bytes', scalar(...i4, text('a'))],
    ['more', scalar(...i4, bytes('01'), 'NONE')],
  ])('of %s is made again as it was, and named', (_, lines) => {
    expect([...loaded(lines).dump(4).kept.keys()]).toContain('numpy.core.multiarray:scalar')
  })
})

test('an array of a dtype that __new__ made, as numpy writes none, is made again as it was', () => {
  for (const order of ['<', '>']) {
    const made = dtype('i4', { order }).map((one) => (one === 'REDUCE' ? 'NEWOBJ' : one))

    expect(again(array(made), 4)).toMatch(/NEWOBJ .* SHORT_BINBYTES x'01020304' TUPLE BUILD STOP$/)
    expect([...loaded(array(made)).dump(4).kept.keys()]).toEqual([
      'numpy.core.multiarray:_reconstruct',
    ])
  }
})

describe('what pandas and numpy make anew', () => {
  const index = (...entries: readonly string[]): readonly string[] =>
    call('"pandas.core.indexes.base" "_new_Index"', 'GLOBAL "pandas" "MultiIndex"', ...entries)

  test('has read-only codes', () => {
    const codes = ['EMPTY_LIST', 'MARK', ...array(i4), 'NONE', 'APPENDS']
    const one = index('EMPTY_DICT', text('codes'), ...codes, 'SETITEM')

    expect(again(one, 5)).toContain("SHORT_BINBYTES x'01020304'")
    expect([...loaded(one).dump(5).assumed]).toEqual([
      ['pandas.core.indexes.base:_new_Index', ['is loaded as it was dumped']],
    ])
  })

  test('has what it has, whatever that is', () => {
    const odd = index('EMPTY_DICT', 'NONE', 'NONE', 'SETITEM', text('codes'), 'NONE', 'SETITEM')

    expect(again(odd, 4)).toContain('"codes" NONE SETITEMS')
    expect(again(index('NONE'), 4)).toContain('NONE TUPLE2 REDUCE')
  })

  test('as the state of a generator has arrays of a dtype that numpy has', () => {
    const state = ['EMPTY_DICT', text('key'), ...array(['BINGET 0']), 'SETITEM']
    const one = [
      ...['MARK', ...i4, 'MEMOIZE'],
      ...call('"numpy.random._pickle" "__bit_generator_ctor"', text('MT19937')),
      ...[...state, 'BUILD', ...array(['BINGET 0']), 'TUPLE'],
    ]

    expect(again(one, 5).match(/"i4"/g)).toHaveLength(2)
  })

  test('of objects is of the dtype of objects', () => {
    const objects = dtype('O8', { order: '|', flags: 'BININT1 63' })
    const data = ['EMPTY_DICT', text('data'), ...array(['BINGET 0'], { data: ['EMPTY_LIST'] })]
    const one = ['MARK', ...objects, 'MEMOIZE', ...index(...data, 'SETITEM'), 'TUPLE']

    expect(again(one, 4).match(/"O8"/g)).toHaveLength(2)
  })

  test('as a mask without a fill value is named at any protocol', () => {
    const masked = (fill: string): readonly string[] => [
      ...call('"numpy.ma.core" "_mareconstruct"'),
      ...['MARK', 'BININT1 1', fill, 'TUPLE', 'BUILD'],
    ]

    expect([...loaded(masked('NONE')).dump(5).assumed.keys()]).toEqual([
      'numpy.ma.core:_mareconstruct',
    ])
    expect([...loaded(masked('BININT1 0')).dump(4).assumed]).toEqual([])
  })
})
