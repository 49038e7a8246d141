import type { StrContent } from '../codecs/str-content.ts'
import { PyStr } from '../values/value.ts'
import type { World } from '../values/world.ts'

/**
 * A str that Python makes of parts of others, which is not empty: a new object, except that there is
 * one of each Latin-1 character.
 *
 * @clause MODEL-03
 */
export function partOf(world: World, content: StrContent): PyStr {
  if (typeof content === 'string' && content.length === 1) {
    const codePoint = content.charCodeAt(0)
    if (codePoint < 0x100) return world.latin1Character(codePoint)
  }
  return new PyStr(content)
}
