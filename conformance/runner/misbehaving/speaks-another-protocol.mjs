import { hello, serve, write } from './honest.mjs'

await serve({
  sayHello: () => write(`${JSON.stringify({ id: 0, hello: { ...hello, protocol: 2, new: 1 } })}\n`),
})
