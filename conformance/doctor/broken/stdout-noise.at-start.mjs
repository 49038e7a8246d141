import { serve, write } from './mannerly.mjs'

write('my-adapter 1.0, ready\n')
await serve()
