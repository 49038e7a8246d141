// Adds up the steps and the tests of one run, given the folder they left their results in.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
if (folder === undefined) throw new Error('count.mjs wants the folder of the results')

let passed = 0
let executed = 0
const failures = []

/** Adds the tests of a vitest report; gives back how many of them failed. */
function addTests(step, report) {
  const before = failures.length
  for (const file of report.testResults) {
    const name = file.name.slice(process.cwd().length + 1)
    for (const test of file.assertionResults) {
      executed += 1
      // Skipped is never green.
      if (test.status === 'passed') passed += 1
      else failures.push(`${step}: ${name}: ${test.fullName} (${test.status})`)
    }
    if (
      file.status !== 'passed' &&
      !file.assertionResults.some((test) => test.status !== 'passed')
    ) {
      failures.push(`${step}: ${name} (${file.message || 'the file failed'})`)
    }
  }
  return failures.length - before
}

const steps = readFileSync(join(folder, 'steps'), 'utf8').trim().split('\n')
for (const [step, code] of steps.map((line) => line.split(' '))) {
  const path = join(folder, `${step}.json`)
  const failedTests = existsSync(path) ? addTests(step, JSON.parse(readFileSync(path, 'utf8'))) : 0
  if (code === '0') passed += 1
  else if (failedTests === 0) failures.push(`${step} ended with ${code}`)
}
if (executed === 0) failures.push('no test was executed')

for (const failure of failures) process.stdout.write(`failed  ${failure}\n`)
process.stdout.write(`${passed} passed, ${failures.length} failed\n`)
process.exitCode = failures.length === 0 ? 0 : 1
