type Child = Node | string

/** A new element with these properties and children; texts in it are never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<Pick<HTMLElementTagNameMap[K], 'className' | 'title' | 'hidden'>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  Object.assign(made, properties)
  made.append(...children)
  return made
}

/**
 * The element of the page with this id.
 *
 * @throws {TypeError} when there is none of this kind: the page and its script do not fit
 */
export function byId<T extends HTMLElement>(id: string, kind: abstract new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new TypeError(`found no #${id}, wanted a ${kind.name}`)
  return found
}
