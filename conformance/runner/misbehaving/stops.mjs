import { forever, serve } from './honest.mjs'

await serve({
  bad: () => {
    process.kill(process.pid, 'SIGSTOP')
    return forever()
  },
})
