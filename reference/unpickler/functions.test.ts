import { expect, test } from 'vitest'
import { builtin, call, shown } from './fixtures/shown.ts'

// What Python 3.8.18 to 3.13.0 say, both unpicklers.
test.each<[name: string, args: readonly string[], wanted: string]>([
  ['__newobj__', [], "missing 1 required positional argument: 'cls'"],
  ['__newobj_ex__', [], "missing 3 required positional arguments: 'cls', 'args', and 'kwargs'"],
  ['__newobj_ex__', ['N'], "missing 2 required positional arguments: 'args' and 'kwargs'"],
  ['__newobj_ex__', ['N', 'N'], "missing 1 required positional argument: 'kwargs'"],
  ['__newobj_ex__', ['N', 'N', 'N', 'N'], 'takes 3 positional arguments but 4 were given'],
  ['_reconstructor', [], "missing 3 required positional arguments: 'cls', 'base', and 'state'"],
  ['_reconstructor', ['N'], "missing 2 required positional arguments: 'base' and 'state'"],
  ['_reconstructor', ['N', 'N'], "missing 1 required positional argument: 'state'"],
  ['_reconstructor', ['N', 'N', 'N', 'N'], 'takes 3 positional arguments but 4 were given'],
])('copyreg.%s of %j', (name, args, wanted) => {
  for (const engine of ['3.8.18-c', '3.13.0-py']) {
    expect(shown(engine, `${call(`ccopyreg\n${name}\n`, ...args)}.`)).toBe(
      `TypeError: ${name}() ${wanted}`,
    )
  }
})

// What Python 3.8.18 to 3.13.0 say.
test.each<[args: readonly string[], wanted: string]>([
  [[], "TypeError: encode() missing required argument 'obj' (pos 1)"],
  [['N', 'N'], "TypeError: encode() argument 'encoding' must be str, not None"],
  [
    ['Va\n', 'Vascii\n', 'Vstrict\n', 'N'],
    'TypeError: encode() takes at most 3 arguments (4 given)',
  ],
  [['Va\n', 'Vascii\n', 'Vstrict\n'], "bytes b'a'"],
])('codecs.encode of %j', (args, wanted) => {
  expect(shown('3.13.0-c', `${call('c_codecs\nencode\n', ...args)}.`)).toBe(wanted)
})

// 'list.__new__() argument after ** must be a mapping, not NoneType' in Python 3.9.18 to 3.13.0.
test('keywords of __newobj_ex__ are a dict', () => {
  const pickle = call('ccopyreg\n__newobj_ex__\n', builtin('list'), '(t', 'N')

  expect(shown('3.13.0-c', `${pickle}.`)).toMatch(
    /^TypeError: .*argument after \*\* must be a mapping, not NoneType$/,
  )
})
