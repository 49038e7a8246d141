import { describe, expect, test } from 'vitest'
import { sampleBench, sampleRecord } from '../testing/sample-record.ts'
import { duration, ticksOf } from './html/bench-chart.ts'
import { attributeJson, embedJson, escapeHtml, html, link } from './html/template.ts'
import { renderHtml } from './html.ts'

// What the page looks like and does is asked of a browser: see report.browser.test.ts.

describe('markup', () => {
  test('escapes every text and keeps markup', () => {
    const name = `<b>&"'\u0000`

    expect(html`<p title="${name}">${[html`<i>${name}</i>`, 3]}</p>`.markup).toBe(
      '<p title="&lt;b&gt;&amp;&quot;&#39;\\x00"><i>&lt;b&gt;&amp;&quot;&#39;\\x00</i>3</p>',
    )
  })

  test('links to the web alone', () => {
    expect(link('https://example.org/?a=1&b=2').markup).toContain(
      'href="https://example.org/?a=1&amp;b=2"',
    )
    for (const address of [
      'javascript:alert(1)',
      'javascript://x',
      'http://a b',
      '//x',
      '',
      'data:,x',
    ]) {
      expect(link(address).markup).toBe(escapeHtml(address))
    }
  })

  test('embeds JSON that cannot end its element, and is read back as it was', () => {
    const value = { '</script>': '<!-- \u2028 \ud800 </SCRIPT>' }

    expect(embedJson(value).markup).not.toContain('<')
    expect(JSON.parse(embedJson(value).markup)).toEqual(value)
    expect(attributeJson(value)).toMatch(/^[ -~]*$/)
    expect(JSON.parse(attributeJson(value))).toEqual(value)
  })
})

describe('the page', () => {
  const page = renderHtml(sampleRecord(), sampleBench())

  test('loads nothing', () => {
    expect(page).not.toMatch(
      /<(?:link|img|script|iframe|object|video|audio)[^>]*\s(?:src|href)="(?!data:,")/i,
    )
    expect(page).not.toMatch(/@import|url\(/)
  })

  test('tells of a run that did not end', () => {
    expect(renderHtml({ ...sampleRecord(), footer: undefined })).toContain('This run is incomplete')
    expect(page).not.toContain('This run is incomplete')
  })

  test('is the same each time for the same record', () => {
    expect(renderHtml(sampleRecord(), sampleBench())).toBe(page)
  })

  test('has benchmarks only when it is given them', () => {
    expect(page).toContain('id="bench"')
    expect(renderHtml(sampleRecord())).not.toContain('id="bench"')
  })

  test('is possible of a run of nobody', () => {
    const { header } = sampleRecord()
    const empty = {
      header: { ...header, subjects: [], absent: [] },
      verdicts: [],
      footer: undefined,
    }

    expect(renderHtml(empty)).toContain('No subject answered anything.')
  })
})

test.each([
  [{ low: 0.7, high: 1.4 }, [1]],
  [{ low: 0.4, high: 6 }, [0.5, 1, 2, 5]],
  [{ low: 0.4, high: 60 }, [1, 3, 10, 30]],
  [{ low: 0.4, high: 6000 }, [1, 10, 100, 1000]],
])('the scale %j has the ticks %j', (scale, ticks) => {
  expect(ticksOf(scale)).toEqual(ticks)
})

test.each([
  [999, '999 ns'],
  [1234, '1.23 µs'],
  [15_661_200, '15.7 ms'],
  [3e9, '3 s'],
  [1.5e12, '1500 s'],
])('%d ns are %s', (ns, told) => {
  expect(duration(ns)).toBe(told)
})
