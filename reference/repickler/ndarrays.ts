import { intOf } from '../unpickler/ints.ts'
import { type Deed, type Making, PyRecorded } from '../unpickler/recorded.ts'
import { strOf } from '../unpickler/strings.ts'
import { copyStr, freshBytes } from '../values/fresh.ts'
import {
  PyBuffer,
  PyByteArray,
  PyBytes,
  PyDict,
  PyList,
  PyStr,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import type { Call } from './call.ts'
import { type Names, nameOf } from './names.ts'

/** A call of numpy and the state of what it makes, None for none. */
export type ArrayReduction = Call & { readonly state: PyValue }

/** What the state of a dtype says: kind and size such as `i4`, the order of its bytes, and more. */
type DType = {
  readonly made: PyRecorded
  readonly code: string
  readonly state: PyTuple
  readonly hasObjects: boolean
}

/** What an array has that was loaded. */
type NdArray = {
  readonly type: PyValue
  readonly shape: PyTuple
  readonly dtype: DType
  /** In the order of Fortran, and in no other. */
  readonly isFortran: boolean
  readonly data: Uint8Array
}

const makers = /^numpy\.(_?core)\.(multiarray:_reconstruct|multiarray:scalar|numeric:_frombuffer)$/

/** Where a dtype keeps the order of its bytes, and its flags, the first of which is for objects. */
const [orderAt, flagsAt] = [1, 7]

/** Kinds of which there is one dtype for each size: bools, ints, unsigned ones, floats, complex. */
const isNumeric = (code: string): boolean => /^[biufcO]\d+$/.test(code)

/**
 * How arrays and scalars of numpy reduce: below protocol 5 to `_reconstruct` and a state, from then on
 * to a buffer where they are in one piece.
 *
 * Not in the protocol: it is what numpy does, of any version since 1.16, on a machine that has the
 * lowest byte first.
 */
export class NdArrays {
  readonly #world: World
  readonly #names: Names
  readonly #make: (making: Making, deeds: readonly Deed[]) => PyRecorded
  readonly #loaded = new Map<PyRecorded, NdArray | undefined>()
  /** The dtypes that numpy has but once. */
  readonly #dtypes = new Map<string, DType>()
  /** Arrays that are made anew by each reduction of what has them. */
  readonly #anew = new Set<PyRecorded>()
  readonly #readOnly = new Set<PyRecorded>()

  constructor(
    world: World,
    names: Names,
    make: (making: Making, deeds: readonly Deed[]) => PyRecorded,
  ) {
    this.#world = world
    this.#names = names
    this.#make = make
  }

  /** What an array or scalar reduces to; undefined for what is none, or is not understood. */
  reduce(made: PyRecorded, protocol: number): ArrayReduction | undefined {
    const { from, args } = made.making
    const [, core = '', maker] = makers.exec(nameOf(from)) ?? []
    if (maker === undefined) return undefined
    if (maker === 'multiarray:scalar') return this.#scalar(made)
    const array = this.#arrayOf(made, maker)
    if (array === undefined) return this.#asObjects(made)
    const { type, shape, dtype, isFortran, data } = array
    if (protocol >= 5 && nameOf(type) === 'numpy:ndarray' && hasBuffer(dtype)) {
      if (maker === 'numeric:_frombuffer') {
        const all = [...args.slice(0, 1), dtype.made, ...args.slice(2)]
        return { callable: from, args: new PyTuple(all), state: null }
      }
      const buffer = new PyBuffer(data, this.#readOnly.has(made), true)
      const order = strOf(this.#world, isFortran ? 'F' : 'C')
      return {
        callable: this.#names.find(`numpy.${core}.numeric`, ['_frombuffer']),
        args: new PyTuple([buffer, dtype.made, shape, order]),
        state: null,
      }
    }
    const world = this.#world
    const bytes = freshBytes(world, data)
    return {
      callable: this.#names.find(`numpy.${core}.multiarray`, ['_reconstruct']),
      args: this.#argumentsOf(type),
      state: new PyTuple([1, shape, dtype.made, isFortran, bytes]),
    }
  }

  /** What `_reconstruct` gets, whose state says all the rest. */
  #argumentsOf(type: PyValue): PyTuple {
    return new PyTuple([type, new PyTuple([0]), this.#world.singleByte(0x62)])
  }

  /** Marks the arrays in a state that is made anew whenever it is asked for. */
  makeAnew(state: PyValue): void {
    // What is added while the set is walked is walked, too.
    const met = new Set([state])
    for (const value of met) {
      if (value instanceof PyRecorded) this.#anew.add(value)
      for (const item of itemsOf(value)) met.add(item)
    }
  }

  /** Marks the arrays in a list that are read-only once they are loaded. */
  makeReadOnly(list: PyValue): void {
    if (!(list instanceof PyList)) return
    for (const item of list.items) if (item instanceof PyRecorded) this.#readOnly.add(item)
  }

  /** An array of objects has them in a list, at every protocol. */
  #asObjects(made: PyRecorded): ArrayReduction | undefined {
    const state = onlyState(made)
    const dtype = dtypeOf(state?.items[2])
    const { from, args } = made.making
    const [type] = args
    if (state === undefined || type === undefined || dtype?.hasObjects !== true) return undefined
    const items = [...state.items]
    items[2] = this.#dtypeIn(made, dtype).made
    return { callable: from, args: this.#argumentsOf(type), state: new PyTuple(items) }
  }

  /** A scalar, whose dtype is that of its kind and no longer that of an array. */
  #scalar(made: PyRecorded): ArrayReduction | undefined {
    const { from, args } = made.making
    const [given, data] = args
    const dtype = dtypeOf(given)
    if (dtype === undefined || !(data instanceof PyBytes) || args.length !== 2) return undefined
    const own = isNumeric(dtype.code) ? this.#dtypeOfKind(dtype) : dtype
    const copy = freshBytes(this.#world, data.data)
    return { callable: from, args: new PyTuple([own.made, copy]), state: null }
  }

  #arrayOf(made: PyRecorded, maker: string): NdArray | undefined {
    if (!this.#loaded.has(made)) {
      const isView = maker === 'numeric:_frombuffer'
      this.#loaded.set(made, isView ? arrayOfBuffer(this.#names, made) : this.#nativeArray(made))
    }
    const array = this.#loaded.get(made)
    return array && { ...array, dtype: this.#dtypeIn(made, array.dtype) }
  }

  /** The dtype of an array, which is that of its kind where the array is made anew. */
  #dtypeIn(made: PyRecorded, dtype: DType): DType {
    return this.#anew.has(made) && isNumeric(dtype.code) ? this.#dtypeOfKind(dtype) : dtype
  }

  /** An array as its state makes it: bytes in the order of another machine are turned round. */
  #nativeArray(made: PyRecorded): NdArray | undefined {
    const array = arrayOfState(made)
    if (array === undefined || orderOf(array.dtype) !== '>') return array
    const { code } = array.dtype
    const size = Number(code.slice(1))
    const unit = code.startsWith('U') ? 4 : code.startsWith('c') ? size / 2 : size
    const data = turnedRound(array.data, unit)
    const dtype = isNumeric(code) ? this.#dtypeOfKind(array.dtype) : this.#native(array.dtype)
    return { ...array, data, dtype }
  }

  #dtypeOfKind(dtype: DType): DType {
    const there = this.#dtypes.get(dtype.code)
    if (there !== undefined) return there
    const native = this.#native(dtype)
    this.#dtypes.set(dtype.code, native)
    return native
  }

  /** Another dtype like this one, with the lowest byte first. */
  #native(dtype: DType): DType {
    const items = [...dtype.state.items]
    if (orderOf(dtype) === '>') items[orderAt] = this.#world.intern('<')
    const state = new PyTuple(items)
    const { making } = dtype.made
    const args = [copyStr(this.#world, dtype.code), ...making.args.slice(1)]
    const made = this.#make({ ...making, args }, [['state', [state]]])
    return { ...dtype, made, state }
  }
}

function dtypeOf(made: PyValue | undefined): DType | undefined {
  if (!(made instanceof PyRecorded) || made.making.by === 'new') return undefined
  if (nameOf(made.making.from) !== 'numpy:dtype') return undefined
  const code = textOf(made.making.args[0])
  const state = onlyState(made)
  const flags = intOf(state?.items[flagsAt] ?? null)
  if (code === undefined || state === undefined || flags === undefined) return undefined
  return { made, code, state, hasObjects: Number(flags) % 2 !== 0 }
}

const orderOf = ({ state }: DType): string | undefined => textOf(state.items[orderAt])

/** Arrays of dates, whatever they lie in, and of items without bytes give no buffer. */
function hasBuffer({ made, code }: DType): boolean {
  if (/^\D0$/.test(code)) return false
  const met = new Set<PyValue>([made])
  for (const value of met) {
    const dtype = dtypeOf(value)
    if (dtype !== undefined && /^[Mm]/.test(dtype.code)) return false
    for (const item of itemsOf(dtype?.state ?? value)) met.add(item)
  }
  return true
}

function itemsOf(value: PyValue): readonly PyValue[] {
  if (value instanceof PyTuple) return value.items
  return value instanceof PyDict ? value.values : []
}

/** The array that `_reconstruct` made and its state filled. */
function arrayOfState(made: PyRecorded): NdArray | undefined {
  const [version, shape, given, isFortran, data] = onlyState(made)?.items ?? []
  const [type] = made.making.args
  const dtype = dtypeOf(given)
  if (version !== 1 || type === undefined || dtype === undefined) return undefined
  if (!(shape instanceof PyTuple && data instanceof PyBytes)) return undefined
  if (typeof isFortran !== 'boolean') return undefined
  return { type, shape, dtype, isFortran, data: data.data }
}

/** The array that is a view of a buffer whose bytes are in the pickle. */
function arrayOfBuffer(names: Names, { making, done }: PyRecorded): NdArray | undefined {
  const [buffer, given, shape, order] = making.args
  const dtype = dtypeOf(given)
  const letter = textOf(order)
  if (making.args.length !== 4 || done.length > 0 || dtype === undefined) return undefined
  if (!(buffer instanceof PyByteArray || buffer instanceof PyBytes)) return undefined
  if (!(shape instanceof PyTuple) || (letter !== 'C' && letter !== 'F')) return undefined
  const type = names.find('numpy', ['ndarray'])
  return { type, shape, dtype, isFortran: letter === 'F', data: buffer.data }
}

/** The state of what had nothing else done to it. */
function onlyState({ done }: PyRecorded): PyTuple | undefined {
  const [deed] = done
  const state = deed?.[0] === 'state' && done.length === 1 ? deed[1][0] : undefined
  return state instanceof PyTuple ? state : undefined
}

function textOf(value: PyValue | undefined): string | undefined {
  return value instanceof PyStr && typeof value.content === 'string' ? value.content : undefined
}

function turnedRound(data: Uint8Array, unit: number): Uint8Array {
  const turned = data.slice()
  if (!Number.isInteger(unit) || unit < 2) return turned
  for (let at = 0; at + unit <= turned.length; at += unit) turned.subarray(at, at + unit).reverse()
  return turned
}
