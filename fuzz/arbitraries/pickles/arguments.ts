import { type OpcodeName, opcodes } from '../../../reference/index.ts'
import { type Draw, oneOf } from './draw.ts'
import { littleEndian } from './little-endian.ts'
import { globalNames } from './names.ts'

/** The kinds of argument that instructions have. */
type ArgumentKind = (typeof opcodes)[OpcodeName]['argument']

/** What instructions can carry, and what looks like it and cannot be read, or only by some. */
type Lists = { readonly well: readonly string[]; readonly odd: readonly string[] }

const utf8 = (texts: readonly string[]): string[] =>
  texts.map((text) => Buffer.from(text).toString('latin1'))

const intLines: Lists = {
  well: [
    ...['0', '1', '00', '01', '-1', '7', '255', '256', '2147483648', '-9223372036854775808'],
    ...['9223372036854775808', '123456789012345678901234567890', '+5', '-0'],
  ],
  odd: [
    ...[' 3', '4 ', '007', '1_000', '0x1f', '0b11', '0o17', '1e3', '', 'x', '1\0', '\0', '0_1'],
    ...['--1', '+', '0x', '1__0', '_1', ...utf8(['٣', '\u00a03'])],
  ],
}

const longLines: Lists = {
  well: intLines.well.filter((digits) => !/^0\d/.test(digits)).map((digits) => `${digits}L`),
  odd: [
    ...intLines.odd.flatMap((digits) => [`${digits}L`, digits]),
    ...['5', '5LL', '5l', 'L', '0xffL'],
  ],
}

const floatLines: Lists = {
  well: ['0.0', '1.5', '-2.25', '1e10', '1e-320', 'inf', '-inf', 'nan', '.5', '5.', '1E+5'],
  odd: [
    ...['1e999', '1_0.5', ' 1.5', '1.5 ', '0x1p3', '', 'x', '1.5\0', '+Infinity', '-nan', '1e'],
    ...['-1e999', '1__0', '+-1', 'infinit', 'nan(1)', '1,5'],
  ],
}

const rawTexts: Lists = {
  well: [
    ...['', 'a', 'abc', 'x y', '\\u0041', '\\U0001f600', '\\', '\\ud83d\\ude00', '\\ud800', '\xe9'],
    ...['\\n', '\\x41', '\\\\u0041', '\\u000a'],
  ],
  odd: ['\\u004', '\\U00110000', '\\U0001', '\\u', '\\uzzzz'],
}

const quoted: Lists = {
  well: ["''", "'a'", '"abc"', "'a\\x41'", "'\\n\\t\\\\'", "'\\''", "'\\101'", "'\\N{DASH}'"],
  odd: ["'", "a'", '', "'a", '"a\'', "'\\x4'", "'\xe9'", " 'a' ", "'\\'", "''''", "'a'b'", "'a' "],
}

const texts: Lists = {
  well: [
    ...['', 'a', 'b', 'x', 'abc', 'append', 'extend', '__setstate__', '__dict__', 'args', 'pid'],
    ...['\0', '\\', "'", 'a\nb', '12', '1.5', '1+2j', 'latin1', 'builtins', 'list', 'cls'],
    ...['errors', 'name', 'x.y', '__class__', '__cause__', '\xed\xa0\x80'],
    ...utf8(['é', '€', '\u{1f600}', '\u0130']),
  ],
  odd: ['\xff', '\xc3', '\xed\xa0\xbd\xed\xb8\x80', '\xc0\x80', '\xf4\x90\x80\x80'],
}

/** A line of ASCII, and lines that are not. */
const asciiLines: Lists = {
  well: texts.well.filter((text) => /^[\0-\t\v-\x7f]*$/.test(text)),
  odd: [...texts.well, ...texts.odd].filter((text) => !text.includes('\n')),
}

const payloads: Lists = {
  well: ['', 'a', 'ab', 'abc', '\0', '\n', '12', "'", '\x01\x02'],
  odd: ['\x80', '\xff\xfe', '\xc3\xa9', 'a\xe9'],
}

/** Two's complement: nothing, one byte, a needless byte, as long as a word, longer. */
const longs: Lists = {
  well: [
    ...['', '\0', '\x01', '\xff', '\x7f', '\x80', '\x80\0', '\xff\xff', '\0\0\0\0\0\0\0\x80'],
    ...['\xff\xff\xff\xff\xff\xff\xff\x7f', '\xff\xff\xff\xff\xff\xff\xff\xff\0'],
    '\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a',
  ],
  odd: [],
}

const small = [0, 1, 2, 3, 5, 127, 128, 254, 255] as const
const middling = [0, 1, 255, 256, 257, 32767, 32768, 65534, 65535] as const
const large = [0, 1, -1, 255, 65536, 2 ** 31 - 1, -(2 ** 31)] as const

const doubles = [
  ...['\0\0\0\0\0\0\0\0', '\x80\0\0\0\0\0\0\0', '?\xf0\0\0\0\0\0\0', '@\t!\xfbTD-\x18'],
  ...['\x7f\xf0\0\0\0\0\0\0', '\x7f\xf8\0\0\0\0\0\0', '\xff\xf8\0\0\0\0\0\x01'],
  ...['\x7f\xf0\0\0\0\0\0\x01', '@\x0c\0\0\0\0\0\0'],
] as const

/** One of what is well-formed, or of what is not where that is wanted. */
function from(draw: Draw, { odd, well }: Lists, isWell: boolean): string {
  const list = isWell || draw(2) === 0 ? well : [...odd, ...well]
  return list[draw(list.length)] ?? ''
}

/** How long contents are around the lengths for whose count another byte is taken. */
const turns = [255, 256, 257, 255, 256, 257, 65535, 65536] as const

const counted =
  (bytes: 1 | 4 | 8, lists: Lists) =>
  (draw: Draw, isWell: boolean): string => {
    const content =
      draw(300) > 0
        ? from(draw, lists, isWell)
        : 'y'.repeat(Math.min(oneOf(draw, turns), bytes === 1 ? 255 : 65536))
    return littleEndian(content.length, bytes) + content
  }

const line =
  (lists: Lists) =>
  (draw: Draw, isWell: boolean): string =>
    `${from(draw, lists, isWell)}\n`

const makers: Readonly<Record<ArgumentKind, (draw: Draw, isWell: boolean) => string>> = {
  none: () => '',
  uint1: (draw) => littleEndian(oneOf(draw, small), 1),
  uint2: (draw) => littleEndian(oneOf(draw, middling), 2),
  int4: (draw) => littleEndian(oneOf(draw, large), 4),
  uint4: (draw) => littleEndian(oneOf(draw, small), 4),
  uint8: (draw) => littleEndian(oneOf(draw, small), 8),
  float8: (draw) => oneOf(draw, doubles),
  decimalnl_short: line(intLines),
  decimalnl_long: line(longLines),
  floatnl: line(floatLines),
  long1: counted(1, longs),
  long4: counted(4, longs),
  stringnl: line(quoted),
  string1: counted(1, payloads),
  string4: counted(4, payloads),
  stringnl_noescape: line(asciiLines),
  stringnl_noescape_pair: (draw) => `${oneOf(draw, globalNames).join('\n')}\n`,
  unicodestringnl: line(rawTexts),
  unicodestring1: counted(1, texts),
  unicodestring4: counted(4, texts),
  unicodestring8: counted(8, texts),
  bytes1: counted(1, payloads),
  bytes4: counted(4, payloads),
  bytes8: counted(8, payloads),
  bytearray8: counted(8, payloads),
}

/**
 * What stands behind the opcode of an instruction, in text of one character a byte; well-formed, or odd
 * as well.
 */
export function drawArgument(draw: Draw, opcode: OpcodeName, isWell = false): string {
  return makers[opcodes[opcode].argument](draw, isWell)
}
