import { expect, test } from 'vitest'
import { discoverPythons } from './discover.ts'
import { passes } from './fixtures/python-tests.ts'

const natives = (await discoverPythons()).filter(({ status }) => status === 'ready')

test('there is an interpreter to test', () => {
  expect(natives).not.toEqual([])
})

test.each(natives)('deep things are stood in $id', async ({ command, env }) => {
  await passes(command, env, 'deep_tests', 6)
})
