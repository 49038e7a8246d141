import { visible } from '../../visible.ts'

/** Markup that is safe to stand in a page. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

/** The text for an element or a quoted attribute; what cannot be seen is made visible. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities.get(character) ?? character)
}

type Part = string | number | Html | readonly Part[]

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup
  if (typeof part === 'string') return escapeHtml(part)
  if (typeof part === 'number') return String(part)
  return part.map(markupOf).join('')
}

/** Markup from a template: texts in it are escaped, markup and lists of it are taken as they are. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, at) => text + markupOf(parts[at] ?? '')).join(''))
}

/** No markup at all. */
export const none = new Html('')

/** A link where the address is one of the web, else its text alone. */
export function link(address: string, text: string = address): Html {
  return /^https?:\/\/[^\s"'<>]+$/.test(address)
    ? html`<a href="${address}" rel="noreferrer">${text}</a>`
    : html`${text}`
}

/**
 * JSON for a `<script type="application/json">`: no `<` is left in it, so nothing in it can end
 * the element or begin a comment.
 */
export function embedJson(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll('<', '\\u003c'))
}

/** JSON in printable ASCII alone, for an attribute that a script reads back. */
export function attributeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
