import { expect, test } from 'vitest'
import { profile } from '../profiles.ts'
import { disassembleToAssembly } from '../tools/assembly.ts'
import { LoadedPickle } from './loaded-pickle.ts'

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0))

/** What is written again at protocol 2, without the memo, and what was called that others may not call. */
function again(pickle: string): { readonly written: string; readonly kept: readonly string[] } {
  const { bytes, kept } = new LoadedPickle(bytesOf(pickle), profile('cpython-3.13-c')).dump(2)
  const lines = disassembleToAssembly(bytes).filter((one) => !/^(PROTO|BINPUT)/.test(one))
  return { written: lines.join(' ').replaceAll('"', ''), kept: [...kept.keys()] }
}

/** `f()`, at 0 in the memo. */
const object = 'cm\nf\n)Rq\x00'
const alone = 'GLOBAL m f EMPTY_TUPLE REDUCE STOP'

test('a call with an object and its state, of which nothing is left, is written behind the object', () => {
  expect(again(`${object}cm\ng\nh\x00K\x01\x86R0.`).written).toBe(
    'GLOBAL m f EMPTY_TUPLE REDUCE GLOBAL m g BINGET 1 BININT1 1 TUPLE2 REDUCE POP STOP',
  )
})

test.each([
  ['three arguments', 'cm\ng\nh\x00K\x01K\x02\x87R0'],
  ['an instance that was made of two', 'cm\ng\nh\x00K\x01\x86\x810'],
  ['the look-up of an attribute', 'cbuiltins\ngetattr\nh\x00X\x01\0\0\0a\x86R0'],
])('%s, of which nothing is left, set no state', (_, dropped) => {
  expect(again(`${object}${dropped}.`).written).toBe(alone)
})

test('what sets a state may be called for other things, too', () => {
  const setting = 'BININT1 1 TUPLE2 REDUCE POP'

  for (const other of ['K\x05\x85R', 'h\x00\x85R']) {
    const { written } = again(`(${object}cm\ng\nq\x01${other}h\x01h\x00K\x01\x86R0t.`)
    expect(written).toContain(setting)
  }
})

test('a state that was set of what another state has in it is found, whichever was set first', () => {
  const inner = 'cm\nk\n)Rq\x010cm\nh\nh\x01K\x07\x86R0'
  const { kept, written } = again(`${object}${inner}cm\ng\nh\x00h\x01\x86R0.`)

  expect(written.match(/POP/g)).toHaveLength(2)
  expect(written).toContain('BININT1 7')
  expect(kept).toEqual(['m:f', 'm:k'])
})

test('a setter that a call gave is called again, too', () => {
  const { kept, written } = again(`${object}cm\nmake\n)Rh\x00cm\nstate\n)R\x86R0.`)

  expect(written).toContain('GLOBAL m make EMPTY_TUPLE REDUCE BINGET 1 GLOBAL m state')
  expect(kept).toEqual(['m:f', 'm:make', 'm:state'])
})

test('a setter that a call gave may have a state that is set by a call itself', () => {
  const setter = 'cm\nmake\n)Rq\x010cm\nh\nh\x01K\x07\x86R0'
  const { kept, written } = again(`${object}${setter}h\x01h\x00K\x01\x86R0.`)

  expect(written).toBe(
    'GLOBAL m f EMPTY_TUPLE REDUCE GLOBAL m make EMPTY_TUPLE REDUCE GLOBAL m h BINGET 3 ' +
      'BININT1 7 TUPLE2 REDUCE POP BINGET 1 BININT1 1 TUPLE2 REDUCE POP STOP',
  )
  expect(kept).toEqual(['m:f', 'm:make'])
})

test('what is set of an object that nothing leads to is left out with it', () => {
  const lost = 'cm\nk\n)Rq\x010cm\nh\nh\x01K\x07\x86R0'

  expect(again(`${object}${lost}.`)).toEqual({ written: alone, kept: ['m:f'] })
})
