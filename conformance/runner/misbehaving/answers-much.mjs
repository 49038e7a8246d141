import { serve, write } from './honest.mjs'

// More than a pipe holds: it is written only as fast as it is read.
await serve({
  bad: (answer) => write(`${' '.repeat(32 * 1024 * 1024)}${JSON.stringify(answer)}\n`),
})
