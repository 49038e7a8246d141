import { forever, serve } from './honest.mjs'

await serve({ bad: forever })
