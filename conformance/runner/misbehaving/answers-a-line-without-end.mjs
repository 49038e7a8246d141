import { forever, serve, write } from './honest.mjs'

await serve({
  bad: (answer) => {
    write(JSON.stringify(answer))
    return forever()
  },
})
