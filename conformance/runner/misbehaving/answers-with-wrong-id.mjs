import { serve, write } from './honest.mjs'

await serve({ bad: (answer) => write(`${JSON.stringify({ ...answer, id: answer.id + 1000 })}\n`) })
