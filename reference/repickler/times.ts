import { textOfStr } from '../codecs/str-content.ts'
import { PyBytes, PyStr, type PyValue } from '../values/value.ts'

/** Where in the state of each type the month or hour is whose highest bit is the fold. */
const foldAt: Readonly<Record<string, number>> = { 'datetime:datetime': 2, 'datetime:time': 0 }

/**
 * The arguments of a `date`, `time` or `datetime`: a new bytes object, which has the fold from
 * protocol 4 on. One that Python 2 wrote is a str.
 */
export function timeArguments(
  name: string,
  args: readonly PyValue[],
  protocol: number,
): readonly PyValue[] {
  const [state = null, ...zone] = args
  const bytes = bytesOf(state)
  if (bytes === undefined) return args
  const at = foldAt[name]
  if (at !== undefined && protocol < 4) bytes[at] = Number(bytes[at]) & 0x7f
  return [new PyBytes(bytes), ...zone]
}

function bytesOf(state: PyValue): Uint8Array | undefined {
  if (state instanceof PyBytes) return state.data.slice()
  if (!(state instanceof PyStr)) return undefined
  return Uint8Array.from(textOfStr(state.content), (character) => character.charCodeAt(0))
}
