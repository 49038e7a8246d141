import {
  dictLookup,
  dictStore,
  keyError,
  type Layout,
  PyClass,
  PyDict,
  PyFunction,
  PyList,
  PyObject,
  type PyValue,
} from '../../reference/index.ts'
import { makeHook } from './materialize-hooks.ts'
import type { Run } from './materialize-run.ts'
import type { Raise, Table, TableEntry, TableMethod } from './scenario.ts'

type MethodsTable = Extract<Table, { readonly kind: 'methods' | 'subclass' }>

/** The table a setting stands for; `place` is its name in the trace. */
export function makeTable(run: Run, table: Table, place: string): PyValue {
  if (table === null) return null
  if ('is' in table) return run.evaluate(table.is)
  const { world } = run
  const entries = makeEntries(run, table.entries, place)
  switch (table.kind) {
    case 'dict':
      return entries
    case 'ChainMap': {
      const maps = new PyList([new PyDict(), entries])
      return new PyObject(world.knownClass('collections:ChainMap'), null, maps)
    }
    case 'proxy':
      return new PyObject(world.knownClass('builtins:mappingproxy'), null, entries)
    case 'UserDict': {
      const copy = new PyDict([...entries.keys], [...entries.values])
      return new PyObject(world.knownClass('collections:UserDict'), null, copy)
    }
    case 'defaultdict': {
      const given = makeHook(run, table.default, `${place}[*]`)
      const made = new PyObject(world.knownClass('collections:defaultdict'), null, entries)
      made.slots = new Map([['default_factory', functionOf(run, '<lambda>', () => given)]])
      return made
    }
    case 'methods':
    case 'subclass':
      return withMethods(run, table, entries)
  }
}

/** A dict of class to reducer, each reducer named by its place. */
export function makeEntries(run: Run, entries: readonly TableEntry[], place: string): PyDict {
  const made = new PyDict()
  for (const [key, hook] of entries) {
    const cls = run.classOf(key)
    dictStore(made, cls, makeHook(run, hook, `${place}[${key}]`))
  }
  return made
}

/** An object that has only the look-up methods named, over entries nobody else sees. */
function withMethods(run: Run, table: MethodsTable, entries: PyDict): PyValue {
  const { world } = run
  const isDict = table.kind === 'subclass'
  const layout: Layout = isDict ? 'dict' : 'object'
  const cls = new PyClass({
    name: 'Table',
    qualname: world.intern('Table'),
    module: world.intern('cpython.tables'),
    bases: [isDict ? world.knownClass('builtins:dict') : world.objectClass],
    layout,
    isHeap: true,
    hasDict: true,
  })
  for (const name of table.methods) {
    cls.namespace.set(name, lookUpMethod(run, name, entries, table.missing))
  }
  return new PyObject(cls, null, isDict ? new PyDict() : undefined)
}

function lookUpMethod(
  run: Run,
  name: TableMethod,
  entries: PyDict,
  missing: Raise | undefined,
): PyFunction {
  return functionOf(run, name === 'get' ? 'get' : 'look_up', ([, key = null, absent = null]) => {
    const found = dictLookup(entries, key)
    if (found !== undefined) return found
    if (missing !== undefined) throw run.exception(missing)
    if (name === 'get') return absent
    throw keyError(run.world, key)
  })
}

function functionOf(
  run: Run,
  name: string,
  call: (args: readonly PyValue[]) => PyValue,
): PyFunction {
  const { world } = run
  return new PyFunction({
    type: world.knownClass('builtins:function'),
    name,
    qualname: world.intern(name),
    module: world.intern('cpython.tables'),
    call,
  })
}
