export { bytesOfHex, hexOfBytes } from './codecs/hex.ts'
export { isOpcodeName, type OpcodeName, opcodes } from './opcodes/opcodes.ts'
export * from './tools/index.ts'
