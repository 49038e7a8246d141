import type { PickleToLoad } from '../../conformance/index.ts'
import { bytesOfHex } from '../../reference/index.ts'
import { declaresBytearray, declaresMuch, growsMemo } from '../arbitraries/pickles/costly.ts'
import type { KnownOf } from '../known-differences.ts'

/** A pickle and the world that it is loaded in. */
export type LoadAsked = PickleToLoad & { readonly world: 'symbols' | 'names' }

/** A difference between the reference and an engine in what they make of a pickle. */
export type KnownLoad = KnownOf<LoadAsked, LoadAsked>

/** Whether it names OSError, or something that is one under another name. */
function namesOsError({ pickle }: LoadAsked): boolean {
  const text = Buffer.from(pickle, 'hex').toString('latin1')
  return /OSError|IOError|EnvironmentError/.test(text)
}

/** Whether it names list and has an APPEND. */
function appendsToListClass({ pickle }: LoadAsked): boolean {
  const text = Buffer.from(pickle, 'hex').toString('latin1')
  return text.includes('list') && text.includes('a')
}

const memoryError = /found MemoryError|^wanted MemoryError|^out-of-memory|^timed-out/

const hexOf = (text: string): string => Buffer.from(text, 'latin1').toString('hex')

const errnos: Omit<KnownLoad, 'engine'> = {
  clause: 'UNP-13',
  kind: 'latitude',
  versions: '3.14+',
  signature: /^graph: /,
  needs: namesOsError,
  because: 'the class of an OSError goes by its number, and systems number errors differently',
  example: { world: 'names', pickle: hexOf('cbuiltins\nOSError\nK\x02N\x86R.') },
}

export const knownLoadDifferences: readonly KnownLoad[] = [
  {
    clause: 'UNP-08',
    kind: 'latitude',
    engine: 'c',
    versions: '*',
    signature: memoryError,
    needs: ({ pickle }) => growsMemo(bytesOfHex(pickle)),
    because: 'which index makes the memo longer than memory depends on the machine',
    example: { world: 'symbols', pickle: hexOf('Nr\0\0\0\x07.') },
  },
  {
    clause: 'UNP-93',
    kind: 'latitude',
    engine: 'c',
    versions: '3.8-3.14',
    signature: memoryError,
    needs: ({ pickle }) => declaresMuch(bytesOfHex(pickle)),
    because: 'the object is made before its bytes are looked for, if there is memory for it',
    // 1.75 GiB are more than the data limit that subjects run under.
    example: { world: 'symbols', pickle: hexOf('B\0\0\0p.') },
  },
  {
    clause: 'UNP-93',
    kind: 'latitude',
    engine: 'py',
    versions: '3.8+',
    signature: memoryError,
    needs: ({ pickle }) => declaresBytearray(bytesOfHex(pickle)),
    because: 'a bytearray is made before its bytes are looked for, if there is memory for it',
    example: { world: 'symbols', pickle: hexOf('\x96\0\0\0p\0\0\0\0.') },
  },
  {
    clause: 'OP-APPEND',
    kind: 'bug',
    engine: 'py',
    versions: '3.13.0-3.13.2',
    signature: /^crashed/,
    needs: appendsToListClass,
    because: 'list.append that the interpreter has specialized for lists is called on the class',
    link: 'https://github.com/python/cpython/issues/132011',
    example: { world: 'names', pickle: hexOf(']NaNaNa0cbuiltins\nlist\n)a.') },
  },
  { engine: 'c', ...errnos },
  { engine: 'py', ...errnos },
]
