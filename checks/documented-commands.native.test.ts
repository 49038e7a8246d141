import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const documents = ['README.md', 'docs/test-your-implementation.md'].map((name) => ({
  name,
  text: readFileSync(join(root, name), 'utf8'),
}))

/** A command line of a block that shows what it prints: `$ ` before it, its output below. */
type Shown = { readonly command: string; readonly printed: string }

/** The session blocks: everything in a block of `console` is run as it stands and held to its output. */
const sessionsOf = (text: string): readonly Shown[] =>
  [...text.matchAll(/```console\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n')
        return { command: part.slice(0, end), printed: part.slice(end + 1) }
      }),
  )

/** The commands of this program that stand in blocks of `sh`, which may need what is not here. */
const named: readonly string[] = documents.flatMap(({ text }) =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    [...block.matchAll(/^npx picklespec .*$/gm)].map(([line]) => line),
  ),
)

/** A folder of somebody who has installed the package: `npx picklespec` runs what was built. */
let home: string

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'picklespec-readme-'))
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'))
  copyFileSync(join(root, 'package.json'), join(home, 'package.json'))
})

afterAll(() => {
  rmSync(home, { recursive: true, force: true })
})

function run(command: string): Promise<{ code: number; out: string }> {
  const cli = JSON.stringify(join(root, 'dist/cli.js'))
  const line = command.replaceAll('npx picklespec', `${JSON.stringify(process.execPath)} ${cli}`)
  return new Promise((resolve) => {
    execFile('sh', ['-c', `exec 2>&1; ${line}`], { cwd: home, env: process.env }, (error, out) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out })
    })
  })
}

test.each(documents)('$name shows commands with what they print', ({ text }) => {
  expect(sessionsOf(text).length).toBeGreaterThan(3)
})

test.each(documents)(
  'every command in $name prints what is shown, one after the other in one folder',
  async ({ text }) => {
    for (const { command, printed } of sessionsOf(text)) {
      const { out, code } = await run(command)

      expect(out, command).toBe(printed)
      expect(code, command).toBe(0)
    }
  },
)

test.each(named)('%s is a command line that the program knows', async (line) => {
  const [, , name = ''] = line.split(' ')
  const { out, code } = await run(`npx picklespec ${name} --help`)

  expect(code).toBe(0)
  for (const [option] of line.replace(/\s#.*$/, '').matchAll(/(?<= )--[a-z-]+/g)) {
    expect(out, `${name} ${option}`).toContain(option)
  }
})
