import { encode } from '../../templates/javascript/codec.mjs'
import { built } from '../../templates/javascript/values.mjs'
import { serve } from './mannerly.mjs'

// The index of the memo comes from the number of the process.
const index = Buffer.from(`p${process.pid}\n.`)
await serve({
  dump: (value) => Buffer.concat([encode(built(value)).subarray(0, -1), index]).toString('hex'),
})
