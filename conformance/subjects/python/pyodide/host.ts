import { readSync, writeSync } from 'node:fs'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { packageFile } from '../../../package-root.ts'
import {
  type EmbeddedAdapter,
  makeImage,
  runProgram,
  startAdapter,
  startFromImage,
  startPython,
} from './embedded.ts'
import { ImageCache } from './image-cache.ts'
import { loadRuntime, type Runtime, type RuntimeName, runtimeNames } from './runtime.ts'

/**
 * The Python adapter as a process of Node: lines in on descriptor 0, lines out on descriptor 1.
 *
 * CPython runs in a worker thread, because only there the stack can be made large enough for deep
 * graphs to end in Python's own RecursionError; `--stack=8` gives it 8 MiB instead of 64. With
 * `--plain` it starts without a memory image; PICKLESPEC_CACHE is another folder for images.
 * `--runtime=pyodide-315` runs another package than `pyodide`.
 *
 * `node host.js [--runtime=…] --run script.py argument…` is an interpreter instead: it runs that
 * program, which sees the current folder.
 */

/** What `sysexits.h` calls an internal software error: the runtime inside is dead. */
const deadRuntime = 70

/** The value of `--name=value`. */
function given(name: string): string | undefined {
  const start = `--${name}=`
  return process.argv.find((argument) => argument.startsWith(start))?.slice(start.length)
}

function stackMiB(): number {
  return Number(given('stack') ?? 64) || 64
}

function runtimeName(): RuntimeName {
  const asked = given('runtime') ?? 'pyodide'
  const name = runtimeNames.find((one) => one === asked)
  if (name !== undefined) return name
  throw new RangeError(`found --runtime=${asked}, wanted one of ${runtimeNames.join(', ')}`)
}

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Does what may have to wait for a pipe, as often as it takes. */
function persist<T>(act: () => T): T {
  for (;;) {
    try {
      return act()
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(pause, 0, 0, 2)
    }
  }
}

function writeThrough(descriptor: number, line: string): void {
  let rest = Buffer.from(`${line}\n`)
  while (rest.length > 0) rest = rest.subarray(persist(() => writeSync(descriptor, rest)))
}

/** The next lines of descriptor 0, without their ends; an unfinished last one is a line too. */
function* readLines(): Generator<Uint8Array> {
  const chunk = Buffer.alloc(64 * 1024)
  let parts: Buffer[] = []
  for (;;) {
    const length = persist(() => readSync(0, chunk))
    if (length === 0) break
    let from = 0
    for (let end = chunk.indexOf(10); end !== -1 && end < length; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)])
      parts = []
      from = end + 1
    }
    parts.push(Buffer.from(chunk.subarray(from, length)))
  }
  const last = Buffer.concat(parts)
  if (last.length > 0) yield last
}

function onNoise(line: string): void {
  writeThrough(2, line)
}

/** Starts from an image where there is one; makes one for the next start where there is none. */
async function start(runtime: Runtime, isPlain: boolean): Promise<EmbeddedAdapter> {
  if (isPlain) return startAdapter(await startPython(runtime, onNoise))
  const cache = new ImageCache(
    process.env['PICKLESPEC_CACHE'] ?? packageFile('node_modules', '.cache', 'picklespec'),
    runtime.version,
  )
  const kept = cache.read()
  if (kept === undefined) {
    const image = await makeImage(runtime, onNoise)
    cache.write(image)
    return startFromImage(runtime, image, onNoise)
  }
  try {
    return await startFromImage(runtime, kept, onNoise)
  } catch {
    cache.forget()
    return startAdapter(await startPython(runtime, onNoise))
  }
}

type Settings = {
  readonly runtime: RuntimeName
  readonly isPlain: boolean
  /** A program with its arguments. */
  readonly command: readonly string[] | undefined
}

function givenCommand(): readonly string[] | undefined {
  const at = process.argv.indexOf('--run')
  return at === -1 ? undefined : process.argv.slice(at + 1)
}

async function serve({ runtime, isPlain, command }: Settings): Promise<void> {
  if (command !== undefined) {
    const program = { folder: process.cwd(), command }
    const onOutput = (line: string): void => writeThrough(1, line)
    return runProgram(await loadRuntime(runtime), program, onOutput, onNoise)
  }
  const adapter = await start(await loadRuntime(runtime), isPlain)
  for (const line of readLines()) {
    if (!adapter.answerLine(line, (answer) => writeThrough(1, answer))) return
  }
}

/** Says in one line why the process ends; the source of the runtime is a single line of a megabyte. */
function giveUp(error: unknown): void {
  const lines = String(error).trimEnd().split('\n')
  // What Python raised stands behind where it did.
  const line = lines.at(lines[0]?.startsWith('PythonError: Traceback') ? -1 : 0) ?? ''
  writeThrough(2, `the embedded Python is dead: ${line.slice(0, 500)}`)
  process.exit(deadRuntime)
}

if (isMainThread) {
  const settings: Settings = {
    runtime: runtimeName(),
    isPlain: process.argv.includes('--plain'),
    command: givenCommand(),
  }
  const worker = new Worker(new URL(import.meta.url), {
    workerData: settings,
    resourceLimits: { stackSizeMb: stackMiB() },
  })
  worker.on('error', giveUp)
  worker.on('exit', (code) => process.exit(code))
} else {
  // What this very file gave the worker.
  serve(workerData as Settings).then(() => process.exit(0), giveUp)
}
