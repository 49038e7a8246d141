// An honest subject that says and answers what its argument says, answers by the module of the
// scenario; what it cannot carry out it says so of, with `"cannot":true` for the module "bad". With
// `"leak":{"of":M,"into":N}` it answers N as M once it was asked M.
import { hello, serve, write } from './honest.mjs'

const script = JSON.parse(process.argv[2])
const none = [{}, { bytes: '4e2e' }]
const cannot = ({ id, index }) => {
  write(`${JSON.stringify({ id, index, error: { message: 'no such class' } })}\n`)
}

let hasLeaked = false
const stepsOf = ({ module }) => {
  hasLeaked ||= module === script.leak?.of
  return script.steps?.[hasLeaked && module === script.leak?.into ? script.leak.of : module] ?? none
}

await serve({
  says: { ...hello, ...script.hello },
  stepsOf,
  ...(script.cannot ? { bad: cannot } : {}),
})
