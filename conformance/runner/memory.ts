import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

const mebibyte = 1024 * 1024

/** The resident set of a process group in bytes; 0 when it is gone. */
export type GroupMemory = (group: number) => Promise<number>

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    // A process may end at any moment.
    return ''
  }
}

/** The processes of a group, by going through all of /proc. */
function membersThroughProc(group: number): number[] {
  const members: number[] = []
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const stat = readOrNothing(`/proc/${name}/stat`)
    // After the name in brackets, which may hold anything: state, parent, group.
    const [, , own] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (Number(own) === group) members.push(pid)
  }
  return members
}

/**
 * Reads /proc. The members of the group are looked up anew at every tenth sample, since going
 * through all processes costs some twenty times as much as reading one.
 */
function throughProc(): GroupMemory {
  let samples = 0
  let members: readonly number[] = []
  return (group) => {
    if (samples % 10 === 0) members = membersThroughProc(group)
    samples += 1
    let bytes = 0
    for (const pid of members) {
      const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readOrNothing(`/proc/${pid}/status`))
      bytes += Number(resident?.[1] ?? 0) * 1024
    }
    return Promise.resolve(bytes)
  }
}

/** Asks `ps`, for systems without /proc. */
export function throughPs(): GroupMemory {
  return (group) =>
    new Promise((resolve) => {
      execFile('ps', ['-A', '-o', 'pgid=,rss='], (error, stdout) => {
        let bytes = 0
        for (const row of error === null ? stdout.split('\n') : []) {
          const [pgid, kibibytes] = row.trim().split(/\s+/)
          if (Number(pgid) === group) bytes += Number(kibibytes) * 1024
        }
        resolve(bytes)
      })
    })
}

export function groupMemory(): GroupMemory {
  return existsSync('/proc/self/status') ? throughProc() : throughPs()
}

/** Watches the resident set of a process group until stopped. */
export class MemoryWatch {
  #timer: NodeJS.Timeout | undefined
  #stopped = false
  #peakMiB = 0

  /** `onOver` is told the resident set in MiB, once. */
  constructor(
    group: number,
    limitMiB: number,
    onOver: (rssMiB: number) => void,
    everyMs = 50,
    memory: GroupMemory = groupMemory(),
  ) {
    const sample = async (): Promise<void> => {
      const rssMiB = Math.round((await memory(group)) / mebibyte)
      if (this.#stopped) return
      this.#peakMiB = Math.max(this.#peakMiB, rssMiB)
      if (rssMiB > limitMiB) {
        this.stop()
        onOver(rssMiB)
        return
      }
      this.#timer = setTimeout(sample, everyMs)
    }
    this.#timer = setTimeout(sample, everyMs)
  }

  /** The largest resident set seen so far, in MiB. */
  get peakMiB(): number {
    return this.#peakMiB
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }
}
