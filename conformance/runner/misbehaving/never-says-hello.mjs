import { forever, serve } from './honest.mjs'

await serve({ sayHello: forever })
