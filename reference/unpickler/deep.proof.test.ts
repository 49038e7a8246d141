import { describe, expect, test } from 'vitest'
import { profile } from '../profiles.ts'
import { createWorld } from '../values/create-world.ts'
import { describeGraph } from './describe-graph.ts'
import { symbolNames } from './load-names.ts'
import { BytesReader } from './source.ts'
import { Unpickler } from './unpickler.ts'

const depth = 1_000_000

/** Pickles of nested things, and how many objects there are in each. */
const nests = [
  ['lists', ']'.repeat(depth) + 'a'.repeat(depth - 1), depth],
  ['tuples', `)${'\x85'.repeat(depth)}`, depth + 1],
  ['frozensets', '('.repeat(depth) + '\x91'.repeat(depth), depth],
  ['dicts', `${'}K\x01'.repeat(depth)}N${'s'.repeat(depth)}`, depth],
  ['a tuple that is a key', `})${'\x85'.repeat(depth)}Ns`, depth + 2],
  ['calls of calls', `cm\nf\n${')R'.repeat(depth)}`, depth],
  ['persistent ids', `N${'Q'.repeat(depth)}`, depth],
] as const

describe('a million deep', () => {
  test.each(nests)('loaded and told: %s', (_, text, objects) => {
    const followed = profile('cpython-3.13-c')
    const world = createWorld(followed.release)
    const bytes = Uint8Array.from(`${text}.`, (char) => char.charCodeAt(0))
    const cls = { isSubclass: true, attributes: new Map() }
    const init = { names: symbolNames(world) }
    const loaded = new Unpickler(world, followed, cls, init, new BytesReader(bytes)).load()

    expect(describeGraph(world, loaded, new Map()).objects).toHaveLength(objects)
  })
})
