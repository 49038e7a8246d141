import ts from 'typescript'
import { expect, test } from 'vitest'
import { packageRoot } from '../../conformance/index.ts'
import { readEquivalents, staleEquivalents, withSurvived } from './equivalents.ts'
import { findMutants } from './find-mutants.ts'
import { filesWith, layersOf } from './fuzz-mutants.ts'
import { readSources } from './ground.ts'
import { handWrittenMutants, readHandWritten } from './hand-written.ts'

const sources = readSources(packageRoot)
const all = [...sources].flatMap(([file, text]) => findMutants(ts, file, text))

test('each mutant of the reference has a name of its own', () => {
  expect(all.length).toBeGreaterThan(5000)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
})

test('what is said to be equivalent is a mutant of these sources, with a reason', () => {
  const written = handWrittenMutants(ts, sources, readHandWritten())
  const equivalents = readEquivalents()

  expect(staleEquivalents(equivalents, [...all, ...written])).toEqual([])
})

test('equivalents withstood random questions, all that there are', () => {
  const { mutants, survived } = readEquivalents()

  expect(survived.mutants).toBe(mutants.length)
  expect(survived.checks).toBeGreaterThanOrEqual(mutants.length === 0 ? 0 : 100_000)
})

test('an entry of no mutant, one that stands twice and one without a reason are told', () => {
  const [first, second] = all.map(({ id }) => id)
  const of = (...mutants: { id: string; because: string }[]) =>
    staleEquivalents({ survived: { seed: 1, checks: 0, mutants: 0 }, mutants, candidates: [] }, all)

  expect(of({ id: first ?? '', because: 'why' })).toEqual([])
  expect(of({ id: 'gone', because: 'why' })).toEqual(['gone is no mutant of these sources'])
  expect(of({ id: second ?? '', because: ' ' })).toEqual([`${second} has no reason`])
  expect(of({ id: first ?? '', because: 'why' }, { id: first ?? '', because: 'why' })).toEqual([
    `${first} stands there twice`,
  ])
})

test('candidates that withstood what all did are equivalents from then on', () => {
  const before = { seed: 1, checks: 2, mutants: 1 }
  const survived = { seed: 3, checks: 4, mutants: 2 }
  const [known, asked] = [
    { id: 'a', because: 'x' },
    { id: 'b', because: 'y' },
  ]

  expect(
    withSurvived({ survived: before, mutants: [known], candidates: [asked] }, survived, []),
  ).toEqual({ survived, mutants: [known, asked], candidates: [] })
})

test('an equivalent that was told is a candidate again', () => {
  const survived = { seed: 3, checks: 4, mutants: 3 }
  const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, because: 'x' }))
  if (a === undefined || b === undefined || c === undefined) throw new Error('three were made')

  expect(
    withSurvived({ survived, mutants: [a, b], candidates: [c] }, survived, ['a', 'c']),
  ).toEqual({ survived: { ...survived, mutants: 1 }, mutants: [b], candidates: [a, c] })
})

test('a text written by hand that stands nowhere, or twice, is refused', () => {
  const one = { name: 'one', file: 'release.ts', instead: '', clause: '', why: '' }
  const made = (find: string) => () => handWrittenMutants(ts, sources, [{ ...one, find }])

  expect(made('no such text')).toThrow('one: found "no such text" 0 times in reference/release.ts')
  expect(made('return')).toThrow('wanted it once')
})

test('mutants at one place do not share a build, all others do', () => {
  const text = 'export const f = (a, b) => a < 1 && b < 2\n'
  const file = 'reference/f.ts'
  const mutants = findMutants(ts, file, text)
  const layers = layersOf(mutants)

  expect(mutants.map(({ after }) => after)).toEqual(['<=', '(1 + 1)', '||', '<=', '(2 + 1)'])
  expect(layers).toEqual([mutants])
  expect(layersOf([...mutants, ...mutants])).toEqual([mutants, mutants])
  const ground = { sources: new Map([[file, text]]) }
  expect([...filesWith({ ts, ground }, mutants)]).toEqual([
    [file, 'export const f = (a, b) => a <= (1 + 1) || b <= (2 + 1);\n'],
  ])
})
