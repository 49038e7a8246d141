// Every part of an observation is there, and there is nothing in any of them.
import { leaf, serveNull } from './serve-null.mjs'

const nothing = { bytes: '', buffers: [], trace: [], memo: [], writes: [], graph: leaf(null) }

await serveNull(() => nothing)
