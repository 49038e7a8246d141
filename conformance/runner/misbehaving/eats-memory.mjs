import { serve } from './honest.mjs'

await serve({
  bad: async () => {
    const eaten = []
    for (;;) {
      eaten.push(Buffer.alloc(16 * 1024 * 1024, 1))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  },
})
