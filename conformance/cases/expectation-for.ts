import { matchesProtocol, matchesVersion } from '../scenario/index.ts'
import type { Case, Deviation, Expected } from './case-file.ts'

/** An engine of CPython: which one, of what release, and the protocol it is asked for. */
export type AskedEngine = {
  readonly engine: 'c' | 'py'
  /** A full release, `3.13.0`. */
  readonly version: string
  /** null for a case whose scenario has a protocol of its own. */
  readonly protocol: number | null
}

/**
 * What the case documents for a protocol, whoever is asked.
 *
 * @throws {RangeError} for a protocol the case is not asked for
 */
export function documentedExpectation(one: Case, protocol: number | null): Expected {
  const expectation = one.expectations.find(({ protocols }) => isIn(protocols, protocol))
  if (expectation === undefined || one.protocols?.includes(protocol ?? -1) === false) {
    throw new RangeError(`${one.id} is not asked for protocol ${protocol}`)
  }
  return expectation.expected
}

function isIn(protocols: string, protocol: number | null): boolean {
  return protocol === null || matchesProtocol(protocols, protocol)
}

/**
 * The known deviation of an engine of CPython, or undefined where it does what is documented. Where
 * several fit, the last in the file wins: a case lists the general ones first.
 *
 * @throws {RangeError} for a version that is no release
 */
export function deviationFor(
  one: Case,
  { engine, version, protocol }: AskedEngine,
): Deviation | undefined {
  return one.deviations.findLast(
    (deviation) =>
      (deviation.engines.includes('*') || deviation.engines.includes(engine)) &&
      matchesVersion(deviation.versions, version) &&
      isIn(deviation.protocols, protocol),
  )
}

/** What an engine of CPython is known to do: the deviation that fits, else what is documented. */
export function expectationFor(one: Case, asked: AskedEngine): Expected {
  return deviationFor(one, asked)?.expected ?? documentedExpectation(one, asked.protocol)
}
