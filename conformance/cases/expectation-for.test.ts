import { describe, expect, test } from 'vitest'
import { caseWith, fileOf } from './fixtures/documents.ts'
import {
  type Case,
  deviationFor,
  documentedExpectation,
  expectationFor,
  parseCaseFile,
} from './index.ts'

const says = (line: string): string[] => ['PROTO n', line, 'STOP']
const gives = (line: string): unknown => ({ steps: [{ pickle: says(line) }] })

function caseOf(change: object): Case {
  const [one] = parseCaseFile(fileOf(caseWith(change)), 'a/b').cases
  if (one === undefined) throw new RangeError('a file of one case')
  return one
}

const deviation = (change: object): object => ({
  engines: ['py'],
  versions: '*',
  kind: 'version',
  because: 'a reason',
  expect: says('NEWTRUE'),
  ...change,
})

describe('what is expected of an engine', () => {
  const one = caseOf({
    expect: { '2': says('NONE'), '3-5': says('NEWFALSE') },
    deviations: [
      deviation({}),
      deviation({
        engines: ['c', 'py'],
        versions: '<3.13.1',
        protocols: '4-5',
        expect: says('EMPTY_LIST'),
      }),
      deviation({ engines: ['*'], versions: '3.8', protocols: '5', expect: says('EMPTY_DICT') }),
    ],
  })

  test.each([
    ['c', '3.14.2', 2, 'NONE'],
    ['c', '3.13.1', 4, 'NEWFALSE'],
    ['c', '3.13.0', 4, 'EMPTY_LIST'],
    ['c', '3.13.0', 3, 'NEWFALSE'],
    ['c', '3.8.18', 5, 'EMPTY_DICT'],
    ['py', '3.14.2', 2, 'NEWTRUE'],
    ['py', '3.13.1', 4, 'NEWTRUE'],
    ['py', '3.13.0', 4, 'EMPTY_LIST'],
    ['py', '3.8.18', 4, 'EMPTY_LIST'],
    ['py', '3.8.18', 5, 'EMPTY_DICT'],
  ] as const)('%s %s at protocol %i: %s', (engine, version, protocol, line) => {
    expect(expectationFor(one, { engine, version, protocol })).toEqual(gives(line))
  })

  test('is documented where no deviation fits', () => {
    expect(deviationFor(one, { engine: 'c', version: '3.14.0', protocol: 4 })).toBeUndefined()
    expect(deviationFor(one, { engine: 'py', version: '3.14.0', protocol: 4 })?.because).toBe(
      'a reason',
    )
    expect(documentedExpectation(one, 4)).toEqual(gives('NEWFALSE'))
  })

  test('is asked only for protocols of the case', () => {
    expect(() => documentedExpectation(one, 1)).toThrow('a/b/none is not asked for protocol 1')
    expect(() =>
      documentedExpectation(caseOf({ protocols: '3', expect: { '*': says('NONE') } }), 4),
    ).toThrow('not asked for protocol 4')
    expect(() => expectationFor(one, { engine: 'c', version: 'x', protocol: 4 })).toThrow(
      'wanted a release',
    )
  })

  test('has no protocol where the scenario has its own', () => {
    const own = caseOf({
      value: undefined,
      protocols: undefined,
      scenario: { pickler: { init: { protocol: -1 } }, value: null },
      expect: { '*': ['PROTO 5', 'NONE', 'STOP'] },
      deviations: [deviation({ expect: ['PROTO 5', 'NEWTRUE', 'STOP'] })],
    })

    expect(expectationFor(own, { engine: 'c', version: '3.9.0', protocol: null })).toEqual({
      steps: [{ pickle: ['PROTO 5', 'NONE', 'STOP'] }],
    })
    expect(deviationFor(own, { engine: 'py', version: '3.9.0', protocol: null })?.kind).toBe(
      'version',
    )
  })
})
