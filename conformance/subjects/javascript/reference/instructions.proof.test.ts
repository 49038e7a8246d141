import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpcodeName, opcodes } from '../../../../reference/index.ts'
import { packageFile } from '../../../package-root.ts'
import { isThere, misses, suite } from '../../testing/suite-misses.ts'
import type { answer } from './answer.ts'

/** One line of the built reference, once in its file, and what stands there instead. */
type Fault = {
  readonly opcode: OpcodeName
  readonly file: string
  readonly find: RegExp
  readonly instead: string
}

// Object.keys of a literal gives its own names.
const names = Object.keys(opcodes) as readonly OpcodeName[]

/** What carries an instruction out, `instead` in its place; STOP is the end of the loop. */
function loading(opcode: OpcodeName, instead: string): Fault {
  return opcode === 'STOP'
    ? { opcode, file: 'unpickler/unpickler.js', find: /return u\.pop\(\);/, instead: 'return 7;' }
    : {
        opcode,
        file: 'unpickler/instructions.js',
        find: new RegExp(`^    ${opcode}: (.*),$`, 'm'),
        instead: `    ${opcode}: ${instead},`,
      }
}

const notLoaded = names.map((name) => loading(name, '() => {}'))
const loadedTwice = names.map((name) => loading(name, '(u) => { ($1)(u); u.push(7); }'))
const notWritten = names.map((opcode) => ({
  opcode,
  file: 'pickler/codes.js',
  find: new RegExp(`^export const ${opcode} = .*$`, 'm'),
  instead: `export const ${opcode} = 0;`,
}))

/** Instructions of Python 2 and of protocols that Python's pickler passes over: it writes none. */
const neverWritten: readonly OpcodeName[] = [
  ...(['DUP', 'STRING', 'BINSTRING', 'SHORT_BINSTRING', 'INST', 'OBJ'] as const),
]

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picklespec-instructions-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a copy of the reference with a fault answers. */
async function planted({ opcode, file, find, instead }: Fault): Promise<typeof answer> {
  const copy = mkdtempSync(join(folder, `${opcode}-`))
  for (const part of ['reference', 'conformance', 'reports']) {
    cpSync(packageFile(join('dist', part)), join(copy, part), { recursive: true })
  }
  cpSync(packageFile('package.json'), join(copy, 'package.json'))
  symlinkSync(packageFile('node_modules'), join(copy, 'node_modules'))
  const path = join(copy, 'reference', file)
  const text = readFileSync(path, 'utf8')
  expect(text.match(new RegExp(find, 'gm')), `${find} stands once in ${file}`).toHaveLength(1)
  writeFileSync(path, text.replace(find, instead))
  const main = join(copy, 'conformance/subjects/javascript/reference/answer.js')
  const made = await import(/* @vite-ignore */ pathToFileURL(main).href)
  rmSync(copy, { recursive: true })
  return made.answer
}

/** What a pickler and an unpickler as documented are asked. */
const documented = suite.filter((one) => isThere(one, null))

const isLoad = (one: (typeof suite)[number]): boolean =>
  one.scenario.steps.some((action) => 'load' in action)

/** The first case that is answered wrongly, those about the instruction asked first. */
function firstMiss(asked: typeof suite, opcode: OpcodeName, copy: typeof answer) {
  const isAbout = ({ clause, expectations }: (typeof suite)[number]): boolean =>
    clause === `OP-${opcode}` || JSON.stringify(expectations).includes(`"${opcode}`)
  const ordered = [...asked.filter(isAbout), ...asked.filter((one) => !isAbout(one))]
  return ordered.find((one) => misses(one, 'documented', null, copy).length > 0)?.id
}

async function unseen(faults: readonly Fault[], asked: typeof suite): Promise<OpcodeName[]> {
  const found: OpcodeName[] = []
  for (const fault of faults) {
    const seen = firstMiss(asked, fault.opcode, await planted(fault))
    if (seen === undefined) found.push(fault.opcode)
  }
  return found
}

describe('in a copy of the reference', () => {
  test('without a fault no case is missed', async () => {
    const copy = await planted({ ...loading('NONE', '$1'), opcode: 'NONE' })

    expect(firstMiss(documented, 'NONE', copy)).toBeUndefined()
  })

  test('an instruction that does nothing when it is loaded is seen by a case, all 68', async () => {
    expect(names).toHaveLength(68)
    expect(await unseen(notLoaded, documented.filter(isLoad))).toEqual([])
  })

  test('an instruction that pushes one value too many is seen by a case, all 68', async () => {
    expect(await unseen(loadedTwice, documented.filter(isLoad))).toEqual([])
  })

  test('an instruction that is written as another byte is seen by a case', async () => {
    const written = notWritten.filter(({ opcode }) => !neverWritten.includes(opcode))

    // Their lengths begin at 4 GiB.
    expect(
      await unseen(
        written,
        documented.filter((one) => !isLoad(one)),
      ),
    ).toEqual(['BINUNICODE8', 'BINBYTES8'])
  })
})
