import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CouldNotRun, defineCommand, type Io } from '../../reports/command.ts'
import { loadAlone } from '../cases/parse-case-file.ts'
import { type ProposedDeviation, propose, type Sighting } from '../cases/propose.ts'
import { expectationSeen, type ShownOfRefusals } from '../cases/sighting.ts'
import type { Observable } from '../protocol/message.ts'
import { observe, type Question } from '../runner/observe.ts'
import type { SubjectCommand } from '../runner/subject.ts'
import { parseScenario } from '../scenario/parse.ts'
import { matchesProtocol } from '../scenario/versions.ts'
import { cpythonSubjects } from './cpython-subjects.ts'

/** A case as its author wrote it, before it is fit for the parser of case files. */
type Draft = {
  readonly name: string
  readonly value?: unknown
  readonly load?: unknown
  readonly unpickler?: unknown
  readonly scenario?: object
  readonly protocols?: string
  readonly observe?: readonly Observable[]
  readonly expect?: unknown
  readonly deviations?: readonly ProposedDeviation[]
}

type DraftFile = { readonly cases: readonly Draft[] }

function scenarioOf(draft: Draft): object {
  if (draft.load !== undefined) return loadAlone(draft)
  return draft.scenario === undefined
    ? { scenario: 1, value: draft.value ?? null }
    : { scenario: 1, ...draft.scenario }
}

function questionOf(draft: Draft): Question {
  const protocols = [0, 1, 2, 3, 4, 5].filter((p) => matchesProtocol(draft.protocols ?? '*', p))
  return {
    scenario: parseScenario(scenarioOf(draft)),
    engines: ['c', 'py'],
    protocols,
    observe: draft.observe ?? [],
  }
}

async function sightings(
  subjects: readonly SubjectCommand[],
  drafts: readonly Draft[],
  shown: ShownOfRefusals,
  io: Io,
): Promise<Map<Draft, Sighting[]>> {
  const seen = new Map<Draft, Sighting[]>(drafts.map((draft) => [draft, []]))
  const questions = drafts.map((draft) => ({ ...questionOf(draft), draft }))
  for (const subject of subjects) {
    const version = /(\d+\.\d+)/.exec(subject.id)?.[1] ?? subject.id
    await observe(subject, questions, {
      signal: io.signal,
      onOutcome: ({ draft }, outcome) => {
        if (outcome.kind !== 'answered') {
          io.stderr.write(`${draft.name}: ${subject.id} ${JSON.stringify(outcome).slice(0, 500)}\n`)
          return
        }
        for (const { engine, protocol, steps } of outcome.results) {
          seen.get(draft)?.push({
            engine: engine === 'py' ? 'py' : 'c',
            version,
            protocol: protocol ?? -1,
            expected: expectationSeen(steps, protocol, shown),
          })
        }
      },
    })
  }
  return seen
}

function proposed(draft: Draft, seen: readonly Sighting[], documented: 'c' | 'py'): object {
  const { expect: _, deviations = [], ...rest } = draft
  const proposal = propose(seen, deviations, documented)
  const own = seen.every(({ protocol }) => protocol === -1)
  return {
    ...rest,
    expect: own ? { '*': Object.values(proposal.expect)[0] } : proposal.expect,
    ...(proposal.deviations.length === 0 ? {} : { deviations: proposal.deviations }),
  }
}

/** `picklespec propose`: what real engines do, written into case files for their author to review. */
export const proposeCommand = defineCommand({
  name: 'propose',
  summary: 'ask the CPythons present what a case expects, for its author to review',
  arguments: {
    file: { kind: 'many', summary: 'case files; cases with an expectation are left alone' },
  },
  options: {
    write: { kind: 'flag', summary: 'write the proposals into the files' },
    all: { kind: 'flag', summary: 'propose for cases that have an expectation too' },
    message: { kind: 'flag', summary: 'propose the messages of refusals too' },
    wrote: { kind: 'flag', summary: 'propose what a refused dump wrote too' },
    case: { kind: 'texts', value: 'NAME', summary: 'only these cases' },
    documented: {
      kind: 'text',
      value: 'ENGINE',
      choices: ['c', 'py'],
      summary: 'the engine of the newest CPython that keeps to the documentation (default c)',
    },
  },
  examples: [
    ['picklespec propose conformance/cases/fast/cycles.json --write', 'fill in what is missing'],
  ],
  run: async (io, { arguments: { file: files }, options }) => {
    const subjects = await cpythonSubjects(io)
    if (subjects.length === 0) throw new CouldNotRun('no CPython answers on this machine')
    for (const file of files) {
      const path = resolve(io.cwd, file)
      // The shape is the author's affair until the parser of case files reads it.
      const json = JSON.parse(readFileSync(path, 'utf8')) as DraftFile
      const drafts = json.cases.filter(
        ({ name, expect }) =>
          (options.case.length === 0 || options.case.includes(name)) &&
          (options.all || expect === undefined),
      )
      const seen = await sightings(subjects, drafts, options, io)
      const cases = json.cases.map((draft) =>
        seen.has(draft)
          ? proposed(draft, seen.get(draft) ?? [], options.documented === 'py' ? 'py' : 'c')
          : draft,
      )
      const text = `${JSON.stringify({ ...json, cases }, undefined, 2)}\n`
      if (options.write) writeFileSync(path, text)
      else io.stdout.write(text)
      io.stderr.write(`${file}: ${drafts.length} cases asked of ${subjects.length} CPythons\n`)
    }
    return 0
  },
})
