/** Nests a thousand times deeper than any pickler goes: answered, or a verdict; the run goes on. */
import { expect, test } from 'vitest'
import { knownSubjects, observe, parseScenario, type Question } from './index.ts'

const depth = 1_000_000

const nest = (kind: string, engine: string): Question => ({
  scenario: parseScenario({
    scenario: 1,
    classes: [{ name: 'Node' }],
    pickler: { instance: { fast: true } },
    steps: [{ dump: { nest: depth, in: kind, of: 1 } }],
  }),
  engines: [engine],
  protocols: [4],
  observe: [],
})

const flat = (engine: string): Question => ({
  scenario: parseScenario({ scenario: 1, steps: [{ dump: { list: [7] } }] }),
  engines: [engine],
  protocols: [4],
  observe: [],
})

type Outcome = Parameters<Parameters<typeof observe>[2]['onOutcome']>[1]

/** The exception of the last step, what it wrote instead of one, or the death. */
function endOf(outcome: Outcome | undefined): string | undefined {
  if (outcome?.kind !== 'answered') return outcome?.kind
  const last = outcome.results[0]?.steps.at(-1)
  return last?.refused?.class ?? last?.bytes
}

const subjects = await knownSubjects(process.env)
const newest = subjects.findLast(({ id }) => /^cpython-\d+\.\d+\.\d+$/.test(id))?.id
const asked: [string, string][] = [
  ['reference', 'documented'],
  ['reference', 'cpython-3.14-py'],
]
for (const id of ['cpython-3.14-embedded', ...(newest === undefined ? [] : [newest])]) {
  asked.push([id, 'c'], [id, 'py'])
}

test.each(asked)('%s answers what follows nests of a million, as %s', async (id, engine) => {
  const subject = subjects.find((one) => one.id === id)
  if (subject?.status !== 'ready') throw new Error(`${id} is not there`)
  const questions = ['list', 'instance:Node'].flatMap((kind) => [nest(kind, engine), flat(engine)])
  const told = new Map<Question, Outcome>()
  await observe(subject.subject, questions, {
    onOutcome: (question, end) => told.set(question, end),
  })

  const ends = questions.map((question) => endOf(told.get(question)))
  const either = expect.stringMatching(/^(RecursionError|ValueError|crashed|out-of-memory|8004)/)
  const list = '80049506000000000000005d944b07612e'
  expect(ends).toEqual([either, list, either, list])
})
