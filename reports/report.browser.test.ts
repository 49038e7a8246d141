import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { browserArguments, findBrowser } from '../checks/find-browser.ts'
import type { BenchRecord } from './bench-record.ts'
import { writeAtomically } from './disk.ts'
import type { RunRecord } from './record.ts'
import { renderHtml } from './renderers/html.ts'
import { renderJunit } from './renderers/junit.ts'
import { inTurn, recordOfTexts, sampleBench, sampleRecord } from './testing/sample-record.ts'
import { visible } from './visible.ts'

let browser: Browser
let folder: string
/** What every page of a test complained of or asked the world for. */
let complaints: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'report-'))
  browser = await chromium.launch({
    executablePath: findBrowser(),
    args: browserArguments,
  })
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

afterEach(async () => {
  const said = complaints
  complaints = []
  await Promise.all(browser.contexts().map((context) => context.close()))
  expect(said).toEqual([])
})

/** A page that may not use the network, with what it does otherwise than expected kept. */
async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    offline: true,
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  page.on('console', (message) => complaints.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`))
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== address()) complaints.push(`request: ${request.url()}`)
  })
  return page
}

const file = (): string => join(folder, 'index.html')
const address = (): string => pathToFileURL(file()).href

async function open(
  record: RunRecord,
  at: {
    readonly fragment?: string
    readonly bench?: BenchRecord
    readonly options?: BrowserContextOptions
  } = {},
): Promise<Page> {
  writeAtomically(file(), renderHtml(record, at.bench))
  const page = await newPage(at.options)
  await page.goto(`${address()}${at.fragment ?? ''}`)
  return page
}

const filterOf = (page: Page) => page.getByRole('search', { name: 'Filter the answers' })
const itemsOf = (page: Page) => page.locator('#list > li')

/** What is inside is made once the browser says that it is open, which is later than the click. */
async function unfold(item: Locator): Promise<void> {
  await item.locator('summary').first().click()
  await item.locator('.panel').first().waitFor()
}

async function names(page: Page): Promise<string[]> {
  return page.locator('#list .case').allTextContents()
}

describe('the page, opened from its file', () => {
  test('shows the scores, the chapters and who was absent, and asks the network for nothing', async () => {
    const page = await open(sampleRecord(), { bench: sampleBench() })

    const row = page.getByRole('row', { name: /^cpython-3\.8\.18 py/ }).first()
    expect(await row.getByRole('link').allTextContents()).toEqual([
      '✗5/7✗44/48',
      '✓1/1✓12/12',
      ...Array.from({ length: 4 }, () => '✓1/1✓6/6'),
      '✗0/2✗8/12',
    ])
    expect(
      await page
        .getByRole('link', {
          name: 'cpython-3.13.0 c, FAST: conformance 1 of 2, the rest fails as expected; parity 12 of 12',
        })
        .count(),
    ).toBe(1)
    expect(await page.locator('.absent').innerText()).toContain('no pypy3 on the path')
    expect(await page.getByRole('row', { name: /^garbage/ }).innerText()).toContain('babbled')
    expect(await page.locator('#machine').innerText()).toContain('Some CPU at 2.60GHz')
    expect(await page.title()).toBe('picklespec: conformance report')
  })

  test('lists what did not pass, the gravest first', async () => {
    const page = await open(sampleRecord())

    expect(await page.getByRole('status').innerText()).toBe(
      '29 answers of 384, by case and engine:',
    )
    expect(await names(page)).toEqual([
      'ro/precedence/table-too',
      'fast/sharing/list',
      ...Array.from({ length: 4 }, () => 'fast/cycles/list-in-itself'),
    ])
    expect(await page.locator('#list .badge').allTextContents()).toEqual([
      ...['failing', 'failing', 'crashed', 'expected', 'expected', 'expected'],
    ])
  })

  test('does not shift while it loads or is filtered', async () => {
    writeAtomically(file(), renderHtml(sampleRecord(3), sampleBench()))
    // So high that nothing is out of sight: what nobody sees does not count as shifting.
    const page = await newPage({ viewport: { width: 1280, height: 6000 } })
    await page.addInitScript(`
      window.shifts = []
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts.push([entry.value, entry.startTime])
      }).observe({ type: 'layout-shift', buffered: true })
    `)
    await page.goto(`${address()}#?verdict=all`)
    await page.waitForTimeout(300)
    expect(await itemsOf(page).count()).toBe(100)

    expect(await page.evaluate('window.shifts')).toEqual([])
    const places =
      "['#filter', '#list', '#expected'].map((one) => document.querySelector(one).offsetTop)"
    const [form, , below] = await page.evaluate<number[]>(places)
    await filterOf(page).getByLabel('Text').fill('nobody has this')
    expect((await page.evaluate<number[]>(places))[0]).toBe(form)
    // The section keeps its least height, so what is below it moves no further than the list ends.
    expect((await page.evaluate<number[]>(places))[2]).toBeLessThanOrEqual(below ?? 0)
  })

  test('is of use without its script', async () => {
    const page = await open(sampleRecord(), { options: { javaScriptEnabled: false } })

    expect(await page.getByRole('row', { name: /^reference documented/ }).count()).toBe(1)
    expect(await page.locator('noscript').textContent()).toContain('listed by a script')
  })
})

describe('the filter', () => {
  test('narrows the list by subject, engine, chapter, verdict and words', async () => {
    const page = await open(sampleRecord())

    await filterOf(page).getByLabel('Subject').selectOption('cpython-3.14.2')
    expect(await itemsOf(page).count()).toBe(2)
    await filterOf(page).getByLabel('Subject').selectOption('cpython-3.14.2 py')
    expect(await names(page)).toEqual(['fast/cycles/list-in-itself'])
    await page.getByRole('button', { name: 'Clear' }).click()
    expect(await itemsOf(page).count()).toBe(6)
    await filterOf(page).getByLabel('Chapter').selectOption('RO')
    expect(await names(page)).toEqual(['ro/precedence/table-too'])
    await filterOf(page).getByLabel('Verdict').selectOption('Unsupported')
    expect(await page.locator('#list .target').allTextContents()).toEqual(['og-rek ogórek'])
    await page.getByRole('button', { name: 'Clear' }).click()
    await filterOf(page).getByLabel('Text').fill('FAST-01 part')
    expect(await names(page)).toEqual(['fast/sharing/list'])
    await filterOf(page).getByLabel('Text').fill('nobody has this')
    expect(await page.getByRole('status').innerText()).toBe('No answer of 384 is so.')
  })

  test('stands in the address, and is there again when the page is loaded anew', async () => {
    const page = await open(sampleRecord())
    await filterOf(page).getByLabel('Subject').selectOption('cpython-3.13.0 py')
    await filterOf(page).getByLabel('Verdict').selectOption('All answers')
    await filterOf(page).getByLabel('Text').fill('order')

    expect(await page.evaluate('location.hash')).toBe(
      '#?subject=cpython-3.13.0&engine=py&verdict=all&text=order',
    )
    await page.reload()

    expect(await filterOf(page).getByLabel('Text').inputValue()).toBe('order')
    expect(await names(page)).toEqual(['save/order/int-with-override'])
    expect(await page.evaluate('document.activeElement.id')).toBe('answers-title')
  })

  test('is set by a cell of the matrix', async () => {
    const page = await open(sampleRecord())

    await page.getByRole('link', { name: 'cpython-3.8.18 py, FAST:' }).click()

    expect(await names(page)).toEqual(['fast/sharing/list'])
    expect(await filterOf(page).getByLabel('Chapter').locator(':checked').innerText()).toBe('FAST')
    expect(await page.locator('#answers-title').isVisible()).toBe(true)
  })

  test('is reached with a slash', async () => {
    const page = await open(sampleRecord())

    await page.keyboard.press('/')
    await page.keyboard.type('ro/')

    expect(await names(page)).toEqual(['ro/precedence/table-too'])
  })
})

describe('a failing case', () => {
  test('is opened from the keyboard, and shows both sides with the first difference marked', async () => {
    const page = await open(sampleRecord(), { fragment: '#?text=fast%2Fsharing' })

    const item = itemsOf(page).first()
    await item.locator('summary').first().focus()
    await page.keyboard.press('Enter')
    await item.locator('.panel').first().waitFor()

    const rows = item.locator('.difference tbody tr')
    const shown = await rows.allInnerTexts()
    expect(shown.map((row) => row.replaceAll('\n', ''))).toEqual(
      [
        ['', '0', 'PROTO 2', '0', 'PROTO 2'],
        ['', '1', 'EMPTY_LIST', '1', 'EMPTY_LIST'],
        ['', '2', 'MARK', '2', 'MARK'],
        ['', '3', 'EMPTY_LIST', '3', 'EMPTY_LIST'],
        ['→first difference', '', '', '4', 'BINPUT 1'],
        ['', '4', 'BININT1 1', '5', 'BININT1 1'],
        ['', '5', 'APPEND', '6', 'APPEND'],
        ['', '6', 'EMPTY_LIST', '7', 'BINGET 1'],
        ['', '7', 'BININT1 1', '', ''],
        ['', '8', 'APPEND', '', ''],
        ['', '9', 'APPENDS', '8', 'APPENDS'],
        ['', '10', 'STOP', '9', 'STOP'],
      ].map((cells) => cells.join('\t')),
    )
    expect(await item.locator('.facts').innerText()).toContain(
      'FAST-01 Fast mode stores nothing in the memo documented',
    )
    expect(await item.locator('.reproduce code').innerText()).toBe(
      'npx picklespec run --subject cpython-3.8.18 --filter fast/sharing/list --protocol 2',
    )
    await item.getByText('Scenario', { exact: true }).click()
    expect(await item.locator('.scenario pre').innerText()).toContain('  "scenario": 1,\n')
  })

  test('shows each of its protocols', async () => {
    const page = await open(sampleRecord(), { fragment: '#?text=fast%2Fsharing' })
    await unfold(itemsOf(page).first())

    await page.getByRole('button', { name: '5', exact: true }).click()

    expect(await page.locator('.reproduce code').innerText()).toContain('--protocol 5')
    const pressed = page.locator('.protocols [aria-pressed=true]')
    expect(await pressed.allInnerTexts()).toEqual(['5'])
    // The frames differ in length, since one holds more; the arrow is at what it holds.
    expect(await page.locator('.difference tr.first').innerText()).toContain('MEMOIZE')
  })

  test('shows how a subject died', async () => {
    const page = await open(sampleRecord(), { fragment: '#?text=SIGSEGV' })

    await unfold(itemsOf(page).first())

    expect(await page.locator('.panel pre').innerText()).toContain(
      'Fatal Python error: Segmentation fault\n\nCurrent thread',
    )
  })

  test('names who has to look at it, and what asking again has shown', async () => {
    const page = await open(sampleRecord(), { fragment: '#?text=ro%2F' })

    await unfold(itemsOf(page).first())

    expect(await page.locator('.panel .facts').innerText()).toContain(
      'adapter: it fails only after copyreg/table/point',
    )
  })

  test('folds long runs of equal rows, and unfolds them', async () => {
    const record = sampleRecord()
    const many = Array.from({ length: 60 }, (_, at) => `BININT1 ${at}`)
    const long: RunRecord = {
      ...record,
      verdicts: record.verdicts.map((line) =>
        line.details === undefined
          ? line
          : {
              ...line,
              details: { ...line.details, expected: [...many, 'STOP'], seen: [...many, 'POP'] },
            },
      ),
    }
    const page = await open(long, { fragment: '#?text=fast%2Fsharing' })
    await unfold(itemsOf(page).first())

    const rows = page.locator('.difference tbody tr')
    expect(await rows.count()).toBe(6)
    await page.getByRole('button', { name: '56 equal rows' }).click()
    expect(await rows.count()).toBe(61)
  })
})

/** The least contrast of visible text to what is behind it, with the text. */
const leastContrast = `(() => {
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => {
      const s = c / 255
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number)
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const found = numbers(getComputedStyle(at).backgroundColor)
      if (found.length === 3 || found[3] > 0) return found
    }
    throw new Error('nothing is behind the page')
  }
  let least = [Infinity, '']
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    if (node.textContent.trim() === '' || element.closest('script, noscript, .unseen')) continue
    if (!element.checkVisibility()) continue
    const [a, b] = [numbers(getComputedStyle(element).color), behind(element)].map(luminance)
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    if (ratio < least[0]) least = [ratio, node.textContent]
  }
  return least
})()`

describe.each(['light', 'dark'] as const)('in a %s scheme', (colorScheme) => {
  test('every text stands out from what is behind it', async () => {
    const page = await open(sampleRecord(), { bench: sampleBench(), options: { colorScheme } })
    for (const item of await itemsOf(page).all()) await unfold(item)

    const [ratio, text] = await page.evaluate<[number, string]>(leastContrast)

    expect(ratio, text).toBeGreaterThanOrEqual(4.5)
    const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    expect(ground).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(14, 17, 22)')
  })
})

test.each([360, 768, 1920])(
  'at a width of %d nothing but tables scrolls sideways',
  async (width) => {
    const page = await open(sampleRecord(), {
      bench: sampleBench(),
      options: { viewport: { width, height: 800 } },
    })
    await unfold(itemsOf(page).nth(1))

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  },
)

test('a run of 50 000 answers is usable', async () => {
  const record = sampleRecord(130)
  expect(record.verdicts.length).toBeGreaterThan(49_000)
  const started = performance.now()
  const page = await open(record, { fragment: '#?verdict=all' })
  expect(await itemsOf(page).count()).toBe(100)
  const opened = performance.now()
  await filterOf(page).getByLabel('Text').fill('fast/sharing/list-77')
  expect(await itemsOf(page).count()).toBe(8)
  const filtered = performance.now()

  // Seconds on a slow machine; a page that renders everything takes minutes.
  expect(opened - started).toBeLessThan(20_000)
  expect(filtered - opened).toBeLessThan(5_000)
  expect(await page.locator('*').count()).toBeLessThan(5_000)
  await page.getByRole('button', { name: 'Clear' }).click()
  await filterOf(page).getByLabel('Verdict').selectOption('All answers')
  await page.getByRole('button', { name: /^Show 100 more of / }).click()
  expect(await itemsOf(page).count()).toBe(200)
})

const hostile = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><h1>',
  '<!-- ',
  ']]>',
  'javascript:alert(1)',
  'javascript://x/%0aalert(1)',
]

/** What a page of any texts must hold whatever they are. */
async function expectWhole(page: Page, record: RunRecord): Promise<void> {
  expect(await page.locator('script').count()).toBe(2)
  expect(await page.locator('style').count()).toBe(1)
  expect(await page.locator('img, svg, iframe, object').count()).toBe(0)
  expect(await page.locator('h2').count()).toBe(5)
  expect(await page.evaluate('document.compatMode')).toBe('CSS1Compat')
  const [absent] = record.header.absent
  expect(await page.locator('.absent dt').textContent()).toBe(visible(absent?.id ?? ''))
  expect(await page.locator('.absent dd').textContent()).toBe(visible(absent?.reason ?? ''))
}

describe('whatever the texts of a record', () => {
  test('hostile ones are shown and not obeyed', async () => {
    const unseen = '\u202e\u0000\u001b[31m\ud800'
    const record = recordOfTexts(inTurn(hostile.map((text) => text + unseen)))
    const page = await open(record, { fragment: '#?verdict=all' })
    for (const item of await itemsOf(page).all()) await unfold(item)

    await expectWhole(page, record)
    const cases = new Set(await names(page))
    for (const line of record.verdicts) expect(cases).toContain(visible(line.case))
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0)
  })

  test('the page is whole and its list complete, and the XML well formed', async () => {
    const page = await newPage()
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((it) => String.fromCharCode(it)) }),
      fc.constantFrom(...hostile),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 40 }), async (texts) => {
        const record = recordOfTexts(inTurn(texts))
        writeAtomically(file(), renderHtml(record))
        await page.goto(address())
        await filterOf(page).getByLabel('Verdict').selectOption('All answers')

        await expectWhole(page, record)
        const counted = await page.getByRole('status').innerText()
        expect(counted).toContain(`${record.verdicts.length} answers of ${record.verdicts.length},`)
        const errors = await page.evaluate<number>(
          `new DOMParser().parseFromString(${JSON.stringify(renderJunit(record))}, 'text/xml').getElementsByTagName('parsererror').length`,
        )
        expect(errors).toBe(0)
      }),
      { numRuns: 15 },
    )
  })
})
