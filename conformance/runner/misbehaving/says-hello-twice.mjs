import { serve, write } from './honest.mjs'

await serve({ sayHello: (line) => write(line.repeat(2)) })
