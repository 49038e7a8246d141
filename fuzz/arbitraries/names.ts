import { type Arbitrary, constantFrom } from 'fast-check'
import type { Json } from '../json.ts'
import type { Context } from './context.ts'
import { weighted, when } from './weighted.ts'

/** Of builtins and the library: renamed for Python 2 or not, nested, found elsewhere, methods. */
const globals = [
  'builtins:int',
  'builtins:len',
  'builtins:str',
  'builtins:range',
  'builtins:object',
  'builtins:type',
  'builtins:getattr',
  'builtins:ConnectionError',
  'builtins:ModuleNotFoundError',
  'builtins:str.upper',
  'builtins:dict.fromkeys',
  'builtins:object.__new__',
  'builtins:Ellipsis',
  'builtins:NotImplemented',
  'functools:reduce',
  'functools:partial',
  'collections:OrderedDict',
  'collections:Counter',
  'collections:deque',
  'copyreg:__newobj__',
  'copyreg:_reconstructor',
  'datetime:date',
  'decimal:Decimal',
  'enum:Enum',
  'itertools:chain',
  'operator:getitem',
  'os.path:join',
  'pickle:PicklingError',
  'queue:Queue',
  're:compile',
  'abc:ABC',
  'types:FunctionType',
  'fractions:Fraction',
  'uuid:UUID',
] as const

const someGlobals: Arbitrary<Json> = constantFrom(...globals).map((global) => ({ global }))

/** Classes and functions, by name. */
export function names({ features, classes, functions }: Context): Arbitrary<Json> {
  return weighted<Json>(
    [
      when(classes.length > 0, 3),
      () => constantFrom(...classes).map(({ name }) => ({ class: name })),
    ],
    [
      when(functions.length > 0, 2),
      () => constantFrom(...functions).map((name) => ({ function: name })),
    ],
    [when(features.has('globals'), 3), () => someGlobals],
    [1, constantFrom<Json[]>({ global: 'builtins:list' }, { global: 'builtins:print' })],
  )
}

/** Objects of the library, with what each reduces to. */
export const libraryObjects: Arbitrary<Json> = constantFrom<Json[]>(
  {
    opaque: 'builtins:complex',
    arguments: [{ float: '3ff0000000000000' }, { float: '4000000000000000' }],
    reductions: [],
  },
  {
    opaque: 'decimal:Decimal',
    arguments: ['1.5'],
    reductions: [{ reduction: { tuple: [{ global: 'decimal:Decimal' }, { tuple: ['1.5'] }] } }],
  },
  {
    opaque: 'builtins:range',
    arguments: [1, 300],
    reductions: [{ reduction: { tuple: [{ global: 'builtins:range' }, { tuple: [1, 300, 1] }] } }],
  },
  {
    opaque: 'builtins:slice',
    arguments: [1, 300],
    reductions: [
      { reduction: { tuple: [{ global: 'builtins:slice' }, { tuple: [1, 300, null] }] } },
    ],
  },
  { opaque: 'functools:partial', arguments: [{ global: 'builtins:int' }, 'ab'], reductions: [] },
  {
    opaque: 'datetime:date',
    arguments: [2020, 4, 1],
    reductions: [
      { reduction: { tuple: [{ global: 'datetime:date' }, { tuple: [{ bytes: '07e40401' }] }] } },
    ],
  },
  {
    opaque: 'array:array',
    arguments: ['b', { bytes: '0102' }],
    reductions: [
      {
        protocols: '0-2',
        reduction: {
          tuple: [{ global: 'array:array' }, { tuple: ['b', { list: [1, 2] }] }, null],
        },
      },
      {
        protocols: '3-5',
        reduction: {
          tuple: [
            { global: 'array:_array_reconstructor' },
            { tuple: [{ global: 'array:array' }, 'b', 1, { bytes: '0102' }] },
            null,
          ],
        },
      },
    ],
  },
  {
    opaque: 'fractions:Fraction',
    arguments: [1, 3],
    reductions: [
      {
        versions: '3.8-3.10',
        reduction: { tuple: [{ global: 'fractions:Fraction' }, { tuple: ['1/3'] }] },
      },
      {
        versions: '3.11+',
        reduction: { tuple: [{ global: 'fractions:Fraction' }, { tuple: [1, 3] }] },
      },
    ],
  },
)
