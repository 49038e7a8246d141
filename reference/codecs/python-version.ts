/** The releases of Python whose texts are known here. */
export type PythonVersion = '3.8' | '3.9' | '3.10' | '3.11' | '3.12' | '3.13' | '3.14' | '3.15'

/** Whether a release is this one or a later one. */
export function isAtLeast(version: PythonVersion, earliest: PythonVersion): boolean {
  return Number(version.slice(2)) >= Number(earliest.slice(2))
}
