import { defineCommand, WrongUsage } from '../command.ts'
import { type Change, changeKinds, compareRecords, isWorse } from '../compare.ts'
import { pathFrom, readResultsFile } from '../disk.ts'
import { type RunRecord, verdictOf } from '../record.ts'
import { renderComparison } from '../renderers/comparison.ts'
import { terminalView } from '../renderers/terminal.ts'

function readRun(cwd: string, path: string): RunRecord {
  const found = readResultsFile(pathFrom(cwd, path))
  if (found.is === 'bench') throw new WrongUsage(`${path} is a bench record, wanted a run record`)
  return found.record
}

function plain({ line, before, after }: Change) {
  const { case: name, protocol, subject, engine, clause } = line
  return {
    case: name,
    protocol,
    subject,
    engine,
    clause,
    before: before ?? null,
    after: after ?? null,
    verdict: verdictOf(line),
  }
}

/** Says what changed between two runs. */
export const compare = defineCommand({
  name: 'compare',
  summary: 'what changed between two run records; 1 when something fails that did not',
  arguments: {
    old: { kind: 'one', summary: 'the record of the earlier run' },
    new: { kind: 'one', summary: 'the record of the later run' },
  },
  options: { json: { kind: 'flag', summary: 'print every change as JSON, by kind' } },
  examples: [
    [
      'picklespec compare main.jsonl branch.jsonl',
      'lists what newly fails, newly passes, is new and is gone',
    ],
  ],
  run: async (io, { arguments: paths, options }) => {
    const older = readRun(io.cwd, paths.old)
    const newer = readRun(io.cwd, paths.new)
    const changes = compareRecords(older, newer)
    if (options.json) {
      const kinds = changeKinds.map((kind) => [
        kind,
        changes.filter((change) => change.kind === kind).map(plain),
      ])
      io.stdout.write(`${JSON.stringify(Object.fromEntries(kinds), undefined, 2)}\n`)
    } else {
      io.stdout.write(renderComparison(older, newer, changes, terminalView(io)))
    }
    return changes.some(isWorse) ? 1 : 0
  },
})
