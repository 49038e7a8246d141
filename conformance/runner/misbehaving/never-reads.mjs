import { readSync } from 'node:fs'
import { forever, hello, write } from './honest.mjs'

// The hello is all it takes from its standard input.
const line = Buffer.alloc(1)
let text = ''
while (!text.endsWith('\n')) {
  readSync(0, line)
  text += line
}
write(`${JSON.stringify({ id: JSON.parse(text).id, hello })}\n`)
await forever()
