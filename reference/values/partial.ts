import { callValue } from './call.ts'
import { type PyDict, PyFunction, type PyTuple, type PyValue } from './value.ts'
import type { World } from './world.ts'

/** `functools.partial(fn, *args, **keywords)`; the tuple and the dict become its own. */
export function makePartial(
  world: World,
  fn: PyValue,
  args: PyTuple,
  keywords: PyDict,
): PyFunction {
  return new PyFunction({
    type: world.knownClass('functools:partial'),
    name: 'partial',
    qualname: null,
    module: undefined,
    partial: { fn, args, keywords },
    call: (more) => callValue(world, fn, [...args.items, ...more]),
  })
}
