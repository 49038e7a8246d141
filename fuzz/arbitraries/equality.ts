import { isJsonArray, isJsonObject, type Json } from '../json.ts'

/**
 * A text that two hashable values share exactly when Python has them equal; undefined for what is not
 * hashable, or cannot be told from its text alone.
 */
export function equalityOf(json: Json): string | undefined {
  if (json === null) return 'None'
  if (typeof json === 'boolean' || typeof json === 'number') return `n:${Number(json)}`
  if (typeof json === 'string') return `s:${json}`
  return isJsonObject(json) ? equalityOfTagged(json) : undefined
}

function equalityOfTagged(json: Record<string, Json>): string | undefined {
  const { int, float, str, bytes, tuple, frozenset } = json
  if (typeof int === 'string') return `n:${int}`
  if (typeof float === 'string') return equalityOfFloat(float)
  if (isJsonArray(str)) {
    return str.some(isJsonObject) ? undefined : `s:${str.map(codesOf).join('')}`
  }
  if (bytes !== undefined) return typeof bytes === 'string' ? `b:${bytes}` : undefined
  if (isJsonArray(tuple)) return equalityOfAll('t', tuple)
  if (isJsonArray(frozenset)) return equalityOfAll('f', frozenset)
  const name = json['global'] ?? json['class'] ?? json['function'] ?? json['singleton']
  return typeof name === 'string' ? `g:${name}` : undefined
}

/** Surrogates in a pair stay two code points, so they are written as numbers. */
function codesOf(part: Json): string {
  return typeof part === 'number' ? `\\${part};` : String(part)
}

function equalityOfAll(kind: string, items: readonly Json[]): string | undefined {
  const each = items.map(equalityOf)
  if (each.some((one) => one === undefined)) return undefined
  const texts = each.map((text = '') => `${text.length}:${text}`)
  return `${kind}(${(kind === 'f' ? texts.sort() : texts).join()})`
}

function equalityOfFloat(bits: string): string | undefined {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${bits}`))
  const float = view.getFloat64(0)
  if (Number.isNaN(float)) return undefined
  return Number.isInteger(float) ? `n:${BigInt(float)}` : `d:${bits}`
}
