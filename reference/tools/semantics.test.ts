/** What `pickletools` of real interpreters said, held against the tools of every release. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hexOfBytes } from '../codecs/hex.ts'
import type { PythonVersion } from '../codecs/python-version.ts'
import { strRepr } from '../codecs/repr.ts'
import { type ExampleFile, outcomesOf, tableOf, wantedOf } from '../fixtures/examples.ts'
import { framesOf } from '../fixtures/frames.ts'
import { bytesOf } from '../fixtures/python-bytes.ts'
import type { Argument } from '../opcodes/arguments.ts'
import type { OpcodeName } from '../opcodes/opcodes.ts'
import { Pickler } from '../pickler/pickler.ts'
import { profile } from '../profiles.ts'
import { classOf, list } from '../values/build.ts'
import { createWorld } from '../values/create-world.ts'
import type { PyValue } from '../values/value.ts'
import type { World } from '../values/world.ts'
import { argumentRepr } from './argument-repr.ts'
import { disassemble, genops, optimize } from './index.ts'

/** The release that a profile's name names. */
function pythonOf(name: string): PythonVersion {
  const [, minor] = profile(name).release
  // Those that are measured are those whose tools are known.
  return `3.${minor}` as PythonVersion
}

/** What a pickler of the release that the profile follows writes. */
function dumps(name: string, protocol: number, make: (world: World) => PyValue): Uint8Array {
  const followed = profile(name)
  const world = createWorld(followed.release)
  const pieces: Uint8Array[] = []
  const sink = { write: (piece: Uint8Array) => pieces.push(piece.slice()) }
  const plain = { isSubclass: false, attributes: new Map() }
  new Pickler(world, followed, plain, { protocol }, sink).dump(make(world))
  return Buffer.concat(pieces)
}

/** What an example optimizes: bytes, or what a pickler writes. */
function pickleOf(expression: string, name: string): Uint8Array {
  switch (expression) {
    case 'dumps([None]*70000)':
      return dumps(name, 4, () => list(...new Array<null>(70_000).fill(null)))
    case 'dumps(sm.Ünï)':
      return dumps(name, 3, (world) => classOf(world, 'Ünï', { module: 'sm' }))
    default:
      return bytesOf(expression)
  }
}

/** An argument as Python shows it, a text as text also where it is none. */
const shown = (name: string, opcode: OpcodeName, argument: Argument): string =>
  argument.kind === 'str'
    ? strRepr(argument.value, pythonOf(name))
    : argumentRepr(opcode, argument, pythonOf(name))

type Reading = (name: string, pickle: Uint8Array) => string

/** What is done with the bytes, by how the expression begins. */
const readings: readonly (readonly [form: RegExp, reading: Reading])[] = [
  [
    /^pickletools\.optimize\((.*)\)$/,
    (name, pickle) => hexOfBytes(optimize(pickle, { python: pythonOf(name) })),
  ],
  [
    /^fr\(pickletools\.optimize\((.*)\)\)$/,
    (name, pickle) => framesOf(optimize(pickle, { python: pythonOf(name) })),
  ],
  [
    /^disl\((.*)\)\[1\]$/,
    (name, pickle) => disassemble(pickle, { python: pythonOf(name) }).text.split('\n')[1] ?? '',
  ],
  [
    /^\[a for o, a, p in pickletools\.genops\((.*)\)\]$/,
    (name, pickle) => {
      const found = [...genops(pickle, { python: pythonOf(name) })]
      return `[${found.map(({ opcode, argument }) => shown(name, opcode, argument)).join(', ')}]`
    },
  ],
  [
    /^\[\(o\.name, a, p\) for o, a, p in pickletools\.genops\((.*)\)\]$/,
    (name, pickle) => {
      const found = [...genops(pickle, { python: pythonOf(name) })].map(
        ({ opcode, argument, offset }) =>
          `('${opcode}', ${shown(name, opcode, argument)}, ${offset})`,
      )
      return `[${found.join(', ')}]`
    },
  ],
  [
    /^list\(pickletools\.genops\((.*)\)\)$/,
    (name, pickle) => String([...genops(pickle, { python: pythonOf(name) })].length),
  ],
]

function evaluate(name: string, expression: string): string {
  for (const [form, reading] of readings) {
    const [, pickle] = form.exec(expression) ?? []
    if (pickle !== undefined) return reading(name, pickleOf(pickle, name))
  }
  throw new Error(`nobody says what ${expression} does`)
}

const file: ExampleFile = JSON.parse(
  readFileSync(new URL('fixtures/examples.json', import.meta.url), 'utf8'),
)

test.each(tableOf(file))(
  '%s, protocol %s: %s gives %s',
  (_clause, _protocol, _expression, _gives, example) => {
    const outcomes = outcomesOf(file, example, (name) => evaluate(name, example.expression))

    expect(outcomes).not.toEqual({})
    expect(outcomes).toEqual(wantedOf(file, example))
  },
)
