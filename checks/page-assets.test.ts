import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bundle } from './bundle.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A text as the lines of an array, each a string literal. */
function literal(text: string): string {
  const lines = text.trimEnd().split('\n')
  return `[\n${lines.map((line) => `  ${JSON.stringify(line)},\n`).join('')}].join('\\n')`
}

// `make page` writes the file anew; without it, a page that was changed and not bundled is red.
test('the page that reports carry is the one in reports/page', async () => {
  const { code: script, imports } = await bundle('reports/page/page.ts')
  const style = readFileSync(join(root, 'reports/page/page.css'), 'utf8')
  const text = `/** The script and the style of the HTML page, made from reports/page by \`make page\`. */

export const pageScript = ${literal(script)}

export const pageStyle = ${literal(style)}
`

  expect(imports).toEqual([])
  // Either would end its element in the page too early.
  expect(script.toLowerCase()).not.toContain('</script')
  expect(script).not.toContain('<!--')
  expect(style.toLowerCase()).not.toContain('</style')
  await expect(text).toMatchFileSnapshot('../reports/renderers/page-assets.ts')
})
