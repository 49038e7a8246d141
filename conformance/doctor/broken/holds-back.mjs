import { serve, write } from './mannerly.mjs'

// As a buffered writer does that nobody flushes.
const held = []
await serve({ tell: (answer) => held.push(`${JSON.stringify(answer)}\n`) })
write(held.join(''))
