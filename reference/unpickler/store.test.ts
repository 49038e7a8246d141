import { expect, test } from 'vitest'
import { profile } from '../profiles.ts'
import { functionOf } from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import { repr } from '../values/repr.ts'
import { PySet } from '../values/value.ts'
import { Unpickler } from './unpickler.ts'

test('what persistent_load adds to a set is in it', () => {
  const followed = profile('cpython-3.13.0-c')
  const world = createWorld(followed.release)
  const add = functionOf(world, 'add', (id) => {
    if (id instanceof PySet) id.members.push(2)
    return null
  })
  const cls = { isSubclass: true, attributes: new Map([['persistent_load', add]]) }
  const pickle = '\x80\x04\x8f\x94(K\x01\x90h\0Q0(K\x02K\x03\x90.'
  const source = Uint8Array.from(pickle, (char) => char.charCodeAt(0))

  const value = new Unpickler(world, followed, cls, {}, source).load()

  expect(repr(world, value)).toBe('{1, 2, 3}')
})
