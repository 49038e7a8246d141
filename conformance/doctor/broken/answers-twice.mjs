import { serve } from './mannerly.mjs'

await serve({
  batch: (answers, tell) => {
    for (const answer of answers) {
      tell(answer())
      tell(answer())
    }
  },
})
