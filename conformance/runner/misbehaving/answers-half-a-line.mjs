import { serve, write } from './honest.mjs'

await serve({
  bad: (answer) => {
    write(JSON.stringify(answer).slice(0, -1))
    process.exit(1)
  },
})
