import { damage } from '../../damage/damage.ts'
import { declaresMuch, growsMemo } from './costly.ts'
import { type Draw, happens, oneOf } from './draw.ts'
import { drawScenarioPickle } from './scenario-pickle.ts'
import { drawStream } from './stream.ts'

/** Changes with everything that changes which pickle a seed stands for. */
export const pickleGeneratorVersion = 1

/** A pickle, most likely damaged, and the buffers that go with it. */
export type DrawnPickle = {
  readonly pickle: Uint8Array
  readonly buffers: readonly Uint8Array[] | undefined
}

/** Longer pickles of scenarios only take time: what is long in them is content. */
const longest = 2000

/**
 * A pickle, most of the time with one to three damages done to it: an instruction stream valid by
 * construction, or what the reference's Pickler writes of a scenario.
 */
export function drawPickle(draw: Draw): DrawnPickle {
  for (;;) {
    const drawn = drawAny(draw)
    const { pickle } = drawn
    // What takes memory takes time, and says little: which amount is too much depends on the machine.
    if (happens(draw, 2) || !(growsMemo(pickle) || declaresMuch(pickle))) return drawn
  }
}

function drawAny(draw: Draw): DrawnPickle {
  const buffers = happens(draw, 12) ? drawBuffers(draw) : undefined
  const whole = drawWhole(draw, buffers?.length ?? 0)
  const damages = oneOf(draw, [0, 1, 1, 1, 1, 1, 1, 2, 2, 3])
  let pickle = whole
  for (let done = 0; done < damages; done += 1) {
    pickle = damage(pickle, draw, () => drawWhole(draw, 0))
  }
  return { pickle, buffers }
}

function drawBuffers(draw: Draw): Uint8Array[] {
  return Array.from({ length: draw(4) }, () =>
    Uint8Array.from({ length: draw(4) }, () => draw(256)),
  )
}

function drawWhole(draw: Draw, buffers: number): Uint8Array {
  if (buffers === 0 && happens(draw, 20)) {
    const written = drawScenarioPickle(draw)
    if (written !== undefined && written.length <= longest) return written
  }
  return drawStream(draw, buffers)
}
