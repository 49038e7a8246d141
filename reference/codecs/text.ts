/** The text codecs that pickles use, in one place. */
export { decodeRawUnicodeEscape, encodeRawUnicodeEscape } from './raw-unicode-escape.ts'
export { decodeAscii, decodeLatin1, encodeAscii, encodeLatin1 } from './single-byte.ts'
export { decodeStringEscapes, encodeStringEscapes } from './string-escapes.ts'
export { decodeUtf8, encodeUtf8, isWellFormed, utf8Length } from './utf8.ts'
