import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Given, isEmbedded, type LoadCase, loadAs, messageOf, told } from './fixtures/loads.ts'
import { otherWords } from './fixtures/other-words.ts'

const read = (name: string): string =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

const cases: readonly LoadCase[] = JSON.parse(read('cases.json'))

type Rows = readonly (readonly [engines: number, gives: Given])[]

const recorded: {
  readonly engines: readonly string[]
  readonly answers: readonly (readonly [symbols: Rows, names: Rows])[]
} = JSON.parse(read('loads.json'))

/** Errors are numbered by the system, and that of an embedded Python is none of the others'. */
const isNumberedElsewhere = (engine: string, loaded: LoadCase): boolean =>
  isEmbedded(engine) && /OSError|IOError|EnvironmentError/.test(textOf(loaded))

const textOf = ({ pickle }: LoadCase): string => Buffer.from(pickle, 'hex').toString('latin1')

type Difference = {
  readonly pickle: string
  readonly world: string
  readonly wanted: string
  readonly given: string
}

function differencesOf(engine: string): Difference[] {
  const bit = 2 ** recorded.engines.indexOf(engine)
  return cases.flatMap((loaded, at) =>
    (['symbols', 'names'] as const).flatMap((world, index): Difference[] => {
      const row = recorded.answers[at]?.[index]?.find(([engines]) => (engines & bit) !== 0)
      if (row === undefined) throw new Error(`no answer of ${engine} to ${loaded.name}`)
      if (isNumberedElsewhere(engine, loaded)) return []
      const answer = loadAs(engine, world, loaded)
      const [wanted, given] = [told(row[1]), told(answer)]
      if (wanted !== given) return [{ pickle: loaded.name, world, wanted, given }]
      const [wantedWords, words] = [messageOf(row[1]), messageOf(answer)]
      return isSaidAs(wantedWords, words)
        ? []
        : [{ pickle: loaded.name, world, wanted: wantedWords, given: words }]
    }),
  )
}

/** Whether a refusal is in the same words, or in others that are known. */
function isSaidAs(wanted: string, given: string): boolean {
  if (wanted === given) return true
  return otherWords.some(([python, own]) => python.test(wanted) && own.test(given))
}

describe('pickles load as in the interpreter that was asked', () => {
  test.each(recorded.engines)('CPython %s', (engine) => {
    expect(differencesOf(engine)).toEqual([])
  })

  test('words that are known to be other are there in what Python said', () => {
    const said = new Set(
      recorded.answers.flatMap((worlds) =>
        worlds.flatMap((rows) => rows.map(([, given]) => messageOf(given))),
      ),
    )

    expect(otherWords.filter(([python]) => ![...said].some((one) => python.test(one)))).toEqual([])
  })

  test('every engine has answered every case', () => {
    const all = 2 ** recorded.engines.length - 1

    expect(recorded.engines).toHaveLength(16)
    expect(recorded.answers).toHaveLength(cases.length)
    for (const worlds of recorded.answers) {
      for (const rows of worlds) expect(rows.reduce((bits, [bit]) => bits | bit, 0)).toBe(all)
    }
  })
})
