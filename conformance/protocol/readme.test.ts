import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packageFile } from '../package-root.ts'
import { distinctions } from './distinctions.ts'
import { parseAnswerLine, parseRequestLine } from './parse-message.ts'

const readme = readFileSync(packageFile('conformance', 'protocol', 'README.md'), 'utf8')

/** The rows of the table under a heading, without its head. */
function rowsUnder(heading: string): string[] {
  const [, section = ''] = readme.split(`\n${heading}\n`)
  const [text = ''] = section.split(/\n#/)
  return text.split('\n').filter((line) => /^\| `/.test(line))
}

test('the README tells every distinction', () => {
  expect(rowsUnder('### What it cannot tell apart')).toEqual(
    Object.entries(distinctions).map(([name, meaning]) =>
      `| \`${name}\` | ${meaning} |`.replace('__new__', '`__new__`'),
    ),
  )
})

test('its messages are messages', () => {
  const [, block = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? []
  const [load = '', loaded = '', dump = '', dumped = ''] = block.split('\n')

  expect(parseRequestLine(load)).toMatchObject({ request: 'load' })
  expect(parseAnswerLine(loaded)).toHaveProperty('loads')
  expect(parseRequestLine(dump)).toMatchObject({ request: 'dump' })
  expect(parseAnswerLine(dumped)).toHaveProperty('dumps')
})
