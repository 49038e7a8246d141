import { serve, write } from './honest.mjs'

await serve({
  bad: async (answer) => {
    await new Promise((resolve) => setTimeout(resolve, 600))
    write(`${JSON.stringify(answer)}\n`)
  },
})
