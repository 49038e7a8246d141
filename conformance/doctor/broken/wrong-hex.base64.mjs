import { encode } from '../../templates/javascript/codec.mjs'
import { built } from '../../templates/javascript/values.mjs'
import { serve } from './mannerly.mjs'

await serve({ dump: (value) => encode(built(value)).toString('base64') })
