import { createInterface } from 'node:readline'
import { serve } from './mannerly.mjs'

// As Go's bufio.Scanner does with its first buffer.
async function* shortLines() {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.length > 65_536) throw new Error('token too long')
    yield line
  }
}

await serve({ lines: shortLines })
