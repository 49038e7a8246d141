import { describe, expect, test } from 'vitest'
import { disassemble } from './disassemble.ts'
import { bytesOfParts, recordings } from './fixtures/recorded.ts'

/** CPython 3.8 to 3.10 word two messages otherwise. */
const inNewerWords = (message: string): string =>
  message
    .replace('Exceeds the limit (4300)', 'Exceeds the limit (4300 digits)')
    .replace(/^(could not convert string to float: )''$/, "$1b''")

describe.each(recordings)('pickletools.dis of $interpreter', ({ python, cases }) => {
  const disassembled = cases.flatMap(({ name, pickle, dis }) =>
    dis === undefined ? [] : [{ name, pickle, dis }],
  )

  test.each(disassembled)('$name', ({ pickle, dis }) => {
    const { text, error } = disassemble(bytesOfParts(pickle), { python })

    expect(text).toBe(dis.text)
    expect(error && [error.type, error.message]).toEqual(dis.error?.map(inNewerWords))
  })
})
