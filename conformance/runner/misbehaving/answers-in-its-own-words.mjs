import { serve, write } from './honest.mjs'

await serve({ bad: (answer) => write(`${JSON.stringify({ ...answer, mood: 'good' })}\n`) })
