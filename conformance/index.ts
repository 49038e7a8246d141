/** What other parts, and people who want the runner inside their own test, may use of the suite. */

export { clauses } from './clauses/index.ts'
export {
  isBinding,
  readSoleMutants,
  type SoleMutant,
  soleMutantsPath,
} from './clauses/sole-mutants.ts'
export { readToldMutants, type ToldMutant, toldMutantsPath } from './clauses/told-mutants.ts'
export { sameError, withoutAddresses } from './oracles/same-error.ts'
export { type Comparison, sameObservation } from './oracles/same-observation.ts'
export { packageFile, packageRoot } from './package-root.ts'
export type * from './protocol/message.ts'
export { type Asked, ask, hello, type Replied, type Talk, talkTo } from './runner/ask.ts'
export { type Choice, choose, FilterError } from './runner/choose.ts'
export type { Death } from './runner/conversation.ts'
export {
  type LoadQuestion,
  observe,
  observeLoads,
  type Question,
  runsAlone,
  type ScenarioOutcome,
} from './runner/observe.ts'
export { protocolsOf, readResults, type SeenResult } from './runner/results.ts'
export { type RunEnd, run } from './runner/run.ts'
export type { Run, RunSubject } from './runner/run-settings.ts'
export { type Started, startSubject } from './runner/seat.ts'
export { defaultLimits, type SubjectCommand, type SubjectLimits } from './runner/subject.ts'
export { loadSuite, type Suite, SuiteError } from './runner/suite.ts'
export type { Outcome, Summary, Supervision } from './runner/supervise.ts'
export { EndlessError } from './scenario/endless.ts'
export { expectedLoad } from './scenario/expected-load.ts'
export { expectedRun } from './scenario/expected-run.ts'
export * from './scenario/index.ts'
export type { LoadedGraph } from './scenario/loaded.ts'
export { materialize } from './scenario/materialize.ts'
export { UnbuildableError } from './scenario/unbuildable.ts'
export {
  type Chosen,
  type ChosenSubject,
  chooseSubjects,
  inAdvance,
  SubjectError,
} from './subjects/choose-subjects.ts'
export { discoverPythons } from './subjects/python/discover.ts'
export { type KnownSubject, knownSubjects } from './subjects/registry.ts'
export { machine, outFolder, packageVersion } from './surroundings.ts'
