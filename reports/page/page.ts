import { decodePage, type PageData } from '../page-data.ts'
import {
  filterLines,
  filterOf,
  fragmentOf,
  gatherItems,
  noFilter,
  type PageFilter,
  type PageItem,
} from '../page-filter.ts'
import { byId } from './dom.ts'
import { itemElement } from './list.ts'

/** Items put into the list at a time. */
const batch = 100

// The page was written by the renderer beside this script, which encodes exactly this.
const data = JSON.parse(byId('data', HTMLScriptElement).textContent) as PageData
const lines = decodePage(data)

const form = byId('filter', HTMLFormElement)
const list = byId('list', HTMLOListElement)
const more = byId('more', HTMLButtonElement)
const count = byId('count', HTMLParagraphElement)

function field<T extends HTMLElement>(name: string, kind: abstract new () => T): T {
  const found = form.elements.namedItem(name)
  if (!(found instanceof kind)) throw new TypeError(`found no field ${name}`)
  return found
}

const who = field('who', HTMLSelectElement)
const chapter = field('chapter', HTMLSelectElement)
const verdict = field('verdict', HTMLSelectElement)
const text = field('text', HTMLInputElement)

/** What the form asks for. */
function asked(): PageFilter {
  // The values of both are JSON that the renderer wrote.
  const [subject, engine] = JSON.parse(who.value) as [string, string]
  return {
    subject,
    engine,
    chapter: JSON.parse(chapter.value) as string,
    verdict: filterOf(`?verdict=${verdict.value}`)?.verdict ?? 'open',
    text: text.value,
  }
}

/** Selects the option with this decoded value, else the first. */
function select(from: HTMLSelectElement, value: string): void {
  const at = [...from.options].findIndex(
    (option) => JSON.stringify(JSON.parse(option.value)) === value,
  )
  from.selectedIndex = Math.max(0, at)
}

let items: PageItem[] = []

function showMore(): void {
  const shown = list.children.length
  list.append(...items.slice(shown, shown + batch).map(itemElement))
  more.hidden = list.children.length >= items.length
  more.textContent = `Show ${Math.min(batch, items.length - list.children.length)} more of ${items.length}`
}

const plural = (howMany: number, one: string): string =>
  `${howMany} ${howMany === 1 ? one : `${one}s`}`

function show(filter: PageFilter): void {
  const found = filterLines(lines, filter)
  items = gatherItems(found)
  list.replaceChildren()
  showMore()
  const missing =
    data.withoutDetails === 0
      ? ''
      : `; the details of ${plural(data.withoutDetails, 'answer')} are in the record alone`
  count.textContent =
    items.length === 0
      ? `No answer of ${lines.length} is so${missing}.`
      : `${plural(found.length, 'answer')} of ${lines.length}, by case and engine${missing}:`
}

function fill(filter: PageFilter): void {
  select(who, JSON.stringify([filter.subject, filter.engine]))
  select(chapter, JSON.stringify(filter.chapter))
  verdict.value = filter.verdict
  text.value = filter.text
}

/** Carries out the filter that the address stands for; tells whether it stands for one. */
function followAddress(): boolean {
  const filter = filterOf(location.hash.slice(1))
  if (filter === undefined) return false
  fill(filter)
  show(filter)
  return true
}

function refine(): void {
  const filter = asked()
  const fragment = fragmentOf(filter)
  history.replaceState(null, '', `#${fragment === '' ? 'answers' : fragment}`)
  show(filter)
}

form.addEventListener('input', refine)
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('reset', (event) => {
  event.preventDefault()
  fill(noFilter)
  refine()
})
more.addEventListener('click', () => {
  const next = list.children.length
  showMore()
  list.children[next]?.querySelector('summary')?.focus()
})
function goToAnswers(): void {
  const title = byId('answers-title', HTMLHeadingElement)
  title.scrollIntoView()
  title.focus({ preventScroll: true })
}

addEventListener('hashchange', () => {
  if (followAddress()) goToAnswers()
})
addEventListener('keydown', (event) => {
  const isTyping =
    event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
  if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  text.focus()
})

if (followAddress()) {
  // What is below is still being read; without it the page may be too short to go there.
  addEventListener('DOMContentLoaded', goToAnswers)
} else {
  fill(noFilter)
  show(noFilter)
}
