import type { Verdict } from '../../reports/index.ts'
import type { Observation } from '../protocol/message.ts'

type Buffers = NonNullable<Observation['buffers']>

const show = (buffer: Buffers[number] | undefined): string | null =>
  buffer === undefined
    ? null
    : `${buffer.readonly ? 'read-only' : 'writable'} ${buffer.bytes.slice(0, 64)}`

/** Passes when the same out-of-band buffers were handed over in the same order. */
export function sameBuffers(expected: Buffers, seen: Buffers, step: number): Verdict {
  const length = Math.max(expected.length, seen.length)
  for (let at = 0; at < length; at += 1) {
    const wanted = expected[at]
    const found = seen[at]
    if (wanted?.bytes !== found?.bytes || wanted?.readonly !== found?.readonly) {
      return {
        kind: 'failed',
        because: `the buffers part at ${at}: found ${show(found) ?? 'no more'}, wanted ${show(wanted) ?? 'no more'}`,
        difference: { kind: 'buffer', step, at, expected: show(wanted), seen: show(found) },
      }
    }
  }
  return { kind: 'passed' }
}
