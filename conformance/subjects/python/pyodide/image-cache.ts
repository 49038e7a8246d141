import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { version } from 'pyodide'
import { imageIngredients } from './embedded.ts'

/**
 * Memory images of CPython between runs, one file for each pyodide, Node and adapter. Everything
 * here may fail quietly: without an image the start is only slower.
 */
export class ImageCache {
  readonly #folder: string
  readonly #file: string

  constructor(folder: string) {
    this.#folder = folder
    this.#file = join(folder, `python-${imageKey()}.image`)
  }

  /** The image for what would be started now, if there is one and it is whole. */
  read(): Uint8Array | undefined {
    try {
      const content = readFileSync(this.#file)
      const digest = content.subarray(0, digestBytes)
      const image = content.subarray(digestBytes)
      return sha256(image).equals(digest) ? image : undefined
    } catch {
      return undefined
    }
  }

  /** Keeps an image; says whether it could. */
  write(image: Uint8Array): boolean {
    const draft = `${this.#file}.${process.pid}`
    try {
      mkdirSync(this.#folder, { recursive: true })
      writeFileSync(draft, Buffer.concat([sha256(image), image]))
      renameSync(draft, this.#file)
      return true
    } catch {
      rmSync(draft, { force: true })
      return false
    }
  }

  /** Forgets the image, because it did not start. */
  forget(): void {
    rmSync(this.#file, { force: true })
  }
}

const digestBytes = 32

function sha256(content: Uint8Array | string): Buffer {
  return createHash('sha256').update(content).digest()
}

function imageKey(): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([version, process.version, process.arch, process.platform]))
  for (const ingredient of imageIngredients()) hash.update(sha256(ingredient))
  return hash.digest('hex').slice(0, 24)
}
