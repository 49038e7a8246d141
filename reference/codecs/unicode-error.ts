import { PickleError } from '../errors.ts'
import { hexOfBytes } from './hex.ts'
import { escapeBeyondAscii } from './repr.ts'

/**
 * The `UnicodeDecodeError` for the bytes from `start` up to `end`, in Python's words.
 *
 * `codec` is the name that Python's own codec gives itself: `utf-8`, `rawunicodeescape`, `ascii`.
 */
export function decodeError(
  codec: string,
  bytes: Uint8Array,
  start: number,
  end: number,
  reason: string,
): PickleError {
  const what =
    end - start === 1
      ? `byte 0x${hexOfBytes(bytes.subarray(start, end))} in position ${start}`
      : `bytes in position ${start}-${end - 1}`
  return new PickleError('UnicodeDecodeError', `'${codec}' codec can't decode ${what}: ${reason}`)
}

/**
 * The `UnicodeEncodeError` for the code points from `start` up to `end`, in Python's words.
 *
 * `codePoint` is the first of them: a message about a single one names it.
 */
export function encodeError(
  codec: string,
  codePoint: number,
  start: number,
  end: number,
  reason: string,
): PickleError {
  const what =
    end - start === 1
      ? `character '${escapeBeyondAscii(codePoint)}' in position ${start}`
      : `characters in position ${start}-${end - 1}`
  return new PickleError('UnicodeEncodeError', `'${codec}' codec can't encode ${what}: ${reason}`)
}
