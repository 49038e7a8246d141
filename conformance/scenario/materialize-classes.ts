import {
  dictStore,
  findAttribute,
  getAttribute,
  hashKey,
  type Layout,
  PickleError,
  PyClass,
  PyDict,
  PyFunction,
  PyModule,
  PyObject,
  type PyStr,
  type PyValue,
} from '../../reference/index.ts'
import { addDataFields, addTupleFields } from './materialize-fields.ts'
import { functionCall, makeHook } from './materialize-hooks.ts'
import type { Run } from './materialize-run.ts'
import type { ClassSpec, FunctionSpec, Hook } from './scenario.ts'
import { UnbuildableError } from './unbuildable.ts'

/** A function of the scenario, with the names it has in source code. */
export function makeFunction(run: Run, spec: FunctionSpec): PyFunction {
  const { world } = run
  const name = spec.lambda === true ? '<lambda>' : spec.name
  return new PyFunction({
    type: world.knownClass('builtins:function'),
    name,
    qualname: world.intern(spec.qualname ?? name),
    module: homeOf(run, spec),
    call: functionCall(run, spec),
  })
}

/** The one module-name object of what is made in a module; None for `"module":null`. */
function homeOf(run: Run, { module }: { readonly module?: string | null }): PyStr | null {
  return module === null ? null : run.world.intern(module ?? run.scenario.module)
}

/** A class of the scenario with those of its attributes that are set while a class is made. */
export function makeClass(run: Run, spec: ClassSpec): PyClass {
  const { world } = run
  const bases = basesOf(run, spec)
  const metaclass = metaclassOf(run, spec, bases)
  const slots = spec.kind === 'namedtuple' ? [] : (spec.slots ?? null)
  const cls = new PyClass({
    name: spec.name,
    qualname: world.intern(spec.qualname ?? spec.name),
    module: homeOf(run, spec),
    bases,
    ...(metaclass !== world.typeClass && { metaclass }),
    layout: layoutOf(bases),
    isHeap: true,
    slots,
    hasDict: slots === null || slots.includes('__dict__') || bases.some((base) => base.hasDict),
  })
  addKind(run, spec, cls)
  for (const [name, hook] of Object.entries(spec.hooks ?? {})) {
    if (isSetEarly(name, hook)) {
      const made = makeHook(run, hook, `${spec.name}.${name}`, { isOnClass: true })
      cls.namespace.set(name, made)
    }
  }
  return cls
}

/** Sets what may refer to anything of the scenario: attributes and hooks that are values. */
export function finishClass(run: Run, spec: ClassSpec): void {
  const cls = run.classOf(spec.name)
  for (const [name, value] of spec.attributes ?? []) cls.namespace.set(name, run.evaluate(value))
  for (const [name, hook] of Object.entries(spec.hooks ?? {})) {
    if (!isSetEarly(name, hook)) {
      cls.namespace.set(name, makeHook(run, hook, `${spec.name}.${name}`))
    }
  }
}

function isSetEarly(name: string, hook: Hook): boolean {
  return hook === null || !('is' in hook) || name === '__class__'
}

function basesOf(run: Run, spec: ClassSpec): readonly PyClass[] {
  if (spec.bases !== undefined && spec.bases.length > 0) return spec.bases.map(run.classOf)
  const { world } = run
  switch (spec.kind) {
    case 'enum':
      return [world.knownClass('enum:Enum')]
    case 'namedtuple':
      return [world.knownClass('builtins:tuple')]
    case 'exception':
      return [world.knownClass('builtins:Exception')]
    default:
      return [world.objectClass]
  }
}

/** The metaclass that is named, else the most derived of those of the bases. */
function metaclassOf(run: Run, spec: ClassSpec, bases: readonly PyClass[]): PyClass {
  if (spec.metaclass !== undefined) return run.classOf(spec.metaclass)
  const { world } = run
  let metaclass = world.typeClass
  for (const base of bases) {
    const candidate = world.typeOf(base)
    if (candidate.mro.includes(metaclass)) metaclass = candidate
  }
  return metaclass
}

function layoutOf(bases: readonly PyClass[]): Layout {
  return bases.find((base) => base.layout !== 'object')?.layout ?? 'object'
}

/** What enums, namedtuples and dataclasses have that other classes have not. */
function addKind(run: Run, spec: ClassSpec, cls: PyClass): void {
  switch (spec.kind) {
    case 'enum':
      addMembers(run, spec, cls)
      break
    case 'namedtuple':
      addTupleFields(run, spec, cls)
      break
    case 'dataclass':
      addDataFields(run, spec, cls)
      break
    default:
  }
}

/**
 * The members in order; one with the value of an earlier one is another name for it. The class has
 * the `__new__` of `enum.Enum` for its own, whatever its members are.
 */
function addMembers(run: Run, spec: ClassSpec, cls: PyClass): void {
  const { world } = run
  cls.namespace.set('__new__', getAttribute(world, world.knownClass('enum:Enum'), '__new__'))
  const byKey = new Map<unknown, PyObject>()
  let members = 0
  for (const [name, spelled] of spec.members ?? []) {
    const value = run.evaluate(spelled)
    const key = keyOf(value)
    let member = key === undefined ? undefined : byKey.get(key)
    if (member === undefined) {
      member = new PyObject(cls, null, cls.layout === 'object' ? undefined : value)
      member.slots = new Map<string, PyValue>([
        ['_value_', value],
        ['_name_', world.intern(name)],
      ])
      member.dict = attributesOfMember(run, cls, member.slots, members)
      members += 1
      if (key !== undefined) byKey.set(key, member)
    }
    cls.namespace.set(name, member)
  }
}

/** The attribute dict of the n-th member of an enum, from 0. */
function attributesOfMember(
  { world }: Run,
  cls: PyClass,
  named: ReadonlyMap<string, PyValue>,
  at: number,
): PyDict {
  const dict = new PyDict()
  for (const [name, value] of named) dictStore(dict, world.intern(name), value)
  dictStore(dict, world.intern('__objclass__'), cls)
  if (world.release[1] >= 11) dictStore(dict, world.intern('_sort_order_'), at)
  return dict
}

function keyOf(value: PyValue): unknown {
  try {
    return hashKey(value)
  } catch (error) {
    if (error instanceof PickleError) return undefined
    throw error
  }
}

/** Puts a class or function into its module under its qualified name, or another object. */
export function putIntoModule(
  run: Run,
  spec: FunctionSpec | ClassSpec,
  made: PyClass | PyFunction,
): void {
  const isLambda = 'lambda' in spec && spec.lambda === true
  const path = isLambda ? spec.name : (spec.qualname ?? spec.name)
  if (spec.found === false || path.includes('<locals>')) return
  const module = run.moduleOf(spec.module ?? run.scenario.module)
  if (module === undefined) return
  const value = spec.found === 'other' ? new PyObject(run.world.objectClass) : made
  const outer = path.split('.')
  const last = outer.pop() ?? ''
  const owner = outer.reduce<PyValue>((holder, part) => memberOf(run, holder, part, path), module)
  if (owner instanceof PyClass) owner.namespace.set(last, value)
  else if (owner instanceof PyModule) owner.attributes.set(last, value)
  else throw new UnbuildableError(`nothing can be put into ${outer.join('.')}`)
  run.bound.set(`${spec.module ?? run.scenario.module}:${path}`, value)
}

function memberOf(run: Run, holder: PyValue, part: string, path: string): PyValue {
  const found = findAttribute(run.world, holder, part)
  if (found === undefined) throw new UnbuildableError(`there is no ${part} to put ${path} in`)
  return found
}
