import { everyDistinction } from '../../../protocol/distinctions.ts'
import { adapterProtocol, type Hello, type Role } from '../../../protocol/message.ts'

/** All that the reference can be asked. */
export const everyRole: readonly Role[] = ['pickler', 'dump', 'load', 'tool', 'bench']

/** What the reference says about itself; each profile it offers is an engine. */
export function hello(
  version: string,
  runtime: string,
  profiles: readonly string[],
  roles: readonly Role[] = everyRole,
): Hello {
  return {
    protocol: adapterProtocol,
    name: 'reference',
    version,
    wordSize: 64,
    language: 'TypeScript',
    runtime,
    homepage: 'https://github.com/picklespec/picklespec',
    issues: 'https://github.com/picklespec/picklespec/issues',
    engines: profiles.map((id) => ({ id, follows: id })),
    roles,
    protocols: [0, 1, 2, 3, 4, 5],
    capabilities: [
      ...['values', 'functions', 'classes', 'modules', 'extensions', 'hooks', 'pickler', 'steps'],
      ...['load', 'trace', 'memo', 'writes', 'orders', 'offset', 'world:symbols', 'world:names'],
      'bench:graph',
    ],
    distinguishes: everyDistinction,
  }
}
