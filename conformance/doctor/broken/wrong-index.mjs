import { serve } from './mannerly.mjs'

await serve({
  batch: (answers, tell) => {
    for (const answer of answers) tell({ ...answer(), index: 0 })
  },
})
