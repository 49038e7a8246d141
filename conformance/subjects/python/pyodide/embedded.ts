import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFile } from '../../../package-root.ts'
import type { Interpreter, Runtime } from './runtime.ts'

/** The Python adapter inside this process. */
export type EmbeddedAdapter = {
  /**
   * Answers one line of input, without its end, each line of output through `write`; false when the line says stop.
   *
   * @throws what pyodide throws when its runtime is dead: no further line can be answered
   */
  readonly answerLine: (line: Uint8Array, write: (line: string) => void) => boolean
}

/** Takes what Python itself writes to its standard output and error. */
export type OnNoise = (line: string) => void

const folder = '/picklespec/cpython'

const start = `
import sys
sys.path.insert(0, '/picklespec')
from cpython.serve import answer_line
sys.path.remove('/picklespec')
lambda line, write: answer_line(line.to_bytes(), write)
`

/** The same each time, so that every start gives the same Python. */
const interpreter = {
  args: ['-X', 'utf8', '-W', 'ignore', '-B'],
  env: { PYTHONHASHSEED: '0' },
}

function settings(onNoise: OnNoise, onOutput = onNoise) {
  return { ...interpreter, stdout: onOutput, stderr: onNoise }
}

/** Everything of ours that a memory image depends on. */
export function imageIngredients(): readonly (string | Uint8Array)[] {
  return [start, JSON.stringify(interpreter), ...adapterFiles().flat()]
}

/** The files of the Python adapter, name and content. */
function adapterFiles(): readonly (readonly [name: string, content: Uint8Array])[] {
  const source = packageFile('conformance', 'subjects', 'python', 'cpython')
  return readdirSync(source)
    .filter((name) => name.endsWith('.py'))
    .sort()
    .map((name) => [name, readFileSync(join(source, name))])
}

function installAdapter(pyodide: Interpreter): void {
  pyodide.FS.mkdirTree(folder)
  for (const [name, content] of adapterFiles()) pyodide.FS.writeFile(`${folder}/${name}`, content)
}

/** The adapter of a Python that has its files. */
export function startAdapter(pyodide: Interpreter): EmbeddedAdapter {
  const answerLine: unknown = pyodide.runPython(start)
  if (typeof answerLine !== 'function') throw new Error('the Python adapter has no answer_line')
  // A Buffer is a typed array of a kind that pyodide does not know.
  return { answerLine: (line, write) => answerLine(new Uint8Array(line), write) === true }
}

const here = '/here'

const runScript = `
import os, runpy, sys
def run(script, arguments):
    os.chdir('${here}')
    sys.argv = [script, *arguments]
    sys.path.insert(0, os.path.dirname(script))
    runpy.run_path(script, run_name='__main__')
run
`

/**
 * Runs a program of Python as an interpreter on the command line would: the script and what it
 * reads and writes lie in the folder of this machine that is given, or below it.
 *
 * @throws what pyodide throws when the program ends with an exception
 */
export async function runProgram(
  runtime: Runtime,
  { folder, command }: { readonly folder: string; readonly command: readonly string[] },
  onOutput: OnNoise,
  onNoise: OnNoise,
): Promise<void> {
  const pyodide = await runtime.loadPyodide(settings(onNoise, onOutput))
  pyodide.mountNodeFS(here, folder)
  const [script = '', ...rest] = command
  const run: unknown = pyodide.runPython(runScript)
  if (typeof run !== 'function') throw new Error('nothing runs a script')
  run(script, rest)
}

/** Starts CPython in WebAssembly and puts the files of the Python adapter into it. */
export async function startPython(runtime: Runtime, onNoise: OnNoise): Promise<Interpreter> {
  const pyodide = await runtime.loadPyodide(settings(onNoise))
  installAdapter(pyodide)
  return pyodide
}

/**
 * An image of the memory of CPython with the adapter loaded. It is good for the very same pyodide
 * and adapter only, which is not checked when it is used.
 */
export async function makeImage(runtime: Runtime, onNoise: OnNoise): Promise<Uint8Array> {
  const pyodide = await runtime.loadPyodide({ ...settings(onNoise), _makeSnapshot: true })
  installAdapter(pyodide)
  pyodide.runPython(`${start}\nNone`)
  return pyodide.makeMemorySnapshot()
}

/** The adapter started from an image, in a tenth of the time. */
export async function startFromImage(
  runtime: Runtime,
  image: Uint8Array,
  onNoise: OnNoise,
): Promise<EmbeddedAdapter> {
  return startAdapter(await runtime.loadPyodide({ ...settings(onNoise), _loadSnapshot: image }))
}
