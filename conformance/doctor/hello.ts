import { profile } from '../../reference/index.ts'
import type { Hello } from '../protocol/message.ts'
import { type Examiner, fine, helloId, helloRequest, isBroken, type Outcome } from './examiner.ts'
import { type Broken, cut } from './finding.ts'
import { waysOf } from './ways.ts'

/** What it says of itself, or what is wrong with that. */
export async function hear(
  examiner: Examiner,
): Promise<{ readonly hello: Hello | undefined; readonly outcome: Outcome }> {
  const started = await examiner.start()
  if (isBroken(started)) return { hello: undefined, outcome: started }
  const [answer] = started.answers
  if (answer !== undefined && 'hello' in answer) return { hello: answer.hello, outcome: fine }
  const outcome: Broken = {
    mistake: 'wrong-shape',
    sent: JSON.stringify(helloRequest),
    came: cut(started.lines[0] ?? 'nothing'),
    wanted: `{"id":${helloId},"hello":{…}}`,
  }
  return { hello: undefined, outcome }
}

/** Whether there is anything to ask it, and anybody to hold it against. */
export function checkPromises(hello: Hello): Outcome {
  const { roles, engines, protocols } = hello
  const sent = JSON.stringify(helloRequest)
  const came = JSON.stringify({ roles, engines, protocols })
  if (waysOf(hello).length === 0 || protocols.length === 0) {
    const wanted = 'a role out of pickler, load and dump, an engine and a protocol'
    return { mistake: 'no-roles', sent, came, wanted }
  }
  for (const { follows } of engines) {
    if (follows !== null && !isProfile(follows)) {
      return { mistake: 'unknown-profile', sent, came, wanted: 'the name of a profile, or null' }
    }
  }
  return fine
}

function isProfile(name: string): boolean {
  try {
    profile(name)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
