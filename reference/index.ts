export { bytesOfHex, hexOfBytes } from './codecs/hex.ts'
export * from './tools/index.ts'
