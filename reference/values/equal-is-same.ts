import { PyFloat, PyInt } from './value.ts'

/**
 * The one object of each int and float, of an interpreter in which equal ones are identical. Floats
 * are equal here when their bits are: -0.0 is not 0.0, and one NaN is another.
 *
 * @clause PYPY-02
 */
export class EqualIsSame {
  readonly #ints = new Map<number | bigint, PyInt>()
  readonly #floats = new Map<string, PyFloat>()

  int(value: number | bigint): PyInt {
    return kept(this.#ints, value, () => new PyInt(value))
  }

  float(value: number, bits: Uint8Array | null): PyFloat {
    const text = Object.is(value, -0) ? '-0' : `${bits ?? value}`
    return kept(this.#floats, text, () => new PyFloat(value, bits))
  }
}

function kept<K, V>(all: Map<K, V>, key: K, make: () => V): V {
  const found = all.get(key) ?? make()
  all.set(key, found)
  return found
}
