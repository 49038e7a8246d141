import { describe, expect, test } from 'vitest'
import { type Case, parseCaseFile } from '../cases/index.ts'
import { choose, FilterError } from './choose.ts'
import { splitWords, WordsError } from './words.ts'

const { cases } = parseCaseFile(
  {
    title: 'Made for a test',
    clause: 'FAST-01',
    cases: [
      { name: 'one', why: 'So.', value: null, protocols: '0', expect: { '0': ['NONE', 'STOP'] } },
      {
        name: 'two',
        why: 'So.',
        clause: 'SAVE-03',
        tags: ['deep'],
        value: null,
        protocols: '0',
        expect: { '0': ['NONE', 'STOP'] },
      },
    ],
  },
  'fast/here',
)
const chosen = (...filters: string[]): string[] =>
  cases.filter((one: Case) => choose(filters)(one)).map(({ name }) => name)

describe('filters', () => {
  test.each<[readonly string[], readonly string[]]>([
    [[], ['one', 'two']],
    [['fast/here/one'], ['one']],
    [['fast/**'], ['one', 'two']],
    [['fast/*'], []],
    [['fast/*/t*'], ['two']],
    [['**/two'], ['two']],
    [['clause:FAST-01'], ['one']],
    [['clause:SAVE-*'], ['two']],
    [['clause:FAST'], []],
    [['tag:deep'], ['two']],
    [['tag:shallow'], []],
    [
      ['tag:deep', 'fast/here/one'],
      ['one', 'two'],
    ],
    [['!fast/here/one'], []],
  ])('%j choose %j', (filters, names) => {
    expect(chosen(...filters)).toEqual(names)
  })

  test.each(['', 'clause:', 'tag:'])('%j means nothing', (filter) => {
    expect(() => choose([filter])).toThrow(FilterError)
  })
})

describe('a command line', () => {
  test.each<[string, readonly string[]]>([
    ['', []],
    ['  ', []],
    ['python3 adapter.py', ['python3', 'adapter.py']],
    ["'my adapter' --x", ['my adapter', '--x']],
    ['a"b c"d', ['ab cd']],
    ['"a\\"b\\\\c\\d"', ['a"b\\c\\d']],
    ["'a\\b'", ['a\\b']],
    ['a\\ b', ['a b']],
    ["a '' b", ['a', '', 'b']],
    ['$HOME *', ['$HOME', '*']],
  ])('%j is the words %j', (line, words) => {
    expect(splitWords(line)).toEqual(words)
  })

  test.each(['"open', "it's", 'end\\'])('%j is refused', (line) => {
    expect(() => splitWords(line)).toThrow(WordsError)
  })
})
