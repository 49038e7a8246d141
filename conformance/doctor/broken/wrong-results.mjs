import { serve } from './mannerly.mjs'

await serve({
  batch: (answers, tell) => {
    for (const answer of answers) {
      const { dumps, ...rest } = answer()
      tell(dumps === undefined ? rest : { ...rest, dumps: dumps.slice(0, 1) })
    }
  },
})
