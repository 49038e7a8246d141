import { serve } from './mannerly.mjs'

setInterval(() => {}, 1000)
await serve()
