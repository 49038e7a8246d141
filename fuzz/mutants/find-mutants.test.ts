import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { findMutants, withEdit } from './find-mutants.ts'
import { operators } from './operators/index.ts'
import { transpiled } from './typescript.ts'

const file = 'reference/part/of.ts'

/** What stands instead of the text, by one operator. */
function broken(operator: string, text: string, name = file): string[] {
  const using = operators.filter((one) => one.name === operator)
  expect(using).toHaveLength(1)
  return findMutants(ts, name, text, using).map((mutant) => withEdit(text, mutant))
}

test.each<[operator: string, text: string, mutants: string[]]>([
  ['negate-condition', 'if (a) b()', ['if (!(a)) b()']],
  ['negate-condition', 'const f = () => (a ? 1 : 2)', ['const f = () => (!(a) ? 1 : 2)']],
  ['negate-condition', 'for (; i < 3; ) b()', ['for (; !(i < 3); ) b()']],
  ['drop-negation', 'f(!a)', ['f(a)']],
  ['drop-negation', 'if (!a) b()', []],
  ['shift-boundary', 'f(a < b, c >= d)', ['f(a <= b, c >= d)', 'f(a < b, c > d)']],
  ['swap-equality', 'f(a === b)', ['f(a !== b)']],
  ['swap-equality', 'if (a === b) c()', []],
  ['swap-logical', 'f(a && b || c)', ['f(a || b || c)', 'f(a && b && c)']],
  ['swap-arithmetic', 'f(a + b - c)', ['f(a - b - c)', 'f(a + b + c)']],
  ['shift-constant', 'const most = 1000', ['const most = (1000 + 1)']],
  ['shift-constant', 'f(2n)', ['f((2n + 1n))']],
  ['shift-constant', 'const table = [1, 2]', []],
  ['flip-boolean', 'const f = () => true', ['const f = () => false']],
  ['flip-boolean', 'const table = { a: true }', []],
  [
    'drop-statement',
    'function f() { g(); return }',
    ['function f() { {} return }', 'function f() { g(); {} }'],
  ],
  ['drop-statement', 'class A extends B { constructor() { super() } }', []],
  ['drop-statement', 'function f() { throw new Error() }', ['function f() { {} }']],
  ['swap-cells', 'const t = { a: 1, b: 2 }', ['const t = { a: 2, b: 1 }']],
  ['swap-cells', 'const t = [[1, x], [2, y]]', ['const t = [[1, y], [2, x]]']],
  ['swap-cells', 'const t = { a: 1, b: 1 }', []],
  ['swap-cells', 'function f() { return { a: 1, b: 2 } }', []],
  [
    'swap-cells',
    'const t = `\na|b\nc|d\n`',
    ['const t = `\nb|a\nc|d\n`', 'const t = `\na|b\nd|c\n`'],
  ],
  ['swap-cells', 'const t = `\na\nb\n`', ['const t = `\n\nb\n`', 'const t = `\na\n\n`']],
  [
    'drop-cell',
    "const t = new Set(['a', 'b'])",
    ["const t = new Set(['b'])", "const t = new Set(['a', ])"],
  ],
  ['change-message', "const f = () => { throw new Error('one of many words') }", []],
])('%s makes of %j', (operator, text, mutants) => {
  expect(broken(operator, text)).toEqual(mutants)
})

test('of messages one in four is changed, and it says something else', () => {
  const texts = Array.from(
    { length: 80 },
    (_, at) => `() => { throw new Error('no such ${at} word') }`,
  )
  const changed = texts.flatMap((text) => broken('change-message', text))

  expect(changed.length).toBeGreaterThan(8)
  expect(changed.length).toBeLessThan(40)
  for (const text of changed) expect(text).toMatch(/Error\('Not so: no such/)
})

describe('in the table of behaviours', () => {
  const behaviours = 'reference/behaviours.ts'

  test('engines, releases and what is documented are exchanged', () => {
    const text =
      "const all = { a: row({ c: 'x', py: [['3.8.0', 'x'], ['3.9.0', 'y']], documented: { is: 'y' } }) }"

    expect(broken('exchange-profile-values', text, behaviours)).toEqual([
      "const all = { a: row({ c: [['3.8.0', 'x'], ['3.9.0', 'y']], py: 'x', documented: { is: 'y' } }) }",
      "const all = { a: row({ c: 'x', py: [['3.8.0', 'y'], ['3.9.0', 'x']], documented: { is: 'y' } }) }",
      "const all = { a: row({ c: 'x', py: [['3.8.0', 'x'], ['3.9.0', 'y']],  }) }",
    ])
  })

  test('nothing else touches its cells, and it touches no other table', () => {
    expect(broken('swap-cells', 'const t = { a: 1, b: 2 }', behaviours)).toEqual([])
    expect(broken('drop-cell', 'const t = [1, 2]', behaviours)).toEqual([])
    expect(broken('exchange-profile-values', "const t = { a: row({ c: 'x', py: 'y' }) }")).toEqual(
      [],
    )
  })
})

test('types, imports and what is said of them have no mutants', () => {
  const text = [
    "import { a } from './a.ts'",
    '/** a < b */',
    'type A = 1 extends 2 ? true : false',
    'interface B { readonly c: 1 | 2 }',
    'export const d = a as 3',
  ].join('\n')

  expect(findMutants(ts, file, text)).toEqual([])
})

test('a name stays while lines move, and each mutant has its own', () => {
  const text = 'function f(a) { if (a < 1) g(1); if (a < 1) g(1) }'
  const ids = (one: string): string[] => findMutants(ts, file, one).map(({ id }) => id)

  expect(ids(text).length).toBeGreaterThan(7)
  expect(new Set(ids(text)).size).toBe(ids(text).length)
  expect(ids(`// A line.\n\n${text}`)).toEqual(ids(text))
  expect(ids(text.replace('function f', 'function h'))).not.toEqual(ids(text))
})

test('every mutant of a source gives a program', () => {
  const text =
    "export const f = (a: number): string => { for (let i = 0; i < a; i++) { if (i === 3 && !b) continue; c(i) } return 'x' }"
  const mutants = findMutants(ts, file, text)

  expect(mutants.length).toBeGreaterThan(6)
  for (const mutant of mutants) {
    const code = transpiled(ts, withEdit(text, mutant))
    expect(code).not.toBe(transpiled(ts, text))
    expect(() => new Function(code.replace('export ', ''))).not.toThrow()
  }
})
