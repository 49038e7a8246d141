/** What other parts may use of the reports. */

export { createRecordFile, type RecordFile, readRecordFile } from './disk.ts'
export { parseRecord, parseRecordLine, type ReadLine, RecordError } from './parse-record.ts'
export type {
  AbsentSubject,
  ConformanceScore,
  Details,
  Difference,
  DifferenceKind,
  EngineScore,
  ExpectedFailure,
  Footer,
  Header,
  Level,
  Machine,
  ParityScore,
  RecordLine,
  RecordSubject,
  RunRecord,
  StaleEntry,
  SubjectProfile,
  Verdict,
  VerdictKind,
  VerdictLine,
} from './record.ts'
export { formatRecordLine, levels, recordVersion, verdictKinds, verdictOf } from './record.ts'
export {
  anything,
  byTag,
  describeJson,
  flag,
  hex,
  integer,
  list,
  nullable,
  number,
  object,
  objectAt,
  oneOf,
  placeOf,
  type Reader,
  row,
  ShapeError,
  text,
  unwanted,
} from './shape.ts'
export { countedAs, failsTheRun, Tally } from './tally.ts'
