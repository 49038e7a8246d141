import { expect, test } from 'vitest'
import { hasModule, knownRow, namesShared } from './known-names.ts'

const releases = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16]

// What an import finds in Python 3.8.18 to 3.15.0rc1; releases beyond are taken as the nearest one.
test.each([
  ['json', releases],
  ['collections.abc', releases],
  ['xml', releases],
  ['xml.etree', releases],
  ['zoneinfo', [9, 10, 11, 12, 13, 14, 15, 16]],
  ['pathlib._abc', [13]],
  ['string.templatelib', [14, 15, 16]],
  ['math.integer', [15, 16]],
  ['no_such_module', []],
])('the module %s is there in the releases 3.%j', (module, wanted) => {
  expect(releases.filter((release) => hasModule(release, module))).toEqual(wanted)
})

test.each([
  ['builtins:ExceptionGroup', [11, 12, 13, 14, 15, 16]],
  ['pathlib._abc:PathBase', [13]],
  ['string.templatelib:Template', [14, 15, 16]],
  ['enum:Flag', releases],
  ['enum:nothing', []],
])('%s is known in the releases 3.%j', (name, wanted) => {
  expect(releases.filter((release) => knownRow(release, name) !== undefined)).toEqual(wanted)
})

test('types that no import finds make no module', () => {
  expect(knownRow(13, 'builtins:NoneType')).toMatchObject({
    kind: 'class',
    module: { text: 'builtins' },
  })
  expect(knownRow(13, 'types:NoneType')).toMatchObject({ kind: 'same' })
})

// The bases of the class in urllib.parse of 3.13.0 and 3.14.2.
test('a row is that of its release', () => {
  const basesOf = (release: number) => {
    const row = knownRow(release, 'urllib.parse:SplitResultBytes')
    return row?.kind === 'class' ? row.bases[0] : undefined
  }

  expect(basesOf(13)).toBe("urllib.parse:SplitResult'")
  expect(basesOf(14)).toBe('urllib.parse:_SplitResultBase')
})

// sys.intern(''.join(list(text))) is text, of the names of classes and functions of 3.13.0.
test('names of one character are not among those that are shared', () => {
  const shared = namesShared(13)

  expect([...shared].filter((text) => text.length < 2)).toEqual([])
  expect(shared.has('Flag')).toBe(true)
  expect(shared.has('enum')).toBe(true)
  expect(shared.has('DivisionByZero')).toBe(false)
})

// Which of the methods the types of Python 3.8.18 and 3.13.0 have, `object` apart.
test.each([
  ['builtins:str', ['__getnewargs__', '__iter__', '__getitem__', '__len__']],
  ['builtins:list', ['__iter__', '__getitem__', '__len__']],
  ['builtins:set', ['__iter__', '__len__']],
  ['builtins:int', ['__getnewargs__']],
  ['builtins:list_iterator', ['__iter__', '__next__']],
])('%s has the methods %j', (name, wanted) => {
  const asked = ['__getnewargs__', '__getnewargs_ex__', '__iter__', '__getitem__', '__next__']

  for (const release of [8, 13]) {
    const row = knownRow(release, name)
    const methods = row?.kind === 'class' ? row.methods : new Set<string>()
    expect([...asked, '__len__'].filter((method) => methods.has(method))).toEqual(wanted)
  }
})

// `__slots__` in the `__dict__` of each class in Python 3.8.18 and 3.13.0.
test.each([
  ['fractions:Fraction', ['_numerator', '_denominator']],
  ['decimal:Decimal', null],
  ['numbers:Number', []],
])('%s has the slots %j', (name, wanted) => {
  for (const release of [8, 13]) expect(knownRow(release, name)).toMatchObject({ slots: wanted })
})

// type(str.join), and '__new__' in property.__dict__, in Python 3.8.18 and 3.13.0.
test('a method is a descriptor that no module has, and a property is made by property itself', () => {
  for (const release of [8, 13]) {
    expect(knownRow(release, 'builtins:str.join')).toMatchObject({
      type: 'builtins:method_descriptor',
      isFound: false,
    })
    expect(knownRow(release, 'builtins:property')).toMatchObject({
      hasOwnNew: true,
      qualname: { text: 'property', sharing: 'fresh' },
    })
  }
})
