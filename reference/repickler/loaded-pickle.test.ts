import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bytesOfHex, hexOfBytes } from '../codecs/hex.ts'
import { PickleError } from '../errors.ts'
import { refusal } from '../fixtures/refusal.ts'
import { profile } from '../profiles.ts'
import { assemble, disassembleToAssembly } from '../tools/assembly.ts'
import { readRecording } from './fixtures/recording.ts'
import { LoadedPickle, RepickleError } from './loaded-pickle.ts'

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0))

const loaded = (
  pickle: string | Uint8Array,
  name = 'cpython-3.13-c',
  init: ConstructorParameters<typeof LoadedPickle>[2] = {},
): LoadedPickle =>
  new LoadedPickle(typeof pickle === 'string' ? bytesOf(pickle) : pickle, profile(name), init)

/** What is written again, one instruction after the other, without the memo. */
function again(pickle: string | Uint8Array, protocol: number, name?: string): string {
  const { bytes } = loaded(pickle, name).dump(protocol)
  return textOf(bytes)
}

/** Names with blanks in between and single quotes, since these tests are full of double ones. */
function textOf(pickle: Uint8Array): string {
  const assembly = disassembleToAssembly(pickle)
  return assembly
    .filter((one) => !/^(PROTO|FRAME|MEMOIZE|(LONG_)?(BIN)?PUT)/.test(one))
    .join(' ')
    .replaceAll(/GLOBAL "(\S+)" "(\S+)"/g, 'GLOBAL "$1 $2"')
    .replaceAll('"', "'")
}

const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`
const bytes = (value: string): string => `C${String.fromCharCode(value.length)}${value}`
const instruction = (lines: readonly string[]): Uint8Array => assemble(lines)

describe('classes and functions that nobody knows', () => {
  test('are written under their name, whatever the protocol', () => {
    expect(again('cmy.mod\nThing\n.', 4)).toBe(
      "SHORT_BINUNICODE 'my.mod' SHORT_BINUNICODE 'Thing' STACK_GLOBAL STOP",
    )
    expect(again('\x80\x04\x8c\x06my.mod\x8c\x05Thing\x93.', 0)).toBe("GLOBAL 'my.mod Thing' STOP")
  })

  test('in a class are a call of getattr below protocol 4', () => {
    const nested = '\x80\x04\x8c\x01m\x8c\x03A.B\x93.'
    const written = loaded(nested).dump(2).bytes

    expect(again(nested, 2)).toBe(
      "GLOBAL '__builtin__ getattr' GLOBAL 'm A' BINUNICODE 'B' TUPLE2 REDUCE STOP",
    )
    expect(hexOfBytes(loaded(written).dump(4).bytes)).toBe(hexOfBytes(loaded(nested).dump(4).bytes))
  })

  test('named by Python 2 have the name of Python 3', () => {
    expect(again('c__builtin__\nunichr\n.', 4)).toContain("'builtins' SHORT_BINUNICODE 'chr'")
  })

  test('called are called again as they were, and named where another protocol might differ', () => {
    const pickle = `\x80\x02cm\nf\nK\x01\x85R.`
    const { bytes: written, kept } = loaded(pickle).dump(0)

    expect([...kept]).toEqual([['m:f', 1]])
    expect(loaded(written).describe()).toEqual(loaded(pickle).describe())
    expect([...loaded(pickle).dump(2).kept]).toEqual([])
  })

  test('that a call gave can be called and have instances', () => {
    const made = `\x80\x04cm\nmake_class\n)R)\x81K\x01\x85b.`
    const { bytes: written, kept } = loaded(made).dump(5)

    expect(loaded(written).describe()).toEqual(loaded(made).describe())
    expect([...kept.keys()]).toEqual(['m:make_class'])
    expect([...loaded('\x80\x04cm\nf\n)R)R.').dump(3).kept]).toEqual([
      ['m:f()', 1],
      ['m:f', 1],
    ])
  })

  test('with keywords of a class that a call gave have no __new__ that protocols 2 and 3 could name', () => {
    const made = `\x80\x04cm\nmake_class\n)R)}${text('a')}K\x01s\x92.`

    expect(refusal(() => loaded(made).dump(2)).message).toMatch(/m:make_class\(\)/)
    expect(again(made, 5)).toContain('NEWOBJ_EX')
  })
})

describe('what pickles do not say', () => {
  const assumed = (pickle: string, protocol: number, name?: string) =>
    Object.fromEntries(loaded(pickle, name).dump(protocol).assumed)
  const getattr = 'c__builtin__\ngetattr\n(cm\nA\nVf\ntR'

  test('the arguments of __new__, which protocols 0 and 1 leave out', () => {
    const old = 'ccopy_reg\n_reconstructor\n(cm\nA\nc__builtin__\nobject\nNtR.'

    expect(assumed(old, 2)).toEqual({ 'm:A': ['has no __getnewargs__'] })
    expect(assumed(old, 1)).toEqual({})
    expect(assumed(old.replace('cm\nA', 'cpandas\nSeries'), 2)).toEqual({})
  })

  test('what a class derives from, unless another object of it has items', () => {
    const empty = 'cm\nA\n)\x81'

    expect(assumed(`\x80\x02${empty}.`, 0)).toEqual({ 'm:A': ['derives from object alone'] })
    expect(assumed(`\x80\x02${empty}.`, 3)).toEqual({})
    expect(assumed('\x80\x02cpandas\nSeries\n)\x81.', 0)).toEqual({})
    for (const items of ['K\x01a', 'K\x01K\x02s']) {
      const both = `\x80\x02${empty}${empty}${items}\x86.`
      expect(assumed(both, 0)).toEqual({})
      expect(again(both, 0).match(/GLOBAL '__builtin__ (list|dict)'/g)).toHaveLength(1)
      expect(again(both, 0)).not.toContain('object')
    }
  })

  test('whether a call of getattr gave a function, where the two are alike', () => {
    expect(assumed(`${getattr}.`, 4, 'cpython-3.12-c')).toEqual({ 'm:A.f': ['is no bound method'] })
    expect(assumed(`${getattr}.`, 3, 'cpython-3.12-c')).toEqual({})
    // What has instances is a class.
    expect(assumed(`\x80\x02${getattr})\x81.`, 4, 'cpython-3.12-c')).toEqual({})
  })

  test('of two such calls there would be but one, if it were a function', () => {
    const twice = `(${getattr}${getattr}t.`

    expect(again(twice, 4, 'cpython-3.12-c').match(/REDUCE/g)).toHaveLength(2)
    expect(assumed(twice, 4, 'cpython-3.12-c')).toEqual({})
    expect(again(`\x80\x02(${getattr}0${getattr})\x81t.`, 4, 'cpython-3.12-c')).toContain("'A.f'")
  })

  test('what such a call gave of a class of the library, whose functions can be named', () => {
    const ofRandom = 'c__builtin__\ngetattr\n(crandom\nRandom\nVchoice\ntR.'

    expect(again(ofRandom, 4, 'cpython-3.12-c')).toMatch(/'choice' .*REDUCE/)
    expect(assumed(ofRandom, 4, 'cpython-3.12-c')).toEqual({
      'random:Random.choice': ['is a bound method'],
    })
    expect(again('\x80\x04\x8c\x06random\x8c\x0dRandom.choice\x93.', 0)).toContain("'choice'")
    expect(refusal(() => again('\x80\x04\x8c\x06random\x8c\x0dRandom.__eq__\x93.', 4)).type).toBe(
      'PicklingError',
    )
  })

  test('whether two classes made in C have one name of their module', () => {
    const two = '(cpandas._libs.a\nA\ncpandas._libs.a\nB\nt.'

    expect(assumed(two, 4)).toEqual({ 'pandas._libs.a': ['shares the name of its module'] })
    expect(assumed(two, 3)).toEqual({})
    expect(assumed('cpandas._libs.a\nA\n.', 4)).toEqual({})
  })

  test('but where the name is there a second time, it is another str', () => {
    const named = (module: string, cls: string): string => `${module}\x8c\x01${cls}\x94\x93\x94`
    const own = '\x8c\x03m.c\x94'
    const strsIn = (names: string): number =>
      again(`\x80\x04(${names}t.`, 4).match(/m\.c/g)?.length ?? 0

    expect(strsIn(named(own, 'A') + named(own, 'B'))).toBe(2)
    expect(strsIn(named(own, 'A') + named('h\0', 'B'))).toBe(1)
    expect(strsIn(named(own, 'A') + named(own, 'B') + named('h\x03', 'C'))).toBe(2)
    // Without the memo nothing could be referred to.
    expect(strsIn(`${named(own, 'A')}\x8c\x03m.c\x8c\x01B\x93`)).toBe(1)
  })
})

describe('calls that look like what is understood', () => {
  test.each([
    ['getattr with three arguments', 'cbuiltins\ngetattr\n(cm\nA\nVB\nI1\ntR.'],
    ['getattr of what is no name', 'cbuiltins\ngetattr\n(cm\nA\nI1\ntR.'],
    ['getattr of a method that is asked for', 'cbuiltins\ngetattr\n(cm\nA\nV__reduce__\ntR.'],
    ['type with two arguments', 'cbuiltins\ntype\n(I1\nI2\ntR.'],
    ['__newobj_ex__ with one argument', 'cm\nf\n(ccopyreg\n__newobj_ex__\ntR.'],
    ['a partial without a state', 'cfunctools\npartial\n(cm\nf\ntR)R.'],
    ['a partial with another state', 'cfunctools\npartial\n(cm\nf\ntRI1\nb)R.'],
    ['a partial of nothing', 'cfunctools\npartial\n(tR(NNNtb)R.'],
    ['a partial of a call', 'cfunctools\npartial\n(cm\nf\n)RtR(N(cm\nA\ntNNtb)R.'],
    [
      'a partial of another method of the class',
      'cfunctools\npartial\n(cbuiltins\ngetattr\n(cm\nB\n)Rp0\nVmake\ntRtR(N(g0\ntNNtb)R.',
    ],
    [
      'a partial of the __new__ of another class',
      'cfunctools\npartial\n(cbuiltins\ngetattr\n(cm\nB\n)RV__new__\ntRtR(N(cm\nA\ntNNtb)R.',
    ],
    ['a call of copyreg with a class that is none', 'ccopyreg\n_reconstructor\n(NNNtR.'],
    ['a base that is none', 'ccopyreg\n_reconstructor\n(cm\nA\nNNtR.'],
    [
      'a namedtuple of nothing',
      'ccopyreg\n_reconstructor\n(cdifflib\nMatch\nc__builtin__\ntuple\nNtR.',
    ],
    ['a tuple of a call', 'ccopyreg\n_reconstructor\n(cm\nf\n)Rc__builtin__\ntuple\n(I1\nttR.'],
  ])('%s are calls like others', (_, pickle) => {
    expect(loaded(loaded(pickle).dump(3).bytes).describe()).toEqual(loaded(pickle).describe())
    expect(again(pickle, 4)).not.toContain('NEWOBJ')
  })

  test('a getattr whose arguments were not memoized is a class in a class', () => {
    expect(again('\x80\x02cbuiltins\ngetattr\ncm\nA\nVB\n\x86R.', 4)).toContain("'A.B'")
  })

  test('the __new__ of a class, called with its arguments, is NEWOBJ_EX', () => {
    const named = (maker: string, cls: string): string =>
      `cfunctools\npartial\n(${maker}tR(N(${cls}I1\nt(Va\nI2\ndNtb)R.`
    const getattr = (cls: string): string => `cbuiltins\ngetattr\n(${cls}V__new__\ntR`
    const known = 'ccollections\nOrderedDict\n'

    expect(again(named(getattr('cm\nA\n'), 'cm\nA\n'), 4)).toMatch(/NEWOBJ_EX STOP$/)
    expect(again(named(getattr(known), known), 4)).toMatch(/NEWOBJ_EX STOP$/)
    expect(again(named(getattr('cm\nA\n'), 'cm\nA\n').replace('(Va\nI2\nd', 'N'), 4)).toMatch(
      /BININT1 1 TUPLE1 NEWOBJ STOP$/,
    )
  })

  test('methods that are asked for are not written again', () => {
    const method = '\x80\x04\x8c\x01m\x8c\x0cA.__reduce__\x93.'

    expect(refusal(() => loaded(method).dump(4)).type).toBe('PicklingError')
  })
})

describe('an instance', () => {
  test('of a class with nothing but attributes reduces by the protocol', () => {
    const old = `ccopy_reg\n_reconstructor\n(cm\nA\nc__builtin__\nobject\nNtR(dVa\nI1\nsb.`

    expect(again(old, 2)).toBe(
      "GLOBAL 'm A' EMPTY_TUPLE NEWOBJ EMPTY_DICT BINUNICODE 'a' BININT1 1 SETITEM BUILD STOP",
    )
    expect(hexOfBytes(loaded(loaded(old).dump(2).bytes).dump(0).bytes)).toBe(
      hexOfBytes(loaded(old).dump(0).bytes),
    )
  })

  test.each([
    ['a list', 'K\x01a', "GLOBAL '__builtin__ list' MARK LIST INT 1 APPEND"],
    ['a dict', `${text('k')}K\x01s`, "GLOBAL '__builtin__ dict' MARK DICT UNICODE 'k' INT 1"],
  ])('with items derives from %s', (_, items, wanted) => {
    const pickle = `\x80\x02cm\nA\n)\x81${items}.`

    expect(again(pickle, 0)).toContain(wanted)
    expect(hexOfBytes(loaded(loaded(pickle).dump(0).bytes).dump(2).bytes)).toBe(
      hexOfBytes(loaded(pickle).dump(2).bytes),
    )
  })

  test.each([
    ['int', 'I5\n', 'BININT1 5'],
    ['float', 'F1.5\n', 'BINFLOAT'],
    ['str', 'Vx\n', "BINUNICODE 'x'"],
  ])('of a subclass of %s has its value as argument from protocol 2 on', (base, value, wanted) => {
    const old = `ccopy_reg\n_reconstructor\n(cm\nA\nc__builtin__\n${base}\n${value}tR.`

    expect(again(old, 2)).toContain(wanted)
    expect(again(old, 2)).toContain('NEWOBJ')
  })

  test.each([
    ['a tuple, which may be a namedtuple', 'c__builtin__\ntuple\n(I1\ntt'],
    ['a set', 'c__builtin__\nset\nNt'],
    ['something unknown', 'cm\nBase\nNt'],
  ])('that derives from %s is kept as it was', (_, rest) => {
    const old = `ccopy_reg\n_reconstructor\n(cm\nA\n${rest}R.`
    const { bytes: written, kept } = loaded(old).dump(3)

    expect([...kept.keys()]).toEqual(['copyreg:_reconstructor'])
    expect(loaded(written).describe()).toEqual(loaded(old).describe())
  })

  test('of a namedtuple of the library is told from a tuple', () => {
    const made = '\x80\x02cdifflib\nMatch\nK\x01K\x02K\x03\x87\x81.'
    const decimal = `\x80\x02cdecimal\nDecimalTuple\nK\x01)K\x03\x87\x81.`

    for (const one of [made, decimal]) {
      expect(again(one, 0)).toContain("GLOBAL '__builtin__ tuple'")
      expect(hexOfBytes(loaded(loaded(one).dump(0).bytes).dump(2).bytes)).toBe(
        hexOfBytes(loaded(one).dump(2).bytes),
      )
    }
  })

  test('with arguments or slots of an unknown class is kept as it was below protocol 2', () => {
    for (const rest of ['K\x01\x85\x81', `)\x81N}${text('a')}K\x01s\x86b`]) {
      const pickle = `\x80\x02cm\nA\n${rest}.`
      const { bytes: written, kept } = loaded(pickle).dump(1)

      expect([...kept.keys()]).toEqual(['m:A'])
      expect(loaded(written).describe()).toEqual(loaded(pickle).describe())
    }
  })

  test('of a class of the library that protocols 0 and 1 refuse is refused with its place', () => {
    const stream = `\x80\x02]c_io\nBytesIO\n)\x81a.`
    const error = refusal(() => loaded(stream).dump(0))

    expect(error).toBeInstanceOf(RepickleError)
    expect(error).toMatchObject({ type: 'TypeError', place: 'value[0]', offset: 17 })
    expect(error.message).toBe("cannot pickle 'BytesIO' object")
    const slots = `\x80\x02cstatistics\nNormalDist\n)\x81N}${text('_mu')}K\x01s\x86b.`
    expect(refusal(() => loaded(slots, 'cpython-3.8-c').dump(0)).message).toMatch(/__slots__/)
    expect(again(slots, 0)).toContain('_reconstructor')
  })

  test('keeps the items and attributes that were put in one after the other', () => {
    const pickle = `\x80\x04cm\nA\n)\x81K\x01a(K\x02K\x03e}${text('a')}K\x01sb}${text('b')}K\x02sb.`

    expect(again(pickle, 4)).toMatch(/MARK BININT1 1 BININT1 2 BININT1 3 APPENDS .*'a'.*'b'/)
  })

  test('keeps items that came after those of its list or dict', () => {
    const list = `ccopy_reg\n_reconstructor\n(cm\nA\nc__builtin__\nlist\n(I1\nltRI2\na.`
    const dict = `ccopy_reg\n_reconstructor\n(cm\nA\nc__builtin__\ndict\n(I1\nI1\ndtRI2\nI2\ns.`

    for (const one of [list, dict]) {
      const [old, young] = [again(one, 0), again(one, 2)]
      expect(old).toMatch(/INT 1.*INT 2/)
      expect(young).toMatch(/NEWOBJ .*BININT1 1 .*BININT1 2/)
    }
  })

  test('has states of other kinds as they were, the latest of them', () => {
    const pickle = `\x80\x04cm\nA\n)\x81K\x01bN}\x86b(K\x02K\x03tb.`

    expect(again(pickle, 4)).toMatch(/NEWOBJ BININT1 2 BININT1 3 TUPLE2 BUILD/)
  })

  test('keeps keys of its state that are no strs', () => {
    expect(again('\x80\x04cm\nA\n)\x81}K\x01K\x02sb.', 4)).toMatch(/BININT1 1 BININT1 2 SETITEM/)
  })
})

describe('what the library makes', () => {
  test('of its types is data', () => {
    expect(again(`c__builtin__\nset\n((K\x01ltR.`, 4)).toBe(
      'EMPTY_SET MARK BININT1 1 ADDITEMS STOP',
    )
    expect(again(`c_codecs\nencode\n(Vab\nVlatin1\ntR.`, 4)).toBe("SHORT_BINBYTES x'6162' STOP")
    expect(again('c__builtin__\ntype\n(NtR.', 4)).toContain("'type'")
    expect(again('c__builtin__\ntype\n(I1\ntR.', 4)).toContain('BININT1 1 TUPLE1 REDUCE')
    expect(again('\x80\x04cbuiltins\nslice\ncm\nA\n)\x81NN\x87R.', 4)).toContain('NEWOBJ')
    expect(again('c__builtin__\nlist\n(cm\nA\ntR.', 4)).toContain("'A' STACK_GLOBAL TUPLE1 REDUCE")
    expect(
      again('ccopy_reg\n_reconstructor\n(c__builtin__\nobject\nc__builtin__\nobject\nNtR.', 2),
    ).toBe("GLOBAL '__builtin__ object' EMPTY_TUPLE NEWOBJ STOP")
  })

  test('reconstructed with too little is a call like others', () => {
    expect(again('ccopy_reg\n_reconstructor\n(cm\nA\ntR.', 2)).toContain('TUPLE1 REDUCE')
    expect(again('ccopyreg\n__newobj__\n(cm\nA\nI1\ntR.', 2)).toContain('NEWOBJ')
    expect(again('ccopyreg\n__newobj_ex__\n(cm\nA\n(I1\nt(dtR.', 4)).toContain('NEWOBJ')
    expect(refusal(() => loaded('ccopyreg\n__newobj_ex__\n(cm\nA\ntR.').dump(4)).message).toMatch(
      /must be exactly 3/,
    )
  })

  test.each([
    [2, "'u' EMPTY_LIST"],
    [3, "'u' BININT1 20"],
  ])('of characters as an array is text at protocol %i', (protocol, wanted) => {
    const array = `\x80\x03carray\n_array_reconstructor\n(carray\narray\n${text('u')}K\x14${bytes('a\0\0\0')}tR.`

    expect(again(array, protocol).replace(/BINUNICODE/g, '')).toContain(wanted)
  })

  test.each([
    [
      'a format that is none',
      `carray\n_array_reconstructor\n(carray\narray\n${text('i')}K\x63${bytes('ab')}tR.`,
      2,
    ],
    [
      'no character',
      `carray\n_array_reconstructor\n(carray\narray\n${text('u')}K\x14${bytes('\xff\xff\xff\xff')}tR.`,
      2,
    ],
    [
      'half an item',
      `carray\n_array_reconstructor\n(carray\narray\n${text('i')}K\x08${bytes('ab')}tR.`,
      2,
    ],
    ['no bytes', `carray\n_array_reconstructor\n(carray\narray\n${text('i')}K\x08K\x01tR.`, 2],
    ['no list', `carray\narray\n(${text('i')}K\x01tR.`, 3],
    ['a type code that is none', `carray\narray\n(${text('z')}]tR.`, 3],
    ['no type code', `carray\narray\n(K\x01]tR.`, 3],
  ])('of arrays with %s is called again as it was', (_, rest, protocol) => {
    const pickle = `\x80\x03${rest}`

    expect(loaded(loaded(pickle).dump(protocol).bytes).describe()).toEqual(
      loaded(pickle).describe(),
    )
  })

  test('of numbers that are none as an array is zeros', () => {
    expect(again(`carray\narray\n(${text('b')}(NltR.`, 3)).toContain("SHORT_BINBYTES x'00'")
    expect(again(`carray\narray\n(${text('d')}(NI1\nltR.`, 3)).toContain('SHORT_BINBYTES')
    expect(again(`carray\narray\n(${text('u')}(NltR.`, 3)).toContain("x'00000000'")
  })

  test('of dates that Python 2 wrote is bytes', () => {
    const old = loaded("cdatetime\ndate\n(S'\\x07\\xe4\\x02\\x1d'\ntR.", 'cpython-3.13-c', {
      encoding: 'latin1',
    })

    expect(textOf(old.dump(3).bytes)).toContain("x'07e4021d'")
    expect(again('cdatetime\ndatetime\n(I1\ntR.', 3)).toContain('BININT1 1 TUPLE1')
    expect(again('cdatetime\ntime\n)R.', 3)).toContain('EMPTY_TUPLE REDUCE')
    expect(again(`\x80\x03cdatetime\ntime\n${bytes('')}\x85R.`, 3)).toContain("x'' TUPLE1")
  })

  test('of its subclasses of ints and tuples has the content as argument', () => {
    expect(again('\x80\x02cenum\nIntFlag\nK\x05\x85\x81.', 0)).toContain("long' INT 5 TUPLE")
    expect(
      again('ccopyreg\n_reconstructor\n(ctime\nstruct_time\nc__builtin__\ntuple\n(I1\nttR.', 2),
    ).toContain('BININT1 1 TUPLE1 TUPLE1 NEWOBJ')
  })

  test('of texts is made of new texts', () => {
    expect(again('\x80\x03cdecimal\nDecimal\nK\x05\x85R.', 3)).toContain('BININT1 5 TUPLE1')
    expect(again(`\x80\x03cdecimal\nDecimal\n${bytes('5')}\x85R.`, 3)).toContain("x'35' TUPLE1")
  })

  test('of syntax trees has names that are no interned strs', () => {
    const tree = `\x80\x04cast\narg\n)R}${text('arg')}K\x01sb.`

    expect(again(tree, 4).match(/'arg'/g)).toHaveLength(2)
  })

  test('of an OSError with the number of an error is of the class of that', () => {
    expect(again('cexceptions\nOSError\n(I2\nVno\ntR.', 3)).toContain('FileNotFoundError')
  })

  test('of dicts with the same key twice has it once', () => {
    const twice = `\x80\x02ccollections\nOrderedDict\n)R(K\x01K\x02K\x01K\x03u.`

    expect(again(twice, 2)).toContain('REDUCE BININT1 1 BININT1 3 SETITEM STOP')
  })

  test('of a UserString has its text as argument', () => {
    const old = `ccopy_reg\n_reconstructor\n(cUserString\nUserString\nc__builtin__\nobject\nNtR`

    expect(again(`${old}(dVdata\nVab\nsb.`, 2)).toContain("BINUNICODE 'ab' TUPLE1 NEWOBJ")
    expect(again(`${old}.`, 2)).toContain('EMPTY_TUPLE NEWOBJ')
  })
})

describe('a state that a function sets', () => {
  const set = (rest: string): string =>
    `\x80\x04cm\nA\n)R\x940cm\nset\nh\0}${text('a')}K\x01s\x86R0${rest}.`

  test('is set by it again', () => {
    expect(again(set('h\0'), 5)).toMatch(
      /'set' STACK_GLOBAL BINGET \d+ EMPTY_DICT .* TUPLE2 REDUCE POP/,
    )
  })

  test('is nothing when the object is not kept', () => {
    expect(again(set('N'), 5)).toBe('NONE STOP')
  })

  test('is no call that was made a second time since its arguments led back to it', () => {
    // What reduces to A(b, 1) where b has it as an attribute.
    const cycle = instruction([
      ...['PROTO 4', 'SHORT_BINUNICODE "m"', 'SHORT_BINUNICODE "A"', 'STACK_GLOBAL'],
      ...['SHORT_BINUNICODE "m"', 'SHORT_BINUNICODE "B"', 'STACK_GLOBAL', 'EMPTY_TUPLE', 'REDUCE'],
      ...['MEMOIZE', 'POP', 'BINGET 0', 'BININT1 1', 'TUPLE2', 'REDUCE', 'MEMOIZE', 'POP'],
      ...['SHORT_BINUNICODE "m"', 'SHORT_BINUNICODE "A"', 'STACK_GLOBAL', 'BINGET 0', 'BININT1 1'],
      ...['TUPLE2', 'REDUCE', 'POP', 'BINGET 1', 'STOP'],
    ])

    expect(again(cycle, 4)).not.toContain('POP')
  })
})

describe('identity', () => {
  test('of the arguments of a call is kept', () => {
    const pickle = '\x80\x04cm\nf\nK\x01\x85\x94R\x94h\0\x86.'

    expect(again(pickle, 4)).toMatch(/TUPLE1 REDUCE BINGET \d TUPLE2/)
  })

  test('of attribute names is that of names', () => {
    const pickle = `\x80\x04cm\nA\n)\x81}${text('name')}\x94K\x01sbh\0\x86.`

    expect(again(pickle, 4).match(/'name'/g)).toHaveLength(2)
  })
})

describe('what is elsewhere', () => {
  test('under a persistent id is there again', () => {
    expect(again('\x80\x02]K\x01Qa.', 2)).toBe('EMPTY_LIST BININT1 1 BINPERSID APPEND STOP')
    expect(again('Pname\n.', 0)).toBe("PERSID 'name' STOP")
  })

  test('under an extension code is there again, and has no name', () => {
    expect(again('\x80\x02]\x82\x07a\x82\x07a.', 4)).toBe(
      'EMPTY_LIST MARK EXT1 7 EXT1 7 APPENDS STOP',
    )
    expect(refusal(() => loaded('\x80\x02\x82\x07.').dump(0)).type).toBe('PicklingError')
    expect([...loaded('\x80\x02\x82\x07)R.').dump(3).kept.keys()]).toEqual(['extension code 7'])
  })

  test('in buffers is in the same ones', () => {
    const pickle = '\x80\x05(\x97\x97\x98\x940h\0\x97t.'
    const { bytes: written, buffers } = loaded(pickle).dump(5)

    expect(disassembleToAssembly(written).join(' ')).toMatch(
      /NEXT_BUFFER NEXT_BUFFER READONLY_BUFFER NEXT_BUFFER TUPLE3/,
    )
    expect(buffers).toEqual([0, 1, 2])
    expect(refusal(() => loaded(pickle).dump(4))).toMatchObject({ place: 'value[0]' })
  })

  test('is no bytearray that is made read-only', () => {
    const view = '\x80\x05\x96\x01\0\0\0\0\0\0\0a\x98.'

    expect(refusal(() => loaded(view).dump(5)).message).toBe("cannot pickle 'memoryview' object")
  })
})

describe('a refusal', () => {
  test.each([
    ['an instruction that is none', 'N\xff.', 1],
    ['too little on the stack', '(Nt\x86.', 3],
    ['an argument that is cut short', ']X\x05\0\0\0ab', 1],
    ['an end too early', 'N', 0],
    ['a class that is none', '\x80\x02K\x01)\x81.', 5],
    ['a call of what cannot be called', 'I1\n(tR.', 5],
  ])('of %s has the place in the pickle', (_, pickle, offset) => {
    expect(refusal(() => loaded(pickle))).toMatchObject({ offset })
    expect(refusal(() => loaded(pickle, 'cpython-3.13-py'))).toMatchObject({ offset })
  })

  test('keeps what it came of', () => {
    const cause = refusal(() => loaded('c_codecs\nencode\n(I1\nVlatin1\ntR.', 'cpython-3.11-c'))

    expect(cause.cause?.type).toBe('TypeError')
    expect(refusal(() => loaded('P\xff\n.', 'cpython-3.13-py')).context?.type).toBe(
      'UnicodeDecodeError',
    )
  })

  test('has the way to the value, in the middle of which much may be left out', () => {
    const deep = `\x80\x05${'('.repeat(30)}\x97${'t'.repeat(30)}.`
    const key = `\x80\x05}(K\x01(\x97tu.`

    expect(refusal(() => loaded(deep).dump(4))).toMatchObject({
      place: 'value[0][0][0][0][0][0][0][0] … 14 steps … [0][0][0][0][0][0][0][0]',
    })
    expect(refusal(() => loaded(key).dump(4))).toMatchObject({ place: 'value[0][0]' })
    const whole = `\x80\x05${'('.repeat(16)}\x97${'t'.repeat(16)}.`
    expect(refusal(() => loaded(whole).dump(4))).toMatchObject({
      place: `value${'[0]'.repeat(16)}`,
    })
  })

  test.each([
    ['lists', `${']'.repeat(100_000)}${'a'.repeat(99_999)}.`],
    ['calls', `${'cm\nf\n'.repeat(20_000)})${'R\x85'.repeat(20_000)}.`],
  ])('is what becomes of deep %s', (_, pickle) => {
    expect(refusal(() => loaded(pickle).dump(4)).type).toBe('RecursionError')
  })
})

test('what follows the pickle is no part of it', () => {
  expect(loaded('N.N.').byteLength).toBe(2)
})

test('damaged pickles are refused or written so that they load to the same again', () => {
  const text = readFileSync(
    new URL('fixtures/repickled-cpython-3.11.2.jsonl', import.meta.url),
    'utf8',
  )
  const pickles = readRecording(text).rows.flatMap(({ pickles = [] }) => pickles)
  let seed = 1
  const random = (below: number): number => {
    seed = (seed * 48_271) % 0x7fff_ffff
    return seed % below
  }
  let written = 0
  let refused = 0
  for (const pickle of pickles) {
    const damaged = bytesOfHex(pickle)
    damaged[random(damaged.length)] = random(256)
    try {
      const first = loaded(damaged, 'cpython-3.11.2-c')
      const { bytes: again } = first.dump(random(6))
      loaded(again, 'cpython-3.11.2-c')
      written++
    } catch (error) {
      if (!(error instanceof PickleError)) throw new Error(hexOfBytes(damaged), { cause: error })
      expect(error.offset !== undefined || error instanceof RepickleError).toBe(true)
      refused++
    }
  }

  expect(written).toBeGreaterThan(200)
  expect(refused).toBeGreaterThan(100)
})
