import { expect, test } from 'vitest'
import { examined, withTools } from './testing/new-adapter.ts'

test.each([...withTools([['rust', 'cargo']]), 'javascript'])(
  'the adapter in %s builds, and the doctor finds it healthy',
  async (language) => {
    expect(await examined(language)).toMatchObject({ code: 0, said: { healthy: true } })
  },
)
