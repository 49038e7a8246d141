// REPLACE THIS: a toy that writes and reads None, booleans, ints, strs and lists, and refuses the rest.
// `encode` gives the pickle of a value, `decode` the value of a pickle; both throw Refused.

/** The implementation refuses; `type` is the class that Python would raise. */
export class Refused extends Error {
  constructor(type, message) {
    super(message)
    this.type = type
  }
}

function written(value) {
  if (value === null) return Buffer.from('N')
  if (typeof value === 'boolean') return Buffer.from(value ? 'I01\n' : 'I00\n')
  if (typeof value === 'bigint') return Buffer.from(`L${value}L\n`)
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(text.length)
    return Buffer.concat([Buffer.from('X'), length, text])
  }
  return Buffer.concat([Buffer.from('('), ...value.map(written), Buffer.from('l')])
}

/** The pickle of a value: null, a boolean, a bigint, a string or an array of them. */
export function encode(value, _protocol) {
  return Buffer.concat([written(value), Buffer.from('.')])
}

const mark = Symbol('mark')

function int(line) {
  const digits = line.replace(/L$/, '')
  if (!/^-?\d+$/.test(digits)) throw new Refused('ValueError', `no int: ${line}`)
  return BigInt(digits)
}

function text(utf8) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(utf8)
  } catch {
    throw new Refused('UnicodeDecodeError', 'the str is not UTF-8')
  }
}

/** The value of a pickle. */
export function decode(pickle) {
  const stack = []
  let at = 0
  const take = (count) => {
    if (at + count > pickle.length) throw new Refused('EOFError', 'the pickle ends too early')
    at += count
    return pickle.subarray(at - count, at)
  }
  const takeLine = () => {
    const end = pickle.indexOf(10, at)
    if (end === -1) throw new Refused('EOFError', 'the pickle ends within a line')
    return take(end + 1 - at)
      .toString('latin1')
      .trimEnd()
  }
  for (;;) {
    const opcode = String.fromCharCode(take(1)[0])
    if (opcode === '\x80') take(1)
    else if (opcode === 'N') stack.push(null)
    else if (opcode === 'K') stack.push(BigInt(take(1)[0]))
    else if (opcode === 'I') {
      const line = takeLine()
      stack.push(line === '01' ? true : line === '00' ? false : int(line))
    } else if (opcode === 'L') stack.push(int(takeLine()))
    else if (opcode === 'X') stack.push(text(take(take(4).readUInt32LE())))
    else if (opcode === '(') stack.push(mark)
    else if (opcode === 'l') {
      const from = stack.lastIndexOf(mark)
      if (from === -1) throw new Refused('UnpicklingError', 'there is no mark')
      stack.push(stack.splice(from).slice(1))
    } else if (opcode === '.') {
      if (stack.length === 0 || stack.at(-1) === mark) {
        throw new Refused('UnpicklingError', 'there is no value on the stack')
      }
      return stack.pop()
    } else throw new Refused('UnpicklingError', `no instruction ${JSON.stringify(opcode)} here`)
  }
}
