import { rmSync } from 'node:fs'
import { CouldNotRun } from '../../reports/command.ts'
import { type Mutant, withEdit } from './find-mutants.ts'
import { type Ground, plant } from './ground.ts'
import type { Fate } from './run-mutants.ts'
import type { Seat } from './seat.ts'
import { type TypeScript, transpiled } from './typescript.ts'

/** What random questions need. */
export type FuzzRange = {
  readonly ts: TypeScript
  readonly root: string
  readonly ground: Ground
  readonly seed: number
  /** How many questions a build is asked. */
  readonly checks: number
}

/** A random question takes less, on both builds. */
const patienceMs = 30_000

/** So many questions are one task when a build is asked by all seats. */
const portion = 500

/** The files of a build with these mutants in it; no two of them stand at one place. */
export function filesWith(
  { ts, ground }: Pick<FuzzRange, 'ts'> & { readonly ground: Pick<Ground, 'sources'> },
  mutants: readonly Mutant[],
): Map<string, string> {
  const changed = new Map<string, string>()
  // From the end on, so that places before stay what they are.
  for (const mutant of [...mutants].sort((a, b) => b.start - a.start)) {
    const text = changed.get(mutant.file) ?? ground.sources.get(mutant.file) ?? ''
    changed.set(mutant.file, withEdit(text, mutant))
  }
  return new Map([...changed].map(([file, text]) => [file, transpiled(ts, text)]))
}

/** Mutants that can stand in one build together, as few builds as it takes. */
export function layersOf(mutants: readonly Mutant[]): Mutant[][] {
  const layers: Mutant[][] = []
  for (const mutant of mutants) {
    const meets = (other: Mutant): boolean =>
      other.file === mutant.file && other.start < mutant.end && mutant.start < other.end
    const layer = layers.find((one) => !one.some(meets))
    if (layer === undefined) layers.push([mutant])
    else layer.push(mutant)
  }
  return layers
}

type Told = { readonly check: number; readonly why: string }

/**
 * Asks a build; where it parts from the sound one. Questions that are too much for the sound build as
 * well, in the memory and the time of a thread, say nothing and are passed over.
 */
async function askBuild(
  { ground, seed }: FuzzRange,
  seat: Seat,
  build: string,
  from: number,
  checks: number,
): Promise<Told | undefined> {
  const end = from + checks
  const ask = (asked: string, first: number, count: number) =>
    seat.carryOut({ do: 'fuzz', build: asked, seed, from: first, checks: count }, () => patienceMs)
  for (let next = from; next < end; ) {
    const done = await ask(build, next, end - next)
    if (done.did === 'end') {
      const sound = await ask(ground.plain, done.at, 1)
      if (sound.did !== 'end') return { check: done.at, why: done.why }
      next = done.at + 1
      continue
    }
    if (done.did !== 'fuzz') throw new CouldNotRun('another task was done')
    return done.killedBy === undefined ? undefined : { check: done.killedBy, why: done.why }
  }
  return undefined
}

/** Asks about each mutant, one seat a mutant. */
export async function fuzzMutants(
  range: FuzzRange,
  mutants: readonly Mutant[],
  seats: readonly Seat[],
  signal: AbortSignal,
  onFate: (fate: Fate, done: number) => void,
): Promise<Fate[]> {
  const fates: Fate[] = []
  const queue = [...mutants]
  await Promise.all(
    seats.map(async (seat) => {
      for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
        if (signal.aborted) return
        const build = plant(range.ground, range.root, filesWith(range, [mutant]))
        const told = await askBuild(range, seat, build, 0, range.checks)
        rmSync(build, { recursive: true })
        const teller = told === undefined ? '' : `check ${told.check} of the seed ${range.seed}`
        const by = told === undefined ? 'nothing' : 'fuzz'
        const fate = { mutant, by, teller, why: told?.why ?? '', questions: range.checks } as const
        fates.push(fate)
        onFate(fate, fates.length)
      }
    }),
  )
  return fates
}

/** What a build with equivalents was found to do otherwise, and by which of them. */
export type ToldEquivalents = Told & { readonly mutants: readonly string[] }

/**
 * Asks builds with all these mutants in them. Those that make a difference when they stand alone are
 * left out from there on; where none does, no more is asked.
 */
export async function fuzzTogether(
  range: FuzzRange,
  mutants: readonly Mutant[],
  seats: readonly Seat[],
  signal: AbortSignal,
  onProgress: (checks: number) => void,
): Promise<ToldEquivalents[]> {
  const found: ToldEquivalents[] = []
  let asked = 0
  for (let layer of layersOf(mutants)) {
    for (let from = 0; from < range.checks && !signal.aborted; ) {
      const done = await fuzzLayer(range, layer, seats, signal, from, (checks) => {
        asked += checks
        onProgress(asked)
      })
      from = done.next
      if (done.told === undefined) continue
      const ids = await tellers(range, layer, seats, done.told)
      found.push({ ...done.told, mutants: ids })
      if (ids.length === 0) return found
      layer = layer.filter(({ id }) => !ids.includes(id))
    }
  }
  return found
}

/** Asks one build from a check on; up to where all was as in the sound one, and what was not. */
async function fuzzLayer(
  range: FuzzRange,
  layer: readonly Mutant[],
  seats: readonly Seat[],
  signal: AbortSignal,
  first: number,
  onAsked: (checks: number) => void,
): Promise<{ readonly next: number; readonly told: Told | undefined }> {
  const build = plant(range.ground, range.root, filesWith(range, layer))
  const open = new Set<number>()
  let told: Told | undefined
  let next = first
  await Promise.all(
    seats.map(async (seat) => {
      while (next < range.checks && told === undefined && !signal.aborted) {
        const from = next
        next += portion
        open.add(from)
        const checks = Math.min(portion, range.checks - from)
        const done = await askBuild(range, seat, build, from, checks)
        if (done === undefined) open.delete(from)
        told ??= done
        onAsked(checks)
      }
    }),
  )
  rmSync(build, { recursive: true })
  return { next: Math.min(next, ...open), told }
}

async function tellers(
  range: FuzzRange,
  layer: readonly Mutant[],
  [seat]: readonly Seat[],
  { check }: Told,
): Promise<string[]> {
  const found: string[] = []
  if (seat === undefined) return found
  for (const mutant of layer) {
    const build = plant(range.ground, range.root, filesWith(range, [mutant]))
    if ((await askBuild(range, seat, build, check, 1)) !== undefined) found.push(mutant.id)
    rmSync(build, { recursive: true })
  }
  return found
}
