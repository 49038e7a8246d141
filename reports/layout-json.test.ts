import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOutJson } from './layout-json.ts'

test('what fits stands on one line, and what does not is opened', () => {
  const text = JSON.stringify({ steps: [{ dump: { list: [1, 2, { ref: 'a' }] } }], classes: [] })

  expect(layOutJson(text, 80)).toEqual([
    '{ "steps": [{ "dump": { "list": [1, 2, { "ref": "a" }] } }], "classes": [] }',
  ])
  expect(layOutJson(text, 40)).toEqual([
    '{',
    '  "steps": [',
    '    {',
    '      "dump": {',
    '        "list": [1, 2, { "ref": "a" }]',
    '      }',
    '    }',
    '  ],',
    '  "classes": []',
    '}',
  ])
})

test('the lines are the same JSON, in the width where nothing indivisible is longer', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4 }),
      fc.integer({ min: 20, max: 100 }),
      (value, width) => {
        const lines = layOutJson(JSON.stringify(value), width)

        expect(JSON.parse(lines.join('\n'))).toEqual(JSON.parse(JSON.stringify(value)))
        for (const line of lines) {
          if (line.length > width)
            expect(line).toMatch(/^ *("(\\.|[^"\\])*": )?[^[{]|(\[\]|\{\}),?$/)
        }
      },
    ),
  )
})

test('a text that is not JSON, or is too deep to look at, is left alone', () => {
  expect(layOutJson('not\nJSON', 10)).toEqual(['not', 'JSON'])
  const nested = layOutJson(`${'['.repeat(500)}${']'.repeat(500)}`, 40)
  expect(Math.max(...nested.map((line) => line.search(/\S/)))).toBe(200)
  const deep = '['.repeat(200_000) + ']'.repeat(200_000)
  expect(layOutJson(deep, 10)).toEqual([deep])
})
