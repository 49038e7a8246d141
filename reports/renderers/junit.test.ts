import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../record.ts'
import { inTurn, recordOfTexts, sampleRecord } from '../testing/sample-record.ts'
import { visible } from '../visible.ts'
import { renderJunit } from './junit.ts'

type Element = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  text: string
}

/** Reads XML strictly; anything that is not well formed is an error. */
function readXml(source: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: { ...attributes }, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += text
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(source).close()
  const [top] = root.children
  if (top === undefined) throw new Error('there is no element')
  return top
}

const casesOf = (suite: Element): Element[] =>
  suite.children.filter((child) => child.name === 'testcase')

const every = (top: Element): Element[] => top.children.flatMap(casesOf)

const record = sampleRecord()
const top = readXml(renderJunit(record))

function testcase(name: string, className: string): Element | undefined {
  return every(top).find(
    ({ attributes }) => attributes['name'] === name && attributes['classname'] === className,
  )
}

describe('the JUnit report', () => {
  test('has a testsuite for each subject, refused and absent ones too', () => {
    expect(top.children.map((suite) => suite.attributes['name'])).toEqual([
      ...['reference', 'cpython-3.14.2', 'cpython-3.13.0', 'cpython-3.8.18', 'og-rek'],
      ...['garbage', 'pypy3', 'cpython-2.7'],
    ])
  })

  test('has a testcase for each case at a protocol of each engine', () => {
    const python = top.children[1]
    if (python === undefined) throw new Error('there is no second suite')

    expect(casesOf(python)).toHaveLength(8 * 6 * 2)
    expect(testcase('save/memo/list@3', 'cpython-3.14.2.c')?.children).toEqual([])
  })

  test('fails a testcase that failed, with the clause and where it parts', () => {
    const [failure] = testcase('fast/sharing/list@2', 'cpython-3.8.18.py')?.children ?? []

    expect(failure?.name).toBe('failure')
    expect(failure?.attributes).toEqual({
      type: 'failed',
      message: 'the instructions part at 4',
    })
    expect(failure?.text.split('\n')).toEqual(
      expect.arrayContaining([
        'FAST-01 Fast mode stores nothing in the memo',
        'first difference: step 1, instruction 4',
        '→ + BINPUT 1',
        '    BININT1 1',
        'npx picklespec run --subject cpython-3.8.18 --filter fast/sharing/list --protocol 2',
      ]),
    )
  })

  test('has an error where a subject died or never answered', () => {
    const [crash] = testcase('fast/cycles/list-in-itself@0', 'cpython-3.14.2.py')?.children ?? []
    const [refusal] = testcase('says hello', 'garbage')?.children ?? []

    expect(crash).toMatchObject({ name: 'error', attributes: { type: 'crashed' } })
    expect(crash?.text).toContain('Fatal Python error')
    expect(refusal).toMatchObject({
      name: 'error',
      attributes: { message: 'it wrote what is no answer: Hello, world!' },
    })
  })

  test('skips expected failures, lossy and unsupported answers, each with its reason', () => {
    const message = (name: string, className: string) => {
      const [skipped] = testcase(name, className)?.children ?? []
      return [skipped?.name, skipped?.attributes['message']]
    }

    expect(message('fast/cycles/list-in-itself@1', 'cpython-3.14.2.c')).toEqual([
      'skipped',
      'expected to fail: a list inside itself is told from depth 50 on (https://github.com/python/cpython/issues/1062277)',
    ])
    expect(message('save/memo/list@1', 'og-rek.ogórek')).toEqual([
      'skipped',
      'lossy: it does not tell tuple from list',
    ])
    expect(message('ro/precedence/table-too@1', 'og-rek.ogórek')).toEqual([
      'skipped',
      'unsupported: it has no pickler attributes',
    ])
    expect(message('is present', 'pypy3')[0]).toBe('skipped')
  })

  test('counts what it holds, in every suite and over all', () => {
    for (const element of [top, ...top.children]) {
      const cases = element === top ? every(top) : casesOf(element)
      const count = (name: string): string =>
        `${cases.filter((one) => one.children.some((child) => child.name === name)).length}`

      expect(element.attributes).toMatchObject({
        tests: `${cases.length}`,
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      })
    }
    expect(top.attributes).toMatchObject({ failures: '10', errors: '2' })
  })

  test('fails when the run has no end, and when an entry is no longer true', () => {
    const incomplete: RunRecord = { ...record, footer: undefined }
    const suite = readXml(renderJunit(incomplete)).children.at(-1)
    const stale = every(readXml(renderJunit(recordOfTexts(() => 'so')))).filter(
      (one) => one.children[0]?.attributes['type'] === 'stale-expected-failure',
    )

    expect(suite?.attributes).toMatchObject({ name: 'picklespec', errors: '1' })
    expect(stale).toHaveLength(3)
  })

  test('fails a pass against expectation', () => {
    const found = every(readXml(renderJunit(recordOfTexts(() => 'so')))).filter(
      (one) => one.children[0]?.attributes['type'] === 'unexpected-pass',
    )

    expect(found).toHaveLength(1)
    expect(found[0]?.children[0]?.name).toBe('failure')
  })

  test('is well formed and says every text visibly, whatever the texts', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((it) => String.fromCharCode(it)) }),
      fc.constantFrom(']]>', '<!--', '</testcase>', '&amp;', '"\'<>&', '\u0000\u0008\uffff'),
    )
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (texts) => {
        const random = recordOfTexts(inTurn(texts))

        const found = readXml(renderJunit(random))

        const names = new Set(every(found).map((one) => one.attributes['name']))
        for (const line of random.verdicts) {
          expect(names).toContain(visible(`${line.case}@${line.protocol ?? 'own'}`))
        }
      }),
    )
  })
})
