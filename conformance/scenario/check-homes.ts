import { defaultQualname } from './parse-class.ts'
import { at, root } from './place.ts'
import type { ClassSpec, FunctionSpec, Scenario } from './scenario.ts'
import { refuse } from './scenario-error.ts'

type Named = ClassSpec | FunctionSpec

/**
 * Makes sure that what has a dotted qualified name can be put there: an earlier class of the same
 * module has the part before the last dot as its own qualified name.
 */
export function checkHomes(scenario: Scenario): void {
  const owners = new Set<string>()
  scenario.classes.forEach((spec, index) => {
    checkHome(scenario, spec, ['classes', index], owners)
    if (isPut(spec) && spec.found === undefined) owners.add(address(scenario, spec))
  })
  scenario.functions.forEach((spec, index) => {
    checkHome(scenario, spec, ['functions', index], owners)
  })
}

function qualnameOf(spec: Named): string {
  return spec.qualname ?? defaultQualname(spec)
}

/** `"module":null` things are put into the scenario's module. */
function moduleOf(scenario: Scenario, spec: Named): string {
  return spec.module ?? scenario.module
}

function address(scenario: Scenario, spec: Named): string {
  return `${moduleOf(scenario, spec)}:${qualnameOf(spec)}`
}

function isPut(spec: Named): boolean {
  return spec.found !== false && !qualnameOf(spec).includes('<locals>')
}

function checkHome(
  scenario: Scenario,
  spec: Named,
  [list, index]: readonly [string, number],
  owners: ReadonlySet<string>,
): void {
  const path = qualnameOf(spec).split('.').slice(0, -1)
  const module = moduleOf(scenario, spec)
  const isNowhere = scenario.missingModules.includes(module)
  if (path.length === 0 || !isPut(spec) || isNowhere) return
  if (owners.has(`${module}:${path.join('.')}`)) return
  refuse(
    at(at(at(root, list), index), 'qualname'),
    `found the qualified name ${JSON.stringify(qualnameOf(spec))}, wanted an earlier class ${JSON.stringify(path.join('.'))} of the module ${JSON.stringify(module)} to put it in, or "found":false`,
  )
}
