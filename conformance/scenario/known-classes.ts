/** What the storage of an instance is; `object` has none of its own. */
export type Layout =
  | 'object'
  | 'int'
  | 'float'
  | 'str'
  | 'bytes'
  | 'bytearray'
  | 'tuple'
  | 'list'
  | 'dict'
  | 'set'
  | 'frozenset'
  | 'exception'
  | 'type'

/** A class of Python that a class of a scenario may derive from. */
export type KnownBase = {
  readonly layout: Layout
  readonly bases: readonly string[]
  /** Its instances have an attribute dict, or can be weakly referred to. */
  readonly hasDict?: true
  readonly hasWeakref?: true
  readonly isEnum?: true
}

const object = ['builtins:object'] as const

/**
 * Exceptions with the same storage and the same `__reduce__` in every release; each with its base.
 * Those left out keep more than their arguments (OSError, ImportError, StopIteration, …).
 */
const plainExceptions = {
  Exception: 'BaseException',
  GeneratorExit: 'BaseException',
  KeyboardInterrupt: 'BaseException',
  ArithmeticError: 'Exception',
  AssertionError: 'Exception',
  BufferError: 'Exception',
  EOFError: 'Exception',
  LookupError: 'Exception',
  ReferenceError: 'Exception',
  RuntimeError: 'Exception',
  StopAsyncIteration: 'Exception',
  SystemError: 'Exception',
  TypeError: 'Exception',
  ValueError: 'Exception',
  Warning: 'Exception',
  FloatingPointError: 'ArithmeticError',
  OverflowError: 'ArithmeticError',
  ZeroDivisionError: 'ArithmeticError',
  IndexError: 'LookupError',
  KeyError: 'LookupError',
  NotImplementedError: 'RuntimeError',
  RecursionError: 'RuntimeError',
  UnicodeError: 'ValueError',
  BytesWarning: 'Warning',
  DeprecationWarning: 'Warning',
  FutureWarning: 'Warning',
  ImportWarning: 'Warning',
  PendingDeprecationWarning: 'Warning',
  ResourceWarning: 'Warning',
  RuntimeWarning: 'Warning',
  SyntaxWarning: 'Warning',
  UnicodeWarning: 'Warning',
  UserWarning: 'Warning',
} as const

function exceptionBases(): [string, KnownBase][] {
  return Object.entries(plainExceptions).map(([name, base]) => [
    `builtins:${name}`,
    { layout: 'exception', bases: [`builtins:${base}`], hasDict: true },
  ])
}

/** The classes of Python that a class of a scenario may derive from. */
export const knownBases: ReadonlyMap<string, KnownBase> = new Map<string, KnownBase>([
  ['builtins:object', { layout: 'object', bases: [] }],
  ['builtins:int', { layout: 'int', bases: object }],
  ['builtins:float', { layout: 'float', bases: object }],
  ['builtins:str', { layout: 'str', bases: object }],
  ['builtins:bytes', { layout: 'bytes', bases: object }],
  ['builtins:bytearray', { layout: 'bytearray', bases: object }],
  ['builtins:tuple', { layout: 'tuple', bases: object }],
  ['builtins:list', { layout: 'list', bases: object }],
  ['builtins:dict', { layout: 'dict', bases: object }],
  ['builtins:set', { layout: 'set', bases: object, hasWeakref: true }],
  ['builtins:frozenset', { layout: 'frozenset', bases: object, hasWeakref: true }],
  ['builtins:type', { layout: 'type', bases: object, hasDict: true, hasWeakref: true }],
  ['builtins:BaseException', { layout: 'exception', bases: object, hasDict: true }],
  ...exceptionBases(),
  ['enum:Enum', { layout: 'object', bases: object, hasDict: true, hasWeakref: true, isEnum: true }],
  ['enum:IntEnum', { layout: 'int', bases: ['builtins:int', 'enum:Enum'], isEnum: true }],
  ['enum:Flag', { layout: 'object', bases: ['enum:Enum'], isEnum: true }],
  ['enum:IntFlag', { layout: 'int', bases: ['builtins:int', 'enum:Flag'], isEnum: true }],
])

/** Exceptions that can be raised, but are no bases: they keep more than their arguments. */
const otherExceptions = [
  'AttributeError',
  'BlockingIOError',
  'BrokenPipeError',
  'ChildProcessError',
  'ConnectionAbortedError',
  'ConnectionError',
  'ConnectionRefusedError',
  'ConnectionResetError',
  'FileExistsError',
  'FileNotFoundError',
  'ImportError',
  'IndentationError',
  'InterruptedError',
  'IsADirectoryError',
  'MemoryError',
  'ModuleNotFoundError',
  'NameError',
  'NotADirectoryError',
  'OSError',
  'PermissionError',
  'ProcessLookupError',
  'StopIteration',
  'SyntaxError',
  'SystemExit',
  'TabError',
  'TimeoutError',
  'UnboundLocalError',
] as const

/** Each exception of Python that takes one text, by its bare name, and the global it is. */
export const knownExceptions: ReadonlyMap<string, string> = new Map([
  ['BaseException', 'builtins:BaseException'],
  ...Object.keys(plainExceptions).map((name): [string, string] => [name, `builtins:${name}`]),
  ...otherExceptions.map((name): [string, string] => [name, `builtins:${name}`]),
  ['PickleError', 'pickle:PickleError'],
  ['PicklingError', 'pickle:PicklingError'],
  ['UnpicklingError', 'pickle:UnpicklingError'],
])

/** The globals that can be raised. */
export const raisableGlobals: ReadonlySet<string> = new Set(knownExceptions.values())
