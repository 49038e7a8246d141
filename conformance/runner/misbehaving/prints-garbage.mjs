import { serve, write } from './honest.mjs'

await serve({ bad: (answer) => write(`pickling...\n${JSON.stringify(answer)}\n`) })
