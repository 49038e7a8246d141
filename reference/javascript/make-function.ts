import { PyFunction } from '../values/value.ts'
import type { World } from '../values/world.ts'

/** A function of Python that carries out one of JavaScript. */
export function makeFunction(
  world: World,
  name: string,
  call: NonNullable<PyFunction['call']>,
  module = 'javascript',
): PyFunction {
  return new PyFunction({
    type: world.knownClass('builtins:function'),
    name,
    qualname: world.intern(name),
    module: world.intern(module),
    call,
  })
}
