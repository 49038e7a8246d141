import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageFile } from '../package-root.ts'

/** One or more lines of the built reference, each exactly once in its file, and what stands there instead. */
const faults: readonly {
  readonly name: string
  readonly file: string
  readonly edits: readonly (readonly [find: string, instead: string])[]
  readonly clause: string
}[] = [
  {
    name: 'override-after-table',
    file: 'save.js',
    edits: [
      ['if (!p.overridesFirst && saveOverridden(p, value))', 'if (false)'],
      [
        'if (saveRegistered(p, value))',
        'if (saveRegistered(p, value) || saveOverridden(p, value))',
      ],
    ],
    clause: 'DOC-RO-2',
  },
  {
    name: 'not-implemented-is-an-answer',
    file: 'reducers.js',
    edits: [['if (reduction === p.world.notImplemented)', 'if (false)']],
    clause: 'DOC-RO-4',
  },
  {
    name: 'memo-in-fast-mode',
    file: 'memoize.js',
    edits: ['memoize(p, value)', 'memoizeStr(p, str)'].map(
      (face) =>
        [
          `function ${face} {\n    if (p.hooks.isFast)`,
          `function ${face} {\n    if (false)`,
        ] as const,
    ),
    clause: 'DOC-FAST-3',
  },
]
const none = { name: 'none', file: 'save.js', edits: [], clause: '' }

/** Chapters in which both the reference and the pure engine are right. */
const filters = ['dispatch-table', 'dispatch-table-example', 'reducer-override', 'fast'].map(
  (file) => `documentation/${file}/*`,
)

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picklespec-planted-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function plantedReference({ name, file, edits }: (typeof faults)[number]): string {
  const copy = join(folder, name)
  cpSync(packageFile('dist'), join(copy, 'dist'), { recursive: true })
  for (const shared of ['package.json', 'conformance']) {
    cpSync(packageFile(shared), join(copy, shared), { recursive: true })
  }
  const path = join(copy, 'dist/reference/pickler', file)
  let text = readFileSync(path, 'utf8')
  for (const [find, instead] of edits) {
    expect(text.split(find), `${find} stands once in ${file}`).toHaveLength(2)
    text = text.replace(find, instead)
  }
  writeFileSync(path, text)
  return `node ${join(copy, 'dist/conformance/subjects/javascript/reference/main.js')}`
}

/** The clauses of the answers that the record of a run has as failed. */
function failedClauses(out: string): string[] {
  const lines = readFileSync(join(folder, out, 'record.jsonl'), 'utf8')
    .trim()
    .split('\n')
  return lines
    .map((line) => JSON.parse(line))
    .filter(({ conformance }) => conformance?.kind === 'failed')
    .map(({ clause }) => clause)
}

async function run(subject: string, out: string) {
  const args = [
    packageFile('dist/cli.js'),
    ...['run', '--subject', subject, '--out', join(folder, out), '--protocol', '2'],
    ...filters.flatMap((filter) => ['--filter', filter]),
  ]
  return execa('node', args, { reject: false })
}

const patched = packageFile('conformance/runner/planted/patched_pickle.py')

describe.each([
  ['a copy of the reference', plantedReference],
  ['a patched pure-Python pickler', ({ name }: { name: string }) => `python3 ${patched} ${name}`],
])('%s', (kind, plant) => {
  test('without a fault passes', async () => {
    const { exitCode, stdout } = await run(plant(none), `${kind}-none`)

    expect(stdout).not.toContain('✗')
    expect(exitCode).toBe(0)
  })

  test.each(faults)('with $name fails, and $clause is named', async (fault) => {
    const { exitCode, stdout } = await run(plant(fault), `${kind}-${fault.name}`)

    expect(exitCode).toBe(1)
    expect(failedClauses(`${kind}-${fault.name}`)).toContain(fault.clause)
    expect(stdout).toContain('✗')
  })
})
