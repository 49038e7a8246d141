type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

function brackets(value: Json): readonly [string, string] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return isList(value) ? ['[', ']'] : ['{', '}']
}

const spaced = (open: string, inside: string, close: string): string =>
  inside === '' ? open + close : open === '{' ? `${open} ${inside} ${close}` : open + inside + close

/** On one line, with a space behind every comma and colon. */
function inline(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isList(value)) return spaced('[', value.map(inline).join(', '), ']')
  const fields = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${inline(one)}`)
  return spaced('{', fields.join(', '), '}')
}

/** Deeper than this, what is left stands on one line, however long it is. */
const deepest = 100

function lay(value: Json, before: string, after: string, indent: number, width: number): string[] {
  const around = brackets(value)
  const flat = `${before}${inline(value)}${after}`
  if (around === undefined || flat.length <= width || indent >= 2 * deepest) return [flat]
  const entries: [string, Json][] =
    typeof value === 'object' && value !== null && !isList(value)
      ? Object.entries(value).map(([key, one]) => [`${JSON.stringify(key)}: `, one])
      : isList(value)
        ? value.map((one) => ['', one])
        : []
  if (entries.length === 0) return [flat]
  const inner = ' '.repeat(indent + 2)
  return [
    before + around[0],
    ...entries.flatMap(([key, one], at) =>
      lay(one, inner + key, at < entries.length - 1 ? ',' : '', indent + 2, width),
    ),
    ' '.repeat(indent) + around[1] + after,
  ]
}

/**
 * JSON text laid out in lines: what fits into the width stands on one, else each entry on its own.
 * A text that is not JSON, or nested too deep to be looked at, is given back in its own lines.
 */
export function layOutJson(text: string, width: number): string[] {
  try {
    // JSON.parse gives nothing else.
    return lay(JSON.parse(text) as Json, '', '', 0, width)
  } catch {
    return text.split('\n')
  }
}
