/** Where something stands in a JSON document; written out only when an error needs it. */
export type Place = {
  readonly parent: Place | undefined
  readonly key: string | number
  /** How many arrays and objects it is inside of, once the document is canonical. */
  readonly depth: number
}

/** The document itself. */
export const root: Place = { parent: undefined, key: '$', depth: 0 }

/** The place of one field or one item. */
export function at(parent: Place, key: string | number): Place {
  return { parent, key, depth: parent.depth + 1 }
}

/** The same place, counted as `levels` deeper: for shorthands that the canonical form spells out. */
export function sunk(place: Place, levels: number): Place {
  return { parent: place.parent, key: place.key, depth: place.depth + levels }
}

/** The JSON path of a place: `$.steps[0].dump`, `$.pickler["two words"]`. */
export function showPlace(place: Place): string {
  const steps: string[] = []
  for (let here: Place | undefined = place; here !== undefined; here = here.parent) {
    steps.push(showKey(here))
  }
  return steps.reverse().join('')
}

function showKey({ parent, key }: Place): string {
  if (parent === undefined) return String(key)
  if (typeof key === 'number') return `[${key}]`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}
