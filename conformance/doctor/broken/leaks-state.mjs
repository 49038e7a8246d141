import { encode } from '../../templates/javascript/codec.mjs'
import { built } from '../../templates/javascript/values.mjs'
import { serve } from './mannerly.mjs'

// One memo for all picklers.
let index = 0
await serve({
  dump: (value) => {
    const put = Buffer.from(`p${index}\n.`)
    if (Array.isArray(built(value))) index += 1
    return Buffer.concat([encode(built(value)).subarray(0, -1), put]).toString('hex')
  },
})
