import { say, serve } from './mannerly.mjs'

// It counts its requests, since they seem to be numbered.
let count = 0
await serve({
  batch: (answers, tell) => {
    count += 1
    for (const answer of answers) tell({ ...answer(), id: count })
  },
  tell: say,
})
