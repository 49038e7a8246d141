import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execaSync } from 'execa'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Folders that version control ignores, from the root or at any depth. */
const ignored = readFileSync(join(root, '.gitignore'), 'utf8')
  .split('\n')
  .filter((line) => line.endsWith('/'))
  .map((line) => line.slice(0, -1))

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isFile()) yield path
    const isIgnored = ignored.includes(entry.name) || ignored.includes(path)
    if (entry.isDirectory() && entry.name !== '.git' && !isIgnored) yield* files(path)
  }
}

interface Ban {
  readonly what: string
  /** Written so that it does not match itself. */
  readonly pattern: RegExp
  readonly where: RegExp
}

const anywhere = /./
const code = /\.(ts|mjs|js|py)$/

const bans: readonly Ban[] = [
  {
    what: 'a path of one machine',
    pattern: /(?<![\w.)}\]*])\/(?:home|root|work|tmp|Users|private)\/[\w.]/,
    where: anywhere,
  },
  {
    what: 'a registry host or its credentials',
    pattern:
      /registry[.](?:npmjs|yarnpkg)|(?:npm|pypi)[.]pkg|\/api\/npm\/|_authToke[n]|"resolve[d]"/,
    where: anywhere,
  },
  {
    what: 'a private address',
    pattern: /https?:\/\/(?:10|192\.168|172\.1[6-9])\./,
    where: anywhere,
  },
  { what: 'a note to self', pattern: /\b(?:TO[D]O|FIX[M]E|X[X]X|HAC[K])\b/, where: code },
  {
    what: 'a test that does not run or runs alone',
    pattern: /\b(?:it|test|describe|suite)[.](?:skip|only|todo|fails|skipIf|runIf)\b/,
    where: /\.ts$/,
  },
  { what: 'a skipped Python test', pattern: /unittest[.](?:skip|expectedFailure)/, where: /\.py$/ },
  {
    what: 'an assertion of nothing',
    pattern: /expect[(](?:true|false|1|0)[)]|\bassert True\b/,
    where: code,
  },
  {
    what: 'a silenced type',
    pattern: /@ts-(?:ignor[e]|expect-erro[r]|nochec[k])|\bas an[y](?=[)\],;]|$)/,
    where: code,
  },
  {
    what: 'code hidden from coverage',
    pattern: /(?:istanbu[l]|c[8]|v[8]) ignore|pragma: no cove[r]/,
    where: code,
  },
]

const found = (ban: Ban, text: string): string[] =>
  text
    .split('\n')
    .flatMap((line, at) => (ban.pattern.test(line) ? [`${at + 1}: ${line.trim()}`] : []))

test('the whole tree is looked at', () => {
  const seen = [...files('')]

  expect(seen).toContain('package-lock.json')
  expect(seen).toContain('.ci/run')
  expect(seen).toContain('conformance/package-root.ts')
  expect(seen.filter((file) => file.includes('node_modules/'))).toEqual([])
})

test.each(bans)('no file holds $what', (ban) => {
  const guilty = [...files('')]
    .filter((file) => ban.where.test(file))
    .flatMap((file) =>
      found(ban, readFileSync(join(root, file), 'utf8')).map((at) => `${file}:${at}`),
    )

  expect(guilty).toEqual([])
})

const split = (...pieces: readonly string[]): string => pieces.join('')

test.each([
  [
    'a path of one machine',
    [split('see /ho', 'me/ann/x'), split("'/tm", "p/x'"), split('(/wor', 'k/a)')],
  ],
  [
    'a registry host or its credentials',
    [split('https://registry', '.npmjs.org/'), split('"resolv', 'ed": ""')],
  ],
  ['a private address', [split('http://', '10.0.0.1/')]],
  ['a note to self', [split('// TO', 'DO later'), split('# FIX', 'ME')]],
  [
    'a test that does not run or runs alone',
    [split('test.', 'skip('), split('describe.', 'only('), split('it.', 'todo(')],
  ],
  ['a skipped Python test', [split('@unittest.', 'skip("x")')]],
  ['an assertion of nothing', [split('expect(', 'true)')]],
  ['a silenced type', [split('// @ts-', 'ignore'), split('x as a', 'ny')]],
  [
    'code hidden from coverage',
    [split('/* v', '8 ignore next */'), split('/* istan', 'bul ignore next */')],
  ],
])('%s is recognised', (what, lines) => {
  const ban = bans.find((one) => one.what === what)

  expect(ban).toBeDefined()
  for (const line of lines) expect(ban?.pattern.test(line), line).toBe(true)
})

test('every ban has been seen to fail', () => {
  // The table above is the witness: a ban without a line there would be a wish.
  const text = readFileSync(join(root, 'checks/tree.test.ts'), 'utf8')

  for (const { what } of bans) expect(text.split(`'${what}'`).length, what).toBe(3)
})

test('nothing is kept that version control ignores', () => {
  const listed = ['ls-files', '--cached', '--ignored', '--exclude-standard']
  // Without version control, as in a package, there is nothing to ask.
  const { stdout = '' } = execaSync('git', listed, { cwd: root, reject: false })

  expect(stdout).toBe('')
})
