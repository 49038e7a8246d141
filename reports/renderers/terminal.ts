import type { Io } from '../command.ts'

/** What a console renderer may use of the terminal. */
export type TerminalView = {
  /** Characters a line may have. */
  readonly columns: number
  readonly colour: boolean
}

/** The least width anything is laid out for. */
const leastColumns = 40

/**
 * What standard output can show: colours only on a terminal, and never with NO_COLOR or a dumb
 * one; 100 columns where there is none.
 */
export function terminalView(io: Pick<Io, 'stdout' | 'env'>): TerminalView {
  const { NO_COLOR, TERM } = io.env
  return {
    columns: Math.max(leastColumns, io.stdout.columns ?? 100),
    colour: io.stdout.isTTY && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb',
  }
}

type Ink = (text: string) => string

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const

/** Gives each colour as a function that paints a text, or leaves it alone where there is none. */
export function inks(colour: boolean): Readonly<Record<keyof typeof codes, Ink>> {
  const ink =
    (code: number): Ink =>
    (text) =>
      colour && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text
  return {
    bold: ink(codes.bold),
    dim: ink(codes.dim),
    red: ink(codes.red),
    green: ink(codes.green),
    yellow: ink(codes.yellow),
    cyan: ink(codes.cyan),
  }
}

const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/u
const doubleWidth =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u

function characterWidth(character: string): number {
  if (zeroWidth.test(character)) return 0
  return doubleWidth.test(character) ? 2 : 1
}

/** The columns a text without control characters takes in a terminal. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** The text, cut and ended with `…` where it is wider. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let taken = ''
  let left = width - 1
  for (const character of text) {
    left -= characterWidth(character)
    if (left < 0) break
    taken += character
  }
  return `${taken}…`
}

/** The text with spaces behind it up to the width. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** The text with spaces before it up to the width. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text
}

/** Cuts a word into pieces no wider than the width. */
function pieces(word: string, width: number): string[] {
  const cut: string[] = []
  let piece = ''
  let taken = 0
  for (const character of word) {
    const next = characterWidth(character)
    if (taken + next > width) {
      cut.push(piece)
      piece = ''
      taken = 0
    }
    piece += character
    taken += next
  }
  return [...cut, piece]
}

/** The text in lines no wider than the width, broken at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/).flatMap((one) => pieces(one, width))) {
    if (line === '') line = word
    else if (displayWidth(line) + 1 + displayWidth(word) <= width) line += ` ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}
