export { checkClasses } from './check-classes.ts'
export { type ClassFacts, ClassTable } from './class-facts.ts'
export { countEntries, countItems, expandEntries, expandItems } from './expand.ts'
export { type HookName, hookNames } from './names.ts'
export { type Capability, capabilities, needsOf, unmetNeeds } from './needs.ts'
export { parseScenario, parseScenarioText } from './parse.ts'
export type * from './scenario.ts'
export { scenarioVersion } from './scenario.ts'
export { ScenarioError } from './scenario-error.ts'
export {
  compareReleases,
  matchesProtocol,
  matchesVersion,
  type ProtocolRange,
  parseProtocolRange,
  parseRelease,
  parseVersionRange,
  type Release,
  type VersionRange,
} from './versions.ts'
export { visitScenario } from './walk.ts'
