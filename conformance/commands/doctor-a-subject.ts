import { CouldNotRun, type ExitCode, type Io, WrongUsage } from '../../reports/command.ts'
import { examine, type Finding, mistakes } from '../doctor/index.ts'
import { chosenSubjects } from './chosen-subjects.ts'

const seconds = 5

const indented = (text: string): string => text.replaceAll('\n', `\n${' '.repeat(10)}`)

function* lines(finding: Finding): Generator<string> {
  const { rung, request, status } = finding
  const sign = { fine: '✓', open: '·', broken: '✗' }[status]
  const about = request === undefined ? '' : ` (${request})`
  yield `${sign} ${rung}${about}${status === 'open' ? `: ${finding.because}` : ''}`
  if (status !== 'broken') return
  const { says, next } = mistakes[finding.mistake]
  yield `  sent    ${indented(finding.sent)}`
  yield `  came    ${indented(finding.came)}`
  yield `  wanted  ${indented(finding.wanted)}`
  yield `  mistake ${finding.mistake}: ${says}`
  yield `  next    ${next}`
}

/**
 * Examines one subject and prints each rung of the ladder as it is climbed.
 *
 * @throws {WrongUsage} for what is no subject, or several
 * @throws {CouldNotRun} for one that is not here, or whose program cannot be started
 */
export async function doctor(
  io: Io,
  name: string,
  options: { readonly patience: number | undefined; readonly json: boolean },
): Promise<ExitCode> {
  const { ready, absent } = await chosenSubjects(io, [name])
  const [chosen, second] = ready
  if (second !== undefined) {
    const ids = ready.map(({ subject }) => subject.id).join(', ')
    throw new WrongUsage(`found ${ready.length} subjects (${ids}), wanted one`)
  }
  if (chosen === undefined) {
    throw new CouldNotRun(absent.map(({ id, reason }) => `${id}: ${reason}`).join('; '))
  }
  const { subject } = chosen
  const { findings } = await examine(subject, {
    patienceMs: (options.patience ?? seconds) * 1000,
    onFinding: (finding) => {
      if (options.json) return
      for (const line of lines(finding)) io.stdout.write(`${line}\n`)
    },
  })
  const broken = findings.flatMap((one) => (one.status === 'broken' ? [one] : []))
  const names = [...new Set(broken.map(({ mistake }) => mistake))]
  if (options.json) {
    const report = { subject: subject.id, healthy: names.length === 0, mistakes: names, findings }
    io.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  } else {
    const count = names.length === 1 ? '1 mistake' : `${names.length} mistakes`
    const verdict = names.length === 0 ? 'healthy' : `${count}: ${names.join(', ')}`
    io.stdout.write(`${subject.id}: ${verdict}\n`)
  }
  if (names.includes('cannot-start')) return 3
  return names.length === 0 ? 0 : 1
}
