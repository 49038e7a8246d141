import type { Clause } from './clause.ts'

/** Extension codes: chapter EXT. */
export const extensionsClauses: readonly Clause[] = [
  {
    id: 'EXT-01',
    chapter: 'EXT',
    title: 'A registered name is written as its code',
    level: 'documented',
    oracle: 'bytes',
    says: 'From protocol 2 on a global whose Python 3 name is registered is EXT1 for codes up to 255, EXT2 up to 65535 and EXT4 beyond, is written again at each meeting and never enters the memo.',
    source: 'library reference, copyreg; PEP 307, The extension registry',
    boundaries: [
      { id: 'EXT-01/code-1', says: 'Code 1.' },
      { id: 'EXT-01/code-255', says: 'Code 255.' },
      { id: 'EXT-01/code-256', says: 'Code 256.' },
      { id: 'EXT-01/code-65535', says: 'Code 65535.' },
      { id: 'EXT-01/code-65536', says: 'Code 65536.' },
      { id: 'EXT-01/code-int32-max', says: 'Code 2147483647.' },
      { id: 'EXT-01/twice', says: 'A registered function twice.' },
      { id: 'EXT-01/below-protocol-2', says: 'Below protocol 2 the registry is not asked.' },
      { id: 'EXT-01/class-of-newobj', says: 'The class of an instance.' },
      { id: 'EXT-01/nested-name', says: 'A nested name.' },
    ],
  },
  {
    id: 'EXT-02',
    chapter: 'EXT',
    title: 'A registry with impossible codes',
    level: 'implementation',
    oracle: 'error',
    says: {
      c: 'A code of 0, a negative one or one that is no int is refused with PicklingError up to 3.12 and with RuntimeError or TypeError from 3.13 on.',
      pure: 'Up to 3.12 codes of 0 and None count as not registered; from 3.13 on such codes are refused.',
    },
    source: 'measured on CPython 3.8-3.14',
    excluded: "The registry's own functions accept no such code.",
  },
]
