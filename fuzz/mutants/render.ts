import type { Score } from './score.ts'

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}

/** Survivors with their places, and the score last. */
export function renderScore(score: Score, seconds: number): string {
  const { equivalent, killed, killedBy, survivors, told, total } = score
  const lines = survivors.flatMap(({ after, before, file, id, line, operator, questions }) => [
    `${file}:${line} ${operator}, touched by ${questions} questions`,
    `  ${oneLine(before)} → ${oneLine(after)}`,
    `  ${id}`,
  ])
  const stale = told.map((one) => `said to be equivalent: ${one}`)
  const killers =
    killedBy.fuzz > 0 ? '' : ` (${killedBy.cases} by cases, ${killedBy.tests} by tests)`
  const counts = [
    `${total} mutants`,
    `${equivalent} equivalent`,
    `${killed} killed${killers}`,
    `${survivors.length} survived`,
  ]
  const last = `${counts.join(', ')}: ${score.score.toFixed(1)} % in ${seconds.toFixed(0)} s`
  return `${[...lines, ...stale, last].join('\n')}\n`
}
