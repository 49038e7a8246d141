import { serve, write } from './honest.mjs'

await serve({
  bad: (answer) => write(`${JSON.stringify({ ...answer, results: answer.results.slice(1) })}\n`),
})
