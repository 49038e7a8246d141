import type { PickleError } from '../../reference/index.ts'

/** An exception as the last line of a traceback has it. */
export function pythonError({ type, message }: Pick<PickleError, 'type' | 'message'>): string {
  return message === '' ? type : `${type}: ${message}`
}
