import { expect, test } from 'vitest'
import { readCorpus, referenceDigest } from './corpus.ts'
import { digestOf, toldSteps } from './told.ts'

const entries = readCorpus()

test('every measured release and engine has answers, to scenarios and to pickles', () => {
  const profiles = new Set(entries.map(({ profile }) => profile))

  expect(profiles.size).toBeGreaterThanOrEqual(16)
  for (const profile of profiles) {
    const own = entries.filter((one) => one.profile === profile)
    expect(own.filter((one) => 'load' in one).length).toBeGreaterThan(5)
    expect(own.filter((one) => 'scenario' in one).length).toBeGreaterThan(5)
  }
})

test.each(entries.map((entry) => [entry] as const))(
  'the reference answers to the letter what an interpreter answered: %#',
  (entry) => {
    expect(referenceDigest(entry), JSON.stringify(entry)).toBe(entry.digest)
  },
)

test('a digest is another when a byte, a message or a note is', () => {
  const refused = { class: 'E', mro: ['E'], message: 'no', notes: [], cause: null }
  const digests = [
    [{}],
    [{ bytes: '802e' }],
    [{ refused }],
    [{ refused: { ...refused, message: 'not' } }],
    [{ refused: { ...refused, notes: ['there'] } }],
    [{ refused: { ...refused, cause: 'E' } }],
  ].map((steps) => digestOf(toldSteps(steps)))

  expect(new Set(digests).size).toBe(digests.length)
  expect(digestOf(toldSteps([{ refused: { ...refused, message: 'at 0x7f01' } }]))).toBe(
    digestOf(toldSteps([{ refused: { ...refused, message: 'at 0x7fff' } }])),
  )
  expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }))
})
