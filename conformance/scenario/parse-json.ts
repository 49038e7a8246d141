import { maximalJsonDepth } from './json-fields.ts'
import { ScenarioError } from './scenario-error.ts'

/**
 * Reads JSON as RFC 8259 has it. Unlike `JSON.parse` it names line and column of what is malformed,
 * refuses a field that stands twice, and has a limit of depth.
 *
 * @throws {ScenarioError} with a place such as `line 3, column 7`; columns count UTF-16 units from 1
 */
export function parseJson(text: string): unknown {
  const scanner = new Scanner(text)
  const json = scanner.value(0)
  scanner.end()
  return json
}

class Scanner {
  readonly #text: string
  #offset = 0

  constructor(text: string) {
    this.#text = text
  }

  value(depth: number): unknown {
    this.#blanks()
    const start = this.#offset
    switch (this.#text[start]) {
      case '{':
        return this.#object(depth)
      case '[':
        return this.#array(depth)
      case '"':
        return this.#string()
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
      case 'n':
        return this.#word('null', null)
      default:
        return this.#number()
    }
  }

  end(): void {
    this.#blanks()
    if (this.#offset < this.#text.length) this.#refuse('wanted the end of the document')
  }

  #object(depth: number): unknown {
    this.#checkDepth(depth)
    const fields = new Map<string, unknown>()
    this.#offset += 1
    this.#blanks()
    if (this.#skip('}')) return {}
    do {
      this.#blanks()
      const start = this.#offset
      if (this.#text[start] !== '"') this.#refuse('wanted the name of a field in quotes')
      const name = this.#string()
      if (fields.has(name)) {
        this.#offset = start
        this.#refuse(`wanted each field once, ${JSON.stringify(name)} stands twice`)
      }
      this.#blanks()
      if (!this.#skip(':')) this.#refuse('wanted ":" after the name of a field')
      fields.set(name, this.value(depth + 1))
      this.#blanks()
    } while (this.#skip(','))
    if (!this.#skip('}')) this.#refuse('wanted "," or "}"')
    return Object.fromEntries(fields)
  }

  #array(depth: number): unknown {
    this.#checkDepth(depth)
    const items: unknown[] = []
    this.#offset += 1
    this.#blanks()
    if (this.#skip(']')) return items
    do {
      items.push(this.value(depth + 1))
      this.#blanks()
    } while (this.#skip(','))
    if (!this.#skip(']')) this.#refuse('wanted "," or "]"')
    return items
  }

  #string(): string {
    const start = this.#offset
    const end = /["\\]|[^ -\uffff]/g
    this.#offset += 1
    for (;;) {
      end.lastIndex = this.#offset
      const stop = end.exec(this.#text)
      this.#offset = stop?.index ?? this.#text.length
      if (stop?.[0] === '"') break
      if (stop?.[0] !== '\\') this.#refuse('wanted the closing quote of a text')
      const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
      escaped.lastIndex = this.#offset
      if (escaped.exec(this.#text) === null) {
        this.#refuse('wanted an escape that JSON knows')
      }
      this.#offset = escaped.lastIndex
    }
    this.#offset += 1
    // Every character between the quotes was checked, so this is a text.
    return JSON.parse(this.#text.slice(start, this.#offset)) as string
  }

  #number(): number {
    const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y
    number.lastIndex = this.#offset
    const digits = number.exec(this.#text)
    if (digits === null) this.#refuse('wanted a value')
    this.#offset = number.lastIndex
    return Number(digits[0])
  }

  #word<T>(word: string, meaning: T): T {
    if (!this.#text.startsWith(word, this.#offset)) this.#refuse('wanted a value')
    this.#offset += word.length
    return meaning
  }

  #blanks(): void {
    const blanks = /[ \t\r\n]*/y
    blanks.lastIndex = this.#offset
    blanks.exec(this.#text)
    this.#offset = blanks.lastIndex
  }

  #skip(sign: string): boolean {
    if (this.#text[this.#offset] !== sign) return false
    this.#offset += 1
    return true
  }

  #checkDepth(depth: number): void {
    if (depth > maximalJsonDepth) {
      this.#refuse(
        `wanted at most ${maximalJsonDepth} levels; {"nest":n,"in":"list","of":value} makes deep values`,
      )
    }
  }

  #refuse(wanted: string): never {
    const before = this.#text.slice(0, this.#offset)
    const line = before.split('\n').length
    const column = this.#offset - before.lastIndexOf('\n')
    const here = this.#text.codePointAt(this.#offset)
    const found = here === undefined ? 'the end' : JSON.stringify(String.fromCodePoint(here))
    throw new ScenarioError(`line ${line}, column ${column}`, `found ${found}, ${wanted}`)
  }
}
