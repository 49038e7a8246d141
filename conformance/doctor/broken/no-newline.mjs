import { serve, write } from './mannerly.mjs'

// The newline stands before the next answer instead.
let between = ''
await serve({
  tell: (answer) => {
    write(`${between}${JSON.stringify(answer)}`)
    between = '\n'
  },
})
