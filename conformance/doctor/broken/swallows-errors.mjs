import { decode, encode } from '../../templates/javascript/codec.mjs'
import { built, described } from '../../templates/javascript/values.mjs'
import { serve } from './mannerly.mjs'

function orNone(work) {
  try {
    return work()
  } catch {
    return null
  }
}

await serve({
  load: (hex) => described(orNone(() => decode(Buffer.from(hex, 'hex')))),
  dump: (value) => encode(orNone(() => built(value))).toString('hex'),
})
