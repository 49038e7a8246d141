/** A command line that cannot be cut into words. */
export class WordsError extends Error {
  override readonly name = 'WordsError'
}

/**
 * Cuts a command line into words as a shell does: at blanks, with '…' for anything, "…" for anything
 * but `\"` and `\\`, and a backslash for one character. Nothing is expanded.
 *
 * @throws {WordsError} for a quote that is not closed or a backslash at the end
 */
export function splitWords(line: string): string[] {
  const words: string[] = []
  let word: string | undefined
  let quote: string | undefined
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at)
    const next = line.charAt(at + 1)
    const isEscape =
      character === '\\' && (quote === undefined || (quote === '"' && /["\\]/.test(next)))
    if (isEscape) {
      if (next === '') throw new WordsError('found a backslash at the end, wanted a character')
      word = `${word ?? ''}${next}`
      at += 1
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined
      else word = `${word ?? ''}${character}`
    } else if (character === "'" || character === '"') {
      quote = character
      word ??= ''
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else {
      word = `${word ?? ''}${character}`
    }
  }
  if (quote !== undefined) throw new WordsError(`found a ${quote} that is not closed`)
  if (word !== undefined) words.push(word)
  return words
}
