import {
  type Death,
  type Engine,
  type Hello,
  hello,
  type SubjectCommand,
} from '../conformance/index.ts'

/** One engine of one subject, as it is timed. */
export type Arm = {
  readonly subject: SubjectCommand
  readonly engine: string
  /** The profile that says what is right. */
  readonly follows: string
  /** It says what it loaded, so its loads can be judged. */
  readonly tellsLoads: boolean
  /** The baseline a second time, in processes of its own: what parts it from the first is noise. */
  readonly isTwin: boolean
}

/** What is not timed, or whose time does not count, and why. */
export type Loss = {
  readonly subject: string
  /** null for a subject as a whole. */
  readonly engine: string | null
  /** null for all workloads; else the operation and the name, `load pickle-list`. */
  readonly workload: string | null
  readonly because: string
  /** Somebody has to look at it: wrong bytes, a refusal, a death. */
  readonly isFinding: boolean
}

/** How a subject ended, in a few words. */
export function describeDeath(death: Death): string {
  switch (death.kind) {
    case 'crashed': {
      const how = death.signal ?? `exit code ${death.exitCode ?? 'unknown'}`
      const [last = ''] = death.stderrTail.trimEnd().split('\n').slice(-1)
      return last === '' ? `it crashed with ${how}` : `it crashed with ${how}: ${last}`
    }
    case 'timed-out':
      return `it did not answer within ${death.afterMs} ms`
    case 'out-of-memory':
      return `it took ${death.rssMiB} MiB of memory`
    case 'babbled':
      return `it wrote ${death.found}`
    case 'harness-error':
      return death.message
  }
}

/**
 * The engines to time. A subject that follows every profile, as the reference does, is timed as
 * `documented`: its profiles are answers to choose from, not implementations.
 */
function timedEngines({ engines }: Hello): readonly Engine[] {
  const documented = engines.filter(({ id }) => id === 'documented')
  return documented.length > 0 ? documented : engines
}

/** Hears all subjects, and gives back which of their engines can be timed, and why others cannot. */
export async function findArms(
  subjects: readonly SubjectCommand[],
  signal: AbortSignal,
): Promise<{ readonly arms: readonly Arm[]; readonly losses: readonly Loss[] }> {
  const arms: Arm[] = []
  const losses: Loss[] = []
  for (const subject of subjects) {
    const loss = { subject: subject.id, engine: null, workload: null }
    const heard = await hello(subject, signal)
    if (!('engines' in heard)) {
      losses.push({ ...loss, because: describeDeath(heard), isFinding: true })
    } else if (!heard.roles.includes('bench')) {
      losses.push({ ...loss, because: 'its adapter does not time', isFinding: false })
    } else {
      const tellsLoads = heard.capabilities.includes('bench:graph')
      for (const { id: engine, follows } of timedEngines(heard)) {
        if (follows === null) {
          const because = 'it follows no profile, so nobody can say what is right'
          losses.push({ ...loss, engine, because, isFinding: false })
        } else arms.push({ subject, engine, follows, tellsLoads, isTwin: false })
      }
    }
  }
  return { arms, losses }
}

/** Native before embedded, the newest first. */
function byRank(a: Arm, b: Arm): number {
  const isEmbedded = (arm: Arm): number => (arm.subject.id.endsWith('-embedded') ? 1 : 0)
  const order = b.subject.id.localeCompare(a.subject.id, 'en', { numeric: true })
  return isEmbedded(a) - isEmbedded(b) || order
}

/**
 * Whose times the others are divided by: C's pickler of the newest native CPython, else of the
 * embedded one, else whoever is first.
 */
export function baselineOf(arms: readonly Arm[]): Arm | undefined {
  const accelerated = arms.filter(
    ({ subject, engine }) => subject.id.startsWith('cpython-') && engine === 'c',
  )
  return [...accelerated].sort(byRank)[0] ?? arms[0]
}

/** The arm in words, `cpython-3.13.0 c`. */
export const nameOf = ({ subject, engine }: Arm): string => `${subject.id} ${engine}`
