import type { Constructor } from './construct.ts'

/** How the data types of Python that are no containers are made, by name. */
export const valueConstructors: Readonly<Record<string, Constructor>> = {}
