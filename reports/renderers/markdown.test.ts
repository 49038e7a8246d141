import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inTurn, recordOfTexts, sampleRecord } from '../testing/sample-record.ts'
import { MarkdownError, parseResults, renderMarkdown, replaceResults } from './markdown.ts'

const empty = 'before\n\n<!-- results -->\nold\n<!-- /results -->\n\nafter\n'
const record = sampleRecord()

test('the README of this project has results in their place, well formed', () => {
  const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8')

  expect(() => parseResults(readme)).not.toThrow()
})

describe('the table of results', () => {
  test('replaces what stands between the markers, and nothing else', () => {
    const document = replaceResults(empty, renderMarkdown(record))

    expect(document.startsWith('before\n\n<!-- results -->\n| subject |')).toBe(true)
    expect(document.endsWith('\n<!-- /results -->\n\nafter\n')).toBe(true)
    expect(document).not.toContain('old')
    expect(replaceResults(document, renderMarkdown(record))).toBe(document)
  })

  test('has a row for each engine, read back as it was written', () => {
    const rows = parseResults(replaceResults(empty, renderMarkdown(record)))

    expect(rows).toHaveLength(8)
    expect(rows[6]).toEqual({
      subject: 'cpython-3.8.18 py',
      version: '3.8.18',
      conformance: '5/7',
      parity: '44/48',
      failing: 4,
      expected: 0,
    })
    expect(rows[1]).toMatchObject({ failing: 0, expected: 6 })
    expect(rows[7]).toMatchObject({ subject: 'og-rek ogórek', parity: '·' })
  })

  test('says how it was made, and that a run was incomplete', () => {
    expect(renderMarkdown(record)).toContain(
      'Measured by `picklespec run` 0.1.0 on 2026-01-31, Node 20.19.0, linux 6.1, Some CPU at 2.60GHz.',
    )
    expect(renderMarkdown({ ...record, footer: undefined })).toContain('**This run is incomplete')
  })

  test('is a table of the same rows whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (texts) => {
        const given = texts.map((text) => `x${text}`)

        const rows = parseResults(
          replaceResults(empty, renderMarkdown(recordOfTexts(inTurn(given)))),
        )

        // One subject, with an engine and, in two lines, without.
        expect(rows).toHaveLength(2)
      }),
    )
  })

  test('leaves Markdown nothing to act on', () => {
    const document = renderMarkdown(recordOfTexts(() => '|<b>*_`[x](y)~~&amp;$'))

    expect(document).toContain('&#124;&lt;b&gt;\\*\\_\\`\\[x\\](y)\\~\\~&amp;amp;\\$')
  })
})

const table = renderMarkdown(record)

test.each([
  ['has no markers', 'nothing', 'found no <!-- results -->'],
  ['has no end', '<!-- results -->', 'wanted one'],
  ['has its end first', '<!-- /results --><!-- results -->', 'wanted it behind'],
  ['has its markers twice', empty + empty, 'twice'],
  ['has another text', empty, 'found old, wanted the head'],
  ['has no rule', replaceResults(empty, table.replace(/\n.*---.*/, '')), 'wanted its rule'],
  ['has no rows', replaceResults(empty, table.split('\n').slice(0, 2).join('\n')), 'no rows'],
  ['lacks a cell', replaceResults(empty, table.replace('| 5/7 ', '')), 'found the row'],
  ['has more met than judged', replaceResults(empty, table.replace('5/7', '8/7')), '8/7'],
  ['has a figure of words', replaceResults(empty, table.replace('5/7', 'most')), 'figure most'],
  ['has a count of words', replaceResults(empty, table.replace('| 0 | 6 |', '| no | 6 |')), 'row'],
])('a document that %s is refused', (_, document, message) => {
  expect(() => parseResults(document)).toThrow(MarkdownError)
  expect(() => parseResults(document)).toThrow(message)
})
