import { encode } from '../../templates/javascript/codec.mjs'
import { built } from '../../templates/javascript/values.mjs'
import { serve } from './mannerly.mjs'

const rounded = (value) => (value?.int === undefined ? built(value) : BigInt(Number(value.int)))

await serve({ dump: (value) => encode(rounded(value)).toString('hex') })
