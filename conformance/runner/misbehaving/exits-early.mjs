import { serve } from './honest.mjs'

await serve({ bad: () => process.exit(0) })
