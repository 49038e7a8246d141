import {
  Arbitrary,
  array,
  constant,
  constantFrom,
  integer,
  type Random,
  record,
  Stream,
  tuple,
  Value,
} from 'fast-check'
import type { Json, JsonObject } from '../json.ts'
import { classes, type MadeClass, whereabouts } from './classes.ts'
import { type Context, once } from './context.ts'
import { drawFeatures, type Features } from './features.ts'
import { keys, values } from './graph.ts'
import { classHooks, instanceHooks } from './hooks.ts'
import { unpicklers, withStepsToLoad } from './loads.ts'
import { functionSpecs, picklers, registries } from './settings.ts'
import { actionsInHooks, steps } from './steps.ts'
import { present, sometimes } from './weighted.ts'
import { wire } from './wire.ts'

/** Changes with everything that changes which scenario a seed stands for. */
export const generatorVersion = 4

const functionNames = ['f', 'g', 'h']

/** Found by an import or not, written in ASCII or not. */
const moduleNames = ['scenario.inner', 'mod', 'mödule', 'pkg.sub.deep', 'two words'] as const

/** What has a name: classes without hooks, and functions with where they are. */
function declarations(features: Features) {
  return record({
    classes: classes(features),
    functions: array(whereabouts(features), { minLength: 1, maxLength: functionNames.length }),
    hasSubclass: integer({ min: 0, max: 2 }).map((n) => n > 0),
    module: sometimes(features.has('moduleNames') ? 90 : 0, constantFrom(...moduleNames)),
  })
}

type Declarations = ReturnType<typeof declarations> extends Arbitrary<infer D> ? D : never

function contextOf(features: Features, named: Declarations): Context {
  return {
    make: { values, keys, instanceHooks, actionsInHooks },
    features,
    classes: named.classes.map(({ known }) => known),
    functions: functionNames.slice(0, named.functions.length),
    hasSubclass: named.hasSubclass,
    module: named.module ?? 'scenario',
  }
}

/** The qualified name of a class that other things can be put into; none of an enum. */
function ownerName({ spec, known }: MadeClass): readonly string[] {
  const isHome = spec['module'] === undefined && spec['found'] === undefined
  const name = String(spec['qualname'] ?? known.name)
  return isHome && known.layout !== 'enum' && !name.includes('<locals>') ? [name] : []
}

/** All that refers to names. */
function bodies(
  context: Context,
  made: readonly MadeClass[],
  places: readonly JsonObject[],
): Arbitrary<JsonObject> {
  const { features, module } = context
  const attribute = values(context, once(context), 1)
  const specs = made.map(({ spec, known }, at) =>
    tuple(
      classHooks(context, at),
      sometimes(known.layout === 'object' && known.members.length === 0 ? 8 : 0, () =>
        tuple(constantFrom('ca', 'x', '__doc__'), attribute),
      ),
    ).map(
      ([hooks, pair]): Json =>
        present({ ...spec, hooks, attributes: pair === undefined ? undefined : [[...pair]] }),
    ),
  )
  const missing = integer({ min: 0, max: 3 }).map((at): Json[] => [
    [module, 'other', 'pkg.sub', 'copyreg'][at] ?? 'other',
  ])
  return record({
    functions: functionSpecs(context, places, made.flatMap(ownerName)),
    classes: tuple(...specs),
    missingModules: features.has('missingModules') ? missing : constant([]),
    copyreg: registries(context),
    pickler: picklers(context),
    unpickler: features.has('loads') ? unpicklers(context) : constant({}),
    steps: steps(context),
  }).map((body): JsonObject => ({ scenario: 1, ...(module !== 'scenario' && { module }), ...body }))
}

/**
 * Scenarios that the parser accepts. Without a mask each draws its own; what it is made of it does
 * not shrink by itself, since the structure of a scenario is known better elsewhere: see shrink.ts.
 */
export class ScenarioArbitrary extends Arbitrary<JsonObject> {
  readonly #features: Features | undefined

  constructor(features?: Features) {
    super()
    this.#features = features
  }

  generate(random: Random, bias: number | undefined): Value<JsonObject> {
    const features = this.#features ?? drawFeatures((bound) => random.nextInt(0, bound - 1))
    const named = declarations(features).generate(random, bias).value
    const context = contextOf(features, named)
    const body = bodies(context, named.classes, named.functions).generate(random, bias).value
    const isCyclic = features.has('cycles') || features.has('recursiveTuples')
    return new Value(withStepsToLoad(wire(body, context.classes, isCyclic)), undefined)
  }

  canShrinkWithoutContext(value: unknown): value is JsonObject {
    return typeof value === 'object' && value !== null
  }

  shrink(): Stream<Value<JsonObject>> {
    return Stream.nil()
  }
}
