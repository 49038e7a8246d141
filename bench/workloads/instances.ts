import { parseScenario } from '../../conformance/index.ts'
import { Random } from '../random.ts'
import { coordinates, pointClass, pointReducer } from './points.ts'
import type { Workload } from './workload.ts'

/** One way in which an instance is reduced. */
type Route = {
  readonly name: string
  readonly why: string
  /** What the class has besides its name, where there are so many instances. */
  readonly class?: (count: number) => object
  /** What the instance at this place has besides its class: attributes unless said. */
  readonly content?: (random: Random, at: number) => object
}

const attributes = (random: Random): object => ({ attributes: coordinates(random) })

const dictOfSelf = { rules: [{ returns: { self: '__dict__' } }] }

/** The arguments of `__new__`: none by position, one by name; a list takes whatever it is given. */
const argumentsOfNew = { tuple: [{ tuple: [] }, { dict: [['label', 'origin']] }] }

const routes: readonly Route[] = [
  {
    name: 'instances-default',
    why: 'instances with attributes and no method of their own: object.__reduce_ex__ and NEWOBJ',
  },
  {
    name: 'instances-reduce',
    why: 'instances whose class has __reduce__: a callable, its arguments and a state',
    class: () => ({ hooks: { __reduce__: pointReducer } }),
  },
  {
    name: 'instances-reduce-ex',
    why: 'instances whose class has __reduce_ex__: one call of the class’s own code for each',
    class: () => ({ hooks: { __reduce_ex__: pointReducer } }),
  },
  {
    name: 'instances-getstate',
    why: 'instances whose class has __getstate__: the default reduction with a state of its own',
    class: () => ({ hooks: { __getstate__: dictOfSelf } }),
  },
  {
    name: 'instances-setstate',
    why: 'instances whose class has __getstate__ and __setstate__: a call of its code at each end',
    class: () => ({ hooks: { __getstate__: dictOfSelf, __setstate__: { rules: [] } } }),
  },
  {
    name: 'instances-slots',
    why: 'instances with slots and no __dict__: a state of two parts, collected by name',
    class: () => ({ slots: ['x', 'y', 'label'] }),
    content: (random) => ({ slots: coordinates(random) }),
  },
  {
    name: 'instances-newargs-ex',
    why: 'instances whose class has __getnewargs_ex__: NEWOBJ_EX with arguments by name',
    class: () => ({
      bases: ['builtins:list'],
      hooks: { __getnewargs_ex__: { rules: [{ returns: argumentsOfNew }] } },
    }),
  },
  {
    name: 'instances-list-items',
    why: 'instances of a subclass of list: their items come from an iterator, in batches',
    class: () => ({ bases: ['builtins:list'] }),
    content: (random) => ({ items: coordinates(random).map(([, value]) => value) }),
  },
  {
    name: 'instances-dict-items',
    why: 'instances of a subclass of dict: their entries come from an iterator, in batches',
    class: () => ({ bases: ['builtins:dict'] }),
    content: (random) => ({ entries: coordinates(random) }),
  },
  {
    name: 'instances-of-str',
    why: 'instances of a subclass of str with attributes: made by __new__ from their content',
    class: () => ({ bases: ['builtins:str'] }),
    content: (random) => ({ of: random.word(random.int(4, 12)), ...attributes(random) }),
  },
  {
    name: 'instances-enum',
    why: 'members of an enum, each another: a call of the class with the value of the member',
    class: (count) => ({
      kind: 'enum',
      members: Array.from({ length: count }, (_, at) => [`M${at}`, at]),
    }),
    content: (_, at) => ({ member: `M${at}` }),
  },
  {
    name: 'instances-namedtuple',
    why: 'instances of a namedtuple: made by __new__ from all fields, without a state',
    class: () => ({ kind: 'namedtuple', fields: ['x', 'y', 'label'] }),
    content: (random) => ({ of: { tuple: coordinates(random).map(([, value]) => value) } }),
  },
  {
    name: 'instances-dataclass',
    why: 'instances of a dataclass: as any with attributes, from a class with methods made for it',
    class: () => ({ kind: 'dataclass', fields: ['x', 'y', 'label'] }),
  },
]

export const instances: readonly Workload[] = routes.map((route) => ({
  name: route.name,
  group: 'instances',
  why: route.why,
  isLoaded: true,
  counts: 'instances',
  size: 100,
  build: (seed, size) => {
    const random = new Random(seed)
    const content = route.content ?? attributes
    const list = Array.from({ length: size }, (_, at) => {
      return { instance: pointClass, ...content(random, at) }
    })
    return parseScenario({
      scenario: 1,
      classes: [{ name: pointClass, ...route.class?.(size) }],
      steps: [{ dump: { list } }],
    })
  },
}))
