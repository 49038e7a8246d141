import { bytesOfHex, mistakeInHex } from '../codecs/hex.ts'
import { codePointsOf, lengthOf, type StrContent, strContent } from '../codecs/str-content.ts'
import { messageOf, NotationError } from '../errors.ts'

/** The most bytes or code points that a `*` may blow something up to: 256 MiB. */
const mostRepeated = 2 ** 28

/** Reads the parts of one line of assembly from left to right; every error names line and column. */
export class AssemblyScanner {
  readonly #text: string
  readonly #line: number
  #column = 0

  constructor(text: string, line: number) {
    this.#text = text
    this.#line = line
  }

  /** Where the next part begins, once blanks have been passed. */
  get column(): number {
    this.#match(/ */y)
    return this.#column
  }

  /** The error that this line has here. */
  error(message: string, column = this.#column): NotationError {
    return new NotationError(message, { line: this.#line, column })
  }

  /** A run of characters that are neither blanks nor quotes nor brackets; `what` names it in errors. */
  word(what: string): string {
    const { column } = this
    const word = this.#match(/[^ "'[\]]+/y)
    if (word === undefined) throw this.#unexpected(what, column)
    return word
  }

  /** Whether the next word is this one, which is then passed. */
  passes(word: string): boolean {
    const { column } = this
    if (this.#match(/[^ "'[\]]+(?= |$)/y) === word) return true
    this.#column = column
    return false
  }

  /** Whether bytes follow, as opposed to text. */
  get isAtBytes(): boolean {
    return this.#text.startsWith("x'", this.column)
  }

  /** A str: a JSON string or an array of code points, either with `*` and a number behind it. */
  str(): StrContent {
    const { column } = this
    const quoted = this.#match(/"(?:[^"\\]|\\.)*"/y)
    const unit = quoted === undefined ? this.#codePoints(column) : this.#unquoted(quoted, column)
    const times = this.#times(lengthOf(unit))
    return times === undefined ? unit : repeated(unit, times)
  }

  /** Bytes: `x'6162'`, perhaps with `*` and a number behind it. */
  bytes(): Uint8Array {
    const { column } = this
    const quoted = this.#match(/x'[^']*'/y)
    if (quoted === undefined) throw this.#unexpected("bytes such as x'6162'", column)
    const unit = this.#bytesOf(quoted.slice(2, -1), column + 2)
    const times = this.#times(unit.length)
    if (times === undefined) return unit
    const bytes = new Uint8Array(unit.length * times)
    for (let at = 0; at < bytes.length; at += unit.length) bytes.set(unit, at)
    return bytes
  }

  /** How often the whole instruction is meant: ` *9` at the end of the line, else once. */
  runLength(byteLength: number): number {
    const isApart = this.#text[this.column - 1] === ' '
    const times = isApart ? this.#times(byteLength) : undefined
    const { column } = this
    if (column < this.#text.length) throw this.#unexpected('the end of the line', column)
    return times ?? 1
  }

  /** The number behind a `*`, if there is one here. */
  #times(length: number): number | undefined {
    const column = this.#column
    const times = Number(this.#match(/\*[1-9]\d*/y)?.slice(1))
    if (Number.isNaN(times)) return undefined
    if (times * Math.max(length, 1) > mostRepeated) {
      const message = `${times} times ${length} is too much: wanted ${mostRepeated} at most`
      throw this.error(message, column)
    }
    return times
  }

  #codePoints(column: number): StrContent {
    const array = this.#match(/\[[\d, ]*\]/y)
    if (array === undefined) throw this.#unexpected('a JSON string or code points', column)
    return this.#parsed(array, column, (codePoints: number[]) => strContent(codePoints))
  }

  #unquoted(quoted: string, column: number): StrContent {
    return this.#parsed(quoted, column, (text: string) => text)
  }

  #parsed<T>(json: string, column: number, make: (value: T) => StrContent): StrContent {
    try {
      return make(JSON.parse(json) as T) // the pattern before admits nothing else
    } catch (error) {
      throw this.error(messageOf(error), column)
    }
  }

  #bytesOf(hex: string, column: number): Uint8Array {
    const mistake = mistakeInHex(hex)
    if (mistake !== undefined) throw this.error(mistake.message, column + mistake.at)
    return bytesOfHex(hex)
  }

  #unexpected(wanted: string, column: number): NotationError {
    const rest = this.#text.slice(column, column + 20)
    const found = rest === '' ? 'the line ends' : `found ${JSON.stringify(rest)}`
    return this.error(`${found}, wanted ${wanted}`, column)
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#column
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#column += found.length
    return found
  }
}

function repeated(unit: StrContent, times: number): StrContent {
  const once = strContent(codePointsOf(unit))
  const twice = strContent([...codePointsOf(unit), ...codePointsOf(unit)])
  if (typeof once === 'string' && typeof twice === 'string') return once.repeat(times)
  return strContent(Array.from({ length: times }, () => codePointsOf(unit)).flat())
}
