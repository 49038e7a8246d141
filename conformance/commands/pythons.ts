import type { Profile, PythonVersion } from '../../reference/index.ts'

/** The releases whose `pickletools` is known, by their minor number. */
const pythons: Readonly<Record<number, PythonVersion>> = {
  8: '3.8',
  9: '3.9',
  10: '3.10',
  11: '3.11',
  12: '3.12',
  13: '3.13',
  14: '3.14',
  15: '3.15',
}

/** The release of Python whose `pickletools` goes with a profile. */
export function pythonOf({ release }: Profile): PythonVersion {
  return pythons[release[1]] ?? '3.14'
}
