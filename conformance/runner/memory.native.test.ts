import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { throughPs } from './memory.ts'
import { startHoldingGroup } from './testing/holding-group.ts'

const mebibyte = 1024 * 1024

let group = 0

beforeAll(async () => {
  group = await startHoldingGroup()
})

afterAll(() => {
  process.kill(-group, 'SIGKILL')
})

describe('the resident set through ps, for systems without /proc', () => {
  test('is that of the whole group', async () => {
    const bytes = await throughPs()(group)

    expect(bytes).toBeGreaterThan(120 * mebibyte)
    expect(bytes).toBeLessThan(400 * mebibyte)
  })

  test('of a group that is gone is nothing', async () => {
    expect(await throughPs()(2 ** 22 + 1)).toBe(0)
  })
})
