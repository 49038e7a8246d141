import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Mutant } from './find-mutants.ts'
import { cacheOf } from './ground.ts'

/**
 * What told each mutant when it was last asked, by its name: asked first, it is likely to tell again.
 * Each fate is written down at once, so that a run which is cut off goes on where it was.
 */
export class Tellers {
  readonly #file: string
  readonly #last = new Map<string, string>()

  /** @param root of the package, in whose cache it is kept */
  constructor(root: string) {
    this.#file = join(cacheOf(root), 'tellers.jsonl')
    if (!existsSync(this.#file)) return
    for (const line of readFileSync(this.#file, 'utf8').split('\n')) {
      const [, id, teller] = /^\["(.*)","(.*)"\]$/.test(line) ? ['', ...JSON.parse(line)] : []
      if (typeof id === 'string' && typeof teller === 'string') this.#last.set(id, teller)
    }
  }

  /** The teller; `''` when nothing told, undefined when nobody asked. */
  of(id: string): string | undefined {
    return this.#last.get(id)
  }

  note(id: string, teller: string): void {
    if (this.#last.get(id) === teller) return
    this.#last.set(id, teller)
    mkdirSync(dirname(this.#file), { recursive: true })
    appendFileSync(this.#file, `${JSON.stringify([id, teller])}\n`)
  }

  /** Those first that were never asked, then those that survived. */
  inOrder(mutants: readonly Mutant[]): Mutant[] {
    const known =
      (teller: string | undefined) =>
      ({ id }: Mutant) =>
        this.of(id) === teller
    const told = ({ id }: Mutant) => (this.of(id) ?? '') !== ''
    return [known(undefined), known(''), told].flatMap((is) => mutants.filter(is))
  }
}
