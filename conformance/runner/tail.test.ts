import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Tail } from './tail.ts'

test('what fits is kept whole', () => {
  const tail = new Tail(8)
  tail.push(Buffer.from('abc'))
  tail.push(Buffer.from('defgh'))

  expect(tail.text()).toBe('abcdefgh')
})

test('of more than fits the last bytes are kept, with how many came before', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 20 })), (chunks) => {
      const whole = chunks.join('')
      const tail = new Tail(8)
      for (const chunk of chunks) tail.push(Buffer.from(chunk))

      expect(tail.text()).toBe(
        whole.length > 8 ? `[${whole.length - 8} bytes before] ${whole.slice(-8)}` : whole,
      )
    }),
  )
})
