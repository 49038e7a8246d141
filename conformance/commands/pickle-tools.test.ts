import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CouldNotRun, captureIo, WrongUsage } from '../../reports/command.ts'
import { type AssembleOptions, assembleLines } from './assemble-lines.ts'
import { type DisOptions, disassemblePickles } from './disassemble-pickles.ts'
import { plainDis } from './fixtures/plain-dis.ts'
import { type OptimizeOptions, optimizePickle } from './optimize-pickle.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picklespec-tools-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const textOf = (text: string): Uint8Array => new TextEncoder().encode(text)

async function dis(
  stdin: Uint8Array,
  options: Partial<DisOptions> = {},
  files: readonly string[] = [],
) {
  const io = captureIo({ cwd: folder, stdin })
  const exitCode = await disassemblePickles(io, files, { ...plainDis, ...options })
  return { exitCode, out: io.out(), err: io.err() }
}

const plainOptimize: OptimizeOptions = {
  profile: undefined,
  out: undefined,
  hex: false,
  json: false,
}

async function optimize(stdin: Uint8Array, options: Partial<OptimizeOptions> = {}) {
  const io = captureIo({ cwd: folder, stdin })
  const exitCode = await optimizePickle(io, '-', { ...plainOptimize, ...options })
  return { exitCode, out: io.out(), err: io.err() }
}

const plainAssemble: AssembleOptions = { protocol: undefined, out: undefined, hex: true }

async function assemble(stdin: Uint8Array, options: Partial<AssembleOptions> = {}) {
  const io = captureIo({ cwd: folder, stdin })
  const exitCode = await assembleLines(io, '-', { ...plainAssemble, ...options })
  return { exitCode, out: io.out(), err: io.err() }
}

/** pickle.dumps(1) and pickle.dumps([2]) of CPython 3.13.0, one behind the other. */
const two = bytesOf(`80044b012e${'80049506000000000000005d944b02612e'}`)

/** What python -m pickletools of CPython 3.13.0 prints of the first. */
const first = `    0: \\x80 PROTO      4
    2: K    BININT1    1
    4: .    STOP
highest protocol among opcodes = 2
`

describe('dis', () => {
  test('prints one pickle, and says what is left over', async () => {
    expect(await dis(two)).toEqual({
      exitCode: 0,
      out: first,
      err: '-: 17 bytes are left over behind the STOP at byte 4; --all goes on\n',
    })
  })

  test('prints all pickles where that is wanted, at their places in the file', async () => {
    const { out, err } = await dis(two, { all: true })

    expect(out.startsWith(`${first}    5: \\x80 PROTO      4\n`)).toBe(true)
    expect(out.match(/highest protocol/g)).toHaveLength(2)
    expect(err).toBe('')
  })

  test('keeps the memo where that is wanted', async () => {
    const storing = bytesOf('4e71002e68002e')

    expect((await dis(storing, { all: true, memo: true })).exitCode).toBe(0)
    expect((await dis(storing, { all: true })).err).toBe(
      'ValueError: memo key 0 has never been stored into\n',
    )
  })

  test('has a line before each of several files', async () => {
    for (const name of ['a.pkl', 'b.pkl']) writeFileSync(join(folder, name), two.subarray(0, 5))

    expect((await dis(two, {}, ['a.pkl', 'b.pkl'])).out).toBe(
      `==> a.pkl <==\n${first}==> b.pkl <==\n${first}`,
    )
    expect((await dis(two, { preamble: '{{{name}}}' }, ['a.pkl', 'b.pkl'])).out).toContain(
      '{b.pkl}\n',
    )
  })

  test('as JSON is an object for each instruction, and for what ends them', async () => {
    const { out, exitCode } = await dis(bytesOf('285803000000c3a92274'), { json: true })
    const lines = out.trimEnd().split('\n')

    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { offset: 0, length: 1, opcode: 'MARK' },
      { offset: 1, length: 8, opcode: 'BINUNICODE', argument: `'é"'` },
      { offset: 9, length: 1, opcode: 'TUPLE', remark: '(MARK at 0)' },
      {
        error: { class: 'ValueError', message: 'pickle exhausted before seeing STOP', offset: 10 },
      },
    ])
    expect(exitCode).toBe(1)
  })

  test.each([
    ['two forms', { json: true, assembly: true }, []],
    ['JSON of two files', { json: true }, ['a.pkl', 'b.pkl']],
    ['a preamble with an index', { preamble: '{0}' }, ['a.pkl']],
    ['an unknown profile', { profile: 'cpython-2.7-c' }, []],
  ])('%s are wrong usage', async (_, options, files) => {
    await expect(dis(two, options, files)).rejects.toThrow(WrongUsage)
  })

  test('prints nothing before all files are there', async () => {
    const io = captureIo({ cwd: folder })

    const printing = disassemblePickles(io, ['a.pkl', 'missing.pkl'], plainDis)
    await expect(printing).rejects.toThrow(CouldNotRun)
    expect(io.out()).toBe('')
  })
})

describe('a hostile pickle', () => {
  test.each([
    ['BINBYTES8 of 1 GiB', '8e000000400000000061', /expected 1073741824 bytes in a bytes8/],
    ['BINUNICODE8 of 2^62', '8d0000000000000040', /expected 4611686018427387904 bytes in a unico/],
    ['BINBYTES8 of 2^64 - 1', '8effffffffffffffff', /byte count > sys\.maxsize/],
    ['LONG4 of -1', '8bffffffff', /long4 byte count < 0: -1/],
    ['BINPUT of 2^32 - 1', '4e72ffffffff302e', /tries to pop 1 items/],
    ['a FRAME of 2^64 - 1', '95ffffffffffffffff', /exhausted before seeing STOP/],
  ])('with %s is refused within 10 ms', async (_, hex, message) => {
    const { exitCode, err } = await dis(bytesOf(hex))
    expect(err).toMatch(message)
    expect(exitCode).toBe(1)

    // The quickest of some: others may have the processor in between.
    const times: number[] = []
    for (let turn = 0; turn < 5; turn += 1) {
      const began = performance.now()
      await dis(bytesOf(hex))
      times.push(performance.now() - began)
    }
    expect(Math.min(...times)).toBeLessThan(10)
  })

  test('with an int of 32 MiB is refused as Python refuses it, without being made', async () => {
    const long = new Uint8Array(5 + 2 ** 25 + 1).fill(0x11)
    long.set(bytesOf('8b00000002'))
    long[long.length - 1] = 0x2e
    const began = performance.now()
    const { err } = await dis(long)
    const ms = performance.now() - began

    expect(err).toMatch(/^ValueError: Exceeds the limit \(4300 digits\) for/)
    expect(ms).toBeLessThan(1000)
  })
})

describe('a pickle that comes byte by byte', () => {
  test('is read as if it came at once', async () => {
    const long = new Uint8Array(200_006).fill(0x61)
    long.set(bytesOf('58400d0300'))
    long[200_005] = 0x2e
    const io = {
      ...captureIo(),
      stdin: async function* () {
        for (let at = 0; at < 10; at++) yield long.subarray(at, at + 1)
        for (let at = 10; at < long.length; at += 30_000) yield long.subarray(at, at + 30_000)
      },
    }

    expect(await disassemblePickles(io, [], plainDis)).toBe(0)
    expect(io.out()).toBe((await dis(long)).out)
    expect(io.out()).toContain(`    0: X    BINUNICODE '${'a'.repeat(200_000)}'\n`)
  })
})

describe('optimize', () => {
  test('writes the pickle without needless PUTs', async () => {
    expect((await optimize(bytesOf('80025d7100285d7101680065852e'), { hex: true })).out).toBe(
      '80025d7100285d680065852e\n',
    )
  })

  test('only says how long it would be', async () => {
    expect((await optimize(bytesOf('80025d71002e'), { json: true })).out).toBe(
      '{"bytes":6,"optimized":4}\n',
    )
  })

  test('writes nothing of what Python refuses', async () => {
    writeFileSync(join(folder, 'kept.pkl'), 'kept')

    const { exitCode, err } = await optimize(bytesOf('800268052e'), { out: 'kept.pkl' })

    expect(exitCode).toBe(1)
    expect(err).toMatch(/^TypeError: '<' not supported/)
    expect(readFileSync(join(folder, 'kept.pkl'), 'utf8')).toBe('kept')
    expect(readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([])
  })
})

describe('assemble', () => {
  test('passes over comments and blank lines', async () => {
    const text = '# one and two\n\nPROTO n\r\n  BININT1 1\nNONE *2\nSTOP'

    expect((await assemble(textOf(text), { protocol: 4 })).out).toBe('80044b014e4e2e\n')
  })

  test.each([
    ['no opcode', 'NONE\n\nNUNE', 'line 3, column 1: NUNE is not the name of an opcode'],
    ['a wrong argument', 'NONE\nBININT1 x', 'line 2, column 9: found "x", wanted a decimal int'],
    ['an int that is too large', 'BININT1 256', 'line 1, column 9: 256 does not fit'],
    ['too much', 'NONE *268435457', 'line 1, column 6: 268435457 times 1 is too much'],
  ])('%s is wrong usage, with line and column', async (_, text, message) => {
    const assembling = assemble(textOf(text))

    await expect(assembling).rejects.toThrow(WrongUsage)
    await expect(assembling).rejects.toThrow(`standard input: ${message}`)
  })

  test('text that is not UTF-8 is wrong usage', async () => {
    await expect(assemble(Uint8Array.of(0xff))).rejects.toThrow('it is not UTF-8')
  })
})
