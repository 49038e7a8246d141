import { writeSync } from 'node:fs'
import { serve } from './honest.mjs'

await serve({ bad: () => writeSync(1, Uint8Array.of(0x22, 0xff, 0xfe, 0x22, 0x0a)) })
