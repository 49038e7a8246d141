import { serve, write } from './honest.mjs'

await serve({
  bad: () => {
    for (;;) write('x'.repeat(65_536))
  },
})
