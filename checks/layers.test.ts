import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const config = join(root, '.dependency-cruiser.mjs')
const parts = ['reference', 'conformance', 'fuzz', 'bench', 'reports']

interface Cruise {
  readonly modules: readonly { source: string; dependencies: readonly unknown[] }[]
  readonly summary: {
    readonly violations: readonly {
      from: string
      rule: { name: string }
      /** The files of a cycle, which is reported once. */
      cycle?: readonly { name: string }[]
    }[]
    readonly ruleSetUsed: { readonly forbidden: readonly { name: string }[] }
  }
}

/** Runs dependency-cruiser with the real rules over a tree; its exit code counts violations. */
function cruise(cwd: string, what: readonly string[]): Promise<Cruise> {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [bin, '--config', config, '--output-type', 'json', ...what]
  const options = { cwd, maxBuffer: 1 << 28 }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (_, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout))
      } catch {
        reject(new Error(`dependency-cruiser gave no result: ${stderr}`))
      }
    })
  })
}

/** A file and what it imports: a path from the root of the tree, a package or a `node:` module. */
type Import = readonly [from: string, to: string]

const packages = [
  ...['ajv', 'bullmq', 'commander', 'execa', 'fast-check', 'picomatch', 'playwright-core'],
  ...[
    'pyodide',
    'pyodide-315',
    'rolldown',
    'saxes',
    'tinybench',
    'typescript',
    'vitest',
    '@vitest/expect',
    'stowaway',
  ],
  ...['simple-statistics', 'pure-rand'],
]

const forbidden: Readonly<Record<string, readonly Import[]>> = {
  'no-cycles': [
    ['bench/chicken.ts', 'bench/egg.ts'],
    ['bench/egg.ts', 'bench/chicken.ts'],
  ],
  'everything-imported-exists': [['bench/hopeful.ts', 'bench/nowhere.ts']],
  'nothing-imports-a-test': [['fuzz/curious.ts', 'fuzz/session.test.ts']],
  'reference-stands-alone': [
    ['reference/reads.ts', 'node:fs'],
    ['reference/borrows.ts', 'fast-check'],
    ['reference/asks.ts', 'conformance/index.ts'],
    ['reference/shows.ts', 'reports/command.ts'],
  ],
  'reports-stand-alone': [
    ['reports/renderers/judges.ts', 'conformance/index.ts'],
    ['reports/renderers/pickles.ts', 'reference/index.ts'],
    ['reports/renderers/runs.ts', 'cli.ts'],
  ],
  'the-page-uses-the-reference-alone': [['reports/page/judges.ts', 'conformance/index.ts']],
  'nothing-imports-the-page': [['reports/renderers/bundles.ts', 'reports/page/page.ts']],
  'only-disk-touches-the-disk': [
    ['reports/renderers/writes.ts', 'node:fs'],
    ['reports/commands/joins.ts', 'node:path'],
    ['reports/renderers/packs.ts', 'execa'],
  ],
  'conformance-looks-down': [
    ['conformance/runner/looks-up.ts', 'fuzz/index.ts'],
    ['conformance/runner/times.ts', 'bench/index.ts'],
  ],
  'fuzz-and-bench-are-strangers': [
    ['fuzz/times.ts', 'bench/index.ts'],
    ['bench/spoils.ts', 'fuzz/index.ts'],
  ],
  'a-part-is-entered-by-its-index': [
    ['fuzz/reaches-in.ts', 'conformance/runner/run.ts'],
    ['conformance/runner/reaches-in.ts', 'reference/pickler/pickler.ts'],
    ['conformance/commands/runs.ts', 'reports/commands/index.ts'],
    ['fuzz/tested.test.ts', 'reference/pickler/pickler.ts'],
  ],
  'the-command-line-runs-commands': [['cli.ts', 'conformance/index.ts']],
  'the-command-line-knows-only-the-contract': [['command-line.ts', 'bench/commands/index.ts']],
  'nothing-imports-the-command-line': [
    ['bench/calls.ts', 'cli.ts'],
    ['fuzz/parses.ts', 'command-line.ts'],
  ],
  'pickler-and-unpickler-are-strangers': [
    ['reference/pickler/peeks.ts', 'reference/unpickler/unpickler.ts'],
    ['reference/unpickler/peeks.ts', 'reference/pickler/pickler.ts'],
    ['reference/unpickler/tools.ts', 'reference/tools/instructions.ts'],
    ['reference/unpickler/again.ts', 'reference/repickler/loaded-pickle.ts'],
  ],
  'tools-run-nothing': [
    ['reference/tools/runs.ts', 'reference/unpickler/unpickler.ts'],
    ['reference/tools/repickles.ts', 'reference/repickler/loaded-pickle.ts'],
  ],
  'foundations-look-at-nothing-above': [
    ['reference/codecs/looks-up.ts', 'reference/pickler/pickler.ts'],
    ['reference/values/looks-up.ts', 'reference/unpickler/unpickler.ts'],
    ['reference/values/repickles.ts', 'reference/repickler/loaded-pickle.ts'],
    ['reference/opcodes/looks-up.ts', 'reference/tools/instructions.ts'],
  ],
  'nothing-is-built-on-the-library-face': [
    ['reference/tools/loads.ts', 'reference/javascript/index.ts'],
    ['reference/index.ts', 'reference/javascript/index.ts'],
  ],
  'questions-and-judges-are-pure': [
    ['conformance/scenario/reads.ts', 'node:fs'],
    ['conformance/protocol/validates.ts', 'picomatch'],
    ['conformance/oracles/spawns.ts', 'node:child_process'],
  ],
  'questions-and-judges-know-no-runner': [
    ['conformance/oracles/asks.ts', 'conformance/runner/run.ts'],
    ['conformance/scenario/locates.ts', 'conformance/package-root.ts'],
  ],
  'adapters-know-only-the-protocol': [
    ['conformance/subjects/javascript/one/cheats.ts', 'conformance/oracles/agree.ts'],
    ['conformance/subjects/javascript/one/reports.ts', 'reports/index.ts'],
  ],
  'ajv-has-its-place': [['conformance/runner/validates.ts', 'ajv']],
  'bullmq-has-its-place': [['fuzz/queues.ts', 'bullmq']],
  'commander-has-its-place': [['conformance/commands/parses.ts', 'commander']],
  'execa-has-its-place': [['bench/spawns.ts', 'execa']],
  'fast-check-has-its-place': [['conformance/runner/generates.ts', 'fast-check']],
  'picomatch-has-its-place': [['bench/matches.ts', 'picomatch']],
  'playwright-core-has-its-place': [['fuzz/browses.ts', 'playwright-core']],
  'pyodide-has-its-place': [['bench/embeds.ts', 'pyodide']],
  'pyodide-315-has-its-place': [['bench/embeds-more.ts', 'pyodide-315']],
  'rolldown-has-its-place': [['conformance/runner/bundles.ts', 'rolldown']],
  'saxes-has-its-place': [['conformance/runner/reads.ts', 'saxes']],
  'tinybench-has-its-place': [['fuzz/measures.ts', 'tinybench']],
  'simple-statistics-has-its-place': [['fuzz/average.ts', 'simple-statistics']],
  'pure-rand-has-its-place': [['fuzz/random.ts', 'pure-rand']],
  'typescript-has-its-place': [['fuzz/rewrites.ts', 'typescript']],
  'vitest-has-its-place': [['conformance/runner/asserts.ts', 'vitest']],
  '@vitest/expect-has-its-place': [['conformance/runner/expects.ts', '@vitest/expect']],
  'every-package-has-a-place': [['bench/borrows.ts', 'stowaway']],
}

const allowed: readonly Import[] = [
  ['cli.ts', 'bench/commands/index.ts'],
  ['cli.ts', 'command-line.ts'],
  ['command-line.ts', 'commander'],
  ['command-line.ts', 'reports/command.ts'],
  ['reference/pickler/pickler.ts', 'reference/values/value.ts'],
  ['reference/tools/instructions.ts', 'reference/opcodes/opcodes.ts'],
  ['reference/pickler/memo.test.ts', 'fast-check'],
  ['reference/index.ts', 'reference/pickler/pickler.ts'],
  ['reference/javascript/pickler.ts', 'reference/pickler/pickler.ts'],
  ['reference/javascript/unpickler.ts', 'reference/unpickler/unpickler.ts'],
  ['conformance/scenario/materialize.ts', 'reference/index.ts'],
  ['conformance/commands/index.ts', 'reports/command.ts'],
  ['conformance/runner/run.ts', 'execa'],
  ['conformance/runner/run.ts', 'node:fs'],
  ['conformance/runner/run.ts', 'conformance/oracles/agree.ts'],
  ['conformance/subjects/javascript/reference/answer.ts', 'conformance/scenario/materialize.ts'],
  ['conformance/subjects/python/pyodide/worker.ts', 'pyodide'],
  ['conformance/subjects/python/pyodide/worker.ts', 'conformance/package-root.ts'],
  ['fuzz/session.ts', 'fast-check'],
  ['fuzz/session.ts', 'conformance/index.ts'],
  ['bench/measure.ts', 'tinybench'],
  ['bench/measure.ts', 'node:os'],
  ['reports/disk.ts', 'node:fs'],
  ['reports/page/page.ts', 'reference/index.ts'],
  ['reports/renderers/html.test.ts', 'playwright-core'],
]

const isFile = (name: string): boolean => name.endsWith('.ts')

function specifier([from, to]: Import): string {
  if (!isFile(to)) return to
  const path = relative(dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}

/** Writes a tree in which every file exists and imports what is said, and nothing else. */
async function plant(tree: string, imports: readonly Import[]): Promise<void> {
  const lines = new Map<string, string[]>()
  for (const [from, to] of imports) {
    lines.set(from, [...(lines.get(from) ?? []), `import '${specifier([from, to])}'`])
    if (isFile(to) && !to.includes('nowhere') && !lines.has(to)) lines.set(to, [])
  }
  for (const [file, text] of lines) {
    await mkdir(dirname(join(tree, file)), { recursive: true })
    await writeFile(join(tree, file), `${text.join('\n')}\nexport const here = true\n`)
  }
  for (const name of packages) {
    const folder = join(tree, 'node_modules', name)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name, main: 'index.js' }))
    await writeFile(join(folder, 'index.js'), '')
  }
  const dependencies = Object.fromEntries(packages.map((name) => [name, '*']))
  await writeFile(join(tree, 'package.json'), JSON.stringify({ type: 'module', dependencies }))
  const compilerOptions = { module: 'NodeNext', allowImportingTsExtensions: true, noEmit: true }
  await writeFile(join(tree, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
}

const trees: string[] = []

async function cruisePlanted(imports: readonly Import[]): Promise<Cruise> {
  const tree = await mkdtemp(join(tmpdir(), 'picklespec-layers-'))
  trees.push(tree)
  await plant(tree, imports)
  const files = imports.map(([from]) => from)
  return cruise(tree, [...new Set(files)])
}

afterAll(async () => {
  for (const tree of trees) await rm(tree, { recursive: true, force: true })
})

describe('a forbidden import', () => {
  let planted: Cruise

  beforeAll(async () => {
    planted = await cruisePlanted(Object.values(forbidden).flat())
  })

  test.each(
    Object.entries(forbidden).flatMap(([rule, imports]) =>
      imports.map(([from, to]) => ({ rule, from, to })),
    ),
  )('of $to by $from is refused by $rule', ({ rule, from }) => {
    const refused = planted.summary.violations
      .filter(({ from: file, cycle = [] }) =>
        [file, ...cycle.map((one) => one.name)].includes(from),
      )
      .map((violation) => violation.rule.name)

    expect(refused).toContain(rule)
  })

  test('is planted for every rule, and every plant has its rule', () => {
    const rules = planted.summary.ruleSetUsed.forbidden.map((rule) => rule.name)

    expect(Object.keys(forbidden).toSorted()).toEqual(rules.toSorted())
  })
})

test('the imports the map allows are refused by no rule', async () => {
  const { summary } = await cruisePlanted(allowed)

  expect(summary.violations).toEqual([])
})

test('every module of this tree is seen, with its imports', async () => {
  const files: string[] = ['cli.ts', 'command-line.ts']
  for (const part of parts) {
    const names = await readdir(join(root, part), { recursive: true })
    files.push(...names.filter(isFile).map((name) => `${part}/${name}`))
  }

  const { modules } = await cruise(root, ['cli.ts', 'command-line.ts', ...parts])

  const seen = new Set(modules.map((module) => module.source))
  expect(files.filter((file) => !seen.has(file))).toEqual([])
  const importing = modules.filter((module) => module.dependencies.length > 0)
  expect(importing.length).toBeGreaterThan(files.length / 3)
}, 120_000)
