import { serve, write } from './honest.mjs'

await serve({
  bad: (answer) => {
    write(`${JSON.stringify(answer)}\n`)
    process.exit(5)
  },
})
