// The world of symbols: what a pickle names is a proxy that takes whatever is done to it and records
// that. What pickleparser calls these methods for is in its parser.

/** What was recorded of a proxy. */
const records = new WeakMap()

export const recordOf = (value) => (typeof value === 'function' ? records.get(value) : undefined)

/** A persistent id, as the pickle has it. */
export class Persistent {
  constructor(id) {
    this.id = id
  }
}

function recorder(record) {
  const deed = (name, ...given) => {
    record.done.push([name, ...given])
  }
  const methods = {
    push: (...items) => {
      for (const item of items) deed('append', item)
    },
    add: (item) => deed('add', item),
    set: (key, value) => deed('setitem', key, value),
    __setstate__: (state) => deed('state', state),
    __setnewargs_ex__: (keywords) => {
      record.keywords = keywords
    },
  }
  const proxy = new Proxy(function symbol() {}, {
    get: (_, name) => methods[name],
    set: (_, key, value) => {
      deed('setitem', key, value)
      return true
    },
    apply: (_, _this, given) => recorder({ from: proxy, by: 'call', given, done: [] }),
    construct: (_, given) => recorder({ from: proxy, by: 'new', given, done: [] }),
  })
  records.set(proxy, record)
  return proxy
}

/** The five names that are real in this world, as the configuration has lists, sets and dicts. */
function containers({ unpicklingTypeOfSet, unpicklingTypeOfDictionary }) {
  const array = (items = []) => [...items]
  const set = unpicklingTypeOfSet === 'Set' ? (items = []) => new Set(items) : array
  const dict = (items = []) => {
    const pairs = items instanceof Map || Array.isArray(items) ? items : Object.entries(items)
    return unpicklingTypeOfDictionary === 'Map' ? new Map(pairs) : Object.fromEntries(pairs)
  }
  return { list: array, tuple: array, set, frozenset: set, dict }
}

/** The resolvers that make up the world, for one pickle. */
export function symbolWorld(options) {
  const symbols = new Map()
  const real = containers(options)
  return {
    nameResolver: {
      resolve: (module, name) => {
        // Arrow functions cannot be constructed, and a pickle may well say so.
        const isReal = ['builtins', '__builtin__'].includes(module) && Object.hasOwn(real, name)
        if (isReal) {
          const container = function container(...given) {
            return real[name](...given)
          }
          records.set(container, { symbol: `builtins:${name}`, done: [] })
          return container
        }
        const symbol = `${module}:${name}`
        if (!symbols.has(symbol)) symbols.set(symbol, recorder({ symbol, done: [] }))
        return symbols.get(symbol)
      },
    },
    persistentResolver: { resolve: (id) => new Persistent(id) },
  }
}
