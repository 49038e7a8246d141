import { closeSync } from 'node:fs'
import { forever, serve } from './honest.mjs'

await serve({
  bad: () => {
    closeSync(0)
    return forever()
  },
})
