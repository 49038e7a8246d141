import { serve } from './mannerly.mjs'

/** Lines, if each of them came at once; long ones are put together for as long as the pipe is full. */
async function* linesAtOnce() {
  let text = ''
  for await (const chunk of process.stdin) {
    text += chunk
    if (chunk.length >= 65_536) continue
    for (const line of text.split('\n')) if (line !== '') yield line
    text = ''
  }
}

process.stdin.setEncoding('utf8')
await serve({ lines: linesAtOnce })
