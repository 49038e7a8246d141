import { spawn } from 'node:child_process'
import { serve } from './honest.mjs'

await serve({
  bad: () => {
    // In a session of its own, so that it does not end with the group, and holds the pipe.
    spawn('sleep', ['5'], { stdio: 'inherit', detached: true })
    process.exit(4)
  },
})
