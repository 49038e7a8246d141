import { writeSync } from 'node:fs'
import { serve } from './mannerly.mjs'

await serve({
  tell: (answer) => writeSync(1, Buffer.from(`${JSON.stringify(answer)}\n`, 'latin1')),
})
