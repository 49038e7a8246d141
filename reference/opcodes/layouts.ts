import type { PythonInt } from '../codecs/long.ts'
import { type Reader, TruncationError } from '../codecs/reader.ts'
import type { Writer } from '../codecs/writer.ts'
import { PickleError } from '../errors.ts'

/** The form of a count that goes before its bytes. */
export type CountPrefix = 'uint1' | 'int4' | 'uint4' | 'uint8'

/** How an argument finds its end. */
export type Layout =
  | { readonly by: 'nothing' }
  | { readonly by: 'size'; readonly bytes: 1 | 2 | 4 | 8 }
  | { readonly by: 'lines'; readonly lines: 1 | 2 }
  | { readonly by: 'count'; readonly prefix: CountPrefix }

interface Prefix {
  /** The greatest count that Python takes: LONG4 and BINSTRING count with a sign. */
  readonly max: PythonInt
  readonly read: (reader: Reader) => PythonInt
  readonly write: (writer: Writer, count: number) => void
}

const prefixes = {
  uint1: {
    max: 0xff,
    read: (reader) => reader.u8(),
    write: (writer, count) => writer.u8(count),
  },
  int4: {
    max: 0x7fff_ffff,
    read: (reader) => reader.i32le(),
    write: (writer, count) => writer.u32le(count),
  },
  uint4: {
    max: 0xffff_ffff,
    read: (reader) => reader.u32le(),
    write: (writer, count) => writer.u32le(count),
  },
  uint8: {
    max: 0x7fff_ffff_ffff_ffffn,
    read: (reader) => reader.u64le(),
    write: (writer, count) => writer.u64le(count),
  },
} as const satisfies Record<CountPrefix, Prefix>

const lf = 0x0a

/**
 * Reads the bytes of an argument: without its count, without the LF at its end. Two lines keep the
 * LF between them. `kind` is the name of the argument in the messages, which are those of
 * `pickletools`.
 *
 * @throws {PickleError} ValueError, when the argument is cut short or counted wrongly
 */
export function readPayload(reader: Reader, kind: string, layout: Layout): Uint8Array {
  switch (layout.by) {
    case 'nothing':
      return reader.bytes(0)
    case 'size':
      return untruncated(`not enough data in stream to read ${kind}`, () =>
        reader.bytes(layout.bytes),
      )
    case 'lines': {
      const what = kind === 'unicodestringnl' ? kind : 'stringnl'
      return untruncated(`no newline found when trying to read ${what}`, () => {
        const start = reader.position
        for (let line = 0; line < layout.lines; line++) reader.line()
        const end = reader.position
        reader.position = start
        const payload = reader.bytes(end - start - 1)
        reader.position = end
        return payload
      })
    }
    case 'count':
      return readCounted(reader, kind, layout.prefix)
  }
}

function readCounted(reader: Reader, kind: string, prefix: CountPrefix): Uint8Array {
  const count = untruncated(`not enough data in stream to read ${prefix}`, () =>
    prefixes[prefix].read(reader),
  )
  if (count < 0) throw new PickleError('ValueError', `${kind} byte count < 0: ${count}`)
  if (count > prefixes[prefix].max) {
    throw new PickleError('ValueError', `${kind} byte count > sys.maxsize: ${count}`)
  }
  const message = kind.startsWith('long')
    ? `not enough data in stream to read ${kind}`
    : `expected ${count} bytes in a ${kind}, but only ${reader.remaining} remain`
  return untruncated(message, () => reader.bytes(count))
}

function untruncated<T>(message: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof TruncationError)) throw error
    throw new PickleError('ValueError', message, { cause: error })
  }
}

/**
 * Writes the bytes of an argument, its count before them or an LF behind them.
 *
 * @throws {RangeError} when these bytes cannot be such an argument
 */
export function writePayload(writer: Writer, layout: Layout, payload: Uint8Array): void {
  switch (layout.by) {
    case 'nothing':
      requireBytes(0, payload)
      break
    case 'size':
      requireBytes(layout.bytes, payload)
      writer.bytes(payload)
      break
    case 'lines':
      requireLines(layout.lines, payload)
      writer.bytes(payload)
      writer.u8(lf)
      break
    case 'count': {
      const { max, write } = prefixes[layout.prefix]
      if (payload.length > max) {
        throw new RangeError(`${payload.length} bytes are too many: wanted ${max} at most`)
      }
      write(writer, payload.length)
      writer.bytes(payload)
      break
    }
  }
}

function requireBytes(wanted: number, payload: Uint8Array): void {
  if (payload.length === wanted) return
  throw new RangeError(`${payload.length} bytes, wanted ${wanted}`)
}

function requireLines(wanted: number, payload: Uint8Array): void {
  let lines = 1
  for (const byte of payload) if (byte === lf) lines++
  if (lines !== wanted) throw new RangeError(`${lines} lines of text, wanted ${wanted}`)
}
