import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Fault, PlantedCopies } from '../fixtures/planted.ts'
import { assemblyOf } from './load-finding.ts'

/** A fault of an unpickler, what findings say of it, and how long the least pickle that shows it may be. */
type LoadFault = Fault & { readonly because: RegExp; readonly instructions: number }

const faults: readonly LoadFault[] = [
  {
    name: 'takes True for False',
    file: 'unpickler/instructions.js',
    find: 'NEWTRUE: (u) => u.push(true)',
    instead: 'NEWTRUE: (u) => u.push(false)',
    because: /the graphs part/,
    instructions: 2,
  },
  {
    name: 'fetches the memo entry before',
    file: 'unpickler/memo-operations.js',
    find: 'fetch(u, u.input.u8())',
    instead: 'fetch(u, Math.max(0, u.input.u8() - 1))',
    because: /Memo value not found|the graphs part|KeyError/,
    instructions: 6,
  },
  {
    name: 'dies of empty sets',
    file: 'unpickler/containers.js',
    find: 'export function loadEmptySet(u) {',
    instead: 'export function loadEmptySet(u) { process.exit(9);',
    because: /it crashed \(exit code 9/,
    instructions: 1,
  },
]

const sound: Fault = { name: 'none', file: 'unpickler/memo.js', find: '', instead: '' }

const copies = new PlantedCopies()
afterAll(() => copies.remove())

const target = ['fuzz', '--target', 'load'] as const

test('the reference itself parts from nobody', async () => {
  const { code, stdout } = await copies.picklespec([
    ...[...target, '--subject', copies.planted(sound)],
    ...['--seed', '1', '--cases', '300', '--json'],
  ])

  expect(JSON.parse(stdout)).toMatchObject({ scenarios: 300, findings: [] })
  expect(code).toBe(0)
})

describe.each(faults)('an unpickler that $name', (fault) => {
  test('is found, and what it takes is least and can be replayed', async () => {
    const subject = copies.planted(fault)
    const { code, stdout } = await copies.picklespec([
      ...[...target, '--subject', subject, '--seed', '1', '--cases', '2000'],
      ...['--json', '--out', fault.name],
    ])

    expect(code).toBe(1)
    const { findings } = JSON.parse(stdout)
    const shown: { readonly pickle: string }[] = findings.filter(({ why }: { why: string }) =>
      fault.because.test(why),
    )
    const [least = ''] = shown
      .map(({ pickle }) => pickle)
      .sort((one, other) => one.length - other.length)
    const whole = assemblyOf(least).filter((line) => !line.startsWith('('))
    expect(whole.length).toBeGreaterThan(0)
    expect(whole.length).toBeLessThanOrEqual(fault.instructions)

    const file = join(copies.folder, `${fault.name}.json`)
    writeFileSync(file, JSON.stringify({ pickle: least }))
    const replay = [...target, '--replay', file, '--subject']
    expect(await copies.picklespec([...replay, subject])).toMatchObject({ code: 1 })
    const embedded = await copies.picklespec([...replay, 'cpython-3.14-embedded'])
    expect(embedded).toMatchObject({ code: 0 })
  })
})

test('what is no target, token or pickle is wrong usage', async () => {
  const file = join(copies.folder, 'broken.json')
  writeFileSync(file, '{"pickle": "4x"}')

  expect(await copies.picklespec(['fuzz', '--target', 'store'])).toMatchObject({ code: 2 })
  for (const text of ['load-99-1-1', 'nowhere', file]) {
    expect(await copies.picklespec([...target, '--replay', text])).toMatchObject({ code: 2 })
  }
})
