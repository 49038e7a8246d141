import type { Profile } from '../profiles.ts'
import type {
  PyClass,
  PyDict,
  PyFrozenSet,
  PyIterator,
  PyObject,
  PySet,
  PyStr,
  PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import { outOfRange, popFromEmpty, unpicklingError } from './errors.ts'
import type { Input } from './input.ts'
import { LoadMemo } from './memo.ts'
import type { SymbolKinds } from './recorded.ts'
import { SeenKeys } from './seen-keys.ts'

/** What the machine asks for that is not its own. */
export type LoadHooks = {
  /** The result of `find_class(module, name)`. */
  findClass(u: Unpickling, module: PyStr, name: PyStr): PyValue
  /** The result of `persistent_load(id)`. */
  persistentLoad(u: Unpickling, id: PyValue): PyValue
  /** Refuses an id that nobody is there to load, before it is read. */
  wantPersistentLoad(): void
  /** What a call or `__new__` gives; undefined where it is to be carried out here. */
  make(
    u: Unpickling,
    from: PyValue,
    by: 'call' | 'new',
    args: readonly PyValue[],
    keywords: PyDict | null,
  ): PyValue | undefined
  /** What came of a call may be a class. */
  readonly takesMadeClasses: boolean
  /** What READONLY_BUFFER makes of a buffer; undefined where it is to be done here. */
  freeze(buffer: PyValue): PyValue | undefined
  /** What an extension code stands for that nobody registered, undefined where it is refused. */
  findExtension(u: Unpickling, code: number): PyValue | undefined
  /** The classes of symbols and of what comes of them. */
  symbolKinds(): SymbolKinds
}

export type UnpicklingFields = {
  readonly world: World
  readonly profile: Profile
  readonly input: Input
  readonly hooks: LoadHooks
  readonly fixesImports: boolean
  readonly encoding: string
  readonly errors: string
  /** undefined where none were given. */
  readonly buffers: PyIterator | undefined
}

/**
 * The machine that instructions work on. The stack is one array; `fence` is where the part above the
 * innermost mark begins, below which nothing is reached.
 *
 * @clause UNP-01 UNP-03
 */
export class Unpickling {
  readonly world: World
  readonly profile: Profile
  readonly input: Input
  readonly hooks: LoadHooks
  readonly fixesImports: boolean
  readonly encoding: string
  readonly errors: string
  readonly buffers: PyIterator | undefined
  readonly memo: LoadMemo
  /** The engine is written in C. */
  readonly isC: boolean
  stack: PyValue[] = []
  marks: number[] = []
  fence = 0
  /** The latest PROTO of this load. */
  protocol = 0
  readonly seenKeys = new SeenKeys()
  /** What members of sets equal, kept while they grow. */
  readonly members = new WeakMap<PySet | PyFrozenSet, Set<unknown>>()

  /** The members of enums by what their values equal, once they were asked for. */
  readonly enumMembers = new Map<PyClass, Map<unknown, PyObject>>()

  constructor(fields: UnpicklingFields) {
    this.world = fields.world
    this.profile = fields.profile
    this.input = fields.input
    this.hooks = fields.hooks
    this.fixesImports = fields.fixesImports
    this.encoding = fields.encoding
    this.errors = fields.errors
    this.buffers = fields.buffers
    this.memo = new LoadMemo(fields.profile.memoGrowth === 'array and table')
    this.isC = fields.profile.engine === 'c'
  }

  /** Begins a load: all is as new but the memo; the last one took its stack along. */
  begin(): void {
    this.marks = []
    this.fence = 0
    this.protocol = 0
    this.input.begin()
  }

  push(value: PyValue): void {
    this.stack.push(value)
  }

  /** @clause UNP-92 */
  pop(): PyValue {
    const { stack } = this
    if (stack.length <= this.fence) throw this.isC ? this.underflow() : popFromEmpty()
    return stack.pop() as PyValue // just counted
  }

  /** The topmost value, which stays. @clause UNP-92 */
  top(): PyValue {
    const { stack } = this
    if (stack.length <= this.fence) throw this.isC ? this.underflow() : outOfRange()
    return stack[stack.length - 1] as PyValue // just counted
  }

  /** Puts a value in the place of the topmost one, which is there. */
  replace(value: PyValue): void {
    this.stack[this.stack.length - 1] = value
  }

  mark(): void {
    this.fence = this.stack.length
    this.marks.push(this.fence)
  }

  /**
   * Takes the innermost mark away and says where in the stack it was.
   *
   * @clause UNP-91
   */
  unmark(): number {
    const { marks } = this
    const at = marks.pop()
    if (at === undefined) {
      throw this.isC ? unpicklingError('could not find MARK') : popFromEmpty()
    }
    this.fence = marks.length === 0 ? 0 : (marks[marks.length - 1] as number)
    return at
  }

  /** What lies above the innermost mark; it and the mark are taken away. */
  popMark(): PyValue[] {
    return this.stack.splice(this.unmark())
  }

  /**
   * What C says of an instruction that wants more than there is above the innermost mark.
   *
   * @clause UNP-03 UNP-92
   */
  underflow(): Error {
    return unpicklingError(
      this.marks.length > 0 ? 'unexpected MARK found' : 'unpickling stack underflow',
    )
  }
}
