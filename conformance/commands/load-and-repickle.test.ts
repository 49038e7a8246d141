import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CouldNotRun, captureIo, WrongUsage } from '../../reports/command.ts'
import { parseScenario } from '../scenario/index.ts'
import { loadPickleFile } from './load-pickle.ts'
import { type RepickleOptions, repicklePickle } from './repickle-pickle.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picklespec-repickle-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0))

const plain: RepickleOptions = {
  ...{ protocol: undefined, profile: undefined, encoding: undefined, errors: undefined },
  ...{ out: undefined, hex: false, json: false },
}

async function repickle(pickle: string, options: Partial<RepickleOptions> = {}) {
  const io = captureIo({ cwd: folder, stdin: bytesOf(pickle) })
  const exitCode = await repicklePickle(io, '-', { ...plain, ...options })
  return { exitCode, out: io.out(), err: io.err(), bytes: io.outBytes() }
}

async function load(pickle: string, options: { json?: boolean; encoding?: string } = {}) {
  const io = captureIo({ cwd: folder, stdin: bytesOf(pickle) })
  const { json = false, encoding } = options
  const given = { profile: undefined, errors: undefined, encoding, json }
  const exitCode = await loadPickleFile(io, '-', given)
  return { exitCode, out: io.out(), err: io.err() }
}

describe('repickle', () => {
  test('writes the bytes and nothing else', async () => {
    const { bytes, err, exitCode } = await repickle(']K\x01a.', { protocol: 2 })

    expect(Buffer.from(bytes).toString('hex')).toBe('80025d71004b01612e')
    expect([err, exitCode]).toEqual(['', 0])
  })

  test('takes the protocol that the release prefers', async () => {
    expect((await repickle('N.', { hex: true })).out).toBe('80054e2e\n')
    expect((await repickle('N.', { hex: true, profile: 'cpython-3.13-c' })).out).toBe('80044e2e\n')
  })

  test('writes a file, and says as JSON how long it is', async () => {
    const { out } = await repickle('N.', { protocol: 5, out: 'new.pkl', json: true })

    expect(JSON.parse(out)).toEqual({ bytes: 2, repickled: 4, kept: {}, assumed: {}, buffers: [] })
    expect(readFileSync(join(folder, 'new.pkl'))).toEqual(Buffer.from('80054e2e', 'hex'))
  })

  test('says by name what it has kept as it was recorded, and what else there was', async () => {
    const { err, exitCode } = await repickle('](cm\nf\n)Rcm\nf\n)Rcm\ng\n)Re..', {
      protocol: 4,
      hex: true,
    })

    expect(err.split('\n')).toEqual([
      '-: 1 bytes are left over behind the STOP at byte 24',
      'm:f: 2 objects are kept as recorded; another protocol may have it otherwise',
      'm:g: an object is kept as recorded; another protocol may have it otherwise',
      '',
    ])
    expect(exitCode).toBe(0)
  })

  test('says what it has assumed of whom', async () => {
    const nested = '(c__builtin__\ngetattr\n(cm\nA\nVf\ntRt.'

    expect((await repickle('\x80\x02cm\nA\n)\x81.', { protocol: 0, hex: true })).err).toBe(
      'm:A: it is assumed that it derives from object alone\n',
    )
    expect(JSON.parse((await repickle(nested, { out: 'f.pkl', json: true })).out)).toMatchObject({
      assumed: { 'm:A.f': ['is no bound method'] },
    })
  })

  test('says in which order buffers are wanted, when it is another', async () => {
    // The second is an attribute of what comes first.
    const { err } = await repickle('\x80\x05(\x97\x940\x97h\0t.', { hex: true, protocol: 5 })

    expect(err).toBe('out-of-band buffers: wanted as 1, 0\n')
  })

  test('says what Python refuses, and where', async () => {
    expect(await repickle('\x80\x02K\x01)\x81.')).toMatchObject({
      exitCode: 1,
      out: '',
      err: 'UnpicklingError: NEWOBJ class argument must be a type, not int\n  at byte 5 of the pickle\n',
    })
    const stream = '\x80\x02]c_io\nBytesIO\n)\x81a.'
    expect(await repickle(stream, { protocol: 0 })).toMatchObject({
      exitCode: 1,
      err: "TypeError: cannot pickle 'BytesIO' object\n  in value[0], at byte 17 of the pickle\n",
    })
    expect((await repickle('\x80\x05\x97.', { protocol: 4 })).err).toMatch(/\n {2}in value\n$/)
  })

  test('is wrong usage with a profile that is none, and to a terminal', async () => {
    await expect(repickle('N.', { profile: 'cpython-2.7-c' })).rejects.toThrow(WrongUsage)
    const io = captureIo({ cwd: folder, stdin: bytesOf('N.'), isTTY: true })
    await expect(repicklePickle(io, '-', plain)).rejects.toThrow(WrongUsage)
  })

  test('could not run without the file', async () => {
    const io = captureIo({ cwd: folder })
    await expect(repicklePickle(io, 'missing.pkl', { ...plain, hex: true })).rejects.toThrow(
      CouldNotRun,
    )
  })
})

describe('load', () => {
  test('prints a scenario value', async () => {
    writeFileSync(join(folder, 'data.pkl'), bytesOf('](K\x01Va\nl.'))
    const { out } = await load('(](K\x01Va\ne2K\x02t.')
    const value = JSON.parse(out)

    expect(value).toEqual({ tuple: [{ id: 'o1', list: [1, 'a'] }, { ref: 'o1' }, 2] })
    expect(() => parseScenario({ scenario: 1, value })).not.toThrow()
  })

  test('prints what only loads make', async () => {
    const { out } = await load('\x80\x04(cm\nA\n)R}Vx\nK\x01sbK\x05Q\x82\x07\x97t.')

    expect(JSON.parse(out)).toEqual({
      tuple: [
        {
          reduced: { global: 'm:A' },
          by: 'call',
          arguments: [],
          done: [['state', { dict: [['x', 1]] }]],
        },
        { persistent: 5 },
        { extension: 7 },
        { outOfBand: 0, readonly: false },
      ],
    })
  })

  test('breaks lines that are long', async () => {
    const { out } = await load(`](}Va\nV${'x'.repeat(100)}\nsK\x01e.`)

    expect(out).toBe(`{
  "list": [
    {
      "dict": [
        [
          "a",
          "${'x'.repeat(100)}"
        ]
      ]
    },
    1
  ]
}
`)
  })

  test('prints the objects of a deep one as a table', async () => {
    const { out } = await load(`${']'.repeat(100_000)}${'a'.repeat(99_999)}.`)
    const lines = out.trimEnd().split('\n')

    expect(lines.slice(0, 2)).toEqual(['{"at":0}', '0: {"list":[{"at":1}]}'])
    expect(lines).toHaveLength(100_001)
  })

  test('prints the graph as JSON', async () => {
    expect(JSON.parse((await load('].', { json: true })).out)).toEqual({
      value: { at: 0 },
      objects: [{ list: [] }],
    })
  })

  test('decodes strs of Python 2 as it is told', async () => {
    expect((await load("S'\\xe9'\n.")).exitCode).toBe(1)
    expect((await load("S'\\xe9'\n.", { encoding: 'latin1' })).out).toBe('"é"\n')
  })
})
