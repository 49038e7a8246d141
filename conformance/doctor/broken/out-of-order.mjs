import { serve } from './mannerly.mjs'

// As a pool of workers does: whoever is done first answers first.
await serve({
  batch: (answers, tell) => {
    const [first, ...others] = answers
    for (const answer of [...others, first]) tell(answer())
  },
})
