#!/usr/bin/env node
import { createRequire } from 'node:module'
import { commands as bench } from './bench/commands/index.ts'
import { runCommandLine } from './command-line.ts'
import { commands as conformance } from './conformance/commands/index.ts'
import { commands as fuzz } from './fuzz/commands/index.ts'
import type { Output } from './reports/command.ts'
import { commands as reports } from './reports/commands/index.ts'

const manifest: { version: string } = createRequire(import.meta.url)('picklespec/package.json')

const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second time, the user means it.
    if (interruption.signal.aborted) process.exit(130)
    interruption.abort(new Error(signal))
  })
}

function output(stream: NodeJS.WriteStream): Output {
  let isClosed = false
  // A reader that has left (`| head`) is no reason to fail.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    isClosed = true
  })
  return {
    write: (chunk) => {
      if (!isClosed) stream.write(chunk)
    },
    get isClosed() {
      return isClosed
    },
    drained: async () => {
      if (isClosed || !stream.writableNeedDrain) return
      await new Promise<void>((resolve) => {
        const goOn = (): void => {
          for (const event of ['drain', 'error', 'close']) stream.off(event, goOn)
          resolve()
        }
        for (const event of ['drain', 'error', 'close']) stream.on(event, goOn)
      })
    },
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.isTTY ? stream.columns : undefined
    },
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  return Buffer.concat(chunks)
}

process.exitCode = await runCommandLine(
  [...conformance, ...fuzz, ...bench, ...reports],
  manifest.version,
  process.argv.slice(2),
  {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    readStdin,
    stdin: () => process.stdin,
    cwd: process.cwd(),
    env: process.env,
    signal: interruption.signal,
  },
)
