/**
 * Control characters, lone surrogates, line and paragraph separators, format characters (of
 * direction too) and noncharacters: what a terminal obeys, XML forbids or nobody can see.
 */
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Cf}\p{Noncharacter_Code_Point}]/gu

const named: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\u{${code.toString(16)}}`
}

/**
 * The text on one line, with an escape such as `\n`, `\x1b` or `\ud800` for everything that
 * cannot be seen. What comes back may stand in a terminal, in HTML and in XML (markup apart).
 */
export function visible(text: string): string {
  return text.replace(unseen, (character) => named.get(character) ?? escaped(character))
}

/** The lines of the text, each made visible; tabs become spaces. A last newline ends a line. */
export function visibleLines(text: string): string[] {
  const lines = text.replaceAll('\t', '    ').split(/\r\n|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines.map(visible)
}
