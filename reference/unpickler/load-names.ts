import { textOfStr } from '../codecs/str-content.ts'
import { PickleError } from '../errors.ts'
import { attributeError, findAttribute, getAttribute } from '../values/attributes.ts'
import { importModule } from '../values/find-global.ts'
import { repr } from '../values/repr.ts'
import {
  PyClass,
  type PyDict,
  PyFunction,
  type PyModule,
  PyStr,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import { typeError } from './errors.ts'
import { nameFromPython2 } from './names-from-python-2.ts'
import { PyPersistent, PySymbol, symbolKindsOf } from './recorded.ts'
import type { Unpickling } from './unpickling.ts'

/** The world of a load: what names and persistent ids stand for where no hook says otherwise. */
export type LoadNames = {
  findClass(u: Unpickling, module: PyStr, name: PyStr): PyValue
  /** Absent where a persistent id is refused. */
  persistentLoad?(u: Unpickling, id: PyValue): PyValue
  /**
   * What a call, or `__new__`, gives; undefined where the unpickler is to carry it out. A world that
   * has this takes what came of a call for a class as well.
   */
  make?(
    u: Unpickling,
    from: PyValue,
    by: 'call' | 'new',
    args: readonly PyValue[],
    keywords: PyDict | null,
  ): PyValue | undefined
  /** What READONLY_BUFFER makes of a buffer; undefined where the unpickler is to do it. */
  freeze?(buffer: PyValue): PyValue | undefined
  /** What an extension code stands for that nobody registered. Absent where that is refused. */
  findExtension?(u: Unpickling, code: number): PyValue
}

/** In the world of symbols these names give the real thing; they only hold what they are given. */
const containers: ReadonlySet<string> = new Set(['list', 'dict', 'set', 'frozenset', 'tuple'])
const builtIn: ReadonlySet<string> = new Set(['builtins', '__builtin__'])

/** A world in which every name but a few containers is a symbol, one for each spelling. */
export function symbolNames(world: World): LoadNames {
  const symbols = new Map<string, PySymbol>()
  const kinds = symbolKindsOf(world)
  return {
    findClass: (_u, module, name) => {
      const [where, what] = [textOfStr(module.content), textOfStr(name.content)]
      if (builtIn.has(where) && containers.has(what)) return world.known(`builtins:${what}`)
      const key = `${where}:${what}`
      let symbol = symbols.get(key)
      if (symbol === undefined) {
        symbol = new PySymbol(kinds, module, name)
        symbols.set(key, symbol)
      }
      return symbol
    },
    persistentLoad: (_u, id) => new PyPersistent(kinds.persistent, id),
  }
}

/** Names that exist in every world of names, besides the exceptions of `builtins`. */
const known: ReadonlySet<string> = new Set([
  ...['copyreg:_reconstructor', 'copyreg:__newobj__', 'copyreg:__newobj_ex__'],
  ...['_codecs:encode', 'collections:OrderedDict'],
  ...[
    ...['object', 'list', 'dict', 'set', 'frozenset', 'tuple', 'int', 'float', 'complex', 'bool'],
    ...['str', 'bytes', 'bytearray', 'range', 'slice', 'Ellipsis', 'NotImplemented'],
  ].map((name) => `builtins:${name}`),
])
const knownModules: ReadonlySet<string> = new Set(['copyreg', '_codecs', 'collections', 'builtins'])

/** What a scenario adds to a world of names. */
export type ScenarioNames = {
  /** What it put into modules, by `module:name`. */
  readonly bound: ReadonlyMap<string, PyValue>
  /** Names of the library that it uses, `module:name`. */
  readonly named: ReadonlySet<string>
}

const noNames: ScenarioNames = { bound: new Map(), named: new Set() }

/**
 * A world in which only the data types of Python exist, and the names of a scenario; anything else
 * is refused as a name that is not there.
 */
export function knownNames(world: World, scenario: ScenarioNames = noNames): LoadNames {
  const modules = new Set([...scenario.bound.keys()].map((key) => key.slice(0, key.indexOf(':'))))
  const isThere = (module: string, name: string): boolean => {
    const key = `${module}:${name}`
    return (
      known.has(key) ||
      scenario.bound.has(key) ||
      scenario.named.has(key) ||
      (module === 'builtins' && isExceptionName(world, name))
    )
  }
  return {
    findClass: (u, moduleStr, nameStr) => {
      const [module, name] = [textOfStr(moduleStr.content), textOfStr(nameStr.content)]
      const [mappedModule, mappedName] = nameFromPython2(module, name, u.profile.namesForPython2)
      if (mappedModule === 'builtins' && mappedName === 'getattr')
        return carefulGetattr(u, scenario)
      if (isThere(module, name) || isThere(mappedModule, mappedName)) {
        return findInModules(u, moduleStr, nameStr)
      }
      if ([module, mappedModule].some((at) => modules.has(at) || knownModules.has(at))) {
        const whose = world.findModule(mappedModule)
        const said = repr(world, whose ?? new PyStr(mappedModule))
        throw new PickleError(
          'AttributeError',
          `Can't get attribute ${repr(world, nameStr)} on ${said}`,
        )
      }
      throw new PickleError('ModuleNotFoundError', `No module named ${repr(world, moduleStr)}`)
    },
  }
}

function isExceptionName(world: World, name: string): boolean {
  const found = world.findKnown(`builtins:${name}`)
  return found instanceof PyClass && found.layout === 'exception'
}

/** A `getattr` that gives nothing but what the scenario put somewhere. */
function carefulGetattr(u: Unpickling, scenario: ScenarioNames): PyFunction {
  const { world } = u
  return new PyFunction({
    type: world.knownClass('builtins:function'),
    name: 'careful',
    qualname: world.intern('careful_getattr.<locals>.careful'),
    module: world.intern('cpython.loading'),
    call: (args) => {
      const [owner = null, name = null] = args
      if (args.length !== 2) {
        throw typeError(`careful() takes 2 positional arguments but ${args.length} were given`)
      }
      if (!(name instanceof PyStr)) throw typeError('getattr(): attribute name must be string')
      const text = textOfStr(name.content)
      const found = getAttribute(world, owner, text)
      if ([...scenario.bound.values()].includes(found)) return found
      throw attributeError(owner, text)
    },
  })
}

/**
 * The `find_class` of Unpickler itself.
 *
 * @clause UNP-04 UNP-05 UNP-94
 * @throws {PickleError} ModuleNotFoundError, AttributeError
 */
function findInModules(u: Unpickling, moduleStr: PyStr, nameStr: PyStr): PyValue {
  const { world } = u
  let [module, name] = [textOfStr(moduleStr.content), textOfStr(nameStr.content)]
  if (u.protocol < 3 && u.fixesImports) {
    ;[module, name] = nameFromPython2(module, name, u.profile.namesForPython2)
  }
  const found = importModule(world, module)
  const path = u.protocol >= 4 ? name.split('.') : [name]
  let value: PyValue | undefined = found
  for (const part of path) {
    value = findAttribute(world, value, part)
    if (value === undefined) throw notFound(u, found, module, name)
  }
  return value
}

/** @clause UNP-94 */
function notFound(u: Unpickling, found: PyModule, module: string, name: string): PickleError {
  const { world } = u
  const isFollowed = u.protocol >= 4
  const [where, what] = [repr(world, found), repr(world, new PyStr(name))]
  switch (u.profile.missingNames) {
    case 'path':
      return isFollowed && name.includes('.')
        ? new PickleError(
            'AttributeError',
            `Can't resolve path ${what} on module ${repr(world, new PyStr(module))}`,
          )
        : attributeError(found, name)
    case 'attribute':
      return new PickleError('AttributeError', `Can't get attribute ${what} on ${where}`)
    case 'module':
      return isFollowed
        ? new PickleError('AttributeError', `Can't get attribute ${what} on ${where}`)
        : attributeError(found, name)
  }
}
