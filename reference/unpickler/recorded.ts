import { textOfStr } from '../codecs/str-content.ts'
import { listIterator } from '../values/iterate.ts'
import {
  PyClass,
  type PyDict,
  PyList,
  PyObject,
  type PyStr,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'

/** What was done to a symbol or to what came of one: the name and what was given. */
export type Deed = readonly [
  name: 'state' | 'append' | 'add' | 'setitem',
  given: readonly PyValue[],
]

/**
 * What stands for a name that is not to be run: a class whose calls only give objects that remember
 * them. Its name in messages is `Symbol`; it is saved again under the name it stands for.
 */
export class PySymbol extends PyClass {
  /** `module:name`. */
  readonly symbol: string
  readonly done: Deed[] = []

  constructor(kinds: SymbolKinds, module: PyStr, name: PyStr) {
    super({
      name: 'Symbol',
      qualname: name,
      module,
      bases: [kinds.recorded],
      metaclass: kinds.metaclass,
      layout: 'object',
      isHeap: true,
      slots: [],
      hasDict: false,
    })
    this.symbol = `${textOfStr(module.content)}:${textOfStr(name.content)}`
  }
}

/** The classes that symbols and what comes of them have in common. */
export type SymbolKinds = {
  readonly metaclass: PyClass
  readonly recorded: PyClass
  readonly made: PyClass
  readonly persistent: PyClass
}

function symbolKinds(world: World): SymbolKinds {
  const classOf = (name: string, bases: readonly PyClass[]): PyClass =>
    new PyClass({
      name,
      qualname: world.intern(name),
      module: world.intern('cpython.recorder'),
      bases,
      layout: bases[0] === world.typeClass ? 'type' : 'object',
      isHeap: true,
      slots: name === 'Persistent' ? ['pid'] : [],
      hasDict: false,
    })
  const recorded = classOf('Recorded', [world.objectClass])
  // Nobody knows whether what came of a call can be called: it is not refused.
  recorded.namespace.set('__call__', null)
  return {
    recorded,
    metaclass: classOf('Symbol', [world.typeClass]),
    made: classOf('Made', [recorded]),
    persistent: classOf('Persistent', [world.objectClass]),
  }
}

/** How a recorded object was made. */
export type Making = {
  readonly from: PyValue
  readonly by: 'call' | 'new'
  readonly args: readonly PyValue[]
  readonly keywords: PyDict | null
}

/** An object made from a symbol, or by a call of such an object. */
export class PyRecorded extends PyObject {
  readonly making: Making
  readonly done: Deed[] = []

  constructor(world: World, type: PyClass, making: Making) {
    super(type)
    this.making = making
    this.reduction = () => reduceRecorded(world, this)
  }

  override get isStandIn(): boolean {
    return true
  }
}

/** What stands for an object that the pickle names by a persistent id. */
export class PyPersistent extends PyObject {
  pid: PyValue

  constructor(type: PyClass, pid: PyValue) {
    super(type)
    this.pid = pid
  }
}

/** The reduction of which such an object came: what made it, its state, what was put into it. */
function reduceRecorded(world: World, { making, done }: PyRecorded): PyValue {
  const { from, by, args, keywords } = making
  const given = (name: Deed[0]) =>
    done.filter(([deed]) => deed === name).map(([, values]) => values)
  const state = given('state').at(-1)?.[0] ?? null
  const appended = given('append').map(([item = null]) => item)
  const stored = given('setitem').map((pair) => new PyTuple([...pair]))
  const parts = [
    ...constructorOf(world, from, by, args, keywords),
    state,
    appended.length === 0 ? null : iteratorOver(world, appended),
    stored.length === 0 ? null : iteratorOver(world, stored),
  ]
  return new PyTuple(parts)
}

function constructorOf(
  world: World,
  from: PyValue,
  by: 'call' | 'new',
  args: readonly PyValue[],
  keywords: PyDict | null,
): PyValue[] {
  if (by === 'call') return [from, new PyTuple([...args])]
  if (keywords === null) {
    return [world.knownFunction('copyreg:__newobj__'), new PyTuple([from, ...args])]
  }
  const all = new PyTuple([from, new PyTuple([...args]), keywords])
  return [world.knownFunction('copyreg:__newobj_ex__'), all]
}

function iteratorOver(world: World, items: PyValue[]): PyValue {
  return listIterator(world, new PyList(items))
}

const kindsOfWorlds = new WeakMap<World, SymbolKinds>()

/** The classes of symbols in a world. */
export function symbolKindsOf(world: World): SymbolKinds {
  let kinds = kindsOfWorlds.get(world)
  if (kinds === undefined) {
    kinds = symbolKinds(world)
    kindsOfWorlds.set(world, kinds)
  }
  return kinds
}
