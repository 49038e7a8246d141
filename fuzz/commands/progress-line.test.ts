import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { ProgressLine } from './progress-line.ts'

/** What a line says that is told something new at these seconds, and another thing for good. */
function saidAt(isTTY: boolean, seconds: readonly number[], stays?: string): string {
  let text = ''
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk)
      done()
    },
  })
  let now = 0
  const line = new ProgressLine({ stderr: Object.assign(stream, { isTTY, columns: 9 }) }, () => now)
  for (const second of seconds) {
    now = second * 1000
    line.show(`${second} seconds`)
  }
  if (stays !== undefined) line.tell(stays)
  line.clear()
  return text
}

test('on a terminal one line is written anew, as wide as it may be, ten times a second', () => {
  expect(saidAt(true, [0, 0.05, 0.1])).toBe('\r\x1b[K0 second\r\x1b[K0.1 seco\r\x1b[K')
})

test('a file gets a whole line a minute, from the first minute on', () => {
  expect(saidAt(false, [0, 59, 60, 119, 121])).toBe('60 seconds\n121 seconds\n')
})

test('what is told for good has a line of its own, at once and as wide as it is', () => {
  expect(saidAt(true, [0], 'found something')).toBe(
    '\r\x1b[K0 second\r\x1b[Kfound something\n\r\x1b[K',
  )
  expect(saidAt(false, [0], 'found something')).toBe('found something\n')
})
