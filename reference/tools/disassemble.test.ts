import { describe, expect, test } from 'vitest'
import { disassemble } from './disassemble.ts'
import { annotatedRecordings } from './fixtures/annotated.ts'
import { bytesOfParts, recordings } from './fixtures/recorded.ts'

describe.each(recordings)('pickletools.dis of $interpreter', ({ python, cases }) => {
  const disassembled = cases.flatMap(({ name, pickle, dis }) =>
    dis === undefined ? [] : [{ name, pickle, dis }],
  )

  test.each(disassembled)('$name', ({ pickle, dis }) => {
    const { text, error } = disassemble(bytesOfParts(pickle), { python })

    expect(text).toBe(dis.text)
    expect(error && [error.type, error.message]).toEqual(dis.error ?? undefined)
  })
})

describe.each(annotatedRecordings)('annotated by $interpreter', ({ python, cases }) => {
  test.each(cases)('$name', ({ pickle, text, error: recorded }) => {
    const { text: printed, error } = disassemble(pickle(), { python, annotate: 30 })

    expect(error && [error.type, error.message]).toEqual(recorded)
    expect(printed).toBe(text())
  })
})
