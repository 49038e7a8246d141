import { expect, test } from 'vitest'
import { commands as bench } from './bench/commands/index.ts'
import { runCommandLine } from './command-line.ts'
import { commands as conformance } from './conformance/commands/index.ts'
import { commands as fuzz } from './fuzz/commands/index.ts'
import { captureIo } from './reports/command.ts'
import { commands as reports } from './reports/commands/index.ts'

const commands = [...conformance, ...fuzz, ...bench, ...reports]

test('no two commands share a name', () => {
  const names = commands.map(({ name }) => name)

  expect(names).toEqual([...new Set(names)])
})

test('every command has help that ends with an example of itself', async () => {
  for (const { name, summary, examples } of commands) {
    const io = captureIo()

    expect(await runCommandLine(commands, '0.0.0', [name, '--help'], io), name).toBe(0)
    expect(io.out()).toContain(summary)
    expect(examples.length, `${name} has no example`).toBeGreaterThan(0)
    for (const [line] of examples) {
      expect(line).toMatch(new RegExp(`^picklespec ${name}( |$)`))
      expect(io.out()).toContain(line)
    }
  }
})
