import { serve } from './mannerly.mjs'

await serve({
  batch: (answers, tell) => {
    for (const answer of answers) {
      const { id, index } = answer()
      tell(index === 1 ? { id, index, error: { message: 'not implemented' } } : answer())
    }
  },
})
