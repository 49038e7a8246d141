import { spawn } from 'node:child_process'
import { forever, serve } from './honest.mjs'

const eater = `const eaten = []
setInterval(() => eaten.push(Buffer.alloc(16 * 1024 * 1024, 1)), 5)`

await serve({
  bad: () => {
    spawn(process.execPath, ['-e', eater], { stdio: 'ignore' })
    return forever()
  },
})
