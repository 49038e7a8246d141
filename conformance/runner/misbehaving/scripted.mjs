// An honest subject that says and answers what its argument says, answers by the module of the
// scenario; what it cannot carry out it says so of, with `"cannot":true` for the module "bad".
import { hello, serve, write } from './honest.mjs'

const script = JSON.parse(process.argv[2])
const none = [{}, { bytes: '4e2e' }]
const cannot = ({ id, index }) => {
  write(`${JSON.stringify({ id, index, error: { message: 'no such class' } })}\n`)
}

await serve({
  says: { ...hello, ...script.hello },
  stepsOf: (scenario) => script.steps?.[scenario.module] ?? none,
  ...(script.cannot ? { bad: cannot } : {}),
})
