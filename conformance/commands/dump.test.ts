import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CouldNotRun, captureIo, WrongUsage } from '../../reports/command.ts'
import { type DumpOptions, dumpScenario } from './dump-scenario.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picklespec-dump-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const plain: DumpOptions = {
  profile: undefined,
  protocol: undefined,
  hex: false,
  out: undefined,
  json: false,
}

async function dump(scenario: unknown, options: Partial<DumpOptions> = {}, isTTY = false) {
  const text = typeof scenario === 'string' ? scenario : JSON.stringify(scenario)
  const stdin = new TextEncoder().encode(text)
  const io = captureIo({ cwd: folder, stdin, isTTY })
  const exitCode = await dumpScenario(io, '-', { ...plain, ...options })
  return { exitCode, bytes: io.outBytes(), out: io.out(), err: io.err() }
}

const shared = { scenario: 1, value: { id: 'L', list: [1, 'a', { ref: 'L' }] } }

/** What CPython 3.13.0 makes of that list. */
const sharedInProtocol4 = '8004950d000000000000005d94284b018c0161946800652e'
const sharedInProtocol0 = '286c70300a49310a6156610a70310a6167300a612e'

const refusing = {
  scenario: 1,
  functions: [{ name: 'f', found: false }],
  steps: [{ dump: 'first' }, { dump: [] }],
}

describe('a scenario that is dumped', () => {
  test('leaves nothing but the pickle on standard output', async () => {
    const { exitCode, bytes, err } = await dump(shared, { protocol: 4 })

    expect(Buffer.from(bytes).toString('hex')).toBe(sharedInProtocol4)
    expect(err).toBe('')
    expect(exitCode).toBe(0)
  })

  test.each([
    ['cpython-3.13-c', sharedInProtocol4],
    ['cpython-3.8-py', sharedInProtocol4],
    ['documented', sharedInProtocol4.replace(/^8004/, '8005')],
  ])('has the protocol that %s prefers', async (profile, hex) => {
    expect((await dump(shared, { profile, hex: true })).out).toBe(`${hex}\n`)
  })

  test('is read from a file, and its pickle goes into a file that is there only when whole', async () => {
    writeFileSync(join(folder, 'shared.json'), JSON.stringify(shared))
    const io = captureIo({ cwd: folder })

    const options = { ...plain, protocol: 4, out: 'shared.pkl' }
    expect(await dumpScenario(io, 'shared.json', options)).toBe(0)

    expect(io.out()).toBe('')
    expect(readFileSync(join(folder, 'shared.pkl')).toString('hex')).toBe(sharedInProtocol4)
    expect(readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([])
  })

  test('with several steps is one stream, and a line of hex for each', async () => {
    const twice = { scenario: 1, steps: [{ dump: 1 }, { dump: 'a' }] }

    expect((await dump(twice, { protocol: 2, hex: true })).out).toBe(
      '80024b012e\n800258010000006171002e\n',
    )
    expect(Buffer.from((await dump(twice, { protocol: 2 })).bytes).toString('hex')).toBe(
      '80024b012e800258010000006171002e',
    )
  })

  test('in protocol 0 is text', async () => {
    const { bytes } = await dump(shared, { protocol: 0 })

    expect(Buffer.from(bytes).toString('hex')).toBe(sharedInProtocol0)
  })

  test('as JSON is all that was seen', async () => {
    const { out, exitCode } = await dump(
      {
        scenario: 1,
        pickler: {
          init: { buffer_callback: { rules: [], else: null } },
          instance: { persistent_id: { rules: [], else: null } },
        },
        value: { buffer: { bytes: '6162' } },
      },
      { protocol: 5, json: true, profile: 'cpython-3.13-c' },
    )

    const json = JSON.parse(out)
    expect(exitCode).toBe(0)
    expect(json).toMatchObject({ profile: 'cpython-3.13-c', protocol: 5 })
    expect(json.steps).toHaveLength(2)
    expect(json.steps[1]).toMatchObject({
      trace: expect.arrayContaining([['instance.persistent_id', expect.any(String), 'None']]),
      bytes: '800597982e',
      buffers: [{ bytes: '6162', readonly: true }],
      assembly: ['PROTO 5', 'NEXT_BUFFER', 'READONLY_BUFFER', 'STOP'],
    })
    expect(json.steps[1].disassembly.at(-1)).toMatch(/^highest protocol among opcodes = 5$/)
  })
})

describe('a refusal', () => {
  const cycle = {
    scenario: 1,
    pickler: { instance: { fast: true } },
    value: { id: 'L', list: [{ ref: 'L' }] },
  }

  test('is said with its class, and writes nothing', async () => {
    const { exitCode, bytes, err } = await dump(cycle, { profile: 'cpython-3.13.0-py' })

    expect(exitCode).toBe(1)
    expect(bytes).toHaveLength(0)
    expect(err).toMatch(/^refused: RecursionError: maximum recursion depth exceeded/)
  })

  test('has its notes, those of a recursion once', async () => {
    const { err } = await dump(cycle)

    expect(err.split('\n')[1]).toMatch(/^ {2}when serializing list item 0 \(\d+ times\)$/)
    expect(err.split('\n')).toHaveLength(3)
  })

  test('leaves the file that was there', async () => {
    writeFileSync(join(folder, 'kept.pkl'), 'kept')

    expect((await dump(cycle, { out: 'kept.pkl' })).exitCode).toBe(1)

    expect(readFileSync(join(folder, 'kept.pkl'), 'utf8')).toBe('kept')
  })

  test('as JSON comes with the bytes that were written before it', async () => {
    const lost = { ...refusing, steps: [{ dump: 2 }, { dump: { function: 'f' } }] }
    const { exitCode, out, err } = await dump(lost, { json: true, protocol: 0 })

    const { steps } = JSON.parse(out)
    expect(exitCode).toBe(1)
    expect(err).toBe('')
    expect(steps[1].bytes).toBe('49320a2e')
    expect(steps[2].refused.class).toBe('PicklingError')
  })

  test('of one step among several names the step', async () => {
    const lost = { ...refusing, steps: [{ dump: 1 }, { dump: { function: 'f' } }] }

    expect((await dump(lost)).err).toMatch(/^refused in step 2 of 2: PicklingError: /)
  })
})

describe('what cannot be asked', () => {
  test.each([
    ['malformed JSON', '{"scenario":1,\n"value":}', {}, /standard input: line 2, column 9: /],
    ['an unknown field', { scenario: 1, valve: 1 }, {}, /standard input: \$.*"valve"/],
    [
      'a mistake inside',
      { scenario: 1, value: { list: [{ int: 'x' }] } },
      {},
      /\$\.value\.list\[0\]/,
    ],
    ['an unknown profile', shared, { profile: 'cpython-2.7-c' }, /documented, cpython-3\.8-c/],
    [
      'two protocols',
      { scenario: 1, pickler: { init: { protocol: 2 } }, value: 1 },
      { protocol: 3 },
      /init\.protocol of its own/,
    ],
  ])('%s is wrong usage', async (_, scenario, options, message) => {
    const dumping = dump(scenario, options)

    await expect(dumping).rejects.toThrow(WrongUsage)
    await expect(dumping).rejects.toThrow(message)
  })

  test('text that is not UTF-8 is wrong usage', async () => {
    const io = captureIo({ stdin: Uint8Array.of(0x22, 0xff, 0x22) })

    await expect(dumpScenario(io, '-', plain)).rejects.toThrow(/standard input: it is not UTF-8/)
  })

  test('a pickle on a terminal is wrong usage, and hex is not', async () => {
    await expect(dump(shared, {}, true)).rejects.toThrow(/terminal: give --hex or -o FILE/)
    expect((await dump(shared, { hex: true, protocol: 4 }, true)).out).toContain(sharedInProtocol4)
  })

  test.each([
    ['a file that is not there', 'missing.json', undefined],
    ['a folder', '.', undefined],
  ])('%s could not be read', async (_, path, out) => {
    const io = captureIo({ cwd: folder })

    const dumping = dumpScenario(io, path, { ...plain, out })
    await expect(dumping).rejects.toThrow(CouldNotRun)
    await expect(dumping).rejects.toThrow(`${path} cannot be read`)
  })

  test('a place that cannot be written could not run', async () => {
    const dumping = dump(shared, { out: 'no/such/folder.pkl' })

    await expect(dumping).rejects.toThrow(CouldNotRun)
    expect(existsSync(join(folder, 'no'))).toBe(false)
  })
})
