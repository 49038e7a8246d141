import { forever, serve, write } from './honest.mjs'

await serve({
  bad: () => {
    write('last words\n', 2)
    process.kill(process.pid, 'SIGSEGV')
    return forever()
  },
})
