import { serve } from './mannerly.mjs'

await serve({
  unknown: ({ request }) => {
    throw new Error(`no request ${request}`)
  },
})
