import {
  type Examiner,
  fine,
  helloId,
  helloRequest,
  isBroken,
  named,
  type Outcome,
} from './examiner.ts'
import { cut } from './finding.ts'

/** A step that has to do with the protocol alone. */
type LastRung = {
  readonly rung: string
  readonly climb: (examiner: Examiner) => Promise<Outcome>
}

/** What is held against the protocol alone, at the end. */
export const lastRungs: readonly LastRung[] = [
  {
    rung: 'answers a request that it does not know with an error, and goes on',
    climb: async (examiner) => {
      const request = { id: 77, request: 'no-such-request' }
      const lines = [request, helloRequest].map((one) => `${JSON.stringify(one)}\n`)
      const owed = [{ id: 77 }, { id: helloId }]
      const exchanged = await examiner.write(lines, owed, { allowsErrors: true })
      if (isBroken(exchanged)) {
        const died = named(exchanged, 'dies-of-unknown-requests', ['dies'])
        return named(died, 'ignores-unknown-requests', ['silent', 'forgets-items'])
      }
      const [answer] = exchanged.answers
      if (answer !== undefined && 'error' in answer) return fine
      return {
        mistake: 'ignores-unknown-requests',
        sent: JSON.stringify(request),
        came: cut(exchanged.lines[0] ?? 'nothing'),
        wanted: '{"id":77,"error":{"message":"…"}}',
      }
    },
  },
  {
    rung: 'ends when it is told to stop',
    climb: async (examiner) => {
      const session = await examiner.session()
      if (session === undefined) return { status: 'open', because: 'it says no hello any more' }
      const request = { id: 0, request: 'stop' }
      session.send(request)
      if (await examiner.exits(session)) return fine
      return {
        mistake: 'ignores-stop',
        sent: JSON.stringify(request),
        came: `no exit within ${examiner.patience}`,
        wanted: 'its exit',
      }
    },
  },
  {
    rung: 'ends when its standard input ends',
    climb: async (examiner) => {
      const session = await examiner.fresh()
      if (session === undefined) return { status: 'open', because: 'it says no hello any more' }
      session.closeInput()
      if (await examiner.exits(session)) return fine
      return {
        mistake: 'outlives-input',
        sent: 'the end of standard input',
        came: `no exit within ${examiner.patience}`,
        wanted: 'its exit',
      }
    },
  },
]
