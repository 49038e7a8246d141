import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GroupMemory, groupMemory, MemoryWatch } from './memory.ts'
import { startHoldingGroup } from './testing/holding-group.ts'

const mebibyte = 1024 * 1024

let group = 0

beforeAll(async () => {
  group = await startHoldingGroup()
})

afterAll(() => {
  process.kill(-group, 'SIGKILL')
})

describe('the resident set', () => {
  test('is that of the whole group', async () => {
    const bytes = await groupMemory()(group)

    expect(bytes).toBeGreaterThan(120 * mebibyte)
    expect(bytes).toBeLessThan(400 * mebibyte)
  })

  test('of a group that is gone is nothing', async () => {
    expect(await groupMemory()(2 ** 22 + 1)).toBe(0)
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
