import type ts from 'typescript'
import type { Coverage } from './coverage.ts'
import type { Mutant } from './find-mutants.ts'
import { sight } from './find-mutants.ts'
import { type Region, regionOf } from './instrument.ts'
import type { TypeScript } from './typescript.ts'

/** Which regions of the reference read a name; names that stand in modules lead to who reads those. */
export class Readers {
  readonly #regions = new Map<string, Set<number>>()
  /** Names of modules in whose declaration the name stands. */
  readonly #declarations = new Map<string, Set<string>>()
  /** Names of modules in whose declaration a function is called: it runs once, when they are loaded. */
  readonly #madeBy = new Map<string, Set<string>>()
  readonly #byFile: ReadonlyMap<string, readonly (readonly [number, Region])[]>
  readonly #ts: TypeScript
  readonly #sources: ReadonlyMap<string, string>

  constructor(
    typescript: TypeScript,
    sources: ReadonlyMap<string, string>,
    regions: readonly Region[],
  ) {
    this.#ts = typescript
    this.#sources = sources
    const byFile = new Map<string, (readonly [number, Region])[]>()
    for (const [at, region] of regions.entries()) {
      const known = byFile.get(region.file) ?? []
      known.push([at, region])
      byFile.set(region.file, known)
    }
    this.#byFile = byFile
    for (const [file, text] of sources) this.#read(file, text)
  }

  #read(file: string, text: string): void {
    const ts = this.#ts
    const { source } = sight(ts, file, text)
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return
      if (ts.isIdentifier(node)) {
        const at = this.#regionAt({ file, start: node.getStart(source), end: node.end })
        const declared = at === undefined ? declaredAround(ts, node) : undefined
        if (at !== undefined) added(this.#regions, node.text, at)
        else if (declared !== undefined && declared !== node.text) {
          added(this.#declarations, node.text, declared)
          if (ts.isCallExpression(node.parent) && node.parent.expression === node) {
            added(this.#madeBy, node.text, declared)
          }
        }
        const made = at === undefined ? undefined : madeWith(ts, node)
        if (made !== undefined && made !== node.text) added(this.#declarations, node.text, made)
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }

  #regionAt(place: Region): number | undefined {
    const own = this.#byFile.get(place.file) ?? []
    const at = regionOf(
      own.map(([, region]) => region),
      place,
    )
    return at === undefined ? undefined : own[at]?.[0]
  }

  /** The regions whose run can tell a mutant; undefined where anything can. */
  regionsFor({ file, start, end }: Mutant): readonly number[] | undefined {
    const own = this.#regionAt({ file, start, end })
    const ts = this.#ts
    const { source } = sight(ts, file, this.#sources.get(file) ?? '')
    const node = nodeAt(ts, source, start)
    if (own !== undefined) {
      const made = madeWith(ts, node)
      const names = [
        ...(made === undefined ? [] : [made]),
        ...(this.#madeBy.get(declaredAround(ts, node) ?? '') ?? []),
      ]
      return [...new Set([own, ...names.flatMap((name) => this.#reading(name))])]
    }
    const row = file.endsWith('/behaviours.ts') ? rowAround(ts, node) : undefined
    const regions = row === undefined ? [] : this.#reading(row)
    if (regions.length > 0) return regions
    const declared = declaredAround(ts, node)
    if (declared === undefined) return undefined
    const reading = this.#reading(declared)
    return reading.length > 0 ? reading : undefined
  }

  /** What modules declare that the mutant is in or goes into: tests may read that themselves. */
  namesFor({ file, start, end }: Mutant): ReadonlySet<string> {
    if (this.#regionAt({ file, start, end }) !== undefined) return new Set()
    const ts = this.#ts
    const { source } = sight(ts, file, this.#sources.get(file) ?? '')
    const declared = declaredAround(ts, nodeAt(ts, source, start))
    return declared === undefined ? new Set() : this.#leadingFrom(declared)
  }

  #reading(name: string): number[] {
    const regions = new Set<number>()
    for (const one of this.#leadingFrom(name)) {
      for (const at of this.#regions.get(one) ?? []) regions.add(at)
    }
    return [...regions]
  }

  /** The name, and those of modules in whose declarations it stands, and so on. */
  #leadingFrom(name: string): ReadonlySet<string> {
    const met = new Set([name])
    for (const one of met) for (const next of this.#declarations.get(one) ?? []) met.add(next)
    return met
  }
}

function added<T>(map: Map<string, Set<T>>, name: string, one: T): void {
  const known = map.get(name) ?? new Set()
  known.add(one)
  map.set(name, known)
}

/** What a module declares and the node stands in. */
function declaredAround(ts: TypeScript, node: ts.Node): string | undefined {
  for (let one = node; one !== undefined; one = one.parent) {
    const name = declaredBy(ts, one)
    if (name !== undefined) return name
  }
  return undefined
}

/**
 * The name of a module in whose declaration a call is given the function around the node: what the
 * call makes was made when the module was loaded, and is read by others.
 */
function madeWith(ts: TypeScript, node: ts.Node): string | undefined {
  let isGiven = false
  for (let one = node; one !== undefined; one = one.parent) {
    if (ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one)) return undefined
    const isCallback = ts.isArrowFunction(one) || ts.isFunctionExpression(one)
    if (isCallback && (ts.isCallExpression(one.parent) || ts.isNewExpression(one.parent))) {
      isGiven = true
    }
    const name = declaredBy(ts, one)
    if (name !== undefined) return isGiven ? name : undefined
  }
  return undefined
}

/** The name that a node declares for its module. */
function declaredBy(ts: TypeScript, node: ts.Node): string | undefined {
  if (ts.isVariableDeclaration(node)) {
    const isTop = ts.isSourceFile(node.parent.parent.parent)
    return isTop && ts.isIdentifier(node.name) ? node.name.text : undefined
  }
  if (!ts.isFunctionDeclaration(node) && !ts.isClassDeclaration(node)) return undefined
  return ts.isSourceFile(node.parent) ? node.name?.text : undefined
}

/** The outermost property that the node stands in. */
function rowAround(ts: TypeScript, node: ts.Node): string | undefined {
  let row: string | undefined
  for (let one = node; one !== undefined; one = one.parent) {
    if (ts.isPropertyAssignment(one) && ts.isIdentifier(one.name)) row = one.name.text
  }
  return row
}

function nodeAt(ts: TypeScript, source: ts.SourceFile, start: number): ts.Node {
  let found: ts.Node = source
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) > start || node.end <= start) return
    found = node
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(source, visit)
  return found
}

/** How many mutants each case and test told so far; those come first that told most. */
export class Tally {
  readonly #told = new Map<string, number>()

  tell(name: string, file: string): void {
    for (const key of [name, `${file} ${name}`]) {
      this.#told.set(key, (this.#told.get(key) ?? 0) + 1)
    }
  }

  /** At least 1. */
  weight(name: string, file: string): number {
    return 1 + (this.#told.get(name) ?? 0) / 4 + 3 * (this.#told.get(`${file} ${name}`) ?? 0)
  }
}

/**
 * The questions that can tell a mutant, those first that are cheap and told others before: each case
 * as one profile, then tests, then each case as all the other profiles.
 */
export function scheduled(
  { caseIds, costs, profiles, tests, touches }: Coverage,
  regions: readonly number[] | undefined,
  file: string,
  tally: Tally,
): number[] {
  const firsts: number[] = []
  const others: number[] = []
  const testing: number[] = []
  const caseQuestions = caseIds.length * profiles.length
  let lastCase = -1
  for (const question of costs.keys()) {
    if (regions !== undefined && !touches(question, regions)) continue
    if (question >= caseQuestions) {
      testing.push(question)
      continue
    }
    const of = Math.floor(question / profiles.length)
    if (of === lastCase) others.push(question)
    else firsts.push(question)
    lastCase = of
  }
  const rank = new Map<number, number>()
  for (const question of [...firsts, ...others, ...testing]) {
    const name =
      question < caseQuestions
        ? (caseIds[Math.floor(question / profiles.length)] ?? '')
        : nameOfTest(tests[question - caseQuestions])
    rank.set(question, ((costs.get(question) ?? 0) + 0.2) / tally.weight(name, file))
  }
  const byRank = (a: number, b: number): number => (rank.get(a) ?? 0) - (rank.get(b) ?? 0)
  return [firsts, testing, others].flatMap((list) => list.sort(byRank))
}

/** One case in so many, each as one profile. */
const oneCaseOf = 8

/** The tests of a folder are asked as far as they take no longer together, the quickest first. */
const mostOfFolderMs = 2_000

/** What is asked about a file besides: quick tests of its folder, and cases from everywhere. */
export function neighbours(
  { caseIds, costs, profiles, tests }: Coverage,
  file: string,
  but: readonly number[],
): number[] {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const caseQuestions = caseIds.length * profiles.length
  const asked = new Set(but)
  const others = [...costs.keys()].filter((question) => !asked.has(question))
  let left = mostOfFolderMs
  const testing = others
    .filter((question) => tests[question - caseQuestions]?.file.startsWith(folder))
    .sort(byCost(costs))
    .filter((question) => {
      left -= costs.get(question) ?? 0
      return left >= 0
    })
  const cases = others.filter((question) => {
    const of = Math.floor(question / profiles.length)
    const asking = (of / oneCaseOf) % profiles.length
    return question < caseQuestions && of % oneCaseOf === 0 && question % profiles.length === asking
  })
  return [...testing, ...cases]
}

const byCost =
  (costs: ReadonlyMap<number, number>) =>
  (a: number, b: number): number =>
    (costs.get(a) ?? 0) - (costs.get(b) ?? 0)

/**
 * The tests in whose files one of the names stands, which read it without the reference doing so; the
 * quickest first.
 */
export function naming(
  { caseIds, costs, profiles, tests }: Coverage,
  names: ReadonlySet<string>,
  textOf: (file: string) => string,
): number[] {
  if (names.size === 0) return []
  const first = caseIds.length * profiles.length
  const files = new Set(
    [...new Set(tests.map(({ file }) => file))].filter((file) =>
      (textOf(file).match(/[\w$]+/g) ?? []).some((word) => names.has(word)),
    ),
  )
  return tests
    .flatMap(({ file }, at) => (files.has(file) && costs.has(first + at) ? [first + at] : []))
    .sort(byCost(costs))
}

/** A test in a word. */
export const nameOfTest = (
  one: { readonly file: string; readonly name: string } | undefined,
): string => (one === undefined ? '' : `${sourceOf(one.file)} ${one.name}`)

/** What a file of tests was built from. */
export const sourceOf = (file: string): string => file.replace(/\.js$/, '.ts')
