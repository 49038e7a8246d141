import {
  PyBytes,
  PyClass,
  PyFunction,
  type PyHeapValue,
  PyInt,
  PyObject,
  PyStr,
  type PyValue,
  typeNameOf,
} from '../../reference/index.ts'

const largest = 2n ** 53n
const longestText = 64

/** Names for the objects of one run: see README.md, "The trace". */
export class Labels {
  readonly #named = new Map<PyHeapValue, string>()
  readonly #nodes = new Map<PyHeapValue, number>()
  readonly #strangers = new Map<PyValue, number>()

  /** Remembers an object of the scenario under its id, if it has one, and its node. */
  add(value: PyValue, id: string | undefined, node: number | undefined): void {
    if (typeof value !== 'object' || value === null) return
    if (id !== undefined) this.#named.set(value, id)
    if (node !== undefined && !this.#nodes.has(value)) this.#nodes.set(value, node)
  }

  /** The label of any object; those that are not the scenario's are numbered as they appear. */
  label(value: PyValue): string {
    const text = this.#known(value)
    if (text !== undefined) return text
    let number = this.#strangers.get(value)
    if (number === undefined) {
      number = this.#strangers.size
      this.#strangers.set(value, number)
    }
    return `~${number}:${typeNameOf(value)}`
  }

  #known(value: PyValue): string | undefined {
    if (value === null) return 'None'
    if (typeof value === 'boolean') return value ? 'True' : 'False'
    if (typeof value !== 'object') return intLabel(value)
    if (value.kind === 'singleton') return value.name
    if (value.kind === 'tuple' && value.items.length === 0) return '()'
    if (value.kind === 'frozenset' && value.members.length === 0) return 'frozenset()'
    const named = this.#named.get(value) ?? atomLabel(value)
    if (named !== undefined) return named
    const node = this.#nodes.get(value)
    return node === undefined ? globalLabel(value) : `#${node}`
  }
}

function atomLabel(value: PyHeapValue): string | undefined {
  if (value instanceof PyInt) return intLabel(value.value)
  if (value instanceof PyStr) return textLabel(value)
  if (value instanceof PyBytes && value.data.length < 2) {
    return `b'${[...value.data].map((byte) => byte.toString(16).padStart(2, '0')).join('')}'`
  }
  return undefined
}

function intLabel(value: number | bigint): string | undefined {
  return value >= -largest && value <= largest ? String(value) : undefined
}

function textLabel({ content }: PyStr): string | undefined {
  const isPlain = typeof content === 'string' && content.length <= longestText
  return isPlain && /^[ -~]*$/.test(content) ? JSON.stringify(content) : undefined
}

/** `module:qualname` of a class, function, module-level built-in or member of an enum. */
function globalLabel(value: PyHeapValue): string | undefined {
  if (value instanceof PyClass) return `${nameText(value.module)}:${nameText(value.qualname)}`
  if (value instanceof PyFunction) {
    const kind = value.type.library?.name
    const isGlobal =
      kind === 'builtins:function' ||
      (kind === 'builtins:builtin_function_or_method' && value.self === undefined)
    return isGlobal ? `${nameText(value.module)}:${nameText(value.qualname)}` : undefined
  }
  if (value instanceof PyObject && isEnum(value.type)) {
    const { module, qualname } = value.type
    const name = value.slots?.get('_name_') ?? null
    return `${nameText(module)}:${nameText(qualname)}.${nameText(name)}`
  }
  return undefined
}

function isEnum(type: PyClass): boolean {
  return type.mro.some((cls) => cls.library?.name === 'enum:Enum')
}

function nameText(value: PyValue | undefined): string {
  if (!(value instanceof PyStr)) return 'None'
  const { content } = value
  return typeof content === 'string' ? content : String.fromCodePoint(...content)
}
