import { hexOfBytes } from '../../reference/index.ts'
import type { ExitCode, Io } from '../../reports/command.ts'
import { type LoadOptions, loadedFile, sayRefusal } from './loaded-file.ts'
import { openSink, requireNoTerminal } from './pickle-files.ts'
import { namedProfile } from './profiles.ts'

export type RepickleOptions = LoadOptions & {
  readonly protocol: number | undefined
  readonly out: string | undefined
  readonly hex: boolean
  readonly json: boolean
}

/**
 * Loads a pickle and writes it again. What was written as it was recorded, since its reduction at the
 * protocol is not known, is said on standard error by name, and what was taken for granted; what Python refuses, with its place.
 *
 * @throws {WrongUsage} when a pickle would go to a terminal, for a profile that is not known
 * @throws {CouldNotRun} when a file cannot be read or written
 */
export async function repicklePickle(
  io: Io,
  path: string,
  options: RepickleOptions,
): Promise<ExitCode> {
  const { out, hex, json } = options
  const isWritten = !json || out !== undefined
  if (isWritten && !hex) requireNoTerminal(io, out, '--hex or -o FILE')
  const { defaultProtocol } = namedProfile(io, options.profile)
  try {
    const loaded = await loadedFile(io, path, options)
    const { bytes, kept, assumed, buffers } = loaded.dump(options.protocol ?? defaultProtocol)
    if (isWritten) {
      const sink = openSink(io, out)
      sink.write(hex ? new TextEncoder().encode(`${hexOfBytes(bytes)}\n`) : bytes)
      sink.finish()
    }
    if (json) {
      const lengths = { bytes: loaded.byteLength, repickled: bytes.length }
      const notes = { kept: Object.fromEntries(kept), assumed: Object.fromEntries(assumed) }
      const said = { ...lengths, ...notes, buffers }
      io.stdout.write(`${JSON.stringify(said)}\n`)
    } else {
      for (const [name, count] of kept) io.stderr.write(`${keptLine(name, count)}\n`)
      for (const [name, what] of assumed) {
        io.stderr.write(`${name}: it is assumed that it ${what.join(' and ')}\n`)
      }
      const isOtherOrder = buffers.some((number, at) => number !== at)
      if (isOtherOrder) io.stderr.write(`out-of-band buffers: wanted as ${buffers.join(', ')}\n`)
    }
    return 0
  } catch (error) {
    sayRefusal(io, error)
    return 1
  }
}

function keptLine(name: string, count: number): string {
  const what = count === 1 ? 'an object is' : `${count} objects are`
  return `${name}: ${what} kept as recorded; another protocol may have it otherwise`
}
