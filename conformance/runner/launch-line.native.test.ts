import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { findExecutable } from './executable.ts'
import { launchLine } from './launch-line.ts'
import { defaultLimits, type SubjectCommand } from './subject.ts'

const path = process.env['PATH'] ?? ''

const endless: SubjectCommand = {
  id: 'endless',
  command: [process.execPath, '-e', 'process.stdout.write("runs"); for (;;);'],
  env: {},
  cwd: process.cwd(),
  limits: defaultLimits,
}

/** Starts a line as the runner does, says its pid and passes on what it says, and waits. */
const starter = `
  const line = JSON.parse(process.argv[1])
  const stdio = ['ignore', 'inherit', 'ignore']
  const child = require('node:child_process').spawn(line[0], line.slice(1), { detached: true, stdio })
  process.stdout.write(child.pid + ' ')
  setInterval(() => {}, 1000)
`

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a subject that hears nothing ends with whoever started it, however that ends', async () => {
  const line = launchLine(endless, path)
  const parent = spawn(process.execPath, ['-e', starter, JSON.stringify(line)])
  let said = ''
  // Until it runs, it is not yet bound.
  for await (const chunk of parent.stdout) {
    said += chunk
    if (/\d/.test(said) && said.includes('runs')) break
  }
  const pid = Number(/\d+/.exec(said)?.[0])
  expect(isThere(pid)).toBe(true)

  parent.kill('SIGKILL')
  await once(parent, 'exit')
  let isLeft = isThere(pid)
  for (let waits = 0; isLeft && waits < 20; waits += 1) {
    await sleep(100)
    isLeft = isThere(pid)
  }
  if (isLeft) process.kill(pid, 'SIGKILL')

  const canBind = process.platform === 'linux' && findExecutable('setpriv', process.cwd(), path)
  expect(isLeft).toBe(!canBind)
})

test('no program is no line', () => {
  expect(launchLine({ ...endless, command: [] }, path)).toBeUndefined()
  expect(launchLine({ ...endless, command: ['no-such-program-anywhere'] }, path)).toBeUndefined()
})
