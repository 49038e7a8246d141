/**
 * What surrounds a pickler: modules, copyreg's table and registry, interned names. One world per
 * run of a scenario and per release of Python, since the contents of the library differ.
 */
import type { PyClass, PyDict, PyFunction, PyModule, PySingleton, PyStr, PyValue } from './value.ts'

/** A release of CPython as numbers: `[3, 13, 0]`. */
export type Release = readonly [major: number, minor: number, micro: number]

export type World = {
  readonly release: Release
  /** `sys.modules` in order; what is not here cannot be imported. */
  readonly modules: Map<string, PyModule>
  /** The one interned str with this text (names; MODEL-02, MODEL-03). */
  intern(text: string): PyStr
  /**
   * A known library class, function or object by `module:qualified.name`, the same object each time.
   *
   * @throws {Error} a name that is not in the table of known names
   */
  known(name: string): PyValue
  knownClass(name: string): PyClass
  knownFunction(name: string): PyFunction
  readonly none: PyClass
  readonly ellipsis: PySingleton
  readonly notImplemented: PySingleton
  /** `copyreg.dispatch_table`: the original dict, which both picklers hold (DISP-08). */
  readonly copyregTable: PyDict
  /** Extension codes by `module\0qualified name` (EXT-01); any value, as a registry may be corrupt (EXT-02). */
  readonly extensionCodes: Map<string, PyValue>
  /** `type(value)`. */
  typeOf(value: PyValue): PyClass
}
