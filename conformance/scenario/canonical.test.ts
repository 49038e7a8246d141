import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { value, withClass, withClasses } from './fixtures/build.ts'
import { Mutations } from './fixtures/mutations.ts'
import { validDocuments } from './fixtures/valid.ts'
import { parseScenario, parseScenarioText, type Scenario, ScenarioError } from './index.ts'

/** The canonical form, undefined when the document is refused, which is the only other end. */
function read(parse: () => Scenario): Scenario | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof ScenarioError) return undefined
    throw error
  }
}

function dumped(document: unknown): unknown {
  const [step] = parseScenario(document).steps
  return step !== undefined && 'dump' in step ? step.dump : undefined
}

describe('the canonical form', () => {
  test('has every section with its defaults, in the order of the types', () => {
    expect(JSON.stringify(parseScenario({ value: 1, scenario: 1 }))).toBe(
      '{"scenario":1,"module":"scenario","functions":[],"classes":[],"missingModules":[],' +
        '"copyreg":{"dispatch_table":[],"extensions":[]},' +
        '"pickler":{"init":{},"subclass":null,"instance":{}},"unpickler":{},' +
        '"steps":[{"dump":1}]}',
    )
  })

  test.each([
    [-0, '0'],
    [{ int: '5' }, '5'],
    [{ int: '9007199254740991' }, '9007199254740991'],
    [{ int: '9007199254740992' }, '{"node":0,"int":"9007199254740992"}'],
    [{ int: '-9007199254740992' }, '{"node":0,"int":"-9007199254740992"}'],
    [{ int: '3000', id: 'i' }, '{"id":"i","node":0,"int":"3000"}'],
    [{ float: '3FF0000000000000' }, '{"node":0,"float":"3ff0000000000000"}'],
    [{ str: ['abc'] }, '"abc"'],
    [{ str: ['a', 98, { fill: 1, of: 'c' }, { fill: 0, of: 'x' }, ''] }, '"abc"'],
    [{ str: [] }, '""'],
    [{ str: [0x1f600] }, '"😀"'],
    [{ str: ['abc'], id: 's' }, '{"id":"s","node":0,"str":["abc"]}'],
    [{ str: ['a', 98, 0xd83d, 0xde00, 'c'] }, '{"node":0,"str":["ab",55357,56832,"c"]}'],
    [{ str: ['a', { fill: 3, of: 'b' }] }, '{"node":0,"str":["a",{"fill":3,"of":"b"}]}'],
    [{ bytes: 'AB' }, '{"node":0,"bytes":"ab"}'],
    [{ bytes: ['AB', 'cd', { of: 'EF', fill: 1 }] }, '{"node":0,"bytes":"abcdef"}'],
    [{ bytes: ['61', { of: 'EF', fill: 2 }] }, '{"node":0,"bytes":["61",{"fill":2,"of":"ef"}]}'],
    [{ bytearray: [] }, '{"node":0,"bytearray":""}'],
    [{ of: 1, in: 'list', nest: 3 }, '{"node":0,"nest":3,"in":"list","of":1}'],
    [{ list: [{ of: 1, repeat: 2 }] }, '{"node":0,"list":[{"repeat":2,"of":1}]}'],
    [{ dict: [{ value: 1, range: [0, 2] }] }, '{"node":0,"dict":[{"range":[0,2],"value":1}]}'],
    [
      { released: false, stride: 1, readonly: true, buffer: { bytes: '' }, id: 'b' },
      '{"id":"b","node":0,"buffer":{"node":1,"bytes":""},"readonly":true}',
    ],
    [
      { reductions: [{ reduction: 'r' }], arguments: [], opaque: 'a:b' },
      '{"node":0,"opaque":"a:b","arguments":[],"reductions":[{"versions":"*","protocols":"*","reduction":"r"}]}',
    ],
  ])('of %j is %s', (json, text) => {
    expect(JSON.stringify(dumped(value(json)))).toBe(text)
  })

  test('numbers what makes an object, outside before inside, in the order of the text', () => {
    const document = {
      scenario: 1,
      steps: [
        {
          dump: {
            dict: [[{ tuple: [] }, { list: [{ float: '3ff0000000000000' }, 1, 'a', true] }]],
          },
        },
      ],
      pickler: {
        instance: { fast: { list: [] } },
        subclass: {
          reducer_override: {
            rules: [{ match: { value: { bytes: '61' } }, returns: { list: [] } }],
          },
        },
        init: { protocol: { str: [0xd800] } },
      },
      classes: [
        { name: 'E', kind: 'enum', members: [['A', { tuple: [] }]] },
        {
          name: 'C',
          hooks: { items: { is: { list: [] } }, __reduce__: { is: { set: [] } } },
          attributes: [['a', { instance: 'E', member: 'A' }]],
        },
      ],
      functions: [{ name: 'f', call: { rules: [], else: { tuple: [{ self: true }] } } }],
    }
    const text = JSON.stringify(parseScenario(document))

    const numbered = [...text.matchAll(/"node":(\d+),"(\w+)"/g)].map(
      ([, node, tag]) => `${node} ${tag}`,
    )
    expect(numbered).toEqual([
      '0 tuple',
      '1 tuple',
      '2 set',
      '3 list',
      '4 str',
      '5 list',
      '6 list',
      '7 dict',
      '8 tuple',
      '9 list',
      '10 float',
    ])
  })

  test('counts the nodes that are written anew', () => {
    expect(JSON.stringify(dumped(value({ node: 40, list: [{ node: 40, list: [] }] })))).toBe(
      '{"node":0,"list":[{"node":1,"list":[]}]}',
    )
  })

  test('of an instance has what is there, in one order', () => {
    const instance = {
      hooks: { append: null, __reduce__: { as: 'function', rules: [] } },
      entries: [],
      items: [1],
      slots: [],
      attributes: [['a', 1]],
      instance: 'C',
      id: 'p',
    }

    expect(JSON.stringify(dumped(withClass({ bases: ['builtins:list'] }, instance)))).toBe(
      '{"id":"p","node":0,"instance":"C","attributes":[["a",1]],"items":[1],"hooks":{"__reduce__":{"rules":[]},"append":null}}',
    )
  })

  test('of a class leaves out what is so anyway', () => {
    const spec = {
      hooks: {},
      attributes: [],
      bases: [],
      kind: 'plain',
      module: 'scenario',
      qualname: 'C',
      name: 'C',
      slots: [],
    }

    expect(JSON.stringify(parseScenario(withClasses([spec])).classes)).toBe(
      '[{"name":"C","slots":[]}]',
    )
  })

  test('of a function knows the name of a lambda', () => {
    const functions = [
      { name: 'f', lambda: true, qualname: '<lambda>' },
      { name: 'g', lambda: true, qualname: 'g' },
      { name: 'h', lambda: false, module: 'm' },
    ]

    expect(parseScenario({ scenario: 1, module: 'm', functions }).functions).toEqual([
      { name: 'f', lambda: true },
      { name: 'g', qualname: 'g', lambda: true },
      { name: 'h' },
    ])
  })

  test('of what is raised has the class in full, and no message', () => {
    const raising = (raises: unknown): unknown => ({
      scenario: 1,
      classes: [{ name: 'TypeError', kind: 'exception' }],
      functions: [{ name: 'f', call: { rules: [{ raises }] } }],
    })
    const of = (raises: unknown): unknown =>
      parseScenario(raising(raises)).functions[0]?.call?.rules[0]

    expect(of('ValueError')).toEqual({ raises: { type: 'builtins:ValueError', message: '' } })
    expect(of('PicklingError')).toEqual({ raises: { type: 'pickle:PicklingError', message: '' } })
    expect(of({ message: 'm', type: 'TypeError' })).toEqual({
      raises: { type: 'TypeError', message: 'm' },
    })
    expect(of('builtins:TypeError')).toEqual({
      raises: { type: 'builtins:TypeError', message: '' },
    })
  })

  test('of a table has its entries, and its methods in one order', () => {
    const dispatch_table = {
      methods: ['__missing__', 'get'],
      kind: 'methods',
      missing: 'IndexError',
    }

    expect(
      JSON.stringify(
        parseScenario({ scenario: 1, pickler: { instance: { dispatch_table } } }).pickler.instance,
      ),
    ).toBe(
      '{"dispatch_table":{"kind":"methods","methods":["get","__missing__"],"entries":[],' +
        '"missing":{"type":"builtins:IndexError","message":""}}}',
    )
  })
})

const mutations = new Mutations(Object.values(validDocuments))
const changes = fc.array(fc.noBias(fc.nat()), { minLength: 5, maxLength: 13 })

describe('any JSON', () => {
  test('is read or refused with a place, and nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(read(() => parseScenario(json))).toBeUndefined()
        expect(read(() => parseScenarioText(JSON.stringify(json)))).toBeUndefined()
      }),
    )
  })

  test('in any place of a scenario too', () => {
    const places = [
      (json: unknown) => value(json),
      (json: unknown) => value({ list: [json] }),
      (json: unknown) => ({ scenario: 1, classes: json }),
      (json: unknown) => ({ scenario: 1, functions: [json] }),
      (json: unknown) => ({ scenario: 1, pickler: json }),
      (json: unknown) => ({ scenario: 1, pickler: { subclass: { persistent_id: json } } }),
      (json: unknown) => ({ scenario: 1, steps: [json] }),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, json) => {
        const canonical = read(() => parseScenario(place(json)))
        if (canonical !== undefined) expect(parseScenario(canonical)).toEqual(canonical)
      }),
      { numRuns: 1000 },
    )
  })

  test('that is canonical stays as it is', () => {
    fc.assert(
      fc.property(changes, (numbers) => {
        const document = mutations.document(numbers)
        const canonical = read(() => parseScenario(document))
        if (canonical === undefined) return
        const text = JSON.stringify(canonical)

        expect(JSON.stringify(parseScenario(canonical))).toBe(text)
        expect(JSON.stringify(parseScenarioText(text))).toBe(text)
      }),
      { numRuns: 5000 },
    )
  })

  test('that is no JSON at all is refused too', () => {
    const endless: unknown[] = []
    endless.push(endless)
    const cyclic: { list: unknown[] } = { list: [] }
    cyclic.list.push(cyclic)

    for (const json of [undefined, 1n, Symbol('s'), () => 1, Number.NaN, endless, new Map()]) {
      expect(read(() => parseScenario(json))).toBeUndefined()
      expect(read(() => parseScenario(value({ list: [json] })))).toBeUndefined()
    }
    expect(read(() => parseScenario(value(cyclic)))).toBeUndefined()
  })
})

describe('a large scenario', () => {
  test('with a chain of 20 000 names is read without a stack of calls', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => ({
      id: `t${index}`,
      tuple: [index === 0 ? { list: [] } : { ref: `t${index - 1}` }],
    }))

    expect(parseScenario(value({ list: chain.reverse() })).steps).toHaveLength(1)
  })

  test('with a chain of 2 000 tuples as a key is refused, since its hash nests as deep', () => {
    const chain = Array.from({ length: 2000 }, (_, index) => ({
      id: `t${index}`,
      tuple: [index === 0 ? 1 : { ref: `t${index - 1}` }],
    }))
    const document = value({ list: [...chain.reverse(), { set: [{ ref: 't1999' }] }] })

    expect(() => parseScenario(document)).toThrow(
      '$.value.list[2000].set[0]: found tuples and frozensets deeper',
    )
  })

  test('with keys that share all their parts is read in no time', () => {
    const doubled = Array.from({ length: 100 }, (_, index) => ({
      id: `t${index}`,
      tuple: index === 0 ? [1] : [{ ref: `t${index - 1}` }, { ref: `t${index - 1}` }],
    }))

    expect(
      parseScenario(value({ list: [...doubled, { set: [{ ref: 't99' }, { ref: 't98' }] }] })).steps,
    ).toHaveLength(1)
  })

  test('with 10 000 keys is read in no time', () => {
    const dict = Array.from({ length: 10_000 }, (_, index) => [`k${index}`, index])

    expect(parseScenario(value({ dict })).steps).toHaveLength(1)
  })
})
