import { createHash } from 'node:crypto'
import { readFileSync, readSync, writeSync } from 'node:fs'
import { profile, profileNames } from '../../../../reference/index.ts'
import { packageFile } from '../../../package-root.ts'
import { ProtocolError, parseRequest } from '../../../protocol/parse-message.ts'
import { answer, failureOf, type Surroundings } from './answer.ts'
import { everyRole } from './hello.ts'

/**
 * The reference as a process: a request on each line of descriptor 0, answers on descriptor 1.
 *
 * `node main.js [--role=ROLE]… [PROFILE…]` says hello with these profiles: the documented one unless
 * others are named, `all` for every one; and with these roles: as `--role=load` it is a decoder.
 */

const isRole = (argument: string): boolean => argument.startsWith('--role=')
const named = process.argv.slice(2).filter((argument) => !isRole(argument))
const roles = process.argv.slice(2).flatMap((argument) => {
  if (!isRole(argument)) return []
  const role = everyRole.find((one) => argument === `--role=${one}`)
  if (role === undefined)
    throw new RangeError(`found ${argument}, wanted one of ${everyRole.join(', ')}`)
  return [role]
})
const profiles =
  named.length === 0 ? ['documented'] : named.includes('all') ? profileNames() : named
for (const name of profiles) profile(name)

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

function writeThrough(message: unknown): void {
  let rest = Buffer.from(`${JSON.stringify(message)}\n`)
  while (rest.length > 0) rest = rest.subarray(persist(() => writeSync(1, rest)))
}

/** The lines of descriptor 0, without their ends; an unfinished last one is a line too. */
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

const around: Surroundings = {
  profiles,
  ...(roles.length > 0 && { roles }),
  version: String(JSON.parse(readFileSync(packageFile('package.json'), 'utf8')).version),
  runtime: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
  sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  now: () => performance.now() * 1e6,
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** The id an error is answered with where none can be read. */
const unknownId = 0

function idOf(json: unknown): number {
  const isObject = typeof json === 'object' && json !== null && 'id' in json
  return isObject && typeof json.id === 'number' && Number.isInteger(json.id) ? json.id : unknownId
}

/** Answers one line; false when it says stop. */
function answerLine(line: Uint8Array): boolean {
  let id = unknownId
  try {
    const json: unknown = JSON.parse(decoder.decode(line))
    id = idOf(json)
    const request = parseRequest(json)
    if (request.request === 'stop') return false
    for (const message of answer(request, around)) writeThrough(message)
  } catch (error) {
    writeThrough({ id, error: lineFailure(error) })
  }
  return true
}

function lineFailure(error: unknown): { readonly message: string; readonly place?: string } {
  if (error instanceof ProtocolError) return { message: error.message, place: error.place }
  if (error instanceof SyntaxError) return { message: `the line is not JSON: ${error.message}` }
  if (error instanceof TypeError && 'code' in error) return { message: 'the line is not UTF-8' }
  return failureOf(error)
}

for (const line of readLines()) if (!answerLine(line)) break
