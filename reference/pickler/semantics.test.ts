/**
 * What real interpreters wrote, held against every profile that follows one of them. Each row of
 * examples.json has an expression of Python; the tables below say how its objects are made here.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bytesOfHex } from '../codecs/hex.ts'
import { PickleError } from '../errors.ts'
import {
  type Example,
  type ExampleFile,
  outcomesOf,
  tableOf,
  wantedOf,
} from '../fixtures/examples.ts'
import { framesOf } from '../fixtures/frames.ts'
import { KeptFile } from '../fixtures/kept-file.ts'
import { type Call, Sm } from '../fixtures/sm.ts'
import { type Profile, profile } from '../profiles.ts'
import { rawInstructions } from '../tools/index.ts'
import {
  bytearray,
  bytes,
  classOf,
  dict,
  float,
  frozenset,
  instance,
  int,
  list,
  set,
  str,
  tuple,
} from '../values/build.ts'
import { isCallable } from '../values/call.ts'
import { dictDelete, dictStore } from '../values/dict.ts'
import { exceptionMro } from '../values/exceptions.ts'
import { repr } from '../values/repr.ts'
import { typeNameOf } from '../values/type-of.ts'
import {
  PyBuffer,
  PyBytes,
  PyClass,
  PyDict,
  PyFunction,
  PyIterator,
  type PyList,
  PyObject,
  PyProperty,
  PyTuple,
  type PyValue,
} from '../values/value.ts'
import type { World } from '../values/world.ts'
import { Pickler, type PicklerInit } from './pickler.ts'
import type { PicklerClass } from './pickler-class.ts'

type Attributes = Readonly<Record<string, PyValue>>

/** The question an example asks, to one profile. */
class Asked {
  readonly sm: Sm
  readonly world: World
  readonly profile: Profile
  readonly protocol: PyValue

  constructor(example: Example, profileOfEngine: Profile) {
    this.profile = profileOfEngine
    this.protocol = example.protocol
    this.sm = new Sm(
      profileOfEngine.release,
      profileOfEngine.engine === 'py',
      profileOfEngine.implementation,
    )
    this.world = this.sm.world
  }

  /** A subclass of the pickler's class. */
  sub(attributes: Attributes = {}): PicklerClass {
    return { isSubclass: true, name: 'S', attributes: new Map(Object.entries(attributes)) }
  }

  /** A function; for a hook, of the object alone. */
  fn(call: Call): PyFunction {
    return this.sm.lambda(call)
  }

  pickler(
    file: KeptFile,
    { cls, ...init }: PicklerInit & { readonly cls?: PicklerClass } = {},
  ): Pickler {
    const plain: PicklerClass = { isSubclass: false, attributes: new Map() }
    const all = { protocol: this.protocol, ...init }
    return new Pickler(this.world, this.profile, cls ?? plain, all, file)
  }

  dumps(value: PyValue, init: PicklerInit & { readonly cls?: PicklerClass } = {}): string {
    const file = new KeptFile()
    this.pickler(file, init).dump(value)
    return file.take()
  }

  /** With attributes set on the pickler after construction. */
  inst(value: PyValue, attributes: Attributes, cls?: PicklerClass): string {
    const file = new KeptFile()
    const pickler = this.pickler(file, cls === undefined ? {} : { cls })
    for (const [name, attribute] of Object.entries(attributes)) {
      pickler.setAttribute(name, attribute)
    }
    pickler.dump(value)
    return file.take()
  }

  fast(value: PyValue): string {
    return this.inst(value, { fast: true })
  }

  run(attributes: Attributes, value: PyValue): string {
    return this.dumps(value, { cls: this.sub(attributes) })
  }

  /** Successive dumps on one pickler. */
  two(...values: readonly PyValue[]): string {
    const file = new KeptFile()
    const pickler = this.pickler(file)
    const pieces = values.map((value) => {
      try {
        pickler.dump(value)
        return file.take()
      } catch (error) {
        if (error instanceof PickleError) return `${file.take()}!${error.type}`
        throw error
      }
    })
    return pieces.join(' / ')
  }

  writes(value: PyValue): string {
    const file = new KeptFile()
    this.pickler(file).dump(value)
    const calls = file.chunks.map(({ typeName, data }) => `('${typeName}', ${data.length})`)
    return `[${calls.join(', ')}]`
  }

  /** With an extension code registered. */
  ext(key: string, code: PyValue, value: PyValue): string {
    this.world.extensionCodes.set(key, code)
    return this.dumps(value)
  }

  /** A dispatch table of the kind `dict`. */
  table(...entries: readonly (readonly [PyValue, PyValue])[]): PyDict {
    return dict(...entries)
  }

  /** An instance of a class with these methods. */
  having(name: string, methods: Readonly<Record<string, Call>>): PyObject {
    const namespace = Object.entries(methods).map(
      ([method, call]) => [method, this.sm.method(`${name}.${method}`, call)] as const,
    )
    return new PyObject(this.sm.cls(name, Object.fromEntries(namespace)))
  }

  /** The hooks that are called, and the object each is called for. */
  trace(value?: PyValue): string {
    const calls: string[] = []
    const reduce: Call = (_self, protocol = null) => {
      calls.push(`RX(${protocol})`)
      return tuple(this.sm.func2, tuple(1))
    }
    const asked = value ?? this.having('X', { __reduce_ex__: reduce })
    const get: Call = (_self, type, absent = null) => {
      calls.push(`DT(${nameOf(type)})`)
      return absent
    }
    const look: Call = (self, type) => {
      get(self ?? null, type ?? null)
      throw new PickleError('KeyError', '')
    }
    this.run(
      {
        persistent_id: this.fn((object = null) => {
          calls.push(`PID(${typeNameOf(object)})`)
          return null
        }),
        reducer_override: this.fn((object = null) => {
          calls.push(`RO(${typeNameOf(object)})`)
          return this.world.notImplemented
        }),
        dispatch_table: this.having('Table', { __getitem__: look, get }),
      },
      asked,
    )
    return calls.join(' ')
  }
}

function nameOf(type: PyValue | undefined): string {
  return typeof type === 'object' && type?.kind === 'class' ? type.name : '?'
}

const isInt = (value: PyValue | undefined): boolean =>
  value !== undefined && typeNameOf(value) === 'int'

const isText = (value: PyValue | undefined, text: string): boolean =>
  typeof value === 'object' && value?.kind === 'str' && value.content === text

const times = (count: number, make: (index: number) => PyValue): PyValue[] =>
  Array.from({ length: count }, (_, index) => make(index))

const filled = (byte: number, length: number): PyBytes =>
  new PyBytes(new Uint8Array(length).fill(byte))

/** A list in itself. */
function cyclicList(): PyList {
  const made = list()
  made.items.push(made)
  return made
}

const iterator = (...items: readonly PyValue[]): PyIterator => {
  let at = 0
  return new PyIterator('list_iterator', () => items[at++])
}

const buffer = (text: string, isReadOnly = true, isContiguous = true): PyBuffer =>
  new PyBuffer(new TextEncoder().encode(text), isReadOnly, isContiguous)

/** Values by the expression that makes them. */
const values: Readonly<Record<string, (asked: Asked) => PyValue>> = {
  '[red((sm.func2,([1],))) for i in range(2)]': ({ sm }) =>
    list(...times(2, () => sm.red(tuple(sm.func2, tuple(list(1)))))),
  '[int, str]': ({ world }) => list(world.known('builtins:int'), world.known('builtins:str')),
  '[len, abs, int, str, len]': ({ world }) =>
    list(...['len', 'abs', 'int', 'str', 'len'].map((name) => world.known(`builtins:${name}`))),
  '[frozenset(), frozenset()]': ({ profile: { emptyFrozenset } }) => {
    const one = frozenset()
    return list(one, emptyFrozenset === 'one' ? one : frozenset())
  },
  "[''.join(['ab','c1']), ''.join(['ab','c1'])]": () => list(str('abc1'), str('abc1')),
  "[chr(97), 'cab'[1]]": ({ world }) => list(world.latin1Character(97), world.intern('a')),
  'sm.WithMetaRed': ({ sm }) => {
    const reduce = sm.method('MetaRed.__reduce_ex__', () => tuple(sm.func2, tuple(7)))
    const metaclass = sm.cls('MetaRed', { __reduce_ex__: reduce }, { bases: ['builtins:type'] })
    return sm.cls('WithMetaRed', {}, { metaclass })
  },
  "(lambda o: (setattr(o,'__reduce_ex__',lambda p:(sm.func2,('inst',p))), o)[1])(sm.A())": ({
    sm,
  }) =>
    instance(sm.world, sm.A, {
      __reduce_ex__: sm.lambda((protocol = null) => tuple(sm.func2, tuple(str('inst'), protocol))),
    }),
  'sm.NoReduceEx()': ({ sm }) => new PyObject(sm.cls('NoReduceEx', { __reduce_ex__: null })),
  'red(None)': ({ sm }) => sm.red(null),
  'red(())': ({ sm }) => sm.red(tuple()),
  'red(sm.TupleSub((sm.func2, ())))': ({ sm }) =>
    sm.red(sm.sub('TupleSub', 'tuple', tuple(sm.func2, tuple()))),
  'red((sm.mk,(),None,[1,2]))': ({ sm }) => sm.red(tuple(sm.mk, tuple(), null, list(1, 2))),
  'red((sm.mk,(),None,None,None,5))': ({ sm }) =>
    sm.red(tuple(sm.mk, tuple(), null, null, null, 5)),
  'red((sm.func2,(),0))': ({ sm }) => sm.red(tuple(sm.func2, tuple(), 0)),
  'red((sm.__newobj__, (sm.RedGen, 1, 2)))': ({ sm }) =>
    sm.red(tuple(sm.def('__newobj__'), tuple(sm.RedGen, 1, 2))),
  'red((copyreg.__newobj__, (sm.RedGen,)))': ({ sm }) => newobj(sm, sm.RedGen),
  "red((copyreg.__newobj_ex__, (sm.RedGen,(1,),{'a':2})))": ({ sm, world }) =>
    newobjEx(sm, sm.RedGen, tuple(1), dict([world.intern('a'), 2])),
  'red((copyreg.__newobj_ex__, (sm.RedGen,(1,),{})))': ({ sm }) =>
    newobjEx(sm, sm.RedGen, tuple(1), dict()),
  'red((copyreg.__newobj_ex__, (sm.A,(),{})))': ({ sm }) =>
    newobjEx(sm, sm.A, sm.world.emptyTuple, dict()),
  'red((copyreg.__newobj_ex__, (sm.RedGen,[1],{})))': ({ sm }) =>
    newobjEx(sm, sm.RedGen, list(1), dict()),
  'red((sm.func2, ()))': ({ sm }) => sm.red(tuple(sm.func2, tuple())),
  'sm.CycSt()': ({ sm }) => sm.cycleWithState(),
  "red((sm.mk,(),{'a':1},None,None,sm.setter))": ({ sm }) => withSetter(sm),
  "red((sm.mk, (), {'a': 1}, None, None, sm.setter))": ({ sm }) => withSetter(sm),
  'sm.A()': ({ sm }) => new PyObject(sm.A),
  'sm.IntSub(5)': ({ sm }) => sm.sub('IntSub', 'int', 5),
  'sm.NewArgsExNoKw()': ({ sm }) => sm.newArgsEx('NewArgsExNoKw', () => dict()),
  'sm.NewArgsEx()': ({ sm }) => sm.newArgsEx('NewArgsEx', () => dict([sm.world.intern('k'), 2])),
  "(lambda s: (setattr(s,'a',1), s)[1])(sm.Slots())": ({ sm }) =>
    instance(sm.world, slots(sm), { a: 1 }),
  'sm.Slots()': ({ sm }) => new PyObject(slots(sm)),
  'sm.FalseState()': ({ sm }) =>
    new PyObject(
      sm.cls('FalseState', { __getstate__: sm.method('FalseState.__getstate__', () => dict()) }),
    ),
  'sm.ListSub([1,2])': ({ sm }) => sm.sub('ListSub', 'list', list(1, 2)),
  'sm.ListSub([None]*1001)': ({ sm }) =>
    sm.sub('ListSub', 'list', list(...times(1001, () => null))),
  'sm.DictSub({1:2})': ({ sm }) => sm.sub('DictSub', 'dict', dict([1, 2])),
  'sm.SetSub([1])': ({ sm }) => sm.sub('SetSub', 'set', set(1)),
  'sm.Color.RED': ({ sm }) => sm.colour(),
  'sm.NT(1,2)': ({ sm }) => sm.namedTuple(),
  'range(1,10,2)': ({ sm, world }) =>
    sm.opaque('builtins:range', () => tuple(world.known('builtins:range'), tuple(1, 10, 2))),
  '1+2j': ({ world }) => complex(world, 1, 2),
  '1j': ({ world }) => complex(world, 0, 1),
  'fractions.Fraction(1,3)': ({ sm, world }) => {
    const cls = world.known('fractions:Fraction')
    const isNew = world.release[1] >= 11
    return sm.opaque('fractions:Fraction', () =>
      tuple(cls, isNew ? tuple(1, 3) : tuple(str('1/3'))),
    )
  },
  '[None, True, False]': () => list(null, true, false),
  '(True, False, None)': () => tuple(true, false, null),
  '2147483647': () => 2147483647,
  '2147483648': () => 2147483648,
  '-2147483649': () => -2147483649,
  '255': () => 255,
  '256': () => 256,
  '65536': () => 65536,
  '-1': () => -1,
  '1': () => 1,
  '2**31': () => 2 ** 31,
  '-2**39': () => -(2 ** 39),
  '-2**39-1': () => -(2 ** 39) - 1,
  '-2**63': () => -(2n ** 63n),
  '2**2039': () => 2n ** 2039n,
  '10**5000': () => 10n ** 5000n,
  '1 << 560000': () => 1n << 560000n,
  '1e16': () => float(1e16),
  '1e-5': () => float(1e-5),
  '123456789012345678.0': () => float(123456789012345680),
  '-0.0': () => float(-0),
  "float('-inf')": () => float(Number.NEGATIVE_INFINITY),
  "b'a'": ({ world }) => world.singleByte(97),
  "b''": ({ world }) => world.emptyBytes,
  '[bytes([97,98]), bytes([99,100])]': () => list(bytes([97, 98]), bytes([99, 100])),
  "b'\\xff\\x00'": () => bytes([0xff, 0]),
  "bytearray(b'a')": () => bytearray([97]),
  "bytearray(b'b')": () => bytearray([98]),
  'bytearray(65536)': () => bytearray(new Uint8Array(65536)),
  "(lambda b: [b,b])(bytearray(b'q'))": () => {
    const shared = bytearray([113])
    return list(shared, shared)
  },
  "'a\\nb\\\\\\0\\r\\x1a'": () => str('a\nb\\\0\r\x1a'),
  "'\\xff\\u20ac\\ud800\\U0001f600'": () => str('\xff\u20ac\ud800\u{1f600}'),
  "(lambda s: [s,s])('\\\\')": ({ world }) => {
    const shared = world.intern('\\')
    return list(shared, shared)
  },
  "'\\ud83d\\ude00'": () => str([0xd83d, 0xde00]),
  "'\\U0001f600'": () => str('\u{1f600}'),
  "'\\xe9'*128": () => str('\xe9'.repeat(128)),
  '(0,)': () => tuple(0),
  '(0,1,2,3)': () => tuple(0, 1, 2, 3),
  '()': ({ world }) => world.emptyTuple,
  '(lambda l: (lambda t: (l.append(t), t)[1])((l,)))([])': () => {
    const inner = list()
    const made = tuple(inner)
    inner.items.push(made)
    return made
  },
  '(lambda l: (l.append(l), l)[1])([])': cyclicList,
  '{1}': () => set(1),
  'set()': () => set(),
  'frozenset([1,2])': () => frozenset(1, 2),
  'type(None)': ({ world }) => world.none,
  '...': ({ world }) => world.ellipsis,
  '[].append': ({ world }) =>
    new PyFunction({
      type: world.knownClass('builtins:builtin_function_or_method'),
      name: 'append',
      qualname: str('list.append'),
      module: null,
      self: list(),
    }),
  "pickle.PickleBuffer(b'x')": () => buffer('x'),
  "pickle.PickleBuffer(b'abc')": () => buffer('abc'),
  "(lambda p: [p,p])(pickle.PickleBuffer(b'abc'))": () => {
    const shared = buffer('abc')
    return list(shared, shared)
  },
  "[pickle.PickleBuffer(b''), pickle.PickleBuffer(b'')]": () => list(buffer(''), buffer('')),
  "pickle.PickleBuffer(memoryview(b'abcd')[::2])": () => buffer('ac', true, false),
  '(lambda l: [l, l[299]])([[] for i in range(300)])': () => {
    const many = list(...times(300, () => list()))
    return list(many, many.items[299] ?? null)
  },
  '[None]*70000': () => list(...times(70000, () => null)),
  "b'x'*65535": () => filled(120, 65535),
  "b'x'*65536": () => filled(120, 65536),
  "[1, b'x'*65536, 2]": () => list(1, filled(120, 65536), 2),
  "[1, b'x'*65536]": () => list(1, filled(120, 65536)),
  "[b'x'*70000, 'y'*70000]": () => list(filled(120, 70000), str('y'.repeat(70000))),
  '[None]*1001': () => list(...times(1001, () => null)),
  '{i: None for i in range(1000)}': () => numbered(1000),
  '{i: None for i in range(1001)}': () => numbered(1001),
  'set(range(1000))': () => set(...times(1000, (index) => index)),
  '(lambda x: [x,x])([1])': () => {
    const shared = list(1)
    return list(shared, shared)
  },
  "'a'": ({ world }) => world.intern('a'),
  '(lambda d: (d.update(x=[d]), d)[1])({})': ({ world }) => {
    const made = new PyDict()
    dictStore(made, world.intern('x'), list(made))
    return made
  },
  '(frozenset([1]),)*51': () => {
    const shared = frozenset(1)
    return tuple(...times(51, () => shared))
  },
  '[frozenset([i]) for i in range(60)]': () => list(...times(60, (index) => frozenset(index))),
  'tuple(frozenset([i]) for i in range(60))': () =>
    tuple(...times(60, (index) => frozenset(index))),
  "deep('list', 60)": () => deep(60),
  "deep('list', 100)": () => deep(100),
  'sm.func': ({ sm }) => sm.func,
  'sm.lam': ({ sm }) => sm.lam,
  'sm.Outer.Inner': ({ sm }) => sm.outer().Inner,
  'sm.Outer.Inner.Deep': ({ sm }) => sm.outer().Deep,
  int: ({ world }) => world.known('builtins:int'),
  ConnectionError: ({ world }) => world.known('builtins:ConnectionError'),
  range: ({ world }) => world.known('builtins:range'),
  '[sm.func, sm.func]': ({ sm }) => list(sm.func, sm.func),
  'red((sm.func2,(sm.lam,)))': ({ sm }) => sm.red(tuple(sm.func2, tuple(sm.lam))),
  "[{'k': sm.lam}]": ({ sm, world }) => list(dict([world.intern('k'), sm.lam])),
  'sm.outer_local()[0]': ({ sm }) => sm.cls('Loc', {}, { qualname: 'outer_local.<locals>.Loc' }),
  'red((copyreg.__newobj__, ()))': ({ sm }) => newobj(sm),
  'red((copyreg.__newobj__, (5,)))': ({ sm }) => newobj(sm, 5),
  'sm.WithMeta': ({ sm }) => {
    const metaclass = sm.cls('Meta', {}, { bases: ['builtins:type'] })
    return sm.cls('WithMeta', {}, { metaclass })
  },
  'sm.A': ({ sm }) => sm.A,
  'sm.IntSub(3)': ({ sm }) => sm.sub('IntSub', 'int', 3),
  'NoReduceAttrs()': ({ sm }) => sm.withoutReduction(),
  'super(sm.ListSub, sm.ListSub([1]))': ({ sm, world }) => {
    const content = sm.sub('ListSub', 'list', list(1))
    return sm.opaque('builtins:super', () =>
      tuple(world.known('builtins:super'), tuple(content.type, content)),
    )
  },
  'red((5, []))': ({ sm }) => sm.red(tuple(5, list())),
  'red((sm.mk,(),None,None,iter([[1,2]])))': ({ sm }) =>
    sm.red(tuple(sm.mk, tuple(), null, null, iterator(list(1, 2)))),
  'red((sm.mk,(),None,None,iter([(1,2,3)])))': ({ sm }) =>
    sm.red(tuple(sm.mk, tuple(), null, null, iterator(tuple(1, 2, 3)))),
  'sm.Prop()': ({ sm }) => new PyObject(sm.cls('Prop', { __class__: new PyProperty(() => sm.A) })),
  '(lambda o: (o.l.append(o), o)[1])(sm.CycVia())': ({ sm }) => sm.cycleViaList(),
  'red((sm.mk,(),None,iter([1]),iter([(1,2)])))': ({ sm }) =>
    sm.red(tuple(sm.mk, tuple(), null, iterator(1), iterator(tuple(1, 2)))),
  "(lambda o: (setattr(o,'__reduce__',len), o)[1])(sm.A())": ({ sm, world }) =>
    instance(world, sm.A, { __reduce__: world.known('builtins:len') }),
  'threading.Lock()': ({ sm, world }) => {
    const known = world.findKnown('threading:Lock')
    const cls = known instanceof PyClass ? known : builtInClass(sm, '_thread', 'lock')
    return new PyObject(cls)
  },
  sys: ({ world }) => world.findModule('sys') ?? null,
  'itertools.count(3)': ({ world }) => {
    const made = new PyObject(world.knownClass('itertools:count'))
    if (world.release[1] < 14) made.reduction = () => tuple(made.type, tuple(3))
    return made
  },
  'GNA()': ({ sm }) =>
    new PyObject(sm.cls('GNA', { __getnewargs__: sm.method('GNA.__getnewargs__', () => list(1)) })),
  "{1, 'a'}": ({ world }) => set(1, world.intern('a')),
  '[None, (), 1.5, 2**70, True]': ({ world }) =>
    list(null, world.emptyTuple, float(1.5), 2n ** 70n, true),
  "red((sm.mk, (1,), 'st', iter([2])))": ({ sm }) =>
    sm.red(tuple(sm.mk, tuple(1), str('st'), iterator(2))),
  '(lambda l: (l.extend([Mut(lambda: len(l) < 5 and l.append(7)), None]), l)[1])([])': ({ sm }) => {
    const made = list()
    made.items.push(
      sm.mut(() => {
        if (made.items.length < 5) made.items.push(7)
      }),
      null,
    )
    return made
  },
  '(lambda d: (d.update({0: Mut(d.popitem), 1: 1}), d)[1])({})': ({ sm }) => {
    const made = new PyDict()
    const popItem = (): void => {
      made.keys.pop()
      made.values.pop()
    }
    dictStore(made, 0, sm.mut(popItem))
    dictStore(made, 1, 1)
    return made
  },
  'sm.GLOBSING': ({ sm, world }) => {
    const reduce = sm.method('ReduceStr.__reduce__', () => world.intern('GLOBSING'))
    const made = new PyObject(sm.cls('ReduceStr', { __reduce__: reduce }))
    sm.module.attributes.set('GLOBSING', made)
    return made
  },
  'sm.Ünï': ({ sm }) => sm.cls('Ünï'),
  '[int, int]': ({ world }) => list(world.known('builtins:int'), world.known('builtins:int')),
  'sm.A().__init__': ({ sm, world }) =>
    new PyFunction({
      type: world.knownClass('builtins:method-wrapper'),
      name: '__init__',
      qualname: str('A.__init__'),
      module: null,
      self: new PyObject(sm.A),
    }),
  "red('func')": ({ sm }) => sm.red(str('func')),
  '[Mut(lambda: 1//0)]': ({ sm }) =>
    list(
      sm.mut(() => {
        throw new PickleError('ZeroDivisionError', 'integer division or modulo by zero')
      }),
    ),
  "[bytearray(b'a'), bytearray(b'a')]": () => list(bytearray([97]), bytearray([97])),
  'bytearray()': () => bytearray([]),
  "[pickle.PickleBuffer(b'a'), pickle.PickleBuffer(b'a')]": () => list(buffer('a'), buffer('a')),
  '[pickle.PickleBuffer(bytearray()), pickle.PickleBuffer(bytearray())]': () =>
    list(buffer('', false), buffer('', false)),
  'released()': () => new PyBuffer(null, true, true),
  'shrinking(3)': ({ sm }) => changing(sm, 3, (made) => dictDelete(made, 0)),
  'growing(3)': ({ sm, world }) => changing(sm, 3, (made) => dictStore(made, world.intern('x'), 1)),
  'growingset()': ({ sm }) => {
    const made = set()
    made.members.push(sm.mut(() => made.members.push(1)))
    return made
  },
  '10**4300': () => 10n ** 4300n,
  '-10**4300': () => -(10n ** 4300n),
  "'\\xe9' * 100": () => str('\xe9'.repeat(100)),
  "'a' * 256": () => str('a'.repeat(256)),
  "'ab'": () => str('ab'),
  'frozenset([1])': () => frozenset(1),
  'alias()': ({ sm }) => {
    const made = sm.cls('Zed', {}, { qualname: 'me.Zed' })
    sm.module.attributes.set('Zed', made)
    sm.module.attributes.set('me', sm.module)
    return made
  },
  "named('theo')": ({ sm }) => namedBySubclass(sm, 'theo'),
  "named('Outer.theo')": ({ sm }) => namedBySubclass(sm, 'Outer.theo'),
  "cls('Z', 'nope')": ({ sm }) => elsewhere(sm, 'Z', 'nope'),
  "cls('Z', 'nope.sub')": ({ sm }) => elsewhere(sm, 'Z', 'nope.sub'),
  "cls('Z', 'io.sub')": ({ sm }) => elsewhere(sm, 'Z', 'io.sub'),
  "cls('Z', '')": ({ sm }) => elsewhere(sm, 'Z', ''),
  'cls("\\xe9\'x")': ({ sm }) => sm.cls("\xe9'x"),
  "cls('a\\udc80')": ({ sm }) => sm.cls('a\udc80'),
  "cls('Q', 'm\\xe9', True)": ({ sm }) => elsewhere(sm, 'Q', 'm\xe9', true),
  'sm.NoReduce()': ({ sm }) =>
    new PyObject(sm.cls('NoReduce', { __reduce__: null, __reduce_ex__: null })),
  'redplain(None)': ({ sm }) => {
    const reduce = sm.method('RedPlain.__reduce__', () => null)
    return new PyObject(sm.cls('RedPlain', { __reduce__: reduce }))
  },
  'red(5)': ({ sm }) => sm.red(5),
  'red((1,))': ({ sm }) => sm.red(tuple(1)),
  'red((1, 2, 3, 4, 5, 6, 7))': ({ sm }) => sm.red(tuple(1, 2, 3, 4, 5, 6, 7)),
  'red((5, ()))': ({ sm }) => sm.red(tuple(5, tuple())),
  'red((sm.func2, []))': ({ sm }) => sm.red(tuple(sm.func2, list())),
  'red((sm.func2, (), None, [1]))': ({ sm }) => sm.red(tuple(sm.func2, tuple(), null, list(1))),
  'red((sm.func2, (), None, None, [1]))': ({ sm }) =>
    sm.red(tuple(sm.func2, tuple(), null, null, list(1))),
  'red((sm.func2, (), None, 5))': ({ sm }) => sm.red(tuple(sm.func2, tuple(), null, 5)),
  'red((sm.func2, (), None, It(1, 2)))': ({ sm }) =>
    sm.red(tuple(sm.func2, tuple(), null, ownIterator(sm, 1, 2))),
  'red((sm.func2, (), None, None, None, 5))': ({ sm }) =>
    sm.red(tuple(sm.func2, tuple(), null, null, null, 5)),
  'red((sm.func2, (), None, None, iter([5])))': ({ sm }) => sm.red(pairs(sm, 5)),
  'red((sm.func2, (), None, None, iter([[1]])))': ({ sm }) => sm.red(pairs(sm, list(1))),
  'red((sm.func2, (), None, None, iter([[1, 2, 3]])))': ({ sm }) =>
    sm.red(pairs(sm, list(1, 2, 3))),
  "red((sm.func2, (), None, None, iter(['ab', 'abc'])))": ({ sm }) =>
    sm.red(pairs(sm, str('ab'), str('abc'))),
  'red((sm.func2, (), None, None, iter([{1: 1, 2: 2, 3: 3}])))': ({ sm }) =>
    sm.red(pairs(sm, dict([1, 1], [2, 2], [3, 3]))),
  'red((sm.func2, (), None, None, iter([(1, 2), 3])))': ({ sm }) =>
    sm.red(pairs(sm, tuple(1, 2), 3)),
  'red((__newobj__, ()))': ({ sm }) => newobj(sm),
  'red((__newobj__, (5,)))': ({ sm }) => newobj(sm, 5),
  'red((__newobj__, (sm.A,)))': ({ sm }) => newobj(sm, sm.A),
  'red((__newobj_ex__, ()))': ({ sm }) => newobjEx(sm),
  'red((__newobj_ex__, (sm.RedGen, (1,), {}, 4)))': ({ sm }) =>
    newobjEx(sm, sm.RedGen, tuple(1), dict(), 4),
  'red((__newobj_ex__, (5, (1,), {})))': ({ sm }) => newobjEx(sm, 5, tuple(1), dict()),
  'red((__newobj_ex__, (sm.RedGen, 5, {})))': ({ sm }) => newobjEx(sm, sm.RedGen, 5, dict()),
  'red((__newobj_ex__, (sm.RedGen, (1,), 5)))': ({ sm }) => newobjEx(sm, sm.RedGen, tuple(1), 5),
  'red((__newobj_ex__, (sm.A, (), {})))': ({ sm }) =>
    newobjEx(sm, sm.A, sm.world.emptyTuple, dict()),
  "red('nope')": ({ sm }) => sm.red(str('nope')),
}

/** A dict whose first value changes it while it is saved. */
function changing(sm: Sm, count: number, change: (made: PyDict) => void): PyDict {
  const made = new PyDict()
  dictStore(
    made,
    0,
    sm.mut(() => change(made)),
  )
  for (let key = 1; key < count; key++) dictStore(made, key, null)
  return made
}

/** An instance that its reduction names by an instance of a subclass of str. */
function namedBySubclass(sm: Sm, name: string): PyObject {
  const made = sm.red(sm.sub('StrSub', 'str', str(name)))
  const [last = '', holder] = name.split('.').reverse()
  if (holder === undefined) sm.module.attributes.set(last, made)
  else sm.cls(holder).namespace.set(last, made)
  return made
}

/** A class of another module, which exists only if it is found there. */
function elsewhere({ world }: Sm, name: string, module: string, isFound = false): PyClass {
  const made = classOf(world, name, { module })
  if (!isFound) world.modules.delete(module)
  return made
}

/** An object that is its own iterator. */
function ownIterator(sm: Sm, ...items: readonly PyValue[]): PyObject {
  const left = [...items]
  const next = sm.method('It.__next__', () => {
    const item = left.shift()
    if (item === undefined) throw new PickleError('StopIteration', '')
    return item
  })
  const iter = sm.method('It.__iter__', () => new PyIterator('iterator', () => left.shift()))
  return new PyObject(sm.cls('It', { __next__: next, __iter__: iter }))
}

/** A reduction with these dict items. */
const pairs = (sm: Sm, ...items: readonly PyValue[]): PyTuple =>
  tuple(sm.func2, tuple(), null, null, iterator(...items))

/** A class made in C that no name leads to. */
function builtInClass({ world }: Sm, module: string, name: string): PyClass {
  return new PyClass({
    name,
    qualname: str(name),
    module: str(module),
    bases: [world.objectClass],
    layout: 'other',
    isHeap: false,
    hasDict: false,
  })
}

const numbered = (count: number): PyDict =>
  new PyDict(
    times(count, (index) => index),
    times(count, () => null),
  )

function newobj(sm: Sm, ...args: readonly PyValue[]): PyObject {
  return sm.red(tuple(sm.world.known('copyreg:__newobj__'), tuple(...args)))
}

function newobjEx(sm: Sm, ...args: readonly PyValue[]): PyObject {
  return sm.red(tuple(sm.world.known('copyreg:__newobj_ex__'), tuple(...args)))
}

function withSetter(sm: Sm): PyObject {
  const state = dict([sm.world.intern('a'), 1])
  return sm.red(tuple(sm.mk, tuple(), state, null, null, sm.setter))
}

const slots = (sm: Sm): PyClass => sm.cls('Slots', {}, { slots: ['a', 'b'] })

function complex(world: World, real: number, imaginary: number): PyObject {
  const parts = new PyTuple([float(real), float(imaginary)])
  return new PyObject(world.knownClass('builtins:complex'), null, parts)
}

/** So many lists around 0. */
function deep(depth: number): PyValue {
  let made: PyValue = 0
  for (let at = 0; at < depth; at++) made = list(made)
  return made
}

/** A pickler that has only the three items `t0`… to take and to save in order. */
function pull(asked: Asked, protocol: number): string {
  const order: string[] = []
  const item = (index: number): PyValue => {
    order.push(`t${index}`)
    return asked.having(`Item${index}`, {
      __reduce__: () => {
        order.push(`s${index}`)
        return tuple(asked.sm.func2, tuple())
      },
    })
  }
  let at = 0
  const items = new PyIterator('generator', () => (at < 3 ? item(at++) : undefined))
  asked.dumps(asked.sm.red(tuple(asked.sm.mk, tuple(), null, items)), { protocol })
  return order.join(' ')
}

/** Two objects; the first call of the override gives the pickler another one. */
function rebind(asked: Asked): string {
  const { sm } = asked
  const args: string[] = []
  const answer = (number: number): PyValue => {
    args.push(String(number))
    return tuple(sm.func2, tuple(number))
  }
  const isA = (object: PyValue | undefined): boolean =>
    object instanceof PyObject && object.type === sm.A
  const second = asked.fn((object) => (isA(object) ? answer(11) : asked.world.notImplemented))
  const cls = asked.sub()
  const pickler = asked.pickler(new KeptFile(), { cls })
  cls.attributes.set(
    'reducer_override',
    asked.fn((object) => {
      if (!isA(object)) return asked.world.notImplemented
      pickler.setAttribute('reducer_override', second)
      return answer(10)
    }),
  )
  pickler.dump(list(new PyObject(sm.A), new PyObject(sm.A)))
  return args.join(' ')
}

/** One pickler takes the memo of another, and goes on; then the other one does. */
function share(asked: Asked): string {
  const [firstFile, secondFile] = [new KeptFile(), new KeptFile()]
  const [first, second] = [asked.pickler(firstFile), asked.pickler(secondFile)]
  const content = list(asked.world.intern('a'))
  first.dump(content)
  const made = firstFile.take()
  second.takeMemoOf(first)
  second.dump(content)
  const fetched = secondFile.take()
  second.dump(list(asked.world.intern('n')))
  first.dump(asked.world.intern('m'))
  return [fetched, made, firstFile.take()].join(' ')
}

/** How many saves precede each report of a cycle in fast mode. */
function cycleCalls(asked: Asked, count: number): string {
  let calls = 0
  const countCalls = asked.fn(() => {
    calls++
    return null
  })
  const cls = asked.sub({ persistent_id: countCalls })
  const pickler = asked.pickler(new KeptFile(), { cls })
  pickler.setAttribute('fast', true)
  const cycle = cyclicList()
  const counts = times(count, () => {
    calls = 0
    expect(() => pickler.dump(cycle)).toThrow('fast mode')
    return calls
  })
  return counts.join(' ')
}

const typeIs =
  (asked: Asked, name: string, answer: (sm: Sm) => PyValue): Call =>
  (object) =>
    object !== undefined && typeNameOf(object) === name
      ? answer(asked.sm)
      : asked.world.notImplemented

/** Arguments by the expression that makes them. */
const constants: Readonly<Record<string, PyValue>> = {
  "'a'": str('a'),
  '[]': list(),
  '{}': dict(),
  '5.5': float(5.5),
  '1.5': float(1.5),
  '-2.9': float(-2.9),
  "float('nan')": float(Number.NaN),
  "float('inf')": float(Number.POSITIVE_INFINITY),
  '2**70': 2n ** 70n,
  '-2**70': -(2n ** 70n),
  '70000': 70000,
  '0': 0,
  '1': 1,
  '-1': -1,
  "'x'": str('x'),
  True: true,
  False: false,
  None: null,
}

function setMemo(asked: Asked, memo: PyValue): string {
  asked.pickler(new KeptFile()).setAttribute('memo', memo)
  return 'ok'
}

/** Does things with attributes of a pickler or its class, and says what the last one gave. */
function attrs(asked: Asked, kind: string, script: string): string {
  const [, name, error] = kind.split(' ')
  const cls: PicklerClass =
    kind === 'plain'
      ? { isSubclass: false, attributes: new Map() }
      : { ...asked.sub(), module: 'scenario' }
  if (name !== undefined && error !== undefined) {
    const raise = (): never => {
      throw new PickleError(error, 'no')
    }
    cls.attributes.set(name, new PyProperty(raise))
  }
  const file = new KeptFile()
  const pickler = asked.pickler(file, { cls })
  const gave = script.split('; ').map((action) => {
    const [verb, attribute = '', text = ''] = action.split(' ')
    const value = text === 'f' ? asked.fn(() => null) : (constants[text] ?? null)
    switch (verb) {
      case 'set':
        pickler.setAttribute(attribute, value)
        return undefined
      case 'del':
        pickler.deleteAttribute(attribute)
        return undefined
      case 'setclass':
        pickler.setClassAttribute(attribute, value)
        return undefined
      case 'delclass':
        pickler.deleteClassAttribute(attribute)
        return undefined
      case 'get': {
        const found = pickler.getAttribute(attribute)
        return isCallable(found) ? 'callable' : repr(asked.world, found)
      }
      default:
        pickler.dump(new PyObject(asked.sm.A))
        return file.take()
    }
  })
  return gave.findLast((given) => given !== undefined) ?? 'ok'
}

/** Everything else that an example does, by its expression. */
const actions: Readonly<Record<string, (asked: Asked) => string | boolean | number>> = {
  "run(sub(persistent_id=lambda s,x: 'P' if x is None else None), [None, None])": (asked) => {
    const id = asked.world.intern('P')
    const hook = asked.fn((object) => (object === null ? id : null))
    return asked.run({ persistent_id: hook }, list(null, null))
  },
  "run(sub(reducer_override=lambda s,x: (sm.func2,('i',)) if type(x) is int else NotImplemented), (lambda k: [k,k])(12345))":
    (asked) => {
      const answer = asked.fn((object) =>
        isInt(object)
          ? tuple(asked.sm.func2, tuple(asked.world.intern('i')))
          : asked.world.notImplemented,
      )
      const shared = int(12345)
      return asked.run({ reducer_override: answer }, list(shared, shared))
    },
  "run(sub(persistent_id=lambda s,x: 7 if x=='x' else None), ['x',1])": (asked) =>
    asked.run(
      { persistent_id: asked.fn((object) => (isText(object, 'x') ? 7 : null)) },
      list(asked.world.intern('x'), 1),
    ),
  "run(sub(persistent_id=lambda s,x: 0 if x=='x' else None), ['x',1])": (asked) =>
    asked.run(
      { persistent_id: asked.fn((object) => (isText(object, 'x') ? 0 : null)) },
      list(asked.world.intern('x'), 1),
    ),
  "run(sub(persistent_id=lambda s,x: 'a\\nb' if x=='x' else None), 'x')": (asked) =>
    asked.run(
      { persistent_id: asked.fn((object) => (isText(object, 'x') ? str('a\nb') : null)) },
      asked.world.intern('x'),
    ),
  "inst('x', cls=sub(persistent_id=lambda s,x: 'M'), persistent_id=lambda x: 'I')": (asked) =>
    asked.inst(
      asked.world.intern('x'),
      { persistent_id: asked.fn(() => asked.world.intern('I')) },
      asked.sub({ persistent_id: asked.fn(() => asked.world.intern('M')) }),
    ),
  "run(sub(reducer_override=lambda s,x: (sm.func2,(9,)) if type(x) is bytearray else NotImplemented), bytearray(b'b'))":
    (asked) => {
      const answer = typeIs(asked, 'bytearray', (sm) => tuple(sm.func2, tuple(9)))
      return asked.run({ reducer_override: asked.fn(answer) }, bytearray([98]))
    },
  'run(sub(reducer_override=lambda s,x: (sm.func2,(3,)) if x is sm.lam else NotImplemented), [sm.lam, sm.lam])':
    (asked) => {
      const { lam, func2 } = asked.sm
      const answer = asked.fn((object) =>
        object === lam ? tuple(func2, tuple(3)) : asked.world.notImplemented,
      )
      return asked.run({ reducer_override: answer }, list(lam, lam))
    },
  'inst(sm.A(), reducer_override=lambda x: NotImplemented)': (asked) =>
    asked.inst(new PyObject(asked.sm.A), {
      reducer_override: asked.fn(() => asked.world.notImplemented),
    }),
  'run(sub(reducer_override=None), sm.A())': (asked) =>
    asked.run({ reducer_override: null }, new PyObject(asked.sm.A)),
  'run(sub(reducer_override=lambda s,x: (sm.func2,(9,)) if x is None else NotImplemented), None)': (
    asked,
  ) => {
    const answer = asked.fn((object) =>
      object === null ? tuple(asked.sm.func2, tuple(9)) : asked.world.notImplemented,
    )
    return asked.run({ reducer_override: answer }, null)
  },
  'inst(1j, dispatch_table={})': (asked) =>
    asked.inst(complex(asked.world, 0, 1), { dispatch_table: asked.table() }),
  'inst(sm.A, dispatch_table={type: lambda x: (sm.func2,())})': (asked) =>
    asked.inst(asked.sm.A, {
      dispatch_table: asked.table([
        asked.world.typeClass,
        asked.fn(() => tuple(asked.sm.func2, tuple())),
      ]),
    }),
  "inst(sm.A(), dispatch_table=collections.defaultdict(lambda: (lambda x: (sm.func2,('dt',)))))": (
    asked,
  ) => {
    const reducer = asked.fn(() => tuple(asked.sm.func2, tuple(str('dt'))))
    const table = new PyObject(asked.world.knownClass('collections:defaultdict'), null, dict())
    table.slots = new Map([['default_factory', asked.fn(() => reducer)]])
    return asked.inst(new PyObject(asked.sm.A), { dispatch_table: table })
  },
  'inst(sm.A(), dispatch_table=GetOnly())': (asked) =>
    asked.inst(new PyObject(asked.sm.A), {
      dispatch_table: asked.having('GetOnly', { get: (_self, _key, absent = null) => absent }),
    }),
  'inst(sm.A(), dispatch_table=GetItemOnly())': (asked) =>
    asked.inst(new PyObject(asked.sm.A), {
      dispatch_table: asked.having('GetItemOnly', {
        __getitem__: () => {
          throw new PickleError('KeyError', '')
        },
      }),
    }),
  "inst(sm.A(), cls=sub(dispatch_table={}), dispatch_table={sm.A: lambda x:(sm.func2,('i',))})": (
    asked,
  ) => {
    const reducer = asked.fn(() => tuple(asked.sm.func2, tuple(asked.world.intern('i'))))
    return asked.inst(
      new PyObject(asked.sm.A),
      { dispatch_table: asked.table([asked.sm.A, reducer]) },
      asked.sub({ dispatch_table: asked.table() }),
    )
  },
  "two(*(lambda x: (x,x))(['a']))": (asked) => {
    const shared = list(asked.world.intern('a'))
    return asked.two(shared, shared)
  },
  "inst(['b'], memo={1: (5, 'zz')})": (asked) =>
    asked.inst(list(asked.world.intern('b')), { memo: dict([1, tuple(5, str('zz'))]) }),
  'two(sm.lam, [1])': (asked) => asked.two(asked.sm.lam, list(1)),
  'two((lambda x: [x, sm.lam])(X1), X1)': (asked) => {
    const shared = list()
    return asked.two(list(shared, asked.sm.lam), shared)
  },
  "two([1,2], 3, 'a')": (asked) => asked.two(list(1, 2), 3, asked.world.intern('a')),
  "run(sub(fast=True), ['a'])": (asked) => asked.run({ fast: true }, list(asked.world.intern('a'))),
  "inst(['a'], cls=sub(fast=False), fast=True)": (asked) =>
    asked.inst(list(asked.world.intern('a')), { fast: true }, asked.sub({ fast: false })),
  'P(io.BytesIO(), 6)': (asked) => typeof asked.pickler(new KeptFile(), { protocol: 6 }),
  "ext(dumps, ('sm','func'), 1, [sm.func, sm.func])": (asked) =>
    asked.ext('sm\0func', 1, list(asked.sm.func, asked.sm.func)),
  "ext(dumps, ('sm','func'), 256, sm.func)": (asked) => asked.ext('sm\0func', 256, asked.sm.func),
  "ext(dumps, ('sm','func'), 65536, sm.func)": (asked) =>
    asked.ext('sm\0func', 65536, asked.sm.func),
  "ext(dumps, ('sm','func'), 1, sm.func)": (asked) => asked.ext('sm\0func', 1, asked.sm.func),
  'corrupt(0)': (asked) => asked.ext('sm\0func', 0, asked.sm.func),
  'corrupt(2147483648)': (asked) => asked.ext('sm\0func', 2 ** 31, asked.sm.func),
  'pickle.DEFAULT_PROTOCOL': ({ profile: { defaultProtocol } }) => defaultProtocol,
  'run(sub(save=None, memoize=None), [1])': (asked) =>
    asked.run({ save: null, memoize: null }, list(1)),
  '(issubclass(pickle.PicklingError, pickle.PickleError), issubclass(pickle.UnpicklingError, pickle.PickleError))':
    () => {
      const areSo = ['PicklingError', 'UnpicklingError'].map((name) =>
        exceptionMro(new PickleError(name, '')).includes('PickleError'),
      )
      return `(${areSo.map(shown).join(', ')})`
    },
  'trace()': (asked) => asked.trace(),
  'trace(sm.WithMeta)': (asked) => asked.trace(valueFor(asked, 'sm.WithMeta')),
  'trace(sm.A).split()[:2]': (asked) => pythonList(asked.trace(asked.sm.A), 2),
  'trace(sm.IntSub(3)).split()[:3]': (asked) =>
    pythonList(asked.trace(valueFor(asked, 'sm.IntSub(3)')), 3),
  'trace(...).split()[:3]': (asked) => pythonList(asked.trace(asked.world.ellipsis), 3),
  "run(sub(persistent_id=lambda s,x: 'pidstr' if type(x) is int else None), [1,2])": (asked) => {
    const id = str('pidstr')
    return asked.run(
      { persistent_id: asked.fn((object) => (isInt(object) ? id : null)) },
      list(1, 2),
    )
  },
  "pidlog('x', 'PID')": (asked) => {
    const log: string[] = []
    const id = str('PID')
    const hook = asked.fn((object) => {
      log.push(isText(object, 'x') ? 'x' : object === id ? 'PID' : '?')
      return isText(object, 'x') ? id : null
    })
    asked.run({ persistent_id: hook }, asked.world.intern('x'))
    return log.join(' ')
  },
  "run(sub(persistent_id=None), 'x')": (asked) =>
    asked.run({ persistent_id: null }, asked.world.intern('x')),
  'run(sub(dispatch_table={sm.A: lambda x: (sm.func2,(1,))}, reducer_override=lambda s,x: (sm.func2,(256,)) if type(x) is sm.A else NotImplemented), sm.A())':
    (asked) =>
      asked.run(
        {
          dispatch_table: asked.table([
            asked.sm.A,
            asked.fn(() => tuple(asked.sm.func2, tuple(1))),
          ]),
          reducer_override: asked.fn(typeIs(asked, 'A', (sm) => tuple(sm.func2, tuple(256)))),
        },
        new PyObject(asked.sm.A),
      ),
  'rebind()': rebind,
  "run(sub(reducer_override=lambda s,x: 'func' if type(x) is sm.A else NotImplemented), sm.A())": (
    asked,
  ) =>
    asked.run(
      { reducer_override: asked.fn(typeIs(asked, 'A', () => str('func'))) },
      new PyObject(asked.sm.A),
    ),
  'inst(sm.A(), dispatch_table=Raising(KeyError))': (asked) => raising(asked, 'KeyError'),
  'inst(sm.A(), dispatch_table=Raising(LookupError))': (asked) => raising(asked, 'LookupError'),
  'inst(sm.A(), dispatch_table=collections.ChainMap({}, {sm.A: lambda x: (sm.func2,())}))': (
    asked,
  ) => {
    const reducer = asked.fn(() => tuple(asked.sm.func2, tuple()))
    const maps = list(dict(), dict([asked.sm.A, reducer]))
    const table = new PyObject(asked.world.knownClass('collections:ChainMap'), null, maps)
    return asked.inst(new PyObject(asked.sm.A), { dispatch_table: table })
  },
  'inst(sm.A(), dispatch_table={sm.A: None})': (asked) =>
    asked.inst(new PyObject(asked.sm.A), { dispatch_table: asked.table([asked.sm.A, null]) }),
  'inst(sm.A(), dispatch_table=None)': (asked) =>
    asked.inst(new PyObject(asked.sm.A), { dispatch_table: null }),
  'P(io.BytesIO(), 4).dispatch_table': (asked) =>
    typeof asked.pickler(new KeptFile(), { protocol: 4 }).getAttribute('dispatch_table'),
  'inst(sm.A(), dispatch_table={sm.A: lambda x: NotImplemented})': (asked) =>
    asked.inst(new PyObject(asked.sm.A), {
      dispatch_table: asked.table([asked.sm.A, asked.fn(() => asked.world.notImplemented)]),
    }),
  'complex in copyreg.dispatch_table': ({ world }) =>
    world.copyregTable.keys.includes(world.known('builtins:complex')),
  'super in copyreg.dispatch_table': ({ world }) =>
    world.copyregTable.keys.includes(world.known('builtins:super')),
  'withtable(int, lambda x: (sm.func2,(1,)), 5)': (asked) => {
    const reducer = asked.fn(() => tuple(asked.sm.func2, tuple(1)))
    dictStore(asked.world.copyregTable, asked.world.known('builtins:int'), reducer)
    return asked.dumps(5)
  },
  'pull(2)': (asked) => pull(asked, 2),
  'pull(0)': (asked) => pull(asked, 0),
  'P(io.BytesIO(), None, buffer_callback=len)': (asked) =>
    typeof asked.pickler(new KeptFile(), { bufferCallback: asked.world.known('builtins:len') }),
  'dumps(1, buffer_callback=5)': (asked) => asked.dumps(1, { bufferCallback: 5 }),
  'dumps(range, fix_imports=False)': (asked) =>
    asked.dumps(asked.world.known('builtins:range'), { fixImports: false }),
  "dumps([pickle.PickleBuffer(b'ro'), pickle.PickleBuffer(bytearray(b'rw'))], buffer_callback=lambda b: None)":
    (asked) =>
      asked.dumps(list(buffer('ro'), buffer('rw', false)), {
        bufferCallback: asked.fn(() => null),
      }),
  'writes(bytearray(65536))': (asked) => asked.writes(bytearray(new Uint8Array(65536))),
  "writes([1, b'x'*65536])": (asked) => asked.writes(list(1, filled(120, 65536))),
  'writes(())': (asked) => asked.writes(asked.world.emptyTuple),
  '(lambda a: dumps([a, a]) == dumps([a, list(a)]))([1])': (asked) => {
    const shared = list(1)
    return asked.dumps(list(shared, shared)) === asked.dumps(list(shared, list(1)))
  },
  'share()': share,
  "(lambda f: (lambda p: (p.dump([Mut(p.clear_memo), 'a']), f.getvalue().hex()[8:])[1])(P(f, 2)))(io.BytesIO())":
    (asked) => {
      const file = new KeptFile()
      const pickler = asked.pickler(file)
      const mut = asked.sm.mut(() => pickler.clearMemo())
      pickler.dump(list(mut, asked.world.intern('a')))
      return file.take().slice(8)
    },
  "(lambda f: (lambda p: (lambda x: (p.dump(x), setattr(p, 'fast', True), p.dump(x), f.getvalue().hex()[-10:])[3])(['s']))(P(f, 2)))(io.BytesIO())":
    (asked) => {
      const file = new KeptFile()
      const pickler = asked.pickler(file)
      const shared = list(asked.world.intern('s'))
      pickler.dump(shared)
      pickler.setAttribute('fast', true)
      pickler.dump(shared)
      return file.take().slice(-10)
    },
  "fast(deep('list', 100)) == fast(deep('list', 100))": (asked) =>
    new Set([asked.fast(deep(100)), asked.fast(deep(100))]).size === 1,
  'cyc_calls(3)': (asked) => cycleCalls(asked, 3),
  '(lambda f: (P(f, 2.9).dump(300), f.getvalue().hex())[1])(io.BytesIO())': (asked) =>
    asked.dumps(300, { protocol: float(2.9) }),
  'P(io.BytesIO(), 2.9)': (asked) => typeof asked.pickler(new KeptFile(), { protocol: float(2.9) }),
  'P(io.BytesIO(), 2**70)': (asked) =>
    typeof asked.pickler(new KeptFile(), { protocol: 2n ** 70n }),
  'ctx(lambda: dumps(sm.lam))': (asked) => {
    try {
      return asked.dumps(asked.sm.lam)
    } catch (error) {
      return error instanceof PickleError ? (error.context?.type ?? '') : String(error)
    }
  },
  ...Object.fromEntries(
    Object.entries(constants).flatMap(([text, value]) => [
      [`pickler(${text})`, (asked: Asked) => asked.dumps(1, { protocol: value })],
      [`corrupt(${text})`, (asked: Asked) => asked.ext('sm\0func', value, asked.sm.func)],
    ]),
  ),
  "run(sub(persistent_id=lambda s, x: '\\xe9'), 1)": (asked) =>
    asked.run({ persistent_id: asked.fn(() => str('\xe9')) }, 1),
  'memo({1: 5})': (asked) => setMemo(asked, dict([1, 5])),
  'memo(5)': (asked) => setMemo(asked, 5),
  "memo({1: ('a', 5)})": (asked) => setMemo(asked, dict([1, tuple(str('a'), 5)])),
  'twice()': (asked) => {
    const { Inner } = asked.sm.outer()
    let isFirst = true
    const override = asked.fn((object) => {
      if (nameOf(object) !== 'Outer' || !isFirst) return asked.world.notImplemented
      isFirst = false
      return tuple(asked.sm.func2, tuple(Inner))
    })
    return asked.run({ reducer_override: override }, list(Inner, 1, asked.world.intern('a')))
  },
}

function raising(asked: Asked, type: string): string {
  const raise: Call = () => {
    throw new PickleError(type, 'absent')
  }
  const get: Call = (_self, _key, absent = null) => (type === 'KeyError' ? absent : raise())
  const table = asked.having('Raising', { __getitem__: raise, get })
  return asked.inst(new PyObject(asked.sm.A), { dispatch_table: table })
}

/** The first words as Python shows a list of them. */
const pythonList = (words: string, count: number): string =>
  `[${words
    .split(' ')
    .slice(0, count)
    .map((word) => `'${word}'`)
    .join(', ')}]`

function valueFor(asked: Asked, expression: string): PyValue {
  const make = values[expression]
  if (make === undefined) throw new Error(`nobody says how to make ${expression}`)
  return make(asked)
}

/** What an expression gives: hex for bytes. */
function evaluate(asked: Asked, expression: string): string | boolean | number {
  const action = actions[expression]
  if (action !== undefined) return action(asked)
  const [, kind, script] = /^attrs\('(.*?)', ['"](.*)['"]\)$/.exec(expression) ?? []
  if (kind !== undefined && script !== undefined) return attrs(asked, kind, script)
  const [, wrapper, inside] = /^(ops|fr|len)\((.*)\)$/.exec(expression) ?? []
  if (wrapper !== undefined && inside !== undefined) {
    return wrapped(wrapper, String(evaluate(asked, inside)))
  }
  const slice = /^(.*?)(?:\[(-?\d*):(-?\d*)\]\.hex\(\)|\.hex\(\)\[(-?\d*):(-?\d*)\])$/.exec(
    expression,
  )
  if (slice !== null) {
    const hex = String(evaluate(asked, slice[1] ?? ''))
    const scale = slice[4] === undefined && slice[5] === undefined ? 2 : 1
    const [from, to] = [slice[2] ?? slice[4], slice[3] ?? slice[5]]
    return hex.slice(Number(from) * scale, to ? Number(to) * scale : undefined)
  }
  const [, how, value = ''] = /^(dumps|fast)\((.*)\)$/.exec(expression) ?? []
  if (how === 'fast') return asked.fast(valueFor(asked, value))
  if (how === 'dumps') return asked.dumps(valueFor(asked, value))
  throw new Error(`nobody says what ${expression} does`)
}

function wrapped(wrapper: string, hex: string): string | number {
  if (wrapper === 'len') return hex.length / 2
  const pickle = bytesOfHex(hex)
  if (wrapper === 'fr') return framesOf(pickle)
  return [...rawInstructions(pickle)].map(({ opcode }) => opcode).join(' ')
}

/** As Python shows it. */
const shown = (given: string | number | boolean): string =>
  given === true ? 'True' : given === false ? 'False' : String(given)

const file: ExampleFile = JSON.parse(
  readFileSync(new URL('fixtures/examples.json', import.meta.url), 'utf8'),
)

test.each(tableOf(file))(
  '%s, protocol %s: %s gives %s',
  (_clause, _protocol, _expression, _gives, example) => {
    const outcomes = outcomesOf(file, example, (name) =>
      shown(evaluate(new Asked(example, profile(name)), example.expression)),
    )

    expect(outcomes).not.toEqual({})
    expect(outcomes).toEqual(wantedOf(file, example))
  },
)
