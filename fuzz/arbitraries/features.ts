/**
 * What a scenario may be made of. A swarm mask is a set of these: scenarios that have everything have
 * little of each, and what is left out lets the rest come closer together.
 */

/** In how many of a hundred masks each feature is, in the order of the bits of a mask. */
// biome-ignore format: a table reads best as a table
const share = {
  // Values
  boundaryInts: 60, hugeInts: 20, floats: 40, oddStrs: 40, longStrs: 8, bytes: 40, bytearrays: 30, longBytes: 6,
  tuples: 75, lists: 75, dicts: 65, sets: 30, largerSets: 8, nests: 12, batches: 5, iterators: 15,
  sharing: 60, cycles: 40, recursiveTuples: 25, buffers: 20, libraryObjects: 20, globals: 35,
  // Classes and functions
  slots: 30, builtInBases: 45, enums: 20, namedtuples: 20, dataclasses: 20, exceptions: 20, metaclasses: 12,
  derivedClasses: 30, elsewhere: 20, oddNames: 12, missingModules: 5, moduleNames: 6,
  // Hooks
  reducers: 55, defaultReductions: 40, instanceHooks: 20, properties: 12, lyingClasses: 10, itemHooks: 20,
  wrongShapes: 20, callableKinds: 25, raising: 15, nthCalls: 15, hookActions: 8, endless: 1,
  calledInstances: 8, loadHooks: 10, dumpsInHooks: 5, singleCalls: 95,
  // Settings
  fast: 20, instanceTables: 25, subclassTables: 25, oddTables: 20, copyreg: 25, extensions: 20,
  override: 35, overridesAnything: 2, persistentIds: 25, bufferCallbacks: 20, fixImports: 20, ownProtocol: 5, oddSettings: 8,
  // Steps
  severalDumps: 35, attributeSteps: 15, tableSteps: 15, clearMemo: 15, objectSteps: 15, loads: 12,
} as const satisfies Record<string, number>

export type FeatureName = keyof typeof share

// Object.keys of a literal gives its own names.
export const featureNames = Object.keys(share) as readonly FeatureName[]

/** The features that a scenario may have. */
export type Features = ReadonlySet<FeatureName>

export const allFeatures: Features = new Set(featureNames)

/** What makes values long. */
const lengthening = [
  'longStrs',
  'longBytes',
  'batches',
  'nests',
] as const satisfies readonly FeatureName[]

/** The features without those that make values long. */
export function withoutLength(features: Features): Features {
  const kept = new Set(features)
  for (const name of lengthening) kept.delete(name)
  return kept
}

/**
 * Draws a mask: each feature by itself, as often as its share says. What may be saved a thousand times
 * over, since a cycle has no end in fast mode, is not long as well.
 */
export function drawFeatures(below: (bound: number) => number): Features {
  const drawn = new Set(featureNames.filter((name) => below(100) < share[name]))
  const has = (...names: FeatureName[]): boolean => names.some((name) => drawn.has(name))
  const isEndless = has('cycles', 'recursiveTuples') && has('fast', 'attributeSteps', 'hookActions')
  return isEndless ? withoutLength(drawn) : drawn
}

/** A mask as the digits of a hexadecimal number, the first feature in the lowest bit. */
export function formatFeatures(features: Features): string {
  return featureNames
    .reduce((bits, name, at) => (features.has(name) ? bits | (1n << BigInt(at)) : bits), 0n)
    .toString(16)
}

/**
 * Reads what `formatFeatures` gave.
 *
 * @throws {RangeError} for what is no hexadecimal number, and for bits that no feature has
 */
export function parseFeatures(text: string): Features {
  const bits = /^[0-9a-f]{1,32}$/.test(text) ? BigInt(`0x${text}`) : -1n
  if (bits < 0n || bits >> BigInt(featureNames.length) !== 0n) {
    throw new RangeError(
      `found the mask ${JSON.stringify(text)}, wanted at most ${featureNames.length} bits in hexadecimal digits`,
    )
  }
  return new Set(featureNames.filter((_, at) => ((bits >> BigInt(at)) & 1n) === 1n))
}
