import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { captureIo } from '../command.ts'
import { visible } from '../visible.ts'
import { cutTo, displayWidth, inks, padEnd, padStart, terminalView, wrap } from './terminal.ts'

const texts = fc.string({ unit: 'binary' }).map(visible)

describe('a text in a terminal', () => {
  test.each([
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['🙂', 2],
    ['→✗·', 3],
  ])('%s is so many columns wide', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })

  test('is cut to a width and says so, or left alone', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, width) => {
        const cut = cutTo(text, width)

        expect(displayWidth(cut)).toBeLessThanOrEqual(width)
        if (displayWidth(text) <= width) expect(cut).toBe(text)
        else expect(cut.endsWith('…')).toBe(true)
      }),
    )
  })

  test('is wrapped into a width, and nothing but spaces is lost', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrap(text, width)

        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
    )
  })

  test('is wrapped at spaces where there are any', () => {
    expect(wrap('the pickles part at byte 2', 12)).toEqual(['the pickles', 'part at byte', '2'])
    expect(wrap('unbreakable', 4)).toEqual(['unbr', 'eaka', 'ble'])
  })

  test('is filled up on either side', () => {
    expect([padEnd('日', 4), padStart('日', 4), padEnd('long', 2)]).toEqual([
      '日  ',
      '  日',
      'long',
    ])
  })
})

test.each([
  ['a terminal', { isTTY: true }, true],
  ['a pipe', { isTTY: false }, false],
  ['NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }, false],
  ['an empty NO_COLOR', { isTTY: true, env: { NO_COLOR: '' } }, true],
  ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' } }, false],
])('colours with %s: %j %j', (_, world, colour) => {
  expect(terminalView(captureIo(world))).toEqual({ columns: 100, colour })
})

test('ink paints where there are colours', () => {
  expect(inks(true).red('x')).toBe('\u001b[31mx\u001b[0m')
  expect(inks(false).red('x')).toBe('x')
  expect(inks(true).red('')).toBe('')
})
