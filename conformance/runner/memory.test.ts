import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GroupMemory, groupMemory, MemoryWatch, throughProc, throughPs } from './memory.ts'

const mebibyte = 1024 * 1024

// A parent that holds little and a child in its group that holds 100 MiB and then says so.
const holder = `
const { spawn } = require('node:child_process')
const child = 'const held = Buffer.alloc(100 * 1024 * 1024, 1); console.log("held"); setInterval(() => held, 1000)'
spawn(process.execPath, ['-e', child], { stdio: 'inherit' })
setInterval(() => {}, 1000)`

let group = 0

beforeAll(async () => {
  const parent = spawn(process.execPath, ['-e', holder], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  group = parent.pid ?? 0
  await new Promise((resolve) => parent.stdout.once('data', resolve))
})

afterAll(() => {
  process.kill(-group, 'SIGKILL')
})

const means: [string, () => GroupMemory][] = [
  ['ps', throughPs],
  ...(existsSync('/proc/self/status')
    ? ([['/proc', throughProc]] satisfies [string, () => GroupMemory][])
    : []),
]

describe.each(means)('the resident set through %s', (_, through) => {
  test('is that of the whole group', async () => {
    const bytes = await through()(group)

    expect(bytes).toBeGreaterThan(120 * mebibyte)
    expect(bytes).toBeLessThan(400 * mebibyte)
  })

  test('of a group that is gone is nothing', async () => {
    expect(await through()(2 ** 22 + 1)).toBe(0)
  })
})

describe('the watch', () => {
  test('tells once when the limit is passed, and remembers the peak', async () => {
    const told: number[] = []

    const watch = new MemoryWatch(group, 100, (rssMiB) => told.push(rssMiB), 10)
    await expect.poll(() => told.length).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 50))

    expect(told).toEqual([watch.peakMiB])
    expect(watch.peakMiB).toBeGreaterThan(100)
  })

  test('says nothing below the limit, nor after it was stopped', async () => {
    const told: number[] = []
    let samples = 0
    const memory: GroupMemory = (of) => {
      samples += 1
      return groupMemory()(of)
    }

    const below = new MemoryWatch(group, 4000, (rssMiB) => told.push(rssMiB), 10, memory)
    await expect.poll(() => samples).toBeGreaterThan(2)
    below.stop()
    const stopped = new MemoryWatch(group, 1, (rssMiB) => told.push(rssMiB), 10, memory)
    stopped.stop()
    await new Promise((resolve) => setTimeout(resolve, 50))

    expect(told).toEqual([])
  })
})
