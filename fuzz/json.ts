/** A scenario, or a part of one, before the parser has read it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

export type JsonObject = { readonly [name: string]: Json }

export function isJsonObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

export function isJsonArray(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json)
}
