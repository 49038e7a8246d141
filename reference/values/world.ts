/**
 * What surrounds a pickler: modules, copyreg's table and registry, interned names. One world per
 * run of a scenario and per release of Python, since the contents of the library differ.
 */
import type { Release } from '../release.ts'
import type { EqualIsSame } from './equal-is-same.ts'
import type {
  PyBytes,
  PyClass,
  PyDict,
  PyFrozenSet,
  PyFunction,
  PyHeapValue,
  PyModule,
  PySingleton,
  PyStr,
  PyTuple,
  PyValue,
} from './value.ts'

export type World = {
  readonly release: Release
  /** A named behaviour of the interpreter itself rather than of its picklers (PYPY-02…04). */
  readonly implementation: 'cpython' | 'pypy'
  /**
   * The identity of an int can be seen (SAVE-22): one made while pickling is a PyInt unless it is
   * small. Set before the run.
   */
  boxesInts: boolean
  /** There is one object for each int from -5 to this one. @clause SAVE-22 */
  readonly largestSmallInt: number
  /** Where equal ints, floats and strs of one character are the same object; else null. @clause PYPY-02 */
  readonly equalIsSame: EqualIsSame | null
  /** `sys.modules` in order: those that were imported. Others are imported by `findModule`. */
  readonly modules: Map<string, PyModule>
  /** Modules that cannot be imported though the library has them. */
  readonly missingModules: Set<string>
  /** The module of this name, imported if the library has it; undefined when there is none. */
  findModule(name: string): PyModule | undefined
  /** The one interned str with this text (names; MODEL-02, MODEL-03). */
  intern(text: string): PyStr
  /** The str that classes of a module have as `__module__` (MODEL-02). */
  moduleStr(module: string): PyStr
  /**
   * The str of one latin-1 character that a computation gives. In 3.11 and 3.12 it is another object
   * than the interned one (MODEL-03).
   */
  latin1Character(codePoint: number): PyStr
  /** The one bytes object of this byte. */
  singleByte(byte: number): PyBytes
  readonly emptyStr: PyStr
  readonly emptyBytes: PyBytes
  readonly emptyTuple: PyTuple
  /** `frozenset()`: one object until 3.9, a new one each time from 3.10 (MODEL-03). */
  emptyFrozenSet(): PyFrozenSet
  /**
   * A known library class, function or object by `module:qualified.name`, the same object each time.
   *
   * @throws {Error} a name that is not in the table of known names of this release
   */
  known(name: string): PyValue
  /** As `known`, undefined for a name that is not in the table. */
  findKnown(name: string): PyValue | undefined
  knownClass(name: string): PyClass
  knownFunction(name: string): PyFunction
  /** `type(None)`. */
  readonly none: PyClass
  readonly objectClass: PyClass
  readonly typeClass: PyClass
  readonly ellipsis: PySingleton
  readonly notImplemented: PySingleton
  /** `copyreg.dispatch_table`: the original dict, which both picklers hold (DISP-08). */
  readonly copyregTable: PyDict
  /** Extension codes by `module\0qualified name` (EXT-01); any value, as a registry may be corrupt (EXT-02). */
  readonly extensionCodes: Map<string, PyValue>
  /** `copyreg._extension_cache`: what codes stood for when they were first met in a pickle. */
  readonly extensionCache: Map<number, PyValue>
  /** What `repr` gives as the address of an object: `0x7f0000000000` and a running number. */
  addressOf(value: PyHeapValue): string
  /** `type(value)`. */
  typeOf(value: PyValue): PyClass
}
