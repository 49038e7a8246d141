import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa, execaSync } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRecordFile, standingOf, type Verdict, type VerdictLine } from '../../reports/index.ts'
import { packageFile } from '../package-root.ts'
import { signatureOf } from './signature.ts'

type Fault = {
  readonly name: string
  readonly file: string
  /** Lines of the built reference, each exactly once in its file, and what stands there instead. */
  readonly edits: readonly (readonly [find: string, instead: string])[]
  /** One that must be named. */
  readonly clause: string
  readonly filter: string
}

const faults: readonly Fault[] = [
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
    filter: 'documentation/reducer-override/*',
  },
  {
    name: 'not-implemented-is-an-answer',
    file: 'reducers.js',
    edits: [['if (reduction === p.world.notImplemented)', 'if (false)']],
    clause: 'DOC-RO-4',
    filter: 'documentation/reducer-override/*',
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
    filter: 'documentation/fast/*',
  },
  {
    name: 'no-instance-table',
    file: 'hooks.js',
    edits: [
      [
        'const table = this.#readsTableEachObject ? this.#tableRead() : this.#tableSlot',
        'const table = undefined',
      ],
    ],
    clause: 'DOC-DT-2',
    filter: 'documentation/dispatch-table/*',
  },
  {
    name: 'frames-one-too-long',
    file: 'framer.js',
    edits: [
      [
        'this.#fullAt = this.#bodyStart + frameTargetBytes',
        'this.#fullAt = this.#bodyStart + 65537',
      ],
    ],
    clause: 'FRAME-04',
    filter: 'framing/frames/*',
  },
  {
    name: 'batches-of-1001',
    file: 'batches.js',
    edits: [['export const batchSize = 1000', 'export const batchSize = 1001']],
    clause: 'BATCH-01',
    filter: 'batching/lists/*',
  },
]
const none: Fault = { name: 'none', file: 'save.js', edits: [], clause: '', filter: '' }

/** Chapters in which both the reference and the pure engine are right. */
const filters = [...new Set(faults.map(({ filter }) => filter))]

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picklespec-planted-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function plantedReference({ name, file, edits }: Fault): string {
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

const isFailed = (verdict: Verdict | null): boolean => verdict?.kind === 'failed'

/** The lines that a run has as failed. */
function failedLines(out: string): VerdictLine[] {
  const { verdicts } = readRecordFile(join(folder, out, 'record.jsonl'))
  return verdicts.filter(({ conformance, parity }) => isFailed(conformance) || isFailed(parity))
}

const nameOf = ({ case: id, engine, protocol }: VerdictLine): string =>
  `${id} ${protocol} ${engine}`

async function run(subject: string, out: string, chosen: readonly string[], ...more: string[]) {
  const args = [
    packageFile('dist/cli.js'),
    ...[
      'run',
      '--subject',
      subject,
      '--out',
      join(folder, out),
      '--protocol',
      '2',
      '--protocol',
      '4',
      ...more,
    ],
    ...chosen.flatMap((filter) => ['--filter', filter]),
  ]
  return execa('node', args, { reject: false })
}

const patched = packageFile('conformance/runner/planted/patched_pickle.py')
/** Not a launcher in front of it, which would be started with every process anew. */
const { stdout: python } = execaSync('python3', ['-c', 'import sys; print(sys.executable)'])
const plantedPython = (names: readonly string[]): string =>
  `${python} ${patched} ${names.join(',')}`

const pickler = 'a patched pure-Python pickler'

describe.each([
  ['a copy of the reference', plantedReference],
  [pickler, ({ name }: Fault) => plantedPython([name])],
])('%s', (kind, plant) => {
  test('without a fault passes', async () => {
    const { exitCode, stdout } = await run(plant(none), `${kind}-none`, filters)

    expect(stdout).not.toContain('✗')
    expect(exitCode).toBe(0)
  })

  test.each(faults)('with $name fails, and $clause is named', async (fault) => {
    const out = `${kind}-${fault.name}`
    const { exitCode, stdout } = await run(plant(fault), out, [fault.filter])

    expect(exitCode).toBe(1)
    expect(failedLines(out).map(({ clause }) => clause)).toContain(fault.clause)
    expect(stdout).toContain('✗')
  })
})

/** Every line that a fault fails, as known. */
function writeKnown(file: string, lines: readonly VerdictLine[]): void {
  const entries = lines.map((line) => ({
    ...{ case: line.case, engine: line.engine, protocols: String(line.protocol) },
    ...{ reason: 'it was planted', link: null, signature: signatureOf(line) },
  }))
  writeFileSync(file, JSON.stringify({ expectedFailures: 1, entries }))
}

/** Each fault is the old one or the new one of a pair. */
const pairs = faults.flatMap((fresh, at) => {
  const old = faults[at - 1]
  return at % 2 === 1 && old !== undefined ? [{ fresh, old }] : []
})

test.each(pairs)(
  'of a Python with two faults and $old.name expected, only $fresh.name fails the run',
  async ({ fresh, old }) => {
    const chosen = [...new Set([fresh.filter, old.filter])]
    const file = join(folder, `${old.name}.json`)
    const known = failedLines(`${pickler}-${old.name}`)
    writeKnown(file, known)

    const out = `both-${fresh.name}`
    const both = plantedPython([old.name, fresh.name])
    const { exitCode } = await run(both, out, chosen, '--expected-failures', file)

    expect(known.map(({ clause }) => clause)).toContain(old.clause)
    expect(exitCode).toBe(1)
    const failing = failedLines(out).filter((line) => standingOf(line) === 'failing')
    expect(failing.map(({ clause }) => clause)).toContain(fresh.clause)
    const isKnown = new Set(known.map((line) => `${nameOf(line)}: ${signatureOf(line)}`))
    for (const line of failedLines(out)) {
      const isNews = !isKnown.has(`${nameOf(line)}: ${signatureOf(line)}`)
      expect(standingOf(line) === 'failing', nameOf(line)).toBe(isNews)
    }
  },
)
