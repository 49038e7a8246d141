/** What other parts may use of the reports. */

export {
  type BenchEngine,
  type BenchOperation,
  type BenchRecord,
  type BenchRow,
  benchOperations,
  benchVersion,
  formatBenchRecord,
  type Interval,
} from './bench-record.ts'
export {
  benchFile,
  createRecordFile,
  pathFrom,
  type RecordFile,
  type ReportFormat,
  readBenchBeside,
  readRecordBeside,
  readRecordFile,
  readResultsFile,
  recordFile,
  reportFormats,
  writeAtomically,
  writeBenchReport,
  writeReports,
} from './disk.ts'
export { standingOf } from './failures.ts'
export { parseBenchRecord } from './parse-bench-record.ts'
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
  Isolation,
  Level,
  Machine,
  ParityScore,
  RecordClause,
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
export { renderConsole } from './renderers/console.ts'
export {
  type ExplainedAnswers,
  type ExplainedBoundary,
  type ExplainedCase,
  type ExplainedClause,
  type ExplainedExpectation,
  renderCaseExplanation,
  renderClauseExplanation,
  renderClauseTable,
} from './renderers/explain.ts'
export { renderHtml } from './renderers/html.ts'
export { renderJunit } from './renderers/junit.ts'
export { renderMarkdown } from './renderers/markdown.ts'
export { sideBySide } from './renderers/side-by-side.ts'
export { type TerminalView, terminalView } from './renderers/terminal.ts'
export { failsTheRun } from './score.ts'
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
export { countedAs, Tally } from './tally.ts'
