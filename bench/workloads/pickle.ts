import { parseScenario, type Value } from '../../conformance/index.ts'
import { Random } from '../random.ts'
import type { Workload } from './workload.ts'

/** A field of a profile: an int up to so much, a word of so many letters, or something else. */
type Field = { readonly below: number } | { readonly letters: number } | 'date' | 'tags'

const day = { below: 3 }
const byte = { below: 256 }
const count = { below: 10_000 }
const id = { below: 900_000_000 }
const seconds = { below: 1_300_000_000 }
const flags = { below: 900_000_000_000 }
const nothing = { letters: 0 }
const letter = { letters: 1 }
const word = { letters: 8 }
const token = { letters: 22 }

/** As many fields as the profile of the original has, of the same types and sizes. */
const fields: readonly (readonly [string, Field])[] = [
  ['account_flags', flags],
  ['account_id', id],
  ['age', byte],
  ['album_count', { below: 1 }],
  ['birthday', 'date'],
  ['comment_count', count],
  ['country', { letters: 2 }],
  ['display_gender', { letters: 4 }],
  ['encrypted_id', { letters: 11 }],
  ['favourite_count', byte],
  ['first_name', nothing],
  ['friend_count', count],
  ['gender', letter],
  ['group', letter],
  ['has_own_icon', { below: 2 }],
  ['last_name', nothing],
  ['locale', { letters: 5 }],
  ['member_level', day],
  ['message_count', { below: 1 }],
  ['play_count', byte],
  ['post_code', nothing],
  ['profile_id', id],
  ['secret_id', token],
  ['session_number', byte],
  ['signup_id', { letters: 13 }],
  ['status', letter],
  ['tags', 'tags'],
  ['theme', day],
  ['time_created', seconds],
  ['time_updated', seconds],
  ['unread_count', { below: 1 }],
  ['username', word],
  ['view_count', byte],
]

/** A name of a field: one object wherever it stands, as source code would have it. */
class Keys {
  readonly #written = new Set<string>()

  key(name: string): Value {
    if (this.#written.has(name)) return { ref: name }
    this.#written.add(name)
    return { str: [name], id: name }
  }
}

const twoDigits = (byteValue: number): string => byteValue.toString(16).padStart(2, '0')

/** A date, as the C type of Python reduces it: year in two bytes, month, day. */
function date(random: Random): Value {
  const [year, month, dayOfMonth] = [random.int(1950, 1999), random.int(1, 12), random.int(1, 28)]
  const bytes = [year >> 8, year & 0xff, month, dayOfMonth].map(twoDigits).join('')
  const reduction = { tuple: [{ global: 'datetime:date' }, { tuple: [{ bytes }] }] }
  return {
    opaque: 'datetime:date',
    arguments: [year, month, dayOfMonth],
    reductions: [{ versions: '*', protocols: '3-5', reduction }],
  }
}

function content(random: Random, field: Field): Value {
  if (field === 'date') return date(random)
  if (field === 'tags') return { list: Array.from({ length: 7 }, () => random.word(1)) }
  if ('letters' in field) return random.word(field.letters)
  return Math.floor(random.real() * field.below)
}

function profile(random: Random, keys: Keys): Value {
  return {
    dict: fields.map(([name, field]) => [keys.key(name), content(random, field)] as const),
  }
}

/** The same keys, each with the digits of a random number. */
function changedProfile(random: Random, keys: Keys): Value {
  const digits = (): string => String(random.real() * 2 ** 63)
  return { dict: fields.map(([name]) => [keys.key(name), digits()] as const) }
}

function record(random: Random, keys: Keys): Value {
  const ids = Array.from({ length: 20 }, () => random.int(45_000_000, 266_999_999))
  return {
    tuple: [
      profile(random, keys),
      { tuple: [{ list: ids }, 60] },
      { list: Array.from({ length: 3 }, () => changedProfile(random, keys)) },
    ],
  }
}

export const pickle: Workload = {
  name: 'pickle',
  group: 'pyperformance',
  why: 'a mix of dicts, lists, tuples, strs and ints, in the shape of pyperformance’s pickle: what most pickles of applications are made of',
  isLoaded: true,
  counts: 'records',
  size: 10,
  build: (seed, size) => {
    const random = new Random(seed)
    const keys = new Keys()
    const list = Array.from({ length: size }, () => record(random, keys))
    return parseScenario({ scenario: 1, steps: [{ dump: { list } }] })
  },
}
