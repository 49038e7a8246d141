import type { LoadedGraph } from '../scenario/loaded.ts'

/** A graph for people: the value, then each object under its number. */
export function graphLines({ value, objects }: LoadedGraph): string[] {
  return [
    `gives ${JSON.stringify(value)}`,
    ...objects.map((object, at) => `  ${at}: ${JSON.stringify(object)}`),
  ]
}
