import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ImageCache } from './image-cache.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picklespec-images-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const image = new Uint8Array([1, 2, 3, 4])

function onlyFile(): string {
  const [name = '', ...more] = readdirSync(folder)
  expect(more).toEqual([])
  return join(folder, name)
}

test('an image that was kept is read by the next', () => {
  expect(new ImageCache(folder, '314.0.7').read()).toBeUndefined()

  expect(new ImageCache(folder, '314.0.7').write(image)).toBe(true)

  expect([...(new ImageCache(folder, '314.0.7').read() ?? [])]).toEqual([1, 2, 3, 4])
})

test('an image of another adapter is forgotten when one is kept', () => {
  writeFileSync(join(folder, 'pyodide-314.0.7-0.image'), 'old')
  writeFileSync(join(folder, 'pyodide-315.0.0-alpha.2-0.image'), 'of another pyodide')
  writeFileSync(join(folder, 'notes.txt'), 'other')

  new ImageCache(folder, '314.0.7').write(image)

  expect(readdirSync(folder).sort()).toEqual([
    'notes.txt',
    expect.stringMatching(/^pyodide-314\.0\.7-[0-9a-f]{24}\.image$/),
    'pyodide-315.0.0-alpha.2-0.image',
  ])
})

test('a folder that is not there is made', () => {
  const cache = new ImageCache(join(folder, 'deep', 'inside'), '314.0.7')

  expect(cache.write(image)).toBe(true)
  expect(cache.read()).toBeDefined()
})

test.each([
  ['spoiled', (content: Buffer) => Buffer.concat([content.subarray(0, -1), Buffer.from([9])])],
  ['cut', (content: Buffer) => content.subarray(0, -1)],
  ['empty', () => Buffer.alloc(0)],
])('an image that is %s is none', (_, spoil) => {
  const cache = new ImageCache(folder, '314.0.7')
  cache.write(image)
  const file = onlyFile()

  writeFileSync(file, spoil(readFileSync(file)))

  expect(cache.read()).toBeUndefined()
})

test('where nothing can be kept, nothing is', () => {
  const occupied = join(folder, 'file')
  writeFileSync(occupied, '')
  const cache = new ImageCache(occupied, '314.0.7')

  expect(cache.write(image)).toBe(false)
  expect(cache.read()).toBeUndefined()
})

test('an image that is forgotten is gone', () => {
  const cache = new ImageCache(folder, '314.0.7')
  cache.write(image)

  cache.forget()

  expect(cache.read()).toBeUndefined()
  expect(readdirSync(folder)).toEqual([])
})
