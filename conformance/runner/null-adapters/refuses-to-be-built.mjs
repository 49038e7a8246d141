// Refuses where nothing was dumped yet: the pickler cannot even be built.
import { serveNull } from './serve-null.mjs'

const mro = ['ValueError', 'TypeError', 'AttributeError', 'Exception', 'BaseException']

await serveNull(() => ({}), {
  refused: { class: 'ValueError', mro, message: '', notes: [], cause: null },
})
