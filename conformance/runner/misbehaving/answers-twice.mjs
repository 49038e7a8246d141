import { serve, write } from './honest.mjs'

await serve({ bad: (answer) => write(`${JSON.stringify(answer)}\n`.repeat(2)) })
