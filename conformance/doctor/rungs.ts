import type { Hello } from '../protocol/message.ts'
import { checkResults, compare } from './check-answers.ts'
import {
  type Examiner,
  fine,
  helloId,
  helloRequest,
  indexed,
  isBroken,
  named,
  type Outcome,
} from './examiner.ts'
import { cut } from './finding.ts'
import type { MistakeName } from './mistakes.ts'
import { type Given, intOf, textOf, type Way } from './ways.ts'

/** A step of the ladder, climbed in each way in which a subject can be asked. */
type Rung = {
  readonly rung: string
  /** When it breaks, those above mean nothing. */
  readonly bears: boolean
  /** A mistake beside which this would only be named again. */
  readonly unless?: MistakeName
  readonly climb: (examiner: Examiner, way: Way, hello: Hello) => Promise<Outcome>
}

/** Not near each other, and not in order. */
const farId = 1_000_000

/** Asks for values and holds what came against them; refusals are left to the suite. */
async function askValues<T extends string | bigint>(
  examiner: Examiner,
  way: Way,
  values: readonly T[],
  read: (given: Given) => unknown,
  mistake: MistakeName,
): Promise<Outcome> {
  let isTold = false
  const exchanged = await examiner.ask(way, 12, values.map(way.of))
  if (isBroken(exchanged)) return exchanged
  for (const [at, value] of values.entries()) {
    const answer = exchanged.answers[at]
    for (const given of answer === undefined ? [] : way.read(answer)) {
      const seen = read(given)
      if (seen === undefined) continue
      isTold = true
      if (seen === value) continue
      const sent = cut(JSON.stringify(way.ask(12, [way.of(value)])))
      const came = `${cut(exchanged.lines[at] ?? '')}, which has ${show(seen)}`
      return { mistake, sent, came, wanted: show(value) }
    }
  }
  return isTold ? fine : { status: 'open', because: 'it answers with something else or refuses' }
}

const show = (value: unknown): string =>
  typeof value === 'bigint' ? String(value) : JSON.stringify(value)

const texts = ['é', 'zażółć €', '😀', 'a\u0000b', '"\\\n\t/', '\u2028\u00a0']

/** What each way is asked first. */
const first = (way: Way): readonly unknown[] => [...way.plain, ...texts.map(way.of)]

const ints = [9007199254740993n, -9007199254740993n, 18446744073709551617n]

/** What is asked in each of the ways that a subject knows, from the bottom. */
export const rungsOfWays: readonly Rung[] = [
  {
    rung: 'answers each item of a batch, in order',
    bears: true,
    climb: async (examiner, way) => {
      const items = first(way)
      const exchanged = await examiner.ask(way, 7, items)
      if (isBroken(exchanged)) return exchanged
      for (const [at, answer] of exchanged.answers.entries()) {
        const broken = checkResults(way, answer, items[at])
        if (broken !== undefined) return broken
      }
      examiner.firstLines.set(way, exchanged.lines)
      return fine
    },
  },
  {
    rung: 'answers several requests that come at once',
    bears: false,
    climb: async (examiner, way) => {
      const [some, others] = [way.plain.slice(0, 2), way.plain.slice(2)]
      const requests = [way.ask(farId, some), way.ask(3, others), helloRequest]
      const text = requests.map((request) => `${JSON.stringify(request)}\n`).join('')
      const owed = [...indexed(farId, some), ...indexed(3, others), { id: helloId }]
      const exchanged = await examiner.write([text], owed)
      return isBroken(exchanged)
        ? named(exchanged, 'forgets-requests', ['silent', 'dies', 'forgets-items'])
        : fine
    },
  },
  {
    rung: 'understands a request that comes in pieces',
    bears: false,
    climb: async (examiner, way) => {
      const text = `${JSON.stringify(way.ask(5, way.plain))}\n`
      const third = Math.ceil(text.length / 3)
      const pieces = [text.slice(0, third), text.slice(third, 2 * third), text.slice(2 * third)]
      const exchanged = await examiner.write(pieces, indexed(5, way.plain))
      return isBroken(exchanged) ? named(exchanged, 'half-lines') : fine
    },
  },
  {
    rung: 'understands a line of 400 kB',
    bears: false,
    unless: 'half-lines',
    climb: async (examiner, way) => {
      const items = [way.of('long '.repeat(40_000)), way.of('long '.repeat(40_000))]
      const exchanged = await examiner.ask(way, 6, items)
      return isBroken(exchanged) ? named(exchanged, 'short-lines') : fine
    },
  },
  {
    rung: 'answers alike in two fresh processes',
    bears: true,
    climb: async (examiner, way) => {
      // Asked what the first process was asked first, in the same order.
      if (way === examiner.firstLines.keys().next().value) await examiner.end()
      const exchanged = await examiner.ask(way, 7, first(way))
      if (isBroken(exchanged)) return exchanged
      const lines = examiner.firstLines.get(way) ?? []
      return compare(way, first(way), lines, exchanged.lines, 'not-deterministic')
    },
  },
  {
    rung: 'answers alike whatever was asked before',
    bears: false,
    climb: async (examiner, way) => {
      const items = [...way.before, ...way.plain]
      const earlier = await examiner.ask(way, 9, items)
      if (isBroken(earlier)) return earlier
      const between = await examiner.ask(way, 10, way.between, { allowsErrors: true })
      if (isBroken(between)) return between
      const later = await examiner.ask(way, 9, items)
      if (isBroken(later)) return later
      return compare(way, items, earlier.lines, later.lines, 'leaks-state')
    },
  },
  {
    rung: 'keeps text as it is',
    bears: false,
    climb: (examiner, way) => askValues(examiner, way, texts, textOf, 'mangles-text'),
  },
  {
    rung: 'keeps lone surrogates',
    bears: false,
    climb: async (examiner, way, { distinguishes }) => {
      if (!distinguishes.includes('surrogates')) {
        return { status: 'open', because: 'it does not say that it can tell them apart' }
      }
      const exchanged = await examiner.ask(way, 11, [way.surrogate])
      if (isBroken(exchanged)) return named(exchanged, 'loses-surrogates')
      const lone = '\ud83d'
      const lost = exchanged.answers
        .flatMap(way.read)
        .map(textOf)
        .find((text) => text !== undefined && text !== lone)
      if (lost === undefined) return fine
      return {
        mistake: 'loses-surrogates',
        sent: cut(JSON.stringify(way.ask(11, [way.surrogate]))),
        came: `${cut(exchanged.lines[0] ?? '')}, which has ${show(lost)}`,
        wanted: show(lone),
      }
    },
  },
  {
    rung: 'keeps ints beyond 2^53',
    bears: false,
    climb: (examiner, way) => askValues(examiner, way, ints, intOf, 'rounds-ints'),
  },
  {
    rung: 'refuses what has to be refused',
    bears: false,
    climb: async (examiner, way) => {
      if (way.refused.length === 0) {
        return { status: 'open', because: 'nothing has to be refused with what it can do' }
      }
      const exchanged = await examiner.ask(way, 13, way.refused, { allowsErrors: true })
      if (isBroken(exchanged)) return exchanged
      const at = exchanged.answers.findIndex((answer) =>
        way.read(answer).some(({ isRefused }) => !isRefused),
      )
      if (at === -1) return fine
      return {
        mistake: 'swallows-errors',
        sent: cut(JSON.stringify(way.ask(13, [way.refused[at]]))),
        came: cut(exchanged.lines[at] ?? ''),
        wanted: '"refused" for every engine',
      }
    },
  },
]
