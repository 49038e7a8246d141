import { decode } from '../../templates/javascript/codec.mjs'
import { described } from '../../templates/javascript/values.mjs'
import { serve, write } from './mannerly.mjs'

await serve({
  load: (hex) => {
    write(`loading ${hex.length / 2} bytes\n`)
    return described(decode(Buffer.from(hex, 'hex')))
  },
})
