import type { MistakeName } from './mistakes.ts'

/** A mistake that was seen, with what shows it. */
export type Broken = {
  readonly mistake: MistakeName
  readonly sent: string
  readonly came: string
  readonly wanted: string
}

/** What a rung of the ladder came to. */
export type Finding = {
  readonly rung: string
  /** The request in question, where the rung is about one: `run`, `load`, `dump`. */
  readonly request?: string
} & (
  | { readonly status: 'fine' }
  /** What it would have been held against is not there to be asked. */
  | { readonly status: 'open'; readonly because: string }
  | ({ readonly status: 'broken' } & Broken)
)

const longest = 400

/** A text for people, its middle left out where it is long. */
export function cut(text: string): string {
  if (text.length <= longest) return text
  const left = text.length - longest
  return `${text.slice(0, longest - 100)} … (${left} characters) … ${text.slice(-100)}`
}
