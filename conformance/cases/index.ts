export type {
  Assembly,
  Case,
  CaseFile,
  CaseOracle,
  CaseQuestion,
  Deviation,
  DeviationEngine,
  DeviationKind,
  Expectation,
  Expected,
  ExpectedBuffer,
  ExpectedStep,
} from './case-file.ts'
export { checkSuite, type KnownIds } from './check-suite.ts'
export {
  type AskedEngine,
  deviationFor,
  documentedExpectation,
  expectationFor,
} from './expectation-for.ts'
export { parseCaseFile, parseCaseFileText } from './parse-case-file.ts'
export { isNegative, isRefusal, questionId, questionsOf, twinQuestions } from './questions.ts'
