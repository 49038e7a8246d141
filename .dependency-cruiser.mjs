const tests = '\\.test\\.ts$'
const parts = '^(reference|conformance|fuzz|bench|reports)/'
const commandLine = '^(cli|command-line)\\.ts$'
const contract = '^reports/command\\.ts$'
// A pattern of `node:` would catch nothing: `node:fs` is resolved to `fs`.
const packages = [
  ...['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'],
]
const machine = { dependencyTypes: ['core', ...packages] }

const never = (name, from, to) => ({ name, severity: 'error', from, to })

/** Every package has one place; `tests` says whether tests may use it everywhere besides. */
const places = [
  { pkg: '@vitest/expect', where: '^fuzz/mutants/' },
  { pkg: 'ajv', where: '^$' },
  { pkg: 'bullmq', where: '^fuzz/campaign/' },
  { pkg: 'commander', where: '^command-line\\.ts$' },
  { pkg: 'execa', where: '^conformance/runner/' },
  { pkg: 'fast-check', where: '^fuzz/' },
  { pkg: 'picomatch', where: '^conformance/' },
  { pkg: 'pure-rand', where: '^bench/' },
  { pkg: 'playwright-core', where: '^$' },
  { pkg: 'pyodide', where: '^conformance/subjects/' },
  { pkg: 'pyodide-315', where: '^conformance/subjects/' },
  { pkg: 'rolldown', where: '^$' },
  { pkg: 'saxes', where: '^$' },
  { pkg: 'simple-statistics', where: '^bench/' },
  { pkg: 'tinybench', where: '^bench/' },
  { pkg: 'typescript', where: '^fuzz/mutants/' },
  { pkg: 'vitest', where: '^$' },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    never('no-cycles', {}, { circular: true }),
    never('everything-imported-exists', {}, { couldNotResolve: true }),
    never('nothing-imports-a-test', {}, { path: tests }),

    never(
      'reference-stands-alone',
      { path: '^reference/', pathNot: tests },
      { pathNot: '^reference/' },
    ),
    never(
      'reports-stand-alone',
      { path: '^reports/', pathNot: '^reports/page/' },
      { path: `${parts}|${commandLine}`, pathNot: '^reports/' },
    ),
    never(
      'the-page-uses-the-reference-alone',
      { path: '^reports/page/' },
      { path: `${parts}|${commandLine}`, pathNot: '^(reports|reference)/' },
    ),
    never('nothing-imports-the-page', { pathNot: '^reports/page/' }, { path: '^reports/page/' }),
    never(
      'only-disk-touches-the-disk',
      { path: '^reports/', pathNot: [tests, '^reports/disk\\.ts$'] },
      machine,
    ),
    never('conformance-looks-down', { path: '^conformance/' }, { path: '^(fuzz|bench)/' }),
    never(
      'fuzz-and-bench-are-strangers',
      { path: '^(fuzz|bench)/' },
      { path: '^(fuzz|bench)/', pathNot: '^$1/' },
    ),
    never(
      'a-part-is-entered-by-its-index',
      { path: parts },
      { path: parts, pathNot: ['^$1/', '^[a-z]+/index\\.ts$', contract] },
    ),
    never(
      'the-command-line-runs-commands',
      { path: '^cli\\.ts$' },
      { path: parts, pathNot: ['^[a-z]+/commands/index\\.ts$', contract] },
    ),
    never(
      'the-command-line-knows-only-the-contract',
      { path: '^command-line\\.ts$' },
      { path: parts, pathNot: contract },
    ),
    never('nothing-imports-the-command-line', { path: parts }, { path: commandLine }),

    never(
      'pickler-and-unpickler-are-strangers',
      { path: '^reference/(pickler|unpickler)/', pathNot: tests },
      { path: '^reference/(pickler|unpickler|tools|repickler)/', pathNot: '^reference/$1/' },
    ),
    never(
      'tools-run-nothing',
      { path: '^reference/tools/', pathNot: tests },
      { path: '^reference/(pickler|unpickler|repickler)/' },
    ),
    never(
      'foundations-look-at-nothing-above',
      { path: '^reference/(codecs|values|opcodes)/', pathNot: tests },
      { path: '^reference/(pickler|unpickler|tools|repickler)/' },
    ),
    never(
      'nothing-is-built-on-the-library-face',
      { path: parts, pathNot: ['^reference/javascript/', tests] },
      { path: '^reference/javascript/' },
    ),

    never(
      'questions-and-judges-are-pure',
      { path: '^conformance/(scenario|protocol|oracles)/', pathNot: tests },
      machine,
    ),
    never(
      'questions-and-judges-know-no-runner',
      { path: '^conformance/(scenario|protocol|oracles)/', pathNot: tests },
      { path: '^conformance/((runner|subjects|commands)/|package-root\\.ts$)' },
    ),
    never(
      'adapters-know-only-the-protocol',
      { path: '^conformance/subjects/[^/]+/[^/]+/', pathNot: tests },
      {
        path: parts,
        pathNot: [
          '^conformance/(subjects|protocol|scenario)/',
          '^conformance/package-root\\.ts$',
          '^reference/index\\.ts$',
        ],
      },
    ),

    ...places.map(({ pkg, where }) =>
      never(
        `${pkg}-has-its-place`,
        { pathNot: [where, tests, '\\.config\\.ts$'] },
        { path: `node_modules/${pkg}/` },
      ),
    ),
    never(
      'every-package-has-a-place',
      { path: `${parts}|${commandLine}` },
      {
        dependencyTypes: packages,
        pathNot: `node_modules/(@types/)?(${places.map(({ pkg }) => pkg).join('|')})/`,
      },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|reports/out)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
