import { expect, test } from 'vitest'
import { isolate } from './isolate.ts'

/** Asks by a rule that looks at what was asked before the last question. */
function asking(rule: (before: readonly string[]) => string) {
  const asked: (readonly string[])[] = []
  const ask = async (questions: readonly string[]): Promise<string> => {
    asked.push(questions)
    return rule(questions.slice(0, -1))
  }
  return { asked, ask }
}

const before = Array.from({ length: 100 }, (_, at) => `q${at}`)
const options = { isSearched: true, nameOf: (question: string) => question.toUpperCase() }

test.each([
  ['always', 'parity: byte', { kind: 'alike' }, 1],
  ['otherwise alone', 'parity: graph', { kind: 'otherwise', signature: 'parity: graph' }, 1],
  ['never again', '', { kind: 'not-again' }, 2],
] as const)('what fails %s is told', async (_, signature, isolation, times) => {
  const { ask, asked } = asking(() => signature)

  expect(await isolate('it', before, 'parity: byte', ask, options)).toEqual(isolation)
  expect(asked).toHaveLength(times)
})

test.each(['q0', 'q41', 'q99'])(
  'what fails only after %s is told in few processes',
  async (one) => {
    const { ask, asked } = asking((others) => (others.includes(one) ? 'parity: byte' : ''))

    expect(await isolate('it', before, 'parity: byte', ask, options)).toEqual({
      kind: 'after',
      case: one.toUpperCase(),
    })
    expect(asked.length).toBeLessThan(12)
  },
)

test('what takes two others to fail is told to fail in company', async () => {
  const { ask } = asking((others) => (others.includes('q3') && others.includes('q70') ? 'x' : ''))

  expect(await isolate('it', before, 'x', ask, options)).toEqual({ kind: 'in-company' })
})

test('nobody looks for the one when that is not wanted', async () => {
  const { ask, asked } = asking((others) => (others.includes('q3') ? 'x' : ''))

  const isolation = await isolate('it', before, 'x', ask, { ...options, isSearched: false })

  expect(isolation).toEqual({ kind: 'in-company' })
  expect(asked).toHaveLength(2)
})
