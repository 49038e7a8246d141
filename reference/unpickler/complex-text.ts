import { floatOfBits, parseFloatText } from '../codecs/float.ts'

const number = String.raw`(?:\d[\d_]*\.?[\d_]*(?:e[+-]?\d+)?|\.\d[\d_]*(?:e[+-]?\d+)?|inf(?:inity)?|nan)`
const whole = new RegExp(`^(?:([+-]?${number})(?![\\w.]))?(?:([+-]?${number}?)j)?$`, 'i')
const imaginaryAlone = new RegExp(`^([+-]?${number}?)j$`, 'i')

/** The parts of a complex number in text, as `complex(text)` reads it; undefined when it is none. */
export function parseComplex(text: string): readonly [number, number] | undefined {
  const trimmed = text.trim()
  const bare = /^\((.*)\)$/.exec(trimmed)?.[1]?.trim() ?? trimmed
  const alone = imaginaryAlone.exec(bare)
  if (alone !== null) return both('0', alone[1])
  const found = whole.exec(bare)
  if (found === null) return undefined
  const [, real = '', imaginary = '0'] = found
  return both(real, imaginary)
}

function both(real: string, imaginary = ''): readonly [number, number] | undefined {
  const parts = [real, /\d|n/i.test(imaginary) ? imaginary : `${imaginary}1`].map(parseFloatText)
  const [re, im] = parts
  return re === undefined || im === undefined ? undefined : [floatOfBits(re), floatOfBits(im)]
}
