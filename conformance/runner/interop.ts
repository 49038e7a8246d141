import type { Case } from '../cases/index.ts'
import { sameValue } from '../oracles/same-value.ts'
import { everyDistinction } from '../protocol/distinctions.ts'
import type { DumpResult, Engine, Hello, LoadResult } from '../protocol/message.ts'
import { expectedLoad } from '../scenario/expected-load.ts'
import { unmetNeeds, type Value } from '../scenario/index.ts'
import type { LoadedGraph } from '../scenario/loaded.ts'
import { hello } from './ask.ts'
import { needsOfPickle } from './decoding.ts'
import { whatToDump } from './encoding.ts'
import { type DumpQuestion, type LoadQuestion, observeDumps, observeLoads } from './observe.ts'
import { hasRole } from './role-tasks.ts'
import type { SubjectCommand } from './subject.ts'
import type { Outcome } from './supervise.ts'

/** A plain value that everybody would write at a protocol. */
type PlainValue = {
  readonly id: string
  readonly protocol: number
  readonly value: Value
  readonly needs: readonly string[]
  readonly graph: LoadedGraph
}

/** An engine that writes or reads, as `subject engine`. */
export type Party = { readonly subject: string; readonly engine: string }

/** How one reads what the other wrote. */
export type Cell = {
  readonly writer: Party
  readonly reader: Party
  /** Values that were written and could be asked of the reader. */
  readonly asked: number
  /** Read as they were meant, lossy ones among them. */
  readonly agreed: number
  /** Read as far as both can tell things apart. */
  readonly lossy: number
  /** Where they part first, in the order of the cases. */
  readonly first?: { readonly case: string; readonly protocol: number; readonly because: string }
}

export type Interop = {
  /** Values at their protocols. */
  readonly values: number
  readonly writers: readonly Party[]
  readonly readers: readonly Party[]
  readonly cells: readonly Cell[]
  /** Subjects that said no hello, and why. */
  readonly silent: readonly string[]
}

/** The values of cases that dump what is built in, and the same in every world of a load. */
export function plainValues(cases: readonly Case[]): PlainValue[] {
  return cases.flatMap((one) =>
    (one.protocols ?? []).flatMap((protocol): PlainValue[] => {
      const asked = whatToDump(one, protocol)
      if ('because' in asked) return []
      const { value, needs, graph, pickle } = asked
      const symbols = expectedLoad({ pickle }, 'documented', 'symbols')
      const isPlain =
        'graph' in symbols && sameValue(graph, symbols.graph, everyDistinction).kind === 'passed'
      return isPlain ? [{ id: one.id, protocol, value, needs, graph }] : []
    }),
  )
}

type Heard = { readonly subject: SubjectCommand; readonly hello: Hello }

const partyOf = ({ subject }: Heard, { id }: Engine): Party => ({ subject: subject.id, engine: id })
const nameOf = ({ subject, engine }: Party): string => `${subject} ${engine}`

/** What was written by an engine for each value: hex; undefined where it was not asked or gave none. */
type Written = {
  readonly party: Party
  readonly distinguishes: readonly string[]
  readonly pickles: readonly (string | undefined)[]
}

async function written(
  { subject, hello: said }: Heard,
  values: readonly PlainValue[],
  signal: AbortSignal,
): Promise<Written[]> {
  const engines = said.engines.filter((engine) => hasRole(said, engine, 'dump'))
  if (engines.length === 0) return []
  const isPickler = said.roles.includes('pickler')
  const ids = engines.map(({ id }) => id)
  const byEngine = new Map(ids.map((id) => [id, new Array<string | undefined>(values.length)]))
  const questions = values.flatMap(({ value, protocol, needs }, at) => {
    const isKnown = said.protocols.includes(protocol)
    const isMet = isPickler || unmetNeeds(needs, said.capabilities).length === 0
    return isKnown && isMet ? [{ value, protocols: [protocol], engines: ids, at }] : []
  })
  await observeDumps<DumpQuestion & { at: number }>(subject, questions, {
    signal,
    onOutcome: ({ at }, outcome: Outcome<readonly DumpResult[]>) => {
      for (const result of outcome.kind === 'answered' ? outcome.results : []) {
        const pickles = byEngine.get(result.engine)
        if (pickles !== undefined && 'bytes' in result) pickles[at] = result.bytes
      }
    },
  })
  return engines.map((engine) => ({
    party: partyOf({ subject, hello: said }, engine),
    distinguishes: engine.distinguishes ?? said.distinguishes,
    pickles: byEngine.get(engine.id) ?? [],
  }))
}

/** What an engine made of each pickle that it could be asked. */
type Read = {
  readonly party: Party
  readonly distinguishes: readonly string[]
  readonly results: ReadonlyMap<string, LoadResult | string>
}

async function read(
  { subject, hello: said }: Heard,
  pickles: readonly string[],
  signal: AbortSignal,
): Promise<Read[]> {
  const engines = said.engines.filter((engine) => hasRole(said, engine, 'load'))
  if (engines.length === 0) return []
  const ids = engines.map(({ id }) => id)
  const byEngine = new Map(ids.map((id) => [id, new Map<string, LoadResult | string>()]))
  const questions = pickles
    .filter((pickle) => unmetNeeds(needsOfPickle(pickle), said.capabilities).length === 0)
    .map((pickle): LoadQuestion => ({ pickle, engines: ids, world: 'symbols' }))
  await observeLoads(subject, questions, {
    signal,
    onOutcome: ({ pickle }, outcome: Outcome<readonly LoadResult[]>) => {
      for (const id of ids) {
        const result =
          outcome.kind === 'answered'
            ? outcome.results.find(({ engine }) => engine === id)
            : outcome.kind
        if (result !== undefined) byEngine.get(id)?.set(pickle, result)
      }
    },
  })
  return engines.map((engine) => ({
    party: partyOf({ subject, hello: said }, engine),
    distinguishes: engine.distinguishes ?? said.distinguishes,
    results: byEngine.get(engine.id) ?? new Map(),
  }))
}

/** Whether what was read is what was meant: its verdict's kind, and why not. */
function verdictOf(
  { graph }: PlainValue,
  result: LoadResult | string,
  distinguishes: readonly string[],
): { readonly kind: 'passed' | 'lossy' | 'failed'; readonly because: string } {
  if (typeof result === 'string') return { kind: 'failed', because: result }
  if ('refused' in result) {
    return { kind: 'failed', because: `${result.refused.class}: ${result.refused.message}` }
  }
  const verdict = sameValue(graph, result.graph, distinguishes)
  if (verdict.kind === 'passed' || verdict.kind === 'lossy')
    return { kind: verdict.kind, because: '' }
  return { kind: 'failed', because: verdict.kind === 'failed' ? verdict.because : verdict.kind }
}

function cellOf(values: readonly PlainValue[], writer: Written, reader: Read): Cell {
  let [asked, agreed, lossy] = [0, 0, 0]
  // What the one cannot tell apart, the other cannot know.
  const both = reader.distinguishes.filter((name) => writer.distinguishes.includes(name))
  let first: Cell['first']
  for (const [at, value] of values.entries()) {
    const pickle = writer.pickles[at]
    const result = pickle === undefined ? undefined : reader.results.get(pickle)
    if (result === undefined) continue
    asked += 1
    const { kind, because } = verdictOf(value, result, both)
    if (kind === 'lossy') lossy += 1
    if (kind !== 'failed') agreed += 1
    else first ??= { case: value.id, protocol: value.protocol, because }
  }
  const cell = { writer: writer.party, reader: reader.party, asked, agreed, lossy }
  return first === undefined ? cell : { ...cell, first }
}

/**
 * Has every engine that dumps write the plain values of the cases, and every engine that loads read
 * what each of them wrote.
 */
export async function interop(
  subjects: readonly SubjectCommand[],
  cases: readonly Case[],
  signal: AbortSignal,
  onProgress: (done: string) => void = () => {},
): Promise<Interop> {
  const values = plainValues(cases)
  const heard: Heard[] = []
  const silent: string[] = []
  for (const subject of subjects) {
    const said = await hello(subject, signal)
    if ('engines' in said) heard.push({ subject, hello: said })
    else silent.push(`${subject.id}: ${said.kind}`)
  }
  const writers: Written[] = []
  for (const one of heard) {
    writers.push(...(await written(one, values, signal)))
    onProgress(`${one.subject.id} has written`)
  }
  const pickles = [
    ...new Set(writers.flatMap(({ pickles: own }) => own.flatMap((one) => one ?? []))),
  ]
  const readers: Read[] = []
  for (const one of heard) {
    readers.push(...(await read(one, pickles, signal)))
    onProgress(`${one.subject.id} has read`)
  }
  return {
    values: values.length,
    writers: writers.map(({ party }) => party),
    readers: readers.map(({ party }) => party),
    cells: writers.flatMap((writer) => readers.map((reader) => cellOf(values, writer, reader))),
    silent,
  }
}

/** Parties whose cells are all the same stand together. */
function grouped(
  parties: readonly Party[],
  textOf: (party: Party) => string,
): (readonly Party[])[] {
  const groups = new Map<string, Party[]>()
  for (const party of parties) {
    const text = textOf(party)
    const group = groups.get(text)
    if (group === undefined) groups.set(text, [party])
    else group.push(party)
  }
  return [...groups.values()]
}

const cellText = ({ asked, agreed, lossy }: Cell): string => {
  if (asked === 0) return '–'
  return `${agreed}/${asked}${lossy === 0 ? '' : ` (${lossy} lossy)`}`
}

/** Engines of the same subject in one name: `cpython-3.13.0 c, py`. */
function groupName(parties: readonly Party[]): string {
  const bySubject = new Map<string, string[]>()
  for (const { subject, engine } of parties) {
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), engine])
  }
  return [...bySubject].map(([subject, engines]) => `${subject} ${engines.join(', ')}`).join('; ')
}

/** The matrix as a table of Markdown, those that do the same in one row or column, and the first disagreements. */
export function interopTable({ writers, readers, cells, values }: Interop): string {
  const cellAt = new Map(
    cells.map((cell) => [`${nameOf(cell.writer)}\n${nameOf(cell.reader)}`, cell]),
  )
  const find = (writer: Party, reader: Party): Cell | undefined =>
    cellAt.get(`${nameOf(writer)}\n${nameOf(reader)}`)
  const text = (writer: Party, reader: Party): string => {
    const cell = find(writer, reader)
    return cell === undefined ? '' : `${cellText(cell)}${cell.first?.case ?? ''}`
  }
  const rows = grouped(writers, (writer) => readers.map((reader) => text(writer, reader)).join())
  const columns = grouped(readers, (reader) => writers.map((writer) => text(writer, reader)).join())
  const partings: string[] = []
  const body = rows.flatMap((row, at) => {
    const [writer] = row
    if (writer === undefined) return []
    const shown = columns.flatMap((column, place) => {
      const [reader] = column
      const cell = reader === undefined ? undefined : find(writer, reader)
      if (cell === undefined) return []
      if (cell.first !== undefined) {
        const { case: id, protocol, because } = cell.first
        partings.push(
          `- ${at + 1} → ${String.fromCharCode(65 + place)}: ${id}@p${protocol}: ${because}`,
        )
      }
      return [cellText(cell)]
    })
    return [`| ${at + 1}. ${groupName(row)} | ${shown.join(' | ')} |`]
  })
  const letters = columns.map((_, place) => String.fromCharCode(65 + place))
  return [
    `${values} plain values; what each row wrote, as each column reads it: agreed/asked.`,
    '',
    `| wrote | ${letters.join(' | ')} |`,
    `| --- | ${letters.map(() => '---:').join(' | ')} |`,
    ...body,
    '',
    ...columns.map((column, place) => `- ${String.fromCharCode(65 + place)}: ${groupName(column)}`),
    ...(partings.length === 0 ? [] : ['', 'They part first at:', '', ...partings]),
    '',
  ].join('\n')
}
