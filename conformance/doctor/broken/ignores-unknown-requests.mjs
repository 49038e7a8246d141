import { serve } from './mannerly.mjs'

await serve({ unknown: () => {} })
