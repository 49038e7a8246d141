import { encode } from '../../templates/javascript/codec.mjs'
import { built } from '../../templates/javascript/values.mjs'
import { hello, serve } from './mannerly.mjs'

// UTF-8 has none: what is there instead is U+FFFD.
await serve({
  says: { ...hello, distinguishes: [...hello.distinguishes, 'surrogates'] },
  dump: (value) =>
    encode(value?.str === undefined ? built(value) : String.fromCodePoint(...value.str)).toString(
      'hex',
    ),
})
