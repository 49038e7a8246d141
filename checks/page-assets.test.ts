import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The page's script as one classic script, its imports included. */
async function bundle(entry: string): Promise<string> {
  const build = await rolldown({ cwd: root, input: entry, platform: 'browser' })
  try {
    const { output } = await build.generate({ format: 'iife', comments: false, minify: false })
    const [script, ...others] = output
    expect(others).toEqual([])
    return script.code
  } finally {
    await build.close()
  }
}

/** A text as the lines of an array, each a string literal. */
function literal(text: string): string {
  const lines = text.trimEnd().split('\n')
  return `[\n${lines.map((line) => `  ${JSON.stringify(line)},\n`).join('')}].join('\\n')`
}

// `make page` writes the file anew; without it, a page that was changed and not bundled is red.
test('the page that reports carry is the one in reports/page', async () => {
  const script = await bundle('reports/page/page.ts')
  const style = readFileSync(join(root, 'reports/page/page.css'), 'utf8')
  const text = `/** The script and the style of the HTML page, made from reports/page by \`make page\`. */

export const pageScript = ${literal(script)}

export const pageStyle = ${literal(style)}
`

  // Either would end its element in the page too early.
  expect(script.toLowerCase()).not.toContain('</script')
  expect(script).not.toContain('<!--')
  expect(style.toLowerCase()).not.toContain('</style')
  await expect(text).toMatchFileSnapshot('../reports/renderers/page-assets.ts')
})
