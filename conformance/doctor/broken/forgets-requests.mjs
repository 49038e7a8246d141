import { serve } from './mannerly.mjs'

/** The first line of what came, whatever stands behind it. */
async function* firstLines() {
  let text = ''
  for await (const chunk of process.stdin) {
    text += chunk
    const end = text.indexOf('\n')
    if (end === -1) continue
    const line = text.slice(0, end)
    text = ''
    yield line
  }
}

process.stdin.setEncoding('utf8')
await serve({ lines: firstLines })
