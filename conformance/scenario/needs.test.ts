import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  hooked,
  steps,
  subclassed,
  tabled,
  value,
  withClass,
  withFunction,
} from './fixtures/build.ts'
import { validDocuments } from './fixtures/valid.ts'
import { capabilities, hookNames, needsOf, parseScenario, unmetNeeds } from './index.ts'

const C = { instance: 'C' }

const table: readonly (readonly [string, unknown, readonly string[]])[] = [
  ['a plain value', value({ dict: [['a', { tuple: [1, { list: [] }] }]] }), []],
  ['a shared object', value({ list: [{ id: 'a', list: [] }, { ref: 'a' }] }), ['values:sharing']],
  [
    'a cycle',
    value({ id: 'a', list: [{ tuple: [{ ref: 'a' }] }] }),
    ['values:sharing', 'values:cycles'],
  ],
  [
    'a cycle of two',
    value({
      list: [
        { id: 'a', list: [{ ref: 'b' }] },
        { id: 'b', dict: [[1, { ref: 'a' }]] },
      ],
    }),
    ['values:sharing', 'values:cycles'],
  ],
  ['a set', value({ set: [] }), ['values:sets']],
  ['a nest of frozensets', value({ nest: 2, in: 'frozenset', of: 1 }), ['values:sets']],
  ['a surrogate', value({ str: ['a', 0xd800] }), ['values:surrogates']],
  ['an iterator', value({ iterator: [] }), ['values:iterators']],
  ['a global', value({ global: 'builtins:int' }), ['values:globals']],
  ['a buffer', value({ buffer: { bytes: '' } }), ['values:buffers']],
  [
    'an opaque object with a set in its reduction',
    value({ opaque: 'a:b', arguments: [], reductions: [{ reduction: { set: [] } }] }),
    ['values:sets', 'values:opaque'],
  ],
  ['a function', withFunction({}, { function: 'f' }), ['functions']],
  ['a function elsewhere', withFunction({ found: false }), ['functions', 'modules']],
  ['a missing module', { scenario: 1, missingModules: ['m'] }, ['modules:missing']],
  ['a class', withClass({}, C), ['classes']],
  ['a list subclass', withClass({ bases: ['builtins:list'] }), ['classes', 'classes:builtin-base']],
  ['a class of object', withClass({ bases: ['builtins:object'] }), ['classes']],
  ['slots', withClass({ slots: [] }), ['classes', 'classes:slots']],
  ['a metaclass', withClass({ bases: ['builtins:type'] }), ['classes', 'classes:metaclass']],
  ['an enum', withClass({ kind: 'enum', members: [] }), ['classes', 'classes:enum']],
  [
    'a namedtuple',
    withClass({ kind: 'namedtuple', fields: [] }),
    ['classes', 'classes:namedtuple'],
  ],
  ['a dataclass', withClass({ kind: 'dataclass', fields: [] }), ['classes', 'classes:dataclass']],
  ['an exception', withClass({ kind: 'exception' }), ['classes', 'classes:exception']],
  ['an extension', { scenario: 1, copyreg: { extensions: [['a', 'b', 1]] } }, ['extensions']],
  [
    'an entry of copyreg',
    { scenario: 1, copyreg: { dispatch_table: [['builtins:int', null]] } },
    ['hooks:dispatch_table:copyreg'],
  ],
  ['a method', withClass({ hooks: { __reduce__: { rules: [] } } }), ['classes', 'hooks:class']],
  [
    'a property',
    withClass({ hooks: { __reduce__: { property: { raises: 'KeyError' } } } }),
    ['classes', 'hooks:class', 'hooks:property'],
  ],
  [
    'a method of an instance',
    withClass({}, { ...C, hooks: { __reduce__: null } }),
    ['classes', 'hooks:instance'],
  ],
  ['reducer_override', hooked({ rules: [] }), ['hooks:reducer_override', 'pickler:subclass']],
  [
    'persistent_id of the pickler, with a set in an answer',
    {
      scenario: 1,
      pickler: { instance: { persistent_id: { rules: [{ returns: { set: [] } }] } } },
    },
    ['values:sets', 'hooks:persistent_id'],
  ],
  [
    'a buffer callback',
    { scenario: 1, pickler: { init: { buffer_callback: null } } },
    ['hooks:buffer_callback'],
  ],
  ['a table', tabled({ kind: 'dict' }), ['hooks:dispatch_table:instance']],
  [
    'a mapping on the class',
    { scenario: 1, pickler: { subclass: { dispatch_table: { kind: 'ChainMap' } } } },
    ['hooks:dispatch_table:subclass', 'hooks:dispatch_table:mapping', 'pickler:subclass'],
  ],
  [
    'a table that is a value',
    tabled({ is: { set: [] } }),
    ['values:sets', 'hooks:dispatch_table:instance'],
  ],
  ['fast', { scenario: 1, pickler: { instance: { fast: 1 } } }, ['pickler:fast']],
  [
    'fix_imports',
    { scenario: 1, pickler: { init: { fix_imports: false } } },
    ['pickler:fix_imports'],
  ],
  [
    'a protocol of its own',
    { scenario: 1, pickler: { init: { protocol: null } } },
    ['pickler:protocol'],
  ],
  [
    'a set as a protocol',
    { scenario: 1, pickler: { init: { protocol: { set: [] } } } },
    ['values:sets', 'pickler:protocol'],
  ],
  ['two dumps', steps({ dump: 1 }, { dump: 2 }), ['steps:several-dumps']],
  [
    'a dump and a called one',
    steps({ dump: 1 }, { call: { on: 'pickler', method: 'dump', arguments: [1] } }),
    ['steps:several-dumps', 'steps:calls'],
  ],
  [
    'fast set',
    steps({ set: { on: 'pickler', name: 'fast', to: { is: 1 } } }),
    ['pickler:fast', 'steps:attributes'],
  ],
  [
    'a table set on the class',
    subclassed({ set: { on: 'class', name: 'dispatch_table', to: { kind: 'proxy' } } }),
    [
      'hooks:dispatch_table:subclass',
      'hooks:dispatch_table:mapping',
      'pickler:subclass',
      'steps:attributes',
    ],
  ],
  [
    'a hook deleted',
    steps({ delete: { on: 'pickler', name: 'persistent_id' } }),
    ['hooks:persistent_id', 'steps:attributes'],
  ],
  [
    'a hook of an object set',
    {
      scenario: 1,
      classes: [{ name: 'C' }],
      steps: [
        { dump: { id: 'p', instance: 'C' } },
        { set: { on: { object: 'p' }, name: 'items', to: { rules: [] } } },
      ],
    },
    ['classes', 'hooks:instance', 'steps:attributes'],
  ],
  [
    'an entry put',
    steps({ put: { table: 'copyreg', key: 'builtins:int', to: null } }),
    ['hooks:dispatch_table:copyreg', 'steps:tables'],
  ],
  [
    'an entry removed',
    steps({ remove: { table: 'pickler', key: 'builtins:int' } }),
    ['hooks:dispatch_table:instance', 'steps:tables'],
  ],
  ['a load', steps({ load: '' }), ['load']],
  ['a load from a stream', steps({ load: '', from: 'short-reads' }), ['load', 'load:stream']],
  ['the next load', steps({ load: '' }, { load: { next: true } }), ['load', 'load:several']],
  [
    'a load beside a protocol that nothing is dumped with',
    { scenario: 1, pickler: { init: { protocol: 0 } }, steps: [{ load: '' }] },
    ['load'],
  ],
  [
    'settings of the unpickler',
    { scenario: 1, unpickler: { buffers: [], errors: 'strict', fix_imports: true } },
    ['pickler:fix_imports', 'load:buffers', 'load:encoding'],
  ],
  [
    'hooks of the unpickler',
    {
      scenario: 1,
      unpickler: {
        subclass: { find_class: { rules: [{ returns: { set: [] } }] } },
        instance: { persistent_load: { property: { raises: 'KeyError' } } },
      },
    },
    ['values:sets', 'hooks:property', 'hooks:find_class', 'hooks:persistent_load'],
  ],
  [
    'an action of a rule',
    hooked({ rules: [{ do: [{ dump: { set: [] } }], returns: 1 }] }),
    ['values:sets', 'hooks:reducer_override', 'hooks:actions', 'pickler:subclass'],
  ],
]

describe('the needs of a scenario', () => {
  test.each(table)('with %s', (_, document, needs) => {
    expect(needsOf(parseScenario(document))).toEqual(needs)
  })

  test('have every capability somewhere', () => {
    const met = new Set<string>(table.flatMap(([, , needs]) => needs))

    expect(Object.keys(capabilities).filter((capability) => !met.has(capability))).toEqual([])
  })

  test('are computed of any scenario', () => {
    for (const document of Object.values(validDocuments)) {
      expect(Array.isArray(needsOf(parseScenario(document)))).toBe(true)
    }
  })
})

describe('what an implementation declares', () => {
  test('covers what begins with it and a colon, and nothing else', () => {
    const needs = ['hooks:persistent_id', 'values:sets', 'classes', 'classes:slots'] as const

    expect(unmetNeeds(needs, ['hooks', 'values:sets', 'classes:slots'])).toEqual(['classes'])
    expect(unmetNeeds(needs, ['hook', 'values:set', 'classes'])).toEqual([
      'hooks:persistent_id',
      'values:sets',
    ])
    expect(unmetNeeds(needs, [])).toEqual(needs)
  })
})

describe('the page of the language', () => {
  const page = readFileSync(new URL('README.md', import.meta.url), 'utf8')

  test.each(Object.entries(capabilities))('has the capability %s', (name, says) => {
    expect(page.includes(`| \`${name}\` | ${says} |\n`)).toBe(true)
  })

  test.each(Object.entries(hookNames))('has the hook %s', (name, { onInstance, says }) => {
    expect(page.includes(`| \`${name}\` | ${onInstance ? 'yes' : ''} | ${says} |\n`)).toBe(true)
  })
})
