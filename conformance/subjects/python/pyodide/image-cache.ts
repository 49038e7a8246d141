import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { imageIngredients } from './embedded.ts'

/**
 * Memory images of CPython between runs, one file for each pyodide, good for one Node and adapter. Everything
 * here may fail quietly: without an image the start is only slower.
 */
export class ImageCache {
  readonly #folder: string
  /** How the names of its images begin, those for another Node or adapter included. */
  readonly #prefix: string
  readonly #file: string

  /** `version` is that of pyodide. */
  constructor(folder: string, version: string) {
    this.#folder = folder
    this.#prefix = `pyodide-${version}-`
    this.#file = join(folder, `${this.#prefix}${imageKey()}.image`)
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
      this.#forgetOthers()
      return true
    } catch {
      remove(draft)
      return false
    }
  }

  /** An image is 31 MB, and good for one adapter only. */
  #forgetOthers(): void {
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name)
      const isOwn = name.startsWith(this.#prefix) && name.endsWith('.image')
      if (isOwn && file !== this.#file) remove(file)
    }
  }

  /** Forgets the image, because it did not start. */
  forget(): void {
    remove(this.#file)
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // It is not there, or it is not ours to remove.
  }
}

const digestBytes = 32

function sha256(content: Uint8Array | string): Buffer {
  return createHash('sha256').update(content).digest()
}

function imageKey(): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([process.version, process.arch, process.platform]))
  for (const ingredient of imageIngredients()) hash.update(sha256(ingredient))
  return hash.digest('hex').slice(0, 24)
}
