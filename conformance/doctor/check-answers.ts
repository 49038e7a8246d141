import { withoutAddresses } from '../oracles/same-error.ts'
import type { Answer } from '../protocol/message.ts'
import { readResults } from '../runner/results.ts'
import type { Scenario } from '../scenario/index.ts'
import { fine, type Outcome } from './examiner.ts'
import { type Broken, cut } from './finding.ts'
import type { MistakeName } from './mistakes.ts'
import type { Way } from './ways.ts'

/** Whether an answer is about what was asked for. */
export function checkResults(way: Way, answer: Answer, item: unknown): Broken | undefined {
  const request = way.ask(0, [item])
  const found = foundWrong(request, answer, item)
  if (found === undefined) return undefined
  const wanted = 'a result for each engine and protocol of the request, each once'
  return {
    mistake: 'wrong-results',
    sent: cut(JSON.stringify(request)),
    came: `${found}: ${cut(JSON.stringify(answer))}`,
    wanted,
  }
}

function foundWrong(
  request: ReturnType<Way['ask']>,
  answer: Answer,
  item: unknown,
): string | undefined {
  if (request.request === 'run') {
    if (!('results' in answer)) return 'no results'
    // The items of this way are scenarios.
    const read = readResults(answer.results, { ...request, scenario: item as Scenario })
    return 'found' in read ? read.found : undefined
  }
  const names =
    'loads' in answer
      ? answer.loads.map(({ engine }) => engine)
      : 'dumps' in answer
        ? answer.dumps.map(({ engine, protocol }) => `${engine} under protocol ${protocol}`)
        : []
  const wanted =
    request.request === 'load'
      ? request.engines
      : request.request === 'dump'
        ? request.engines.flatMap((engine) =>
            request.protocols.map((protocol) => `${engine} under protocol ${protocol}`),
          )
        : []
  const isSame = names.length === wanted.length && wanted.every((name) => names.includes(name))
  return isSame ? undefined : `results of ${names.join(', ') || 'nobody'}`
}

/** The same but for addresses and the id of the request. */
const plain = (line: string): string => withoutAddresses(line.replace(/"id":\s*\d+,?/, ''))

/** Holds two answers to the same items against each other, line by line. */
export function compare(
  way: Way,
  items: readonly unknown[],
  first: readonly string[],
  second: readonly string[],
  mistake: MistakeName,
): Outcome {
  const at = first.findIndex((line, index) => plain(line) !== plain(second[index] ?? ''))
  if (at === -1) return fine
  return {
    mistake,
    sent: cut(JSON.stringify(way.ask(0, [items[at]]))),
    came: cut(second[at] ?? 'nothing'),
    wanted: `as before: ${cut(first[at] ?? '')}`,
  }
}
