import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectedLoad, type LoadResult, packageFile } from '../../../conformance/index.ts'
import { toldOf } from '../../loads/judge-load.ts'
import type { KeptAnswer, LoadFile } from '../../loads/load-file.ts'

const folder = packageFile('fuzz', 'regressions', 'loads')
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

test('there is something to replay', () => {
  expect(files.length).toBeGreaterThan(0)
})

/** What counts of an answer that is kept. */
function toldOfKept({ graph, refused }: KeptAnswer): string {
  return refused ?? toldOf({ engine: '', graph } as LoadResult)
}

describe.each(files)('%s', (name) => {
  test('is loaded by the reference as by the interpreters', () => {
    const { answers, buffers, pickle }: LoadFile = JSON.parse(
      readFileSync(join(folder, name), 'utf8'),
    )
    const loaded = { pickle, ...(buffers !== undefined && { buffers }) }

    expect(answers.length).toBeGreaterThan(0)
    for (const answer of answers) {
      for (const profile of answer.profiles) {
        const found = toldOf(expectedLoad(loaded, profile, answer.world, answer.wordSize))
        expect([profile, answer.world, found]).toEqual([profile, answer.world, toldOfKept(answer)])
      }
    }
  })
})
