import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { packageFile, packageRoot } from '../../conformance/index.ts'

/** `picklespec mutants`, as it was built. */
function mutants(...args: readonly string[]): Promise<{ code: unknown; out: string; err: string }> {
  const line = [packageFile('dist', 'cli.js'), 'mutants', ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, line, { cwd: packageRoot }, (error, out, err) => {
      resolve({ code: error === null ? 0 : error.code, out, err })
    })
  })
}

const few = ['--case', 'fast/switching/', '--case', 'protocol/argument/', '--workers', '1']

test('a sample is asked, and what the cases do not tell is named', async () => {
  const memoize = 'pickler/memoize.ts:memoize:'
  const { code, err, out } = await mutants(...few, '--json', '--all', '--filter', memoize)
  const report = JSON.parse(out)

  expect(err.match(/ of \d+: .* survived\n/g)).toHaveLength(report.survivors.length)
  expect(report).toMatchObject({ total: expect.any(Number), equivalent: 0, told: [] })
  expect(report.total).toBeGreaterThan(4)
  expect(report.killed).toBeGreaterThan(2)
  expect(report.killed + report.survivors.length).toBe(report.total)
  expect(report.score).toBeCloseTo((100 * report.killed) / report.total)
  // No case here has a value that is in the memo before it is put there.
  expect(report.survivors).toContainEqual(
    expect.objectContaining({
      file: 'reference/pickler/memoize.ts',
      operator: 'drop-statement',
      before: 'memo.move(value)',
      after: '{}',
      questions: 0,
    }),
  )
  expect(code).toBe(report.score >= 98 ? 0 : 1)
})

test('what has to be told and is not ends the run', async () => {
  const { code, err, out } = await mutants('--case', 'opcodes/stack/dup', '--workers', '1')

  expect(err).toContain('the mutant hand-written:writes-no-stop is told by nothing')
  expect(out).toBe('')
  expect(code).toBe(3)
})

test.each([
  [['--filter', 'no such mutant'], 'no mutant has such a name'],
  [['--all', '--sample', '3'], 'found --all beside --sample'],
  [['--sole', '--case', 'fast/'], 'beside --case'],
  [['--told', '--case', 'fast/'], 'beside --case'],
  [['--survivors', '--sample', '3'], 'found --survivors beside --sample'],
  [['--sole', '--told'], 'found --sole beside --told'],
  [['--told', '--by', 'fuzz'], 'beside --by fuzz'],
  [['--save'], 'found --save without'],
])('%j is wrong usage', async (args, message) => {
  const { code, err } = await mutants(...args)

  expect(err).toContain(message)
  expect(code).toBe(2)
})
