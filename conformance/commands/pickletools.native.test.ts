import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { captureIo } from '../../reports/command.ts'
import { packageFile } from '../package-root.ts'
import { discoverPythons } from '../subjects/python/discover.ts'
import { assembleLines } from './assemble-lines.ts'
import { disassemblePickles } from './disassemble-pickles.ts'
import { type Optimized, optimized, type Printed, printed } from './fixtures/pickletools-answers.ts'
import { plainDis } from './fixtures/plain-dis.ts'

/**
 * What `pickletools` of this interpreter makes of pickles: those named in hex in the file given, and
 * those it writes itself, of values of the standard library at every protocol.
 */
const asking = String.raw`
import array, ast, calendar, collections, copy, copyreg, datetime, decimal, email.message, enum
import fractions, functools, inspect, io, ipaddress, itertools, json, logging, operator, os, pathlib
import pickle, pickletools, random, re, string, struct, sys, time, types, unittest, uuid, zlib
from urllib.parse import urlparse

D = datetime
cycle = []
cycle.append((cycle, {'self': cycle}))
shared = ['shared']
tree = ast.parse('def f(a, *b, c=1):\n    return [x async for x in a if x > 0]')
values = [
    None, True, False, 0, -1, 255, 65536, 2 ** 31, -2 ** 63, 10 ** 50, 1.5, float('nan'), -0.0, 1e300,
    'text', 'caf\xe9 \u20ac \U0001f600', '\ud800', "it's", b'bytes\x00\xff', bytearray(b'array'), (), (1, 2, 3, 4),
    list(range(1200)), {i: str(i) for i in range(1100)}, [shared, shared], cycle, ..., NotImplemented,
    complex(1, -2), slice(1, 2), range(3, 30, 3), int, len, print, os.path.join,
    array.array('d', [1.5, 2.5]), array.array('B', b'ab'), calendar.TextCalendar(2),
    collections.Counter('abracadabra'), collections.OrderedDict(a=1, b=2), collections.deque([1, 2], 3),
    collections.defaultdict(list, {1: [2]}), collections.ChainMap({'a': 1}, {'b': 2}), collections.UserDict(a=1),
    D.date(2020, 2, 29), D.datetime(2020, 2, 29, 1, 2, 3, 4, D.timezone.utc), D.timedelta(1, 2, 3), D.time(1, 2),
    D.timezone(D.timedelta(hours=2), 'zone'), decimal.Decimal('-1.50E+7'), decimal.Context(5),
    email.message.EmailMessage(), fractions.Fraction(22, 7), functools.partial(int, base=2), ipaddress.ip_network('10.0.0.0/8'),
    ipaddress.ip_address('::1'), inspect.Parameter.KEYWORD_ONLY, io.BytesIO(b'abc'), io.StringIO('a\nb'),
    json.JSONDecodeError('bad', 'doc', 1), KeyError('k'), OSError(2, 'No such file', 'name'), UnicodeDecodeError('utf-8', b'a', 0, 1, 'why'),
    logging.Formatter('%(message)s'), operator.itemgetter(1, 2), operator.attrgetter('a.b'), operator.methodcaller('m', 1),
    pathlib.PurePosixPath('/a/b'), pathlib.PureWindowsPath('c:/a'), random.Random(1), re.compile('a+', re.I), re.I | re.M,
    string.Template('$a'), struct.Struct('<i'), time.gmtime(0), types.SimpleNamespace(a=1, b=[2]), tree,
    urlparse('https://example.org/a?b#c'), uuid.UUID(int=5), ValueError('x', [1]), unittest.TestResult,
    types.MappingProxyType, zlib.error('z'), {1}, frozenset([2]), b'x' * 70000, 'y' * 70000,
]

def outcome(act):
    try:
        return act(), None
    except Exception as error:
        return None, type(error).__name__ + (': ' + str(error) if str(error) else '')

def disassembled(data, annotate, indent):
    out = io.StringIO()
    _, error = outcome(lambda: pickletools.dis(data, out, None, indent, annotate))
    return [out.getvalue(), error]

def answers(data, is_printed):
    smaller, error = outcome(lambda: pickletools.optimize(data))
    found = {'pickle': data.hex(), 'optimize': [smaller and smaller.hex(), error]}
    return {**found, 'dis': disassembled(data, 0, 4), 'annotated': disassembled(data, 30, 1)} if is_printed else found

def pickles():
    with open(sys.argv[1]) as file:
        for data in json.load(file):
            # Long ones were recorded for what optimize makes of them.
            yield bytes.fromhex(data), len(data) < 100000
    for value in values:
        for protocol in range(6):
            try:
                yield pickle.dumps(value, protocol), True
            except Exception:
                continue

for data, is_printed in dict.fromkeys(pickles()):
    print(json.dumps(answers(data, is_printed)))
`

/** Pickles that are no pickles, besides those that were recorded. */
const damaged = [
  '',
  '2e',
  '4e4e2e',
  '8004958000000000000000',
  '8e000000400000000061',
  '8effffffffffffffff61',
  '5d71005d71002e',
  '282e',
  '4b',
]

type Answer = {
  readonly pickle: string
  readonly dis?: Printed
  readonly annotated?: Printed
  readonly optimize: Optimized
}

const execute = promisify(execFile)
const found = (await discoverPythons()).filter(
  ({ id, status }) => status === 'ready' && id.startsWith('cpython-'),
)
/** The oldest and the newest; make proof-repickled asks all of them. */
const pythons = found.filter((_, at) => at === 0 || at === found.length - 1)

/** Hex, and runs of one byte: `[hex, length]`. */
type Parts = readonly (string | readonly [byte: string, length: number])[]

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(packageFile(`reference/tools/fixtures/${name}.json`), 'utf8'))
}

const hexOfParts = (parts: Parts): string =>
  parts.map((part) => (typeof part === 'string' ? part : part[0].repeat(part[1]))).join('')

const recorded = [
  ...['pickles-cpython-2.7.18', 'pickles-cpython-3.13.0'].flatMap((name) =>
    fixture<{ pickles: [name: string, hex: string][] }>(name).pickles.map(([, hex]) => hex),
  ),
  ...['3.8.18', '3.13.0', '3.14.2'].flatMap((release) =>
    fixture<{ cases: { pickle: Parts }[] }>(`pickletools-cpython-${release}`).cases.map(
      ({ pickle }) => hexOfParts(pickle),
    ),
  ),
  ...damaged,
]

let folder: string
let corpus: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picklespec-pickletools-'))
  corpus = join(folder, 'corpus.json')
  writeFileSync(corpus, JSON.stringify([...new Set(recorded)]))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('a CPython is here to be asked', () => {
  expect(pythons.map(({ id }) => id)).not.toEqual([])
})

describe.each(pythons)('pickletools of $id', ({ id, command, env }) => {
  const [program = '', ...args] = command
  const profile = `${id}-c`
  let answers: readonly Answer[]

  beforeAll(async () => {
    const { stdout } = await execute(program, [...args, '-W', 'ignore', '-c', asking, corpus], {
      env: { ...process.env, ...env, PYTHONIOENCODING: 'utf-8' },
      maxBuffer: 1 << 30,
    })
    answers = stdout
      .trimEnd()
      .split('\n')
      .map((line): Answer => JSON.parse(line))
  })

  test('has been asked about many pickles, good and bad', () => {
    const refused = answers.filter(({ dis }) => dis !== undefined && dis[1] !== null)

    expect(answers.length).toBeGreaterThan(700)
    expect(refused.length).toBeGreaterThan(100)
  })

  test.each([
    ['dis', {}],
    ['annotated', { annotate: true, indentlevel: 1 }],
  ] as const)('prints the text of %s, and dies in the same way', async (form, options) => {
    for (const answer of answers.filter((one) => one[form] !== undefined)) {
      const pickle = Buffer.from(answer.pickle, 'hex')
      const found = await printed(pickle, { profile, ...options })
      expect(found, answer.pickle.slice(0, 200)).toEqual(answer[form])
    }
  })

  test('optimizes to the same bytes, and refuses the same', async () => {
    for (const answer of answers) {
      const pickle = Buffer.from(answer.pickle, 'hex')
      const found = await optimized(pickle, profile)
      expect(found, answer.pickle.slice(0, 200)).toEqual(answer.optimize)
    }
  })

  test('what dis --assembly prints is assembled to the same bytes', async () => {
    for (const { pickle, dis } of answers) {
      if (dis === undefined || dis[1] !== null) continue
      const [text, error] = await printed(Buffer.from(pickle, 'hex'), { profile, assembly: true })
      // What stands behind a STOP may be no instructions.
      if (error !== null) continue
      const io = captureIo({ stdin: new TextEncoder().encode(text) })
      await assembleLines(io, '-', { protocol: undefined, out: undefined, hex: false })
      expect(Buffer.from(io.outBytes()).toString('hex')).toBe(pickle)
    }
  })

  test('as a program, with several files, prints the same', async () => {
    const paths = ['one.pkl', 'two.pkl'].map((name) => join(folder, name))
    for (const [index, path] of paths.entries()) {
      writeFileSync(path, Buffer.from(answers[index + 40]?.pickle ?? '', 'hex'))
    }
    const { stdout } = await execute(program, [...args, '-m', 'pickletools', '-a', ...paths])
    const io = captureIo()

    expect(await disassemblePickles(io, paths, { ...plainDis, profile, annotate: true })).toBe(0)

    expect(io.out()).toBe(stdout)
  })
})
