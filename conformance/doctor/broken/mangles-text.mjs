import { serve } from './mannerly.mjs'

process.stdin.setEncoding('latin1')
await serve()
