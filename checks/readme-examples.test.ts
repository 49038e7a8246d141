import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as picklespec from '../reference/javascript/index.ts'

const root = join(import.meta.dirname, '..')

/** The code of a document, by the heading above it. */
function examplesOf(document: string): [heading: string, code: string][] {
  const examples: [string, string][] = []
  let heading = ''
  for (const [block = '', title, code] of readFileSync(join(root, document), 'utf8').matchAll(
    /^#+ (.*)$|^```js\n([\s\S]*?)^```$/gm,
  )) {
    if (code === undefined) heading = title ?? block
    else examples.push([heading, code])
  }
  return examples
}

/** What an example says that it prints: the comments behind `console.log`. */
function promised(code: string): string[] {
  return [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, text = '']) => text)
}

const logged = (value: unknown): string =>
  typeof value === 'string' ? value.replaceAll('\n', '\\n') : inspect(value)

/** What an example prints; `picklespec` is the package as it is in this tree. */
function printed(code: string): string[] {
  const lines: string[] = []
  const log = (...values: readonly unknown[]): void => {
    lines.push(values.map(logged).join(' '))
  }
  const body = code.replace(/^import (\{.*\}) from 'picklespec'$/m, 'const $1 = picklespec')
  new Function('picklespec', 'console', `'use strict'\n${body}`)(picklespec, { log })
  return lines
}

describe.each(['README.md', 'reference/javascript/README.md'])('%s', (document) => {
  test.each(examplesOf(document))('%s: the example prints what it says', (_, code) => {
    expect(promised(code).length).toBeGreaterThan(0)
    expect(printed(code)).toEqual(promised(code))
  })
})

test('an example that prints something else is found', () => {
  const code =
    "import { loads } from 'picklespec'\nconsole.log(loads(Buffer.from('I1\\n.'))) // 2\n"

  expect(printed(code)).toEqual(['1'])
  expect(promised(code)).toEqual(['2'])
})
