import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ConformanceScore, Tally, verdictOf } from '../../reports/index.ts'
import { packageFile } from '../package-root.ts'
import { levelOf } from './judge.ts'
import { run } from './run.ts'
import { defaultLimits } from './subject.ts'
import { loadSuite } from './suite.ts'

const folder = packageFile('conformance', 'runner', 'null-adapters')
const files = readdirSync(folder).filter((name) => name !== 'serve-null.mjs')
const suite = loadSuite()

/** Of the clauses judged, what knowing nothing may earn. */
const bound = 0.05

type Earned = { readonly conformance: ConformanceScore; readonly kinds: ReadonlySet<string> }

/** The clauses met of those that any document speaks of, on the whole suite. */
async function earned(file: string, as: 'pickler' | 'codec'): Promise<Earned> {
  const tally = new Tally()
  const kinds = new Set<string>()
  await run({
    suite,
    choice: (one) => levelOf(one) !== 'implementation',
    protocols: [],
    subjects: [
      {
        subject: {
          id: file,
          command: [process.execPath, file, as],
          env: {},
          cwd: folder,
          limits: defaultLimits,
        },
        expected: [],
      },
    ],
    judges: { predict: undefined },
    atOnce: 1,
    signal: new AbortController().signal,
    onStart: () => {},
    onLine: (line) => {
      const { kind } = verdictOf(line)
      // What only a pickler can be asked is no clause that a codec could meet.
      if (as === 'codec' && kind === 'unsupported') return
      tally.add(line)
      kinds.add(kind)
    },
  })
  return { conformance: tally.footer({ stale: [], complete: true, ms: 0 }).conformance, kinds }
}

test('there are adapters that know nothing, each in its own way', () => {
  expect(files.length).toBeGreaterThanOrEqual(6)
})

describe.each(['pickler', 'codec'] as const)('as a %s', (as) => {
  test.each(files)('%s meets next to no clause', async (file) => {
    const { conformance, kinds } = await earned(file, as)

    const { met, of } = conformance
    process.stdout.write(`${file.replace('.mjs', '')}, a ${as}: ${met} of ${of} clauses met\n`)
    // Answered in good form, every one: what is low is what the answers are worth.
    expect([...kinds].filter((kind) => kind !== 'failed' && kind !== 'passed')).toEqual([])
    expect(of).toBeGreaterThan(100)
    expect(met / of).toBeLessThan(bound)
    // A clause is met by something that was answered, never by refusals alone.
    if (file.startsWith('refuses')) expect(met).toBe(0)
  })
})
