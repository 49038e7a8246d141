/**
 * The parts of a dotted name, those that are private to the part before them as the compiler writes
 * them: `A.__b` is `A._A__b`. The same array when none is.
 *
 * @clause GLOB-12
 */
export function mangledPath(path: readonly string[]): readonly string[] {
  const mangled = path.map((part, index) => mangledName(part, index === 0 ? '' : path[index - 1]))
  return mangled.every((part, index) => part === path[index]) ? path : mangled
}

/** A name used in a class, as the compiler writes it there. */
export function mangledName(name: string, className = ''): string {
  const bare = className.replace(/^_+/, '')
  const isPrivate = name.startsWith('__') && !name.endsWith('__')
  return isPrivate && bare !== '' ? `_${bare}${name}` : name
}
