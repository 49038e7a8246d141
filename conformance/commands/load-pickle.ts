import type { ExitCode, Io } from '../../reports/command.ts'
import { type LoadOptions, loadedFile, sayRefusal } from './loaded-file.ts'
import { textOfGraph } from './text-of-graph.ts'

/**
 * Prints what a pickle holds: as a scenario value, or as the graph of its objects in JSON. What
 * Python refuses is said on standard error with its place.
 *
 * @throws {WrongUsage} for a profile that is not known
 * @throws {CouldNotRun} when the file cannot be read
 */
export async function loadPickleFile(
  io: Io,
  path: string,
  options: LoadOptions & { readonly json: boolean },
): Promise<ExitCode> {
  try {
    const graph = (await loadedFile(io, path, options)).describe()
    io.stdout.write(`${options.json ? JSON.stringify(graph) : textOfGraph(graph)}\n`)
    return 0
  } catch (error) {
    sayRefusal(io, error)
    return 1
  }
}
