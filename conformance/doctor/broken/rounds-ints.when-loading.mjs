import { decode } from '../../templates/javascript/codec.mjs'
import { described } from '../../templates/javascript/values.mjs'
import { serve } from './mannerly.mjs'

await serve({
  load: (hex) => {
    const value = decode(Buffer.from(hex, 'hex'))
    return typeof value === 'bigint' ? { value: Number(value), objects: [] } : described(value)
  },
})
