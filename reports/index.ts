/** What other parts may use of the reports. */
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
