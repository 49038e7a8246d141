import { serve } from './mannerly.mjs'

await serve({ stop: () => {} })
