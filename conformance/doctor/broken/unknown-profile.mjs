import { hello, serve } from './mannerly.mjs'

await serve({ says: { ...hello, engines: [{ id: 'only', follows: 'cpython 3.13' }] } })
