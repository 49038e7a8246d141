import { serve } from './mannerly.mjs'

// Messages are lists of lines here.
await serve({
  attempt: (work) => {
    try {
      return work()
    } catch (error) {
      const message = [error.message]
      return { refused: { class: error.type, mro: [error.type], message, notes: [], cause: null } }
    }
  },
})
