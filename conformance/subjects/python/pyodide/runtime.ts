import type { PyodideAPI, PyodideConfig } from 'pyodide'

/** A CPython in WebAssembly: what a release of the package gives. */
export type Runtime = {
  readonly loadPyodide: (options: RuntimeOptions) => Promise<Interpreter>
  /** The release of the package. */
  readonly version: string
}

/** What is used of it, which is alike in all of them. */
export type Interpreter = Pick<
  PyodideAPI,
  'FS' | 'makeMemorySnapshot' | 'mountNodeFS' | 'runPython'
>

type RuntimeOptions = Pick<
  PyodideConfig,
  'args' | 'env' | 'stderr' | 'stdout' | '_loadSnapshot' | '_makeSnapshot'
>

/** The packages there are, by the name they are installed under: CPython 3.14, and 3.15 in advance. */
export const runtimeNames = ['pyodide', 'pyodide-315'] as const

export type RuntimeName = (typeof runtimeNames)[number]

/**
 * The package of that name.
 *
 * @throws {Error} ERR_MODULE_NOT_FOUND, when it is not installed; `pyodide` always is
 */
export async function loadRuntime(name: RuntimeName): Promise<Runtime> {
  return name === 'pyodide' ? await import('pyodide') : await import('pyodide-315')
}
