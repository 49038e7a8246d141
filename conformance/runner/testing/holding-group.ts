import { spawn } from 'node:child_process'

// A parent that holds little and a child in its group that holds 100 MiB and then says so.
const holder = `
const { spawn } = require('node:child_process')
const child = 'const held = Buffer.alloc(100 * 1024 * 1024, 1); console.log("held"); setInterval(() => held, 1000)'
spawn(process.execPath, ['-e', child], { stdio: 'inherit' })
setInterval(() => {}, 1000)`

/** Starts a process group of two that holds between 120 and 400 MiB, and gives its number. */
export async function startHoldingGroup(): Promise<number> {
  const parent = spawn(process.execPath, ['-e', holder], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve) => parent.stdout.once('data', resolve))
  if (parent.pid === undefined) throw new Error('the group that holds memory did not start')
  return parent.pid
}
