import {
  type BenchEngine,
  type BenchRecord,
  type BenchRow,
  benchOperations,
  benchVersion,
  type Interval,
} from './bench-record.ts'
import { isoTime, machine } from './parse-record.ts'
import {
  integer,
  list,
  nullable,
  number,
  object,
  objectAt,
  oneOf,
  placeOf,
  type Reader,
  ShapeError,
  text,
} from './shape.ts'

const positive: Reader<number> = (value, place) => {
  const found = number(0)(value, place)
  if (found === 0) throw new ShapeError(place, 'found 0, wanted a number above 0')
  return found
}

function inOrder(place: string, low: number, middle: number, high: number): void {
  if (low > middle || middle > high) {
    throw new ShapeError(place, `found ${low}, ${middle}, ${high}, wanted them in rising order`)
  }
}

const interval: Reader<Interval> = (value, place) => {
  const read = object({ value: positive, low: positive, high: positive })(value, place)
  inOrder(place, read.low, read.value, read.high)
  return read
}

const nsPerCall: Reader<BenchRow['nsPerCall']> = (value, place) => {
  const read = object({
    samples: integer(1),
    median: positive,
    low: positive,
    high: positive,
  })(value, place)
  inOrder(place, read.low, read.median, read.high)
  return read
}

const row: Reader<BenchRow> = object(
  {
    subject: text,
    engine: nullable(text),
    workload: text,
    operation: oneOf(benchOperations),
    protocol: integer(0),
    nsPerCall,
    ratioToBaseline: nullable(interval),
  },
  { bytes: integer(1), growthExponent: number(Number.NEGATIVE_INFINITY) },
)

const baseline: Reader<BenchEngine> = object({ subject: text, engine: nullable(text) })

const noise: Reader<BenchRecord['noise']> = (value, place) => {
  const read = object({ aaRatioLow: positive, aaRatioHigh: positive })(value, place)
  if (read.aaRatioLow > read.aaRatioHigh) {
    throw new ShapeError(
      placeOf(place, 'aaRatioLow'),
      `found ${read.aaRatioLow}, wanted at most ${read.aaRatioHigh}`,
    )
  }
  return read
}

const benchRecord: Reader<BenchRecord> = object({
  bench: oneOf([benchVersion]),
  picklespec: text,
  started: isoTime,
  machine,
  baseline,
  rows: list(row),
  noise,
  notes: list(text),
})

/** Whether decoded JSON says that it is a bench record, of whatever version. */
export function isBenchRecord(decoded: unknown): boolean {
  return typeof decoded === 'object' && decoded !== null && Object.hasOwn(decoded, 'bench')
}

/**
 * Reads a bench record from the text of its file.
 *
 * @throws {ShapeError} with the place, for anything that is not one of this version
 */
export function parseBenchRecord(source: string): BenchRecord {
  let decoded: unknown
  try {
    decoded = JSON.parse(source)
  } catch {
    throw new ShapeError('$', 'this is not JSON')
  }
  return benchRecord(objectAt(decoded, '$'), '$')
}
