import { serve, served, write } from './honest.mjs'

await serve({
  bad: (answer) => {
    if (served.count > 0) process.abort()
    write(`${JSON.stringify(answer)}\n`)
  },
})
