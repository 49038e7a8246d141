import {
  BytesReader,
  build,
  bytesOfHex,
  describeGraph,
  type NamesOfOwn,
  namesOfWorld,
  type PullReader,
  type PyHeapValue,
  type PyValue,
  type Source,
  UnknownCallError,
  Unpickler,
  type UnpicklerInit,
} from '../../reference/index.ts'
import { globalNames } from './global-names.ts'
import type { LoadedGraph } from './loaded.ts'
import { makeHook } from './materialize-hooks.ts'
import type { Run } from './materialize-run.ts'
import { unpicklerAttributeNames } from './names.ts'
import type { Action } from './scenario.ts'
import { UnbuildableError } from './unbuildable.ts'

type Load = Extract<Action, { readonly load: unknown }>

/**
 * Carries out a `load` action in the world of names, with an unpickler of its own or, for the next
 * pickle, with that of the load before.
 *
 * @throws {PickleError} as the unpickler refuses the pickle
 * @throws {UnbuildableError} when it makes something that the reference does not know
 */
export function loadStep(run: Run, { load, from = 'bytes' }: Load): LoadedGraph {
  const unpickler =
    typeof load === 'object' && 'next' in load ? again(run) : opened(run, load, from)
  try {
    return describeLoaded(run, unpickler.load())
  } catch (error) {
    if (error instanceof UnknownCallError) throw new UnbuildableError(error.message)
    throw error
  }
}

/** What was loaded, in the words of the scenario. */
export function describeLoaded(run: Run, loaded: PyValue): LoadedGraph {
  return describeGraph(run.world, loaded, ownNames(run))
}

function again(run: Run): Unpickler {
  if (run.loading === undefined) throw new UnbuildableError('no unpickler is there to read on')
  return run.loading.unpickler
}

function opened(
  run: Run,
  load: string | { readonly step: number },
  from: NonNullable<Load['from']>,
): Unpickler {
  const bytes = typeof load === 'string' ? bytesOfHex(load) : writtenIn(run, load.step)
  const file = new BytesReader(bytes)
  const isTrickled = from === 'short-reads'
  run.loading = undefined
  const unpickler = unpicklerMaker(run)(isTrickled ? new TrickledReader(file) : file)
  run.loading = { unpickler, offset: () => (isTrickled ? undefined : file.position) }
  for (const [name, make] of hooksOf(run, 'instance')) unpickler.setAttribute(name, make())
  return unpickler
}

function* hooksOf(
  run: Run,
  holder: 'subclass' | 'instance',
): Generator<readonly [string, () => PyValue], void, undefined> {
  const given = run.scenario.unpickler[holder] ?? {}
  for (const name of unpicklerAttributeNames) {
    const hook = given[name]
    if (hook !== undefined) yield [name, () => makeHook(run, hook, `${holder}.${name}`)]
  }
}

/** A function that makes the unpickler of a scenario for a source; its buffers are made once. */
export function unpicklerMaker(run: Run): (source: Source) => Unpickler {
  const { fix_imports, encoding, errors, buffers } = run.scenario.unpickler
  const given = buffers?.map((value) => run.evaluate(value))
  const init: UnpicklerInit = {
    wordSize: run.wordSize,
    names: namesOfWorld(run.world, { bound: run.bound, named: globalNames(run.scenario) }),
    ...(fix_imports !== undefined && { fixImports: fix_imports }),
    ...(encoding !== undefined && { encoding }),
    ...(errors !== undefined && { errors }),
    ...(given !== undefined && { buffers: build.list(...given) }),
  }
  const attributes = new Map([...hooksOf(run, 'subclass')].map(([name, make]) => [name, make()]))
  const cls = { isSubclass: true, attributes }
  return (source) => new Unpickler(run.world, run.profile, cls, init, source)
}

function writtenIn(run: Run, step: number): Uint8Array {
  const bytes = run.written[step]
  if (bytes === undefined) throw new UnbuildableError(`step ${step} has not been carried out`)
  return bytes
}

/** How the scenario calls its own classes and functions. */
function ownNames(run: Run): NamesOfOwn {
  const names = new Map<PyHeapValue, { readonly class: string } | { readonly function: string }>()
  for (const [name, cls] of run.classes) names.set(cls, { class: name })
  for (const [name, fn] of run.functions) names.set(fn, { function: name })
  return names
}

const pieceLength = 3

/** A buffered file over one that gives at most three bytes at a time. */
class TrickledReader implements PullReader {
  readonly #file: BytesReader
  #held: Uint8Array = new Uint8Array(0)

  constructor(file: BytesReader) {
    this.#file = file
  }

  peek(): Uint8Array {
    if (this.#held.length === 0) this.#held = this.#file.read(pieceLength)
    return this.#held
  }

  read(count: number | bigint): Uint8Array {
    const pieces: number[] = []
    while (pieces.length < count && this.peek().length > 0) {
      const wanted = Number(count) - pieces.length
      pieces.push(...this.#held.subarray(0, wanted))
      this.#held = this.#held.subarray(wanted)
    }
    return Uint8Array.from(pieces)
  }

  readline(): Uint8Array {
    const line: number[] = []
    while (line.at(-1) !== 0x0a && this.peek().length > 0) line.push(...this.read(1))
    return Uint8Array.from(line)
  }
}
