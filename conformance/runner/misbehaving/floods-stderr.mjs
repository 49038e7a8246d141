import { serve, write } from './honest.mjs'

await serve({
  bad: (answer) => {
    for (let n = 0; n < 256; n += 1) write('y'.repeat(65_536), 2)
    write(`${JSON.stringify(answer)}\n`)
  },
})
