import type { Layout } from '../value.ts'
import { table } from './table.ts'

/**
 * What two names share (MODEL-02): `interned` is the one interned str, `fresh` a new str at each
 * access, `own` an object used for nothing else, `#n` one object for all names of that group.
 */
export type Sharing = 'interned' | 'fresh' | 'own' | `#${number}`

/** A name as an attribute gives it. */
export type NameSource = { readonly text: string; readonly sharing: Sharing }

export type KnownRow =
  | { readonly kind: 'same'; readonly as: string }
  | { readonly kind: 'constant' }
  | {
      readonly kind: 'object'
      readonly type: string
      readonly module: string
      /** The name it reduces to. */
      readonly reduced: string
    }
  | {
      readonly kind: 'class'
      readonly module: NameSource
      readonly qualname: NameSource
      readonly isFound: boolean
      readonly isHeap: boolean
      readonly hasDict: boolean
      readonly hasOwnNew: boolean
      readonly isUnhashable: boolean
      /** Special methods that the class defines itself. */
      readonly methods: ReadonlySet<string>
      readonly layout: Layout
      readonly metaclass: string | null
      readonly bases: readonly string[]
      readonly slots: readonly string[] | null
    }
  | {
      readonly kind: 'function'
      /** undefined: it has no `__module__`; null: that is None. */
      readonly module: NameSource | null | undefined
      readonly qualname: NameSource
      readonly isFound: boolean
      readonly type: string
      /** The class it is a method of. */
      readonly owner: string | null
    }

/** The oldest and the newest release in the table, by their minor number. */
const oldest = 8
const newest = 15

const methodFlags: Readonly<Record<string, string>> = {
  x: '__reduce_ex__',
  r: '__reduce__',
  s: '__getstate__',
  a: '__getnewargs__',
  e: '__getnewargs_ex__',
  t: '__setstate__',
  c: '__call__',
  i: '__iter__',
  m: '__getitem__',
  q: '__next__',
  l: '__len__',
}

const layouts: Readonly<Record<string, Layout>> = { bool: 'int' }

/** The lines of the table by name, split once. */
let linesByName: Map<string, string[]> | undefined
const rowsByRelease = new Map<number, Map<string, KnownRow | null>>()

/**
 * The row of `module:qualified.name` in the release 3.`minor`, undefined when it has none there.
 * Releases outside the table are taken as the nearest one inside.
 */
export function knownRow(minor: number, name: string): KnownRow | undefined {
  const release = Math.min(Math.max(minor, oldest), newest)
  let rows = rowsByRelease.get(release)
  if (rows === undefined) {
    rows = new Map()
    rowsByRelease.set(release, rows)
  }
  let row = rows.get(name)
  if (row === undefined) {
    row = findRow(release, name)
    rows.set(name, row)
  }
  return row ?? undefined
}

/** The texts that names of the library share by being interned, in 3.`minor`. */
export function namesShared(minor: number): ReadonlySet<string> {
  const texts = new Set<string>()
  for (const name of lines().keys()) {
    const row = knownRow(minor, name)
    if (row?.kind !== 'class' && row?.kind !== 'function') continue
    for (const source of [row.module, row.qualname]) {
      if (source?.sharing === 'interned') texts.add(source.text)
    }
  }
  return texts
}

/**
 * A class or function of each module whose names share a str with those of the whole module that is
 * not the interned one, by the name of the module, in 3.`minor`.
 */
export function membersOfModules(minor: number): ReadonlyMap<string, string> {
  const members = new Map<string, string>()
  for (const name of lines().keys()) {
    const row = knownRow(minor, name)
    if (row?.kind !== 'class' && row?.kind !== 'function') continue
    const { text = '', sharing = '' } = row.module ?? {}
    if (sharing.startsWith('#') && !members.has(text)) members.set(text, name)
  }
  return members
}

/** The library has a module of this name in 3.`minor`. */
export function hasModule(minor: number, module: string): boolean {
  const release = Math.min(Math.max(minor, oldest), newest)
  let names = modulesByRelease.get(release)
  if (names === undefined) {
    names = new Set()
    for (const [name, texts] of lines()) {
      if (!texts.some((text) => covers(text, release))) continue
      const parts = name.slice(0, name.indexOf(':')).split('.')
      parts.forEach((_, index) => {
        names?.add(parts.slice(0, index + 1).join('.'))
      })
    }
    modulesByRelease.set(release, names)
  }
  return names.has(module)
}

const modulesByRelease = new Map<number, Set<string>>()

function lines(): Map<string, string[]> {
  if (linesByName === undefined) {
    linesByName = new Map()
    for (const line of table.trim().split('\n')) {
      const end = line.indexOf('|')
      const name = line.slice(0, end)
      const rest = line.slice(end + 1)
      const others = linesByName.get(name)
      if (others === undefined) linesByName.set(name, [rest])
      else others.push(rest)
    }
  }
  return linesByName
}

function covers(text: string, release: number): boolean {
  const [since = 0, until = 0] = text.slice(0, text.indexOf('|')).split('-').map(Number)
  return since <= release && release <= until
}

function findRow(release: number, name: string): KnownRow | null {
  const text = lines()
    .get(name)
    ?.find((candidate) => covers(candidate, release))
  return text === undefined ? null : readRow(text)
}

function readRow(text: string): KnownRow {
  const cells = text.split('|').slice(1)
  const [kind = '', first = ''] = cells
  if (kind === 'same') return { kind, as: first }
  if (kind === 'object') {
    const [, , module = '', reduced = ''] = cells
    return { kind, type: first, module, reduced }
  }
  if (kind !== 'class' && kind !== 'function') return { kind: 'constant' }
  const [, , moduleSharing = '', qualname = '', qualnameSharing = '', flags = '', ...more] = cells
  const names = {
    qualname: nameSource(qualname, qualnameSharing),
    isFound: !flags.includes('z'),
  }
  if (kind === 'function') {
    const [type = '', owner = ''] = more
    return {
      kind,
      module: moduleSource(first, moduleSharing),
      ...names,
      type,
      owner: owner || null,
    }
  }
  const [layout = '', metaclass = '', bases = '', slots = ''] = more
  return {
    kind,
    module: nameSource(first, moduleSharing),
    ...names,
    isHeap: flags.includes('H'),
    hasDict: flags.includes('D'),
    hasOwnNew: flags.includes('N'),
    isUnhashable: flags.includes('U'),
    methods: methodsOf(flags),
    layout: layouts[layout] ?? (layout as Layout),
    metaclass: metaclass || null,
    bases: listOf(bases),
    slots: flags.includes('S') ? listOf(slots) : null,
  }
}

function listOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(',')
}

function moduleSource(text: string, sharing: string): NameSource | null | undefined {
  if (text === '-') return undefined
  return sharing === 'None' ? null : nameSource(text, sharing)
}

function nameSource(text: string, sharing: string): NameSource {
  const kinds: Readonly<Record<string, Sharing>> = { '=': 'interned', '~': 'fresh', '-': 'own' }
  return { text, sharing: kinds[sharing] ?? (sharing as Sharing) }
}

const methodSets = new Map<string, ReadonlySet<string>>()

function methodsOf(flags: string): ReadonlySet<string> {
  let methods = methodSets.get(flags)
  if (methods === undefined) {
    methods = new Set([...flags].flatMap((flag) => methodFlags[flag] ?? []))
    methodSets.set(flags, methods)
  }
  return methods
}
