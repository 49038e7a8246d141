import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageFile } from '../package-root.ts'
import { type Scenario, scenarioVersion } from '../scenario/scenario.ts'
import { ask, hello } from './ask.ts'
import { findExecutable } from './executable.ts'
import { observe, observeLoads, type Question, type ScenarioOutcome } from './observe.ts'
import type { SeenResult } from './results.ts'
import { defaultLimits, type SubjectCommand, type SubjectLimits } from './subject.ts'
import type { Summary, Supervision } from './supervise.ts'

const folder = packageFile('conformance', 'runner', 'misbehaving')

const limitMs = 1500

function program(name: string, limits: Partial<SubjectLimits> = {}): SubjectCommand {
  return {
    id: name,
    command: [process.execPath, `${name}.mjs`],
    env: {},
    cwd: folder,
    limits: { ...defaultLimits, scenarioMs: limitMs, ...limits },
  }
}

function scenario(module: string, actions: Scenario['steps'] = [{ dump: null }]): Scenario {
  return {
    scenario: scenarioVersion,
    module,
    functions: [],
    classes: [],
    missingModules: [],
    copyreg: { dispatch_table: [], extensions: [] },
    pickler: { init: {}, subclass: null, instance: {} },
    unpickler: {},
    steps: actions,
  }
}

const question = (module: string): Question => ({
  scenario: scenario(module),
  engines: ['only'],
  protocols: [2, 4],
  observe: [],
})

type Seen = { readonly outcomes: ScenarioOutcome[]; readonly summary: Summary; readonly ms: number }

async function observeAll(
  subject: SubjectCommand,
  questions: readonly Question[],
  options: Omit<Supervision<Question, readonly SeenResult[]>, 'onOutcome'> = {},
): Promise<Seen> {
  const told = new Map<Question, ScenarioOutcome>()
  const began = performance.now()
  const summary = await observe(subject, questions, {
    ...options,
    onOutcome: (asked, outcome) => {
      expect(told.has(asked)).toBe(false)
      told.set(asked, outcome)
    },
  })
  const outcomes = questions.flatMap((asked) => told.get(asked) ?? [])
  return { outcomes, summary, ms: performance.now() - began }
}

const steps = [{}, { bytes: '4e2e' }]
const answered = {
  kind: 'answered',
  results: [
    { engine: 'only', protocol: 2, steps },
    { engine: 'only', protocol: 4, steps },
  ],
  ms: expect.any(Number),
}
const inCompanyOnly = false

test('a command ends when it has nothing more to say', async () => {
  const main = packageFile('dist/conformance/subjects/javascript/reference/main.js')
  const one = ['--filter', 'batching/lists/*', '--protocol', '2']
  const out = mkdtempSync(join(tmpdir(), 'picklespec-end-'))
  const child = spawn(process.execPath, [
    ...[packageFile('dist/cli.js'), 'run', '--subject', `node ${main}`, '--out', out, ...one],
  ])
  let toldAt = 0
  child.stdout.on('data', () => {
    toldAt = performance.now()
  })
  const [code] = await once(child, 'exit')
  rmSync(out, { recursive: true })

  expect(code).toBe(0)
  expect(toldAt).toBeGreaterThan(0)
  // What is left of a second in which a subject may drain its pipes.
  expect(performance.now() - toldAt).toBeLessThan(600)
})

describe('an honest subject', () => {
  test('answers everything, in one process, whatever the size of a batch', async () => {
    const questions = Array.from({ length: 300 }, () => question('good'))

    for (const batch of [1, 7, 256]) {
      const { outcomes, summary } = await observeAll(program('honest'), questions, { batch })
      expect(outcomes).toEqual(questions.map(() => answered))
      expect(summary).toMatchObject({ restarts: 0, isAborted: false, refused: undefined })
    }
  })

  test('is asked for each question what that question wants', async () => {
    const questions = [question('good'), { ...question('good'), protocols: [0] }, question('good')]

    const { outcomes } = await observeAll(program('honest'), questions)

    expect(
      outcomes.map((outcome) =>
        outcome.kind === 'answered' ? outcome.results.map(({ protocol }) => protocol) : outcome,
      ),
    ).toEqual([[2, 4], [0], [2, 4]])
  })

  test('is asked questions from a generator only as they are needed', async () => {
    const interruption = new AbortController()
    let made = 0
    function* endless(): Generator<Question> {
      for (;;) {
        made += 1
        yield question('good')
      }
    }
    let told = 0

    const summary = await observe(program('honest'), endless(), {
      signal: interruption.signal,
      batch: 16,
      onOutcome: () => {
        told += 1
        if (told === 500) interruption.abort()
      },
    })

    expect(summary.isAborted).toBe(true)
    expect(told).toBe(500)
    expect(made).toBeLessThan(500 + 16 * 5)
  })

  test('loads pickles, each engine once', async () => {
    const questions = [['only'], ['only', 'other'], ['only']].map((engines) => ({
      pickle: '4e2e',
      engines,
      world: 'symbols' as const,
    }))
    const outcomes: object[] = []

    await observeLoads(program('honest'), questions, {
      onOutcome: (_, outcome) => outcomes.push(outcome),
    })

    const graphs = (engines: readonly string[]): object => ({
      kind: 'answered',
      results: engines.map((engine) => ({ engine, graph: null })),
      ms: expect.any(Number),
    })
    expect(outcomes).toEqual(questions.map(({ engines }) => graphs(engines)))
  })

  test('is not blamed for time that we took ourselves', async () => {
    const questions = ['bad', 'bad', 'bad'].map(question)
    const outcomes: ScenarioOutcome[] = []
    const sleep = new Int32Array(new SharedArrayBuffer(4))

    await observe(program('answers-slowly'), questions, {
      onOutcome: (_, outcome) => {
        outcomes.push(outcome)
        if (outcomes.length === 1) Atomics.wait(sleep, 0, 0, limitMs + 300)
      },
    })

    expect(outcomes).toEqual([answered, answered, answered])
  })

  test('may have more to say than a pipe holds while we do other work', async () => {
    const questions = ['good', 'good', 'bad', 'good'].map(question)
    const outcomes: ScenarioOutcome[] = []
    const sleep = new Int32Array(new SharedArrayBuffer(4))

    await observe(program('answers-much'), questions, {
      onOutcome: (_, outcome) => {
        outcomes.push(outcome)
        if (outcomes.length === 1) Atomics.wait(sleep, 0, 0, limitMs + 300)
      },
    })

    expect(outcomes).toEqual(questions.map(() => answered))
  })

  test('answers requests one at a time', async () => {
    const replied = await ask(program('honest'), {
      request: 'bench',
      engine: 'only',
      protocol: 2,
      operation: 'dump',
      scenario: scenario('good'),
      loops: 10,
      samples: 3,
    })

    expect(replied).toMatchObject({
      kind: 'answered',
      answers: [{ bench: { samples: [7, 7, 7], bytes: 2 } }],
    })
    await expect(hello(program('honest'))).resolves.toMatchObject({ name: 'honest' })
  })
})

const one = (kind: string, fields: object): object => ({ kind, inCompanyOnly, ...fields })
const crashed = (signal: string | null, exitCode: number | null): object =>
  one('crashed', { signal, exitCode, stderrTail: expect.any(String) })
const timedOut = one('timed-out', { afterMs: limitMs })
const babbled = (found: string): object => one('babbled', { found: expect.stringContaining(found) })

describe.concurrent('a subject that', () => {
  test.each<[name: string, verdict: object, limits: Partial<SubjectLimits>]>([
    ['hangs', timedOut, {}],
    ['dies-by-signal', { ...crashed('SIGSEGV', null), stderrTail: 'last words\n' }, {}],
    ['exits-early', crashed(null, 0), {}],
    ['floods-stdout', babbled('a line of more than 1048576 bytes'), { lineBytes: 1_048_576 }],
    ['floods-stderr', answered, {}],
    ['prints-garbage', babbled('not JSON: "pickling..."'), {}],
    ['prints-bytes', babbled('not UTF-8'), {}],
    ['answers-twice', babbled('a second answer'), {}],
    ['answers-with-wrong-id', babbled('wanted id'), {}],
    ['answers-half-a-line', crashed(null, 1), {}],
    ['answers-a-line-without-end', timedOut, {}],
    ['answers-too-little', babbled('no result for only under protocol 2'), {}],
    ['answers-in-its-own-words', babbled('$.mood: this field is not known here'), {}],
    [
      'says-it-cannot',
      { kind: 'harness-error', message: 'no such class at $.steps[0]', by: 'adapter' },
      {},
    ],
    ['closes-stdin', timedOut, {}],
    ['eats-memory', one('out-of-memory', { rssMiB: expect.any(Number) }), { memoryMiB: 256 }],
    [
      'a-child-eats-memory',
      one('out-of-memory', { rssMiB: expect.any(Number) }),
      { memoryMiB: 256, scenarioMs: 8000 },
    ],
    ['answers-slowly', answered, {}],
    ['leaves-a-grandchild', crashed(null, 4), {}],
    ['stops', timedOut, {}],
    [
      'dies-in-company',
      { ...crashed('SIGABRT', null), inCompanyOnly: true, alone: answered.results },
      {},
    ],
    ['dies-after-answering', crashed(null, 5), {}],
  ])(
    '%s gets its verdict, and the scenarios around are answered',
    async (name, verdict, limits) => {
      const questions = ['good', 'bad', 'good', 'good'].map(question)

      const { outcomes } = await observeAll(program(name, limits), questions)

      expect(outcomes).toEqual([answered, verdict, answered, answered])
    },
  )

  test('dies of every second scenario is asked all of them', async () => {
    const questions = ['bad', 'good', 'bad', 'bad', 'good'].map(question)

    const { outcomes, summary } = await observeAll(program('exits-early'), questions)

    const early = crashed(null, 0)
    expect(outcomes).toEqual([early, answered, early, early, answered])
    expect(summary.restarts).toBe(6)
  })

  test('answers slowly is not judged by the time of a whole batch', async () => {
    const questions = ['bad', 'bad', 'bad'].map(question)

    const { outcomes, ms } = await observeAll(program('answers-slowly'), questions)

    expect(outcomes).toEqual([answered, answered, answered])
    expect(ms).toBeGreaterThan(limitMs)
  })

  test('leaves a grandchild with its pipe is judged by its own exit', async () => {
    const { outcomes, ms } = await observeAll(program('leaves-a-grandchild'), [question('bad')])

    expect(outcomes).toEqual([crashed(null, 4)])
    expect(ms).toBeLessThan(4000)
  })

  test('stops is ended all the same, and at once', async () => {
    const { outcomes, ms } = await observeAll(program('stops'), [question('bad')])

    expect(outcomes).toEqual([timedOut])
    // What could not be ended would be waited for, twice.
    expect(ms).toBeLessThan(2 * limitMs + 5000)
  })

  test('dies right after its last answer is found out all the same', async () => {
    const { outcomes } = await observeAll(program('dies-after-answering'), [question('bad')])

    expect(outcomes).toEqual([crashed(null, 5)])
  })

  test.each([
    ['never-says-hello', one('timed-out', { afterMs: 700 }), 700],
    ['dies-at-start', { ...crashed(null, 3), stderrTail: 'no such module: pickle\n' }, 20_000],
    [
      'speaks-another-protocol',
      {
        kind: 'harness-error',
        message: 'it speaks adapter protocol 2, this suite speaks 1',
        by: 'adapter',
      },
      20_000,
    ],
  ])('%s is refused once, with all its scenarios', async (name, verdict, startMs) => {
    const questions = [question('good'), question('good')]

    const { outcomes, summary } = await observeAll(program(name, { startMs }), questions)

    expect(outcomes).toEqual([verdict, verdict])
    expect(summary).toMatchObject({ hello: undefined, restarts: 0 })
  })

  test('runs behind the limits of the system where there are any', async () => {
    const subject: SubjectCommand = {
      ...program('honest', { dataMiB: 300, addressMiB: 5000 }),
      command: ['sh', '-c', 'cat /proc/self/limits >&2; exit 9'],
    }
    const path = process.env['PATH'] ?? ''
    const isLimited =
      process.platform === 'linux' && findExecutable('prlimit', folder, path) !== undefined

    const { outcomes } = await observeAll(subject, [question('good')])

    const [outcome] = outcomes
    const stderr = outcome?.kind === 'crashed' ? outcome.stderrTail : ''
    expect(outcome).toMatchObject({ kind: 'crashed', exitCode: 9 })
    expect(/Max data size +314572800/.test(stderr)).toBe(isLimited)
    expect(/Max address space +5242880000/.test(stderr)).toBe(isLimited)
  })

  test('is no program at all says what was looked for', async () => {
    const { outcomes } = await observeAll(
      { ...program('honest'), command: ['no-such-program-anywhere'] },
      [question('good')],
    )

    expect(outcomes).toEqual([
      {
        kind: 'harness-error',
        message: 'there is no program "no-such-program-anywhere" to execute',
        by: 'environment',
      },
    ])
  })

  test('reads nothing is sent a bounded number of bytes, and times out', async () => {
    const interruption = new AbortController()
    const padding = 'x'.repeat(100_000)
    let made = 0
    function* endless(): Generator<Question> {
      for (;;) {
        made += 1
        yield { ...question('good'), scenario: scenario('good', [{ dump: padding }]) }
      }
    }
    const outcomes: ScenarioOutcome[] = []

    await observe(program('never-reads'), endless(), {
      signal: interruption.signal,
      batch: 1,
      inFlight: 1000,
      bytesInFlight: 1_000_000,
      onOutcome: (_, outcome) => {
        outcomes.push(outcome)
        interruption.abort()
      },
    })

    expect(outcomes).toEqual([timedOut])
    expect(made).toBeLessThan(13)
  })

  test('says hello twice is not restarted for ever', async () => {
    const questions = Array.from({ length: 6 }, () => question('good'))

    const { outcomes } = await observeAll(program('says-hello-twice'), questions, { patience: 3 })

    const second = babbled('a second answer')
    const message = expect.stringContaining('not asked')
    const notAsked = { kind: 'harness-error', message, by: 'adapter' }
    expect(outcomes).toEqual([second, second, second, notAsked, notAsked, notAsked])
  })

  test('hangs ends at once when the run is interrupted', async () => {
    const interruption = new AbortController()
    setTimeout(() => interruption.abort(), 300)

    const { outcomes, summary, ms } = await observeAll(
      program('hangs', { scenarioMs: 60_000 }),
      [question('good'), question('bad')],
      { signal: interruption.signal },
    )

    expect(summary.isAborted).toBe(true)
    expect(outcomes.length).toBeLessThan(2)
    expect(ms).toBeLessThan(5000)
  })

  test('never says hello ends at once when the run is interrupted', async () => {
    const interruption = new AbortController()
    setTimeout(() => interruption.abort(), 300)

    const { outcomes, ms } = await observeAll(
      program('never-says-hello', { startMs: 60_000 }),
      [question('good')],
      { signal: interruption.signal },
    )

    expect(outcomes).toEqual([])
    expect(ms).toBeLessThan(5000)
  })
})

describe('a scenario that dumps within a hook', () => {
  test('runs alone in a process', async () => {
    const within = scenario('good', [{ dump: null }])
    const alone: Question = {
      ...question('good'),
      scenario: {
        ...within,
        pickler: {
          ...within.pickler,
          instance: { persistent_id: { rules: [{ do: [{ dump: null }], returns: null }] } },
        },
      },
    }
    const questions = [question('good'), alone, question('good'), alone]

    const { outcomes, summary } = await observeAll(program('honest'), questions.slice(0, 3))

    expect(outcomes).toEqual([answered, answered, answered])
    expect(summary.restarts).toBe(1)
  })
})
