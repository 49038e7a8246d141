import { hello, serve } from './mannerly.mjs'

await serve({ says: { ...hello, roles: [] } })
