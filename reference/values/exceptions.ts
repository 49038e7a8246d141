import { PickleError, type PickleErrorDetails } from '../errors.ts'
import type { PyClass } from './value.ts'

/**
 * An exception of a class of the scenario, or of a library class whose bases count where it is
 * caught: `KeyError` and its subclasses end a look-up.
 */
export class RaisedError extends PickleError {
  readonly cls: PyClass

  constructor(cls: PyClass, message: string, details: PickleErrorDetails = {}) {
    super(cls.name, message, details)
    this.cls = cls
  }
}

/** The direct base of each exception of Python; those left out derive from Exception. */
const bases: Readonly<Record<string, string>> = {
  Exception: 'BaseException',
  GeneratorExit: 'BaseException',
  KeyboardInterrupt: 'BaseException',
  SystemExit: 'BaseException',
  BaseExceptionGroup: 'BaseException',
  FloatingPointError: 'ArithmeticError',
  OverflowError: 'ArithmeticError',
  ZeroDivisionError: 'ArithmeticError',
  ModuleNotFoundError: 'ImportError',
  IndexError: 'LookupError',
  KeyError: 'LookupError',
  UnboundLocalError: 'NameError',
  BlockingIOError: 'OSError',
  ChildProcessError: 'OSError',
  ConnectionError: 'OSError',
  BrokenPipeError: 'ConnectionError',
  ConnectionAbortedError: 'ConnectionError',
  ConnectionRefusedError: 'ConnectionError',
  ConnectionResetError: 'ConnectionError',
  FileExistsError: 'OSError',
  FileNotFoundError: 'OSError',
  InterruptedError: 'OSError',
  IsADirectoryError: 'OSError',
  NotADirectoryError: 'OSError',
  PermissionError: 'OSError',
  ProcessLookupError: 'OSError',
  TimeoutError: 'OSError',
  NotImplementedError: 'RuntimeError',
  RecursionError: 'RuntimeError',
  PythonFinalizationError: 'RuntimeError',
  IndentationError: 'SyntaxError',
  _IncompleteInputError: 'SyntaxError',
  TabError: 'IndentationError',
  UnicodeError: 'ValueError',
  UnicodeDecodeError: 'UnicodeError',
  UnicodeEncodeError: 'UnicodeError',
  UnicodeTranslateError: 'UnicodeError',
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
  EncodingWarning: 'Warning',
  PicklingError: 'PickleError',
  UnpicklingError: 'PickleError',
}

/** The names of the classes of an exception, from its own to `BaseException`. */
export function exceptionMro(error: PickleError): readonly string[] {
  if (error instanceof RaisedError) {
    return error.cls.mro.filter((cls) => cls.name !== 'object').map((cls) => cls.name)
  }
  const names = [error.type]
  for (let name = error.type; name !== 'BaseException'; ) {
    name = bases[name] ?? 'Exception'
    names.push(name)
  }
  return names
}

/** Whether an `except` clause of this class catches what was thrown. */
export function isException(error: unknown, name: string): error is PickleError {
  if (!(error instanceof PickleError)) return false
  return error.type === name || exceptionMro(error).includes(name)
}
