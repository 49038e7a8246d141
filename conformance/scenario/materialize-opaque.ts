import {
  isCallable,
  makePartial,
  PyBytes,
  PyClass,
  PyDict,
  PyFloat,
  PyFunction,
  PyInt,
  PyList,
  PyObject,
  PyStr,
  PyTuple,
  type PyValue,
  releaseText,
  type World,
} from '../../reference/index.ts'
import type { Building } from './materialize-building.ts'
import { type QuickAnswer, quickAnswer } from './materialize-quick.ts'
import type { OpaqueReduction, TaggedValue } from './scenario.ts'
import { UnbuildableError } from './unbuildable.ts'
import { matchesProtocol, matchesVersion } from './versions.ts'

type OpaqueValue = Extract<TaggedValue, { readonly opaque: string }>

/** Library functions that give an object of another type, and that type. */
const typesMadeBy: Readonly<Record<string, string>> = {
  're:compile': 're:Pattern',
  'operator:or_': 'types:UnionType',
  'builtins:getattr': 'builtins:builtin_function_or_method',
}

/**
 * An object of a library: its arguments are made, then what the reference models itself, else an
 * object of its type that reduces as the scenario says for this release and protocol. One of which
 * it says nothing for this release reduces as any object of its type, which is mostly a refusal.
 *
 * @clause RED-48
 */
export function makeOpaque(builder: Building, value: OpaqueValue): PyValue {
  const { run } = builder
  const args = value.arguments.map((argument) => builder.evaluate(argument))
  const made = modelled(run.world, value.opaque, args)
  if (made !== undefined) return made
  const maker = run.globalOf(typesMadeBy[value.opaque] ?? value.opaque)
  if (!(maker instanceof PyClass)) {
    throw new UnbuildableError(`what ${value.opaque} gives is not known to the reference`)
  }
  const object = new PyObject(maker)
  object.slots = partsOf(value.opaque, args)
  if (!isReduced(value, run.world)) return object
  const byProtocol = new Map<number, QuickAnswer>()
  object.reduction = (protocol) => {
    let reduction = byProtocol.get(protocol)
    if (reduction === undefined) {
      reduction = reductionFor(builder, value, protocol)
      byProtocol.set(protocol, reduction)
    }
    return computed(run.world, value.opaque, reduction(object))
  }
  return object
}

/** An array makes the str of its code, one character, itself: it is no interned one. @clause MODEL-03 */
function computed(world: World, name: string, reduction: PyValue): PyValue {
  if (name !== 'array:array' || !(reduction instanceof PyTuple)) return reduction
  const ofStr = (item: PyValue): PyValue => {
    const text = item instanceof PyStr ? String(item.content) : ''
    return text.length === 1 ? world.latin1Character(text.charCodeAt(0)) : item
  }
  const [callable = null, args = null, ...rest] = reduction.items
  if (!(args instanceof PyTuple)) return reduction
  return new PyTuple([callable, new PyTuple(args.items.map(ofStr)), ...rest])
}

/** What the text of an object shows of it, where the reference knows its text; else null. */
function partsOf(name: string, args: readonly PyValue[]): Map<string, PyValue> | null {
  const [first = null, second, third] = args
  switch (name) {
    case 'builtins:range':
    case 'builtins:slice': {
      const isRange = name === 'builtins:range'
      return new Map<string, PyValue>([
        ['start', second === undefined ? (isRange ? 0 : null) : first],
        ['stop', second === undefined ? first : second],
        ['step', third ?? (isRange ? 1 : null)],
      ])
    }
    case 'datetime:date':
      return new Map(args.map((part, at) => [['year', 'month', 'day'][at] ?? '', part]))
    case 'decimal:Decimal': {
      const isPlain = first instanceof PyStr && /^-?\d+(?:\.\d+)?$/.test(String(first.content))
      return isPlain ? new Map([['text', first]]) : null
    }
    case 'fractions:Fraction':
      return second !== undefined && isLowest(first, second)
        ? new Map([
            ['numerator', first],
            ['denominator', second],
          ])
        : null
    case 'array:array':
      return first instanceof PyStr ? partsOfArray(first, second) : null
    default:
      return null
  }
}

/** Whether two ints are the parts that a fraction keeps of them. */
function isLowest(numerator: PyValue, denominator: PyValue | undefined): boolean {
  if (typeof numerator !== 'number' || typeof denominator !== 'number') return false
  const greatest = (one: number, other: number): number =>
    other === 0 ? Math.abs(one) : greatest(other, one % other)
  return denominator > 0 && greatest(numerator, denominator) === 1
}

/** The code and the items of an array of bytes or of what a list holds; null for others. */
function partsOfArray(code: PyStr, content: PyValue | undefined): Map<string, PyValue> | null {
  const items = itemsOfArray(String(code.content), content)
  if (items === undefined) return null
  return new Map<string, PyValue>([
    ['code', code],
    ...(items.length > 0 ? [['items', new PyList(items)] as const] : []),
  ])
}

function itemsOfArray(code: string, content: PyValue | undefined): PyValue[] | undefined {
  if (content === undefined) return []
  if (content instanceof PyList && 'bBhHiIlLqQ'.includes(code)) return [...content.items]
  if (!(content instanceof PyBytes) || !'bB'.includes(code)) return undefined
  return [...(code === 'b' ? new Int8Array(content.data) : content.data)]
}

/** Whether the scenario says what it reduces to in this release; if not, its type says. */
function isReduced({ reductions }: OpaqueValue, { release }: World): boolean {
  return reductions.some(({ versions }) => matchesVersion(versions, releaseText(release)))
}

/** What makes the reduction that the scenario gives for this release and protocol. */
function reductionFor(builder: Building, value: OpaqueValue, protocol: number): QuickAnswer {
  const { run } = builder
  const found = value.reductions.find((reduction) => isFor(reduction, run.world, protocol))
  if (found === undefined) {
    const where = `Python ${releaseText(run.world.release)} at protocol ${protocol}`
    throw new UnbuildableError(`no reduction of ${value.opaque} is given for ${where}`)
  }
  const quick = run.isQuick ? quickAnswer(run, found.reduction) : undefined
  return quick ?? ((object) => builder.evaluateUnlabelled(found.reduction, object))
}

function isFor({ versions, protocols }: OpaqueReduction, world: World, protocol: number): boolean {
  return (
    matchesVersion(versions, releaseText(world.release)) && matchesProtocol(protocols, protocol)
  )
}

/** The objects of the library that the reference knows like those of a scenario. */
function modelled(world: World, name: string, args: readonly PyValue[]): PyValue | undefined {
  const [first = null, second = null] = args
  switch (name) {
    case 'builtins:complex': {
      const parts = new PyTuple([floatOf(first), floatOf(second)])
      return new PyObject(world.knownClass(name), null, parts)
    }
    case 'functools:partial':
      if (!isCallable(first)) return undefined
      return makePartial(world, first, new PyTuple(args.slice(1)), new PyDict())
    case 'types:MethodType':
      return first instanceof PyFunction ? methodOf(world, first, second) : undefined
    default:
      return undefined
  }
}

function methodOf(world: World, fn: PyFunction, self: PyValue): PyFunction {
  const { call } = fn
  return new PyFunction({
    type: world.knownClass('builtins:method'),
    name: fn.name,
    qualname: fn.qualname,
    module: fn.module,
    self,
    ...(call !== undefined && { call: (args) => call([self, ...args]) }),
  })
}

function floatOf(value: PyValue): PyFloat {
  const inner = value instanceof PyInt ? value.value : value
  return inner instanceof PyFloat
    ? new PyFloat(inner.value, inner.bits)
    : new PyFloat(Number(inner ?? 0))
}
