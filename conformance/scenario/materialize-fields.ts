import {
  PickleError,
  PyClass,
  type PyDict,
  PyFunction,
  PyObject,
  PyStr,
  PyTuple,
  type PyValue,
  setAttribute,
} from '../../reference/index.ts'
import type { Run } from './materialize-run.ts'
import type { ClassSpec } from './scenario.ts'

/** What `collections.namedtuple` puts into its classes. */
export function addTupleFields(run: Run, spec: ClassSpec, cls: PyClass): void {
  const fields = spec.fields ?? []
  cls.namespace.set('_fields', namesOf(run, fields))
  addMethod(run, cls, '__getnewargs__', 'collections', ([self = null]) => contentOf(self))
  addMethod(run, cls, '__new__', `namedtuple_${spec.name}`, ([type, ...args], keywords) => {
    const values = given(`${cls.name}.__new__`, fields, args, keywords ?? null)
    return new PyObject(type instanceof PyClass ? type : cls, null, new PyTuple([...values]))
  })
}

/** What `dataclasses.dataclass` puts into a class whose fields have no defaults. */
export function addDataFields(run: Run, spec: ClassSpec, cls: PyClass): void {
  const fields = [...new Set([...inheritedFields(cls), ...(spec.fields ?? [])])]
  cls.namespace.set('__dataclass_fields__', namesOf(run, fields))
  // A dataclass compares by value and is no key.
  cls.namespace.set('__hash__', null)
  addMethod(run, cls, '__init__', cls.module, ([self = null, ...args], keywords) => {
    const values = given(`${cls.name}.__init__`, fields, args, keywords ?? null)
    for (const [at, field] of fields.entries()) {
      if (!(self instanceof PyObject)) break
      setAttribute(run.world, self, field, values[at] ?? null)
    }
    return null
  })
}

function inheritedFields(cls: PyClass): readonly string[] {
  const names = cls.mro.map((base) => base.namespace.get('__dataclass_fields__'))
  return names.reverse().flatMap((all) => (all instanceof PyTuple ? all.items.map(textOf) : []))
}

function textOf(name: PyValue): string {
  return name instanceof PyStr ? String(name.content) : ''
}

function namesOf({ world }: Run, fields: readonly string[]): PyTuple {
  return new PyTuple(fields.map((field) => world.intern(field)))
}

function contentOf(self: PyValue): PyTuple {
  const items = self instanceof PyObject && self.value instanceof PyTuple ? self.value.items : []
  return new PyTuple([...items])
}

function addMethod(
  { world }: Run,
  cls: PyClass,
  name: string,
  module: string | PyValue,
  call: (args: readonly PyValue[], keywords?: PyDict | null) => PyValue,
): void {
  cls.namespace.set(
    name,
    new PyFunction({
      type: world.knownClass('builtins:function'),
      name,
      qualname: world.intern(`${cls.name}.${name}`),
      module: typeof module === 'string' ? world.intern(module) : module,
      call,
    }),
  )
}

/** The values of the fields, in order, as a function with these parameters behind its first is given them. */
function given(
  name: string,
  fields: readonly string[],
  args: readonly PyValue[],
  keywords: PyDict | null,
): readonly PyValue[] {
  if (args.length > fields.length) {
    const wanted = fields.length + 1
    throw new PickleError(
      'TypeError',
      `${name}() takes ${wanted} positional argument${wanted === 1 ? '' : 's'} but ${args.length + 1} were given`,
    )
  }
  const values = new Map<string, PyValue>(
    args.map((value, at) => [fields[at] ?? '', value] as const),
  )
  for (const [at, key] of (keywords?.keys ?? []).entries()) {
    const field = textOf(key)
    if (!fields.includes(field)) {
      throw new PickleError('TypeError', `${name}() got an unexpected keyword argument '${field}'`)
    }
    if (values.has(field)) {
      throw new PickleError('TypeError', `${name}() got multiple values for argument '${field}'`)
    }
    values.set(field, keywords?.values[at] ?? null)
  }
  const missing = fields.filter((field) => !values.has(field)).map((field) => `'${field}'`)
  if (missing.length > 0) {
    const last = missing.pop() ?? ''
    const list = missing.length === 0 ? last : `${missing.join(', ')} and ${last}`
    throw new PickleError(
      'TypeError',
      `${name}() missing ${missing.length + 1} required positional argument${missing.length === 0 ? '' : 's'}: ${list}`,
    )
  }
  return fields.map((field) => values.get(field) ?? null)
}
