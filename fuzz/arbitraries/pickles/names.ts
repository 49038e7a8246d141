/** Modules and names: of what loads in each world, under both names where there are two, and not. */
export const globalNames: readonly [Name, ...Name[]] = [
  ['foo', 'bar'],
  ...names('builtins', [
    ...['list', 'dict', 'set', 'frozenset', 'tuple', 'object', 'int', 'float', 'complex', 'bool'],
    ...['str', 'bytes', 'bytearray', 'range', 'slice', 'Ellipsis', 'NotImplemented', 'getattr'],
    ...['Exception', 'ValueError', 'KeyError', 'OSError', 'UnicodeDecodeError', 'StopIteration'],
    ...['SystemExit', 'ImportError', 'AttributeError', 'SyntaxError', 'UnicodeEncodeError'],
    ...['NameError', 'BaseException', 'FileNotFoundError', 'ExceptionGroup', 'eval', 'type'],
  ]),
  ...names('__builtin__', ['list', 'unicode', 'long', 'xrange', 'object', 'set', 'basestring']),
  ...names('exceptions', ['ValueError', 'StandardError', 'EnvironmentError', 'Nothing']),
  ...names('copyreg', ['_reconstructor', '__newobj__', '__newobj_ex__', 'pickle']),
  ...names('copy_reg', ['_reconstructor', '__newobj__']),
  ...names('collections', ['OrderedDict', 'deque']),
  ...names('_codecs', ['encode', 'decode']),
  ...names('os', ['system', 'path.join']),
  ...names('', ['']),
  ...names('foo.bar', ['Baz', 'Baz.qux', '<lambda>']),
]

/** A module and a name in it. */
export type Name = readonly [module: string, name: string]

function names(module: string, inIt: readonly string[]): Name[] {
  return inIt.map((name): Name => [module, name])
}
