import { expect, test } from 'vitest'
import { discoverPythons } from './discover.ts'
import { runTests } from './fixtures/python-tests.ts'

const natives = (await discoverPythons()).filter(({ status }) => status === 'ready')

test('there is an interpreter to test', () => {
  expect(natives).not.toEqual([])
})

test.each(natives)('deep things are stood in $id', async ({ command, env }) => {
  const { code, count, said } = await runTests(command, env, 'deep_tests')

  expect({ code, said }).toMatchObject({ code: 0 })
  expect(said).not.toContain('skipped')
  expect(count).toBeGreaterThanOrEqual(6)
})
