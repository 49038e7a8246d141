import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageFile, packageRoot } from '../../conformance/index.ts'
import { ProcessSeat } from './process-seat.ts'
import type { Task } from './seat.ts'

const build = mkdtempSync(join(tmpdir(), 'picklespec-seat-'))
const seat = new ProcessSeat(packageFile('dist', 'fuzz', 'mutants', 'seat-process.js'), packageRoot)
afterAll(async () => {
  await seat.stop()
  rmSync(build, { recursive: true })
})

/** A build that answers in this way. */
function plantAnswer(body: string): void {
  const path = join(build, 'dist/conformance/subjects/javascript/reference/answer.js')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(join(build, 'package.json'), '{"type":"module"}')
  writeFileSync(path, `export function answer() { ${body} }`)
}

const asking = (folder: string): Task => ({
  ...{ build: folder, questions: Uint32Array.of(0), tests: [], isOfProfiles: false },
  do: 'ask',
})

test('a build that ends the whole process, or the memory of its thread, ends nothing else', async () => {
  plantAnswer('const all = []; for (;;) all.push(1)')
  const ended = await seat.carryOut(asking(build), () => 60_000)
  const sound = await seat.carryOut(asking(packageRoot), () => 60_000)

  expect(ended).toMatchObject({ did: 'end', at: 0 })
  expect(sound).toEqual({ did: 'ask', killedBy: undefined, why: '' })
})

test('one that comes to no end is ended after the patience there is', async () => {
  plantAnswer('for (;;) ;')
  const ended = await seat.carryOut(asking(build), () => 300)

  expect(ended).toEqual({ did: 'end', at: 0, why: 'it takes too long' })
})
