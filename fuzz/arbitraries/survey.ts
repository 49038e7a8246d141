import { isJsonArray, isJsonObject, type Json } from '../json.ts'

/** A part of a scenario that is still being made. */
export type Draft = null | boolean | number | string | Draft[] | DraftObject
export type DraftObject = { [name: string]: Draft }

/** A value of the draft, and where it stands. */
export type Spot = {
  readonly holder: Draft[] | DraftObject
  readonly at: number | string
  /** The value around it. */
  readonly owner: Spot | undefined
  /** What must be made before it is: parts of an immutable value. */
  readonly needs: Spot[]
  /** Values that begin before it in the text. */
  readonly begin: number
  /** Values that begin before it ends. */
  end: number
  /** It may have an id: it is made once, and is no singleton. */
  readonly canBeShared: boolean
  /** It holds no instance and nothing open, so that a hook may give it to anybody. */
  isData: boolean
}

/** A place where a value, or the id of one, is still open. */
export type Open = {
  readonly holder: Draft[] | DraftObject
  readonly at: number | string
  readonly where: Where
  readonly begin: number
  /** The other keys or members of the container it stands in as one. */
  readonly siblings: () => readonly Draft[]
}

/** How values are made at a place. */
export type Where = {
  readonly owner: Spot | undefined
  /** The owner is immutable, so this must be there before it. */
  readonly isNeeded: boolean
  /** `once` or not: what is made again and again has no id. */
  readonly isOnce: boolean
  /** It is what a hook answers. */
  readonly isAnswer: boolean
}

export type Survey = { readonly spots: readonly Spot[]; readonly opens: readonly Open[] }

const top: Where = { owner: undefined, isNeeded: false, isOnce: true, isAnswer: false }

/** Finds all values of a draft, and all that is open in it. */
export function survey(draft: DraftObject): Survey {
  const surveyor = new Surveyor()
  surveyor.scenario(draft)
  return surveyor
}

const sequences: ReadonlySet<string> = new Set(['tuple', 'list', 'set', 'frozenset', 'iterator'])
const none = (): readonly Draft[] => []
const immutable: ReadonlySet<string> = new Set(['tuple', 'frozenset'])

class Surveyor implements Survey {
  readonly spots: Spot[] = []
  readonly opens: Open[] = []
  #begun = 0

  scenario(draft: DraftObject): void {
    // Steps come first: what hooks give is mostly there by then.
    this.#actions(draft['steps'], top)
    for (const spec of listOf(draft['classes'])) {
      this.#pairs(spec['attributes'], top)
      this.#hooks(spec['hooks'], top)
    }
    for (const spec of listOf(draft['functions'])) this.#hook(spec['call'], top)
    const { init, subclass, instance } = objectOf(draft['pickler'])
    this.#hook(objectOf(init)['buffer_callback'], top)
    this.#attributes(objectOf(subclass), top)
    this.#attributes(objectOf(instance), top)
    this.#tableEntries(objectOf(draft['copyreg'])['dispatch_table'], top)
    const { buffers, subclass: ofClass, instance: ofInstance } = objectOf(draft['unpickler'])
    this.#items(buffers, top)
    this.#hooks(ofClass, top)
    this.#hooks(ofInstance, top)
  }

  #attributes(fields: DraftObject, where: Where): void {
    this.#table(fields['dispatch_table'], where)
    this.#hook(fields['reducer_override'], where)
    this.#hook(fields['persistent_id'], where)
  }

  #table(table: Draft | undefined, where: Where): void {
    const { entries, default: other } = objectOf(table)
    this.#tableEntries(entries, where)
    this.#hook(other, where)
  }

  #tableEntries(entries: Draft | undefined, where: Where): void {
    for (const entry of arrayOf(entries)) this.#hook(arrayOf(entry)[1], where)
  }

  #hooks(hooks: Draft | undefined, where: Where): void {
    for (const hook of Object.values(objectOf(hooks))) this.#hook(hook, where)
  }

  #hook(hook: Draft | undefined, where: Where): void {
    if (!isDraftObject(hook)) return
    const fields = hook
    if ('is' in fields) this.#value(fields, 'is', where)
    this.#hook(objectOf(fields['property'])['hook'], where)
    const answer: Where = { owner: where.owner, isNeeded: false, isOnce: false, isAnswer: true }
    for (const rule of listOf(fields['rules'])) {
      const match = objectOf(rule['match'])
      if (isDraftObject(match['object'])) this.#open(match, 'object', answer, none)
      this.#actions(rule['do'], answer)
      if ('returns' in rule) this.#value(rule, 'returns', answer)
    }
    if ('else' in fields) this.#value(fields, 'else', answer)
  }

  #actions(actions: Draft | undefined, where: Where): void {
    for (const action of listOf(actions)) {
      if ('dump' in action) this.#value(action, 'dump', where)
      const { on, to, name } = objectOf(action['set'])
      const call = objectOf(action['call'])
      // An action that finds no object is dropped, so nothing may refer to what it holds.
      const inAction = [on, call['on']].some(isDraftObject) ? { ...where, isOnce: false } : where
      if (isDraftObject(on)) this.#open(on, 'object', where, none)
      const { on: holder } = objectOf(action['delete'])
      if (isDraftObject(holder)) this.#open(holder, 'object', where, none)
      if (name === 'dispatch_table') this.#table(to, inAction)
      else this.#hook(to, inAction)
      this.#hook(objectOf(action['put'])['to'], where)
      if (isDraftObject(call['on'])) this.#open(call['on'], 'object', where, none)
      this.#items(call['arguments'], inAction)
    }
  }

  #items(items: Draft | undefined, where: Where, areKeys = false): void {
    const all = arrayOf(items)
    const again = { ...where, isOnce: false }
    all.forEach((item, index) => {
      const siblings = areKeys ? () => all.filter((_, other) => other !== index) : none
      if (isDraftObject(item) && 'range' in item) return
      if (isDraftObject(item) && 'repeat' in item) this.#value(item, 'of', again)
      else this.#value(all, index, where, siblings)
    })
  }

  #entries(entries: Draft | undefined, where: Where): void {
    const all = arrayOf(entries)
    for (const entry of all) {
      if (isDraftObject(entry)) this.#value(entry, 'value', { ...where, isOnce: false })
      else if (Array.isArray(entry)) {
        const siblings = (): Draft[] =>
          all.flatMap((other) => (other !== entry && Array.isArray(other) ? other.slice(0, 1) : []))
        this.#value(entry, 0, where, siblings)
        this.#value(entry, 1, where)
      }
    }
  }

  /** Names and their values. */
  #pairs(pairs: Draft | undefined, where: Where): void {
    for (const pair of arrayOf(pairs)) if (Array.isArray(pair)) this.#value(pair, 1, where)
  }

  #open(
    holder: Draft[] | DraftObject,
    at: number | string,
    where: Where,
    siblings: () => readonly Draft[],
  ): void {
    this.opens.push({ holder, at, where, begin: this.#begun, siblings })
    for (let { owner } = where; owner !== undefined; owner = owner.owner) owner.isData = false
  }

  #value(
    holder: Draft[] | DraftObject,
    at: number | string,
    where: Where,
    siblings: () => readonly Draft[] = none,
  ): void {
    const json = valueAt(holder, at)
    if (isDraftObject(json) && ('pick' in json || 'up' in json)) {
      this.#open(holder, at, where, siblings)
      return
    }
    const { owner } = where
    const spot: Spot = {
      holder,
      at,
      owner,
      needs: [],
      begin: this.#begun,
      end: 0,
      canBeShared: where.isOnce && isObject(json),
      isData: true,
    }
    this.#begun += 1
    this.spots.push(spot)
    if (where.isNeeded) owner?.needs.push(spot)
    if (isDraftObject(json)) this.#content(json, spot, where)
    spot.end = this.#begun
  }

  #content(json: DraftObject, spot: Spot, { isOnce, isAnswer }: Where): void {
    const inside: Where = { owner: spot, isNeeded: false, isOnce, isAnswer }
    for (const [tag, content] of Object.entries(json)) {
      if (sequences.has(tag)) {
        const areKeys = tag === 'set' || tag === 'frozenset'
        this.#items(content, { ...inside, isNeeded: immutable.has(tag) }, areKeys)
      }
    }
    this.#entries(json['dict'], inside)
    if ('buffer' in json) this.#value(json, 'buffer', { ...inside, isNeeded: true })
    if ('nest' in json) {
      const isNeeded = immutable.has(String(json['in']))
      this.#value(json, 'of', { ...inside, isNeeded, isOnce: false })
    }
    if ('instance' in json) this.#instance(json, inside)
  }

  #instance(json: DraftObject, inside: Where): void {
    for (let one = inside.owner; one !== undefined; one = one.owner) one.isData = false
    const { of } = json
    if (isDraftObject(of)) {
      // No object is made of the tuple or set itself.
      this.#items(of['tuple'], { ...inside, isNeeded: true })
      for (const tag of ['set', 'frozenset']) {
        this.#items(of[tag], { ...inside, isNeeded: true }, true)
      }
    }
    this.#pairs(json['attributes'], inside)
    this.#pairs(json['slots'], inside)
    this.#items(json['items'], inside)
    this.#entries(json['entries'], inside)
    this.#hooks(json['hooks'], inside)
  }
}

/** Whether the value is an object of its own: no singleton, no name, no int that Python keeps. */
function isObject(json: Draft): boolean {
  if (typeof json === 'number') return json < -5 || json > 1024
  if (typeof json === 'string') return json.length > 1 || json > '\u00ff'
  if (!isDraftObject(json)) return false
  const { bytes, tuple, frozenset } = json
  if (typeof bytes === 'string') return bytes.length > 2
  if (Array.isArray(tuple)) return tuple.length > 0
  if (Array.isArray(frozenset)) return frozenset.length > 0
  const isName = ['singleton', 'global', 'class', 'function', 'ref', 'self', 'member']
  return !isName.some((name) => name in json)
}

export function isDraftObject(draft: Draft | undefined): draft is DraftObject {
  return typeof draft === 'object' && draft !== null && !Array.isArray(draft)
}

function objectOf(draft: Draft | undefined): DraftObject {
  return isDraftObject(draft) ? draft : {}
}

function arrayOf(draft: Draft | undefined): Draft[] {
  return Array.isArray(draft) ? draft : []
}

function listOf(draft: Draft | undefined): DraftObject[] {
  return arrayOf(draft).filter(isDraftObject)
}

export function valueAt(holder: Draft[] | DraftObject, at: number | string): Draft {
  const held = Array.isArray(holder) ? holder[Number(at)] : holder[at]
  return held ?? null
}

export function putAt(holder: Draft[] | DraftObject, at: number | string, value: Draft): void {
  if (Array.isArray(holder)) holder[Number(at)] = value
  else holder[at] = value
}

/** A copy that can be changed. */
export function draftOf(json: Json): Draft {
  if (isJsonArray(json)) return json.map(draftOf)
  if (!isJsonObject(json)) return json
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, draftOf(value)]))
}
