import {
  attributeError,
  deleteAttribute,
  deleteItem,
  PickleError,
  Pickler,
  type PicklerClass,
  type PicklerInit,
  PyClass,
  PyFunction,
  PyObject,
  type PyValue,
  type Sink,
  setAttribute,
  setItem,
} from '../../reference/index.ts'
import type { LoadedGraph } from './loaded.ts'
import { callMethod } from './materialize-calls.ts'
import { makeHook } from './materialize-hooks.ts'
import { loadStep } from './materialize-load.ts'
import { tablePlaces, targetPlace } from './materialize-plan.ts'
import type { Run } from './materialize-run.ts'
import { makeTable } from './materialize-tables.ts'
import type {
  Action,
  AttributeName,
  Hook,
  PicklerAttributes,
  Table,
  Target,
  Value,
} from './scenario.ts'
import { UnbuildableError } from './unbuildable.ts'

/** The pickler of a run and where it writes. */
export type Pickling = {
  readonly run: Run
  readonly file: Sink
  pickler: Pickler | undefined
  cls: PicklerClass | undefined
  /** What the latest load of a step gave. */
  graph: LoadedGraph | undefined
}

const attributeNames = ['fast', 'dispatch_table', 'reducer_override', 'persistent_id'] as const

/** Step 0: the class, `__init__`, then the instance's attributes. */
export function makePickler(pickling: Pickling): void {
  const { run } = pickling
  const cls = picklerClass(run)
  const init = initOf(run)
  pickling.cls = cls
  const pickler = new Pickler(run.world, run.profile, cls, init, pickling.file)
  pickling.pickler = pickler
  for (const [name, make] of instanceAttributes(run)) pickler.setAttribute(name, make())
}

/** A function that makes the pickler of a scenario for a file; what it is given is made once. */
export function picklerMaker(run: Run): (file: Sink) => Pickler {
  const cls = picklerClass(run)
  const init = initOf(run)
  const attributes = [...instanceAttributes(run)].map(([name, make]) => [name, make()] as const)
  return (file) => {
    const pickler = new Pickler(run.world, run.profile, cls, init, file)
    for (const [name, value] of attributes) pickler.setAttribute(name, value)
    return pickler
  }
}

function picklerClass(run: Run): PicklerClass {
  const { subclass } = run.scenario.pickler
  return {
    isSubclass: subclass !== null,
    module: run.scenario.module,
    attributes: new Map(subclass === null ? [] : attributesOf(run, subclass)),
  }
}

/**
 * A function in the class of a pickler is read from the pickler as a bound method; the reference's
 * picklers pass no `self`, so it is bound here, to an object that stands for the pickler.
 */
function boundToPickler(run: Run, value: PyValue): PyValue {
  if (!(value instanceof PyFunction)) return value
  const { world } = run
  const kind = value.type.library?.name
  const binds =
    kind === 'builtins:function' || (kind === 'functools:partial' && world.release[1] >= 14)
  const { call } = value
  if (!binds || call === undefined) return value
  const self = picklerObject(run)
  return new PyFunction({
    type: world.knownClass('builtins:method'),
    name: value.name,
    qualname: value.qualname,
    module: value.module,
    self,
    call: (args) => call([self, ...args]),
  })
}

const picklerObjects = new WeakMap<Run, PyObject>()

function picklerObject(run: Run): PyObject {
  let object = picklerObjects.get(run)
  if (object === undefined) {
    const { world } = run
    const cls = new PyClass({
      name: 'Pickler',
      qualname: world.intern('Pickler'),
      module: world.intern(run.scenario.module),
      bases: [world.objectClass],
      layout: 'other',
      isHeap: true,
      hasDict: true,
    })
    object = new PyObject(cls)
    picklerObjects.set(run, object)
  }
  return object
}

function initOf(run: Run): PicklerInit {
  const { init } = run.scenario.pickler
  return {
    protocol: init.protocol === undefined ? run.protocol : run.evaluate(init.protocol),
    ...(run.recursionLimit !== undefined && { recursionLimit: run.recursionLimit }),
    wordSize: run.wordSize,
    ...(init.fix_imports !== undefined && { fixImports: init.fix_imports }),
    ...(init.buffer_callback !== undefined && {
      bufferCallback: makeHook(run, init.buffer_callback, 'init.buffer_callback'),
    }),
  }
}

function* instanceAttributes(
  run: Run,
): Generator<readonly [string, () => PyValue], void, undefined> {
  const { instance } = run.scenario.pickler
  for (const name of attributeNames) {
    const given = instance[name]
    if (given !== undefined) yield [name, () => attributeOf(run, name, given, 'instance', false)]
  }
}

function* attributesOf(
  run: Run,
  attributes: PicklerAttributes,
): Generator<[string, PyValue], void, undefined> {
  for (const name of attributeNames) {
    const given = attributes[name]
    if (given === undefined) continue
    yield [name, boundToPickler(run, attributeOf(run, name, given, 'subclass', true))]
  }
}

/** The value of one of a pickler's attributes. */
function attributeOf(
  run: Run,
  name: AttributeName,
  given: Value | Table | Hook,
  where: string,
  isOnClass: boolean,
): PyValue {
  const place = `${where}.${name}`
  // The scenario's types say which of the three an attribute has.
  if (name === 'fast') return run.evaluate(given as Value)
  if (name === 'dispatch_table') return makeTable(run, given as Table, place)
  return makeHook(run, given as Hook, place, { isOnClass })
}

/** Carries out one action; what it raises is the pickler's answer. */
export function act(pickling: Pickling, action: Action): void {
  const { run } = pickling
  if ('dump' in action) picklerOf(pickling).dump(run.evaluate(action.dump))
  else if ('set' in action) set(pickling, action.set)
  else if ('delete' in action) remove(pickling, action.delete)
  else if ('put' in action) {
    const { table, key, to } = action.put
    const reducer = makeHook(run, to, `${tablePlaces[table]}[${key}]`)
    setItem(run.world, tableOf(pickling, table), run.classOf(key), reducer)
  } else if ('remove' in action) {
    const { table, key } = action.remove
    deleteItem(run.world, tableOf(pickling, table), run.classOf(key))
  } else if ('call' in action) {
    const args = action.call.arguments.map((argument) => run.evaluate(argument))
    call(pickling, action.call.on, action.call.method, args)
  } else pickling.graph = loadStep(run, action)
}

function picklerOf({ pickler }: Pickling): Pickler {
  if (pickler === undefined) throw new UnbuildableError('an action before there is a pickler')
  return pickler
}

function objectOf(run: Run, id: string): PyValue {
  const found = run.objects.get(id)
  if (found === undefined) throw new UnbuildableError(`no object has the id ${id}`)
  return found
}

function set(
  pickling: Pickling,
  { on, name, to }: Extract<Action, { readonly set: unknown }>['set'],
): void {
  const { run } = pickling
  const where = targetPlace(on)
  if (typeof on === 'object') {
    const target = objectOf(run, on.object)
    // The parser lets only hooks be set on objects.
    const value = makeHook(run, to as Hook, `${where}.${name}`, { owner: target })
    if (!(target instanceof PyObject)) throw attributeError(target, name)
    setAttribute(run.world, target, name, value)
    return
  }
  const isOnClass = on === 'class'
  const isValue = name === 'fast' && to !== null && 'is' in to
  const value = isValue
    ? run.evaluate(to.is)
    : attributeOf(run, name as AttributeName, to, where, isOnClass)
  const pickler = picklerOf(pickling)
  if (isOnClass) pickler.setClassAttribute(name, boundToPickler(run, value))
  else pickler.setAttribute(name, value)
}

function remove(
  pickling: Pickling,
  { on, name }: { readonly on: Target; readonly name: string },
): void {
  if (on === 'pickler') picklerOf(pickling).deleteAttribute(name)
  else if (on === 'class') picklerOf(pickling).deleteClassAttribute(name)
  else {
    const target = objectOf(pickling.run, on.object)
    if (!(target instanceof PyObject)) throw attributeError(target, name)
    deleteAttribute(pickling.run.world, target, name)
  }
}

/** The dispatch table of the pickler, of its class, or of copyreg. */
function tableOf(pickling: Pickling, which: 'pickler' | 'class' | 'copyreg'): PyValue {
  if (which === 'copyreg') return pickling.run.world.copyregTable
  const pickler = picklerOf(pickling)
  if (which === 'pickler') return pickler.getAttribute('dispatch_table')
  const own = pickling.cls?.attributes.get('dispatch_table')
  return own === undefined ? inheritedTable(pickling.run) : own
}

/** C's class has a descriptor of that name, Python's has nothing. */
function inheritedTable(run: Run): PyValue {
  if (run.profile.engine === 'c')
    return new PyObject(run.world.knownClass('builtins:member_descriptor'))
  const name = run.scenario.pickler.subclass === null ? '_Pickler' : 'Pickler'
  const text = `type object '${name}' has no attribute 'dispatch_table'`
  throw new PickleError('AttributeError', text)
}

function call(pickling: Pickling, on: Target, method: string, args: readonly PyValue[]): void {
  if (typeof on === 'object') {
    callMethod(pickling.run.world, objectOf(pickling.run, on.object), method, args)
    return
  }
  const pickler = picklerOf(pickling)
  if (on === 'class') {
    const text = `Pickler.${method}() missing 1 required positional argument: 'self'`
    throw new PickleError('TypeError', text)
  }
  if (method === 'clear_memo') pickler.clearMemo()
  else if (method === 'dump') pickler.dump(args[0] ?? null)
  else throw new UnbuildableError(`the pickler has no method ${method} here`)
}
