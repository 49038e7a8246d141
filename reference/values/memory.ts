import { PickleError } from '../errors.ts'

/** More bytes than this are never there to be had. Latitude: it depends on the machine. */
export const mostMemory = 0x7fff_ffff

/** What is refused for want of memory, without any having been asked for. */
export const outOfMemory = (): PickleError => new PickleError('MemoryError', '')
