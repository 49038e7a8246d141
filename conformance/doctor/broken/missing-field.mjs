import { hello, serve } from './mannerly.mjs'

const { roles: _, ...says } = hello
await serve({ says })
