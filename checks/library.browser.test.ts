import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bundle, bundle } from './bundle.ts'
import { browserArguments, findBrowser } from './find-browser.ts'

let browser: Browser
let library: Bundle

beforeAll(async () => {
  library = await bundle('reference/javascript/index.ts', 'picklespec')
  browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments })
})

afterAll(async () => {
  await browser?.close()
})

test('the library asks nothing of Node', async () => {
  const other = await bundle('conformance/package-root.ts')

  expect(library.imports).toEqual([])
  expect(other.imports).toContain('node:path')
})

test('a browser dumps and loads', async () => {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => complaints.push(message.text()))
  await page.addScriptTag({ content: library.code })

  const seen = await page.evaluate<unknown>(`(() => {
    const { dumps, Float, global, loads, Reduced, tuple } = picklespec
    const list = [1, 2n ** 70n, 'ä', new Float(1)]
    list.push(list)
    const day = new Reduced(global('datetime', 'date'), [Uint8Array.of(7, 228, 2, 29)])
    const bytes = dumps(new Map([['list', list], ['day', tuple(day)]]), { protocol: 4 })
    const loaded = loads(bytes)
    const again = loaded.get('list')
    const [name, args] = [loaded.get('day').items[0].callable, loaded.get('day').items[0].args]
    return {
      length: bytes.length,
      list: again.slice(0, 3).map(String),
      isFloat: again[3] instanceof Float,
      isCyclic: again[4] === again,
      day: [String(name), [...args[0]]],
      isSame: String(dumps(loaded, { protocol: 4 })) === String(bytes),
    }
  })()`)

  expect(complaints).toEqual([])
  expect(seen).toEqual({
    length: 95,
    list: ['1', String(2n ** 70n), 'ä'],
    isFloat: true,
    isCyclic: true,
    day: ['datetime.date', [7, 228, 2, 29]],
    isSame: true,
  })
})
