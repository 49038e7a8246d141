import { describe, expect, test } from 'vitest'
import { PickleError } from '../errors.ts'
import { profile } from '../profiles.ts'
import { createWorld } from '../values/create-world.ts'
import { repr } from '../values/repr.ts'
import { PyInt, type PyValue } from '../values/value.ts'
import { uint64 } from './numbers.ts'
import { Unpickler } from './unpickler.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

/** The engine of a release as it was asked: `3.13-c` of 3.13.0. */
const exact: Readonly<Record<string, string>> = {
  '3.8': '3.8.18',
  '3.9': '3.9.18',
  '3.10': '3.10.13',
  '3.11': '3.11.7',
  '3.12': '3.12.1',
  '3.13': '3.13.0',
  '3.14': '3.14.2',
}

function load(name: string, pickle: string): PyValue {
  const [release = '', engine = ''] = name.split('-')
  const followed = profile(`cpython-${exact[release]}-${engine}`)
  const cls = { isSubclass: false, attributes: new Map() }
  const world = createWorld(followed.release)
  return new Unpickler(world, followed, cls, {}, latin1(pickle)).load()
}

/** The repr of what is loaded, or the refusal. */
function told(name: string, pickle: string): string {
  try {
    return repr(createWorld([3, 13, 0]), load(name, pickle))
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return `${error.type}: ${error.message}`
  }
}

const both = ['3.13-c', '3.13-py'] as const

test.each([
  [[1, 0, 0, 0, 0, 0, 0, 0], 1],
  [[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], 0xffff_ffff],
  [[0, 0, 0, 0, 1, 0, 0, 0], 0x1_0000_0000],
  [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0], Number.MAX_SAFE_INTEGER],
  [[0, 0, 0, 0, 0, 0, 0x20, 0], 0x20_0000_0000_0000n],
  [[1, 0, 0, 0, 0, 0, 0x20, 0], 0x20_0000_0000_0001n],
  [Array.from({ length: 8 }, () => 0xff), 0xffff_ffff_ffff_ffffn],
])('the eight bytes %j are %s, a number while that is exact', (bytes, wanted) => {
  expect(uint64(Uint8Array.from([9, ...bytes]), 1)).toBe(wanted)
})

test.each(both)('an int that no number holds is an object: %s', (name) => {
  for (const pickle of [
    'L9007199254740992L\n.',
    'I9007199254740992\n.',
    '\x8a\x07\0\0\0\0\0\0\x20.',
  ]) {
    expect(load(name, pickle)).toEqual(new PyInt(2n ** 53n))
  }
  for (const pickle of ['L9007199254740991L\n.', 'I9007199254740991\n.']) {
    expect(load(name, pickle)).toBe(Number.MAX_SAFE_INTEGER)
  }
})

describe('FLOAT', () => {
  const refused = 'ValueError: could not convert string to float'

  // What each of these releases says.
  test.each([
    ['3.8', "''", "''", "b'x'", "b'xy'"],
    ['3.9', "''", "''", "b'x'", "b'xy'"],
    ['3.10', "b''", "b' \\t'", "b'x'", "b'xy'"],
    ['3.13', "b''", "b' \\t'", "b'x'", "b'xy'"],
  ])('the Python unpickler of %s says what is no float', (release, ...said) => {
    const texts = ['', ' \t', 'x', 'xy']

    expect(texts.map((text) => told(`${release}-py`, `F${text}\n.`))).toEqual(
      said.map((text) => `${refused}: ${text}`),
    )
  })

  const xs = (count: number): string => 'x'.repeat(count)

  test.each([
    [`${xs(199)}\n`, '3.13', `${xs(199)}\n`],
    [`${xs(300)}\n`, '3.13', xs(200)],
    [`${xs(300)}\n`, '3.14', xs(200)],
    ['x\0y\n', '3.13', 'x'],
    // As UTF-8, what is none in it replaced.
    ['\xc3\xa9\n', '3.8', 'é\n'],
    ['x\xff\n', '3.8', 'x\ufffd\n'],
    ['x\xff\n', '3.14', 'x\ufffd\n'],
    ['\xef\xbb\xbfx\n', '3.13', '\ufeffx\n'],
    ['x\xc3\0\n', '3.13', 'x\ufffd'],
    ['x\xc3\0\n', '3.14', 'x\ufffd'],
    // A character that is cut.
    [`${xs(199)}\xc3\xa9\n`, '3.13', `${xs(199)}\ufffd`],
    [`${xs(199)}\xc3\xa9\n`, '3.14', xs(199)],
    [`${xs(199)}\xc3\0\n`, '3.14', xs(199)],
    [`${xs(199)}\xff\n`, '3.14', `${xs(199)}\ufffd`],
  ])('C shows the start of %j: %s', (line, release, said) => {
    expect(told(`${release}-c`, `F${line}.`)).toBe(`${refused}: '${said}'`)
  })

  test.each([
    ['1e999\n', '3.13', '1e999\n'],
    ['-1e999\n', '3.13', '-1e999\n'],
    [`${'9'.repeat(400)}\n`, '3.13', '9'.repeat(200)],
    ['1e999\xe9\n', '3.13', '1e999\ufffd\n'],
    [`1e999${xs(194)}\xc3\xa9\n`, '3.13', `1e999${xs(194)}\ufffd`],
    [`1e999${xs(194)}\xc3\xa9\n`, '3.14', `1e999${xs(194)}`],
  ])('C refuses %j as too large: %s', (line, release, said) => {
    expect(told(`${release}-c`, `F${line}.`)).toBe(
      `OverflowError: value too large to convert to float: '${said}'`,
    )
  })
})

describe('a line that is no int', () => {
  const refused = 'ValueError: invalid literal for int() with base'
  const xs = (count: number): string => 'x'.repeat(count)

  test.each([
    [xs(197), `b'${xs(197)}'`],
    [xs(198), `b'${xs(198)}`],
    [xs(300), `b'${xs(198)}`],
    // The quotes are those of the first 200 bytes.
    [`${xs(199)}'`, `b"${xs(198)}`],
    [`${xs(200)}'`, `b'${xs(198)}`],
  ])('is shown by Python from its start on: %j', (line, said) => {
    for (const pickle of [`L${line}L\n.`, `L${line}\n.`]) {
      expect(told('3.13-py', pickle)).toBe(`${refused} 0: ${said}`)
      expect(told('3.14-py', pickle)).toBe(`${refused} 10: ${said}`)
    }
    for (const pickle of [`g${line}\n.`, `Np${line}\n.`]) {
      expect(told('3.13-py', pickle)).toBe(`${refused} 10: ${said}`)
    }
  })

  test.each([
    [xs(190), `b'${xs(190)}\\n'`],
    [xs(300), `b'${xs(198)}`],
    [`${xs(200)}'`, `b'${xs(198)}`],
  ])('is shown by the INT of Python with its LF: %j', (line, said) => {
    expect(told('3.13-py', `I${line}\n.`)).toBe(`${refused} 0: ${said}`)
    expect(told('3.14-py', `I${line}\n.`)).toBe(`${refused} 10: ${said}`)
  })

  test.each([
    [xs(198), `'${xs(198)}'`],
    [xs(199), `'${xs(199)}`],
    [xs(300), `'${xs(199)}`],
    [`${xs(199)}'`, `"${xs(199)}`],
    [`${xs(200)}'`, `'${xs(199)}`],
    // Characters are counted, not their halves.
    [
      '\xf0\x9f\x98\x80'.repeat(10) + '\x01'.repeat(160),
      `'${'😀'.repeat(10)}${'\\x01'.repeat(47)}\\`,
    ],
  ])('is shown by C from its start on: %j', (line, said) => {
    expect(told('3.13-c', `L${line}L\n.`)).toBe(`${refused} 10: ${said}`)
    expect(told('3.13-c', `Np${line}\0\n.`)).toBe(`${refused} 10: ${said}`)
    expect(told('3.13-c', `g${line}\0\n.`)).toBe(`${refused} 10: ${said}`)
  })

  test('is refused by C where its start is no UTF-8', () => {
    expect(told('3.13-c', `L${xs(199)}\xffL\n.`)).toBe(
      "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 199: invalid start byte",
    )
    expect(told('3.13-c', `L${xs(200)}\xffL\n.`)).toBe(`${refused} 10: '${xs(199)}`)
  })

  // What each of these releases says.
  test.each([
    ['z', '10', '10'],
    ['0x', '16', '16'],
    ['-0Xz', '16', '16'],
    [' 0o8', '8', '8'],
    ['+0b2', '2', '2'],
    ['0_', '10', '10'],
    ['0__1', '10', '10'],
    // An int of Python 2 in base 8, for 3.11 whatever is behind it.
    ['01', '0', '0'],
    ['-08', '0', '0'],
    ['0_1 ', '0', '0'],
    ['0z', '0', '10'],
    ['01z', '0', '10'],
    ['0 1', '0', '10'],
  ])('has the base of its prefix for C: %j', (line, old, base) => {
    const said = (name: string) => told(name, `L${line}L\n.`).slice(refused.length + 1)

    expect(said('3.8-c')).toBe(`${old}: '${line}'`)
    expect(said('3.11-c')).toBe(`${old}: '${line}'`)
    expect(said('3.12-c')).toBe(`${base}: '${line}'`)
    expect(said('3.13-c')).toBe(`${base}: '${line}'`)
    if (base !== '10' && base !== '0') expect(said('3.14-c')).toBe(`10: '${line}'`)
  })
})

describe('an int of many digits', () => {
  const nines = '9'.repeat(4300)
  const exceeds = (limit = '4300 digits') =>
    `ValueError: Exceeds the limit (${limit}) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit`
  const refused = /^ValueError: invalid literal for int/

  test.each(both)('is loaded while it has 4300: %s', (name) => {
    for (const pickle of [`L${nines}L\n.`, `I${nines}\n.`, `L-${nines}L\n.`]) {
      expect(told(name, pickle)).toBe(pickle.replace(/[^\d-]/g, ''))
    }
  })

  test.each([
    ['3.8', '4300'],
    ['3.10', '4300'],
    ['3.11', '4300 digits'],
    ['3.12', '4300 digits'],
    ['3.14', '4300 digits'],
  ])('is refused beyond that, as %s says it', (release, limit) => {
    for (const line of [`9${nines}`, ` +9${nines} `, `9_${nines}`, '0'.repeat(4301)]) {
      expect(told(`${release}-c`, `L${line}L\n.`)).toBe(exceeds(limit))
      expect(told(`${release}-py`, `L${line}L\n.`)).toBe(exceeds(limit))
      expect(told(`${release}-c`, `Np${line}\n.`)).toBe(exceeds(limit))
      expect(told(`${release}-py`, `g${line}\n.`)).toBe(exceeds(limit))
    }
    expect(told(`${release}-py`, `I9${nines}\n.`)).toBe(exceeds(limit))
    expect(told(`${release}-c`, `I9${nines}\n.`)).toBe(
      'ValueError: could not convert string to int',
    )
  })

  // Up to 3.11 the digits are counted before what follows is looked at.
  test.each([
    [`9${nines}z`, true, false],
    [`9${nines} z`, true, false],
    [`9${nines}\xe9`, true, false],
    [`9${nines}\0`, true, true],
    [`9${nines} \0z`, true, true],
    [`${nines}z1`, false, false],
    [`9${nines}_`, false, false],
    [`9${nines}__1`, false, false],
    [`_9${nines}`, false, false],
    [`0x${nines}9z`, false, false],
  ])('is refused as too long or for what else is wrong with it', (line, isOldLong, isLong) => {
    for (const [release, isTooLong] of [
      ['3.11', isOldLong],
      ['3.12', isLong],
    ] as const) {
      const wanted = isTooLong ? exceeds() : expect.stringMatching(refused)

      expect(told(`${release}-py`, `L${line}L\n.`)).toEqual(wanted)
      expect(told(`${release}-c`, `L${line}L\n.`)).toEqual(wanted)
    }
  })
})

// What 3.8.18 and 3.13.0 say: `strtol` reads what `int` does not, as long as a long holds it.
test.each([
  ['010', 8],
  ['-010', -8],
  ['-00', 0],
  ['0777777777777777777777', new PyInt(2n ** 63n - 1n)],
  ['-01000000000000000000000', new PyInt(-(2n ** 63n))],
])('the INT of C reads %s in base 8', (line, wanted) => {
  expect(load('3.13-c', `I${line}\n.`)).toEqual(wanted)
  expect(load('3.8-c', `I${line}\n.`)).toEqual(wanted)
})

test.each(['01000000000000000000000', '-01000000000000000000001', '01777777777777777777777'])(
  'the INT of C reads no %s, which 64 bits do not hold',
  (line) => {
    expect(told('3.13-c', `I${line}\n.`)).toBe('ValueError: could not convert string to int')
  },
)

test.each(both)('the index of GET and PUT is in base 10: %s', (name) => {
  expect(told(name, 'K\x01p007\n0g7\n.')).toBe('1')
  expect(told(name, 'K\x01q\x070g007\n.')).toBe('1')
  for (const pickle of ['Np0x1\n.', 'Nq\x01g0x1\n.', 'Np0b1\n.']) {
    expect(told(name, pickle)).toMatch(
      /^ValueError: invalid literal for int\(\) with base 10: b?'0/,
    )
  }
})
