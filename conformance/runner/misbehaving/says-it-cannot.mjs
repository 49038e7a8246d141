import { serve, write } from './honest.mjs'

await serve({
  bad: ({ id, index }) => {
    const error = { message: 'no such class', place: '$.steps[0]' }
    write(`${JSON.stringify({ id, index, error })}\n`)
  },
})
