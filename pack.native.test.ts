import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const execute = promisify(execFile)
const root = import.meta.dirname

/** The folder of somebody who has installed the packed package and nothing else. */
let home: string
let packed: readonly string[]

async function run(command: string, args: readonly string[], cwd = home) {
  return await execute(command, args, { cwd, maxBuffer: 1 << 24 })
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'picklespec-pack-'))
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', home],
    root,
  )
  const [tarball]: { filename: string; files: { path: string }[] }[] = JSON.parse(stdout)
  if (tarball === undefined) throw new Error(`npm pack made nothing: ${stdout}`)
  packed = tarball.files.map((file) => file.path)
  await writeFile(join(home, 'package.json'), JSON.stringify({ name: 'home', private: true }))
  await run('npm', [
    ...['install', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'],
    `./${tarball.filename}`,
  ])
})

afterAll(async () => {
  await rm(home, { recursive: true, force: true })
})

test('the packed command prints the version of the manifest', async () => {
  const manifest: { version: string } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  )

  const { stdout } = await run('npx', ['--no-install', 'picklespec', '--version'])

  expect(stdout).toBe(`${manifest.version}\n`)
})

test('the packed command shows its help', async () => {
  const { stdout } = await run('npx', ['--no-install', 'picklespec', '--help'])

  expect(stdout).toContain('Usage: picklespec [options]')
})

test('wrong usage of the packed command ends with 2', async () => {
  await expect(run('npx', ['--no-install', 'picklespec', 'rnu'])).rejects.toMatchObject({ code: 2 })
})

test('the tarball holds the build and what is read at run time, and no tests or sources', () => {
  expect(packed).toContain('dist/cli.js')
  expect(packed).toContain('LICENSE')
  expect(
    packed.filter((path) => /\.test\.|(?<!\.d)\.ts$|tsbuildinfo|^reports\/out/.test(path)),
  ).toEqual([])
})
