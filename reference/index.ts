export { bytesOfHex, hexOfBytes } from './codecs/hex.ts'
export { codePointsOf, type StrContent, strContent } from './codecs/str-content.ts'
export { NotationError, PickleError, type PickleErrorDetails } from './errors.ts'
export { isOpcodeName, type OpcodeName, opcodes } from './opcodes/opcodes.ts'
export type { Sink } from './pickler/framer.ts'
export { Pickler, type PicklerInit } from './pickler/pickler.ts'
export type { PicklerClass } from './pickler/pickler-class.ts'
export {
  inexactProfiles,
  measuredReleases,
  type Profile,
  profile,
  profileNames,
} from './profiles.ts'
export { compareReleases, type Release, releaseText } from './release.ts'
export {
  LoadedPickle,
  type LoadedPickleInit,
  type Repickled,
  RepickleError,
} from './repickler/loaded-pickle.ts'
export * from './tools/index.ts'
export * from './unpickler/index.ts'
export * from './values/index.ts'
export type { WordSize } from './word-size.ts'
