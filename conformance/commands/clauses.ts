import { type Command, defineCommand, type ExitCode, WrongUsage } from '../../reports/command.ts'

/** `picklespec clauses`: every rule, and which cases stand on it. */
export const clausesCommand: Command = defineCommand({
  name: 'clauses',
  summary: 'every clause with its cases and boundaries, and why some have none',
  arguments: {},
  options: {
    chapter: { kind: 'texts', value: 'X', summary: 'a chapter, such as FAST; several add up' },
    json: { kind: 'flag', summary: 'an array of clauses, each with its cases and boundaries' },
  },
  examples: [
    ['picklespec clauses', 'the whole specification as a table'],
    ['picklespec clauses --chapter FAST', 'the clauses of fast mode'],
  ],
  run: async (io, { options }): Promise<ExitCode> => {
    const [{ clauses }, { explainedClauses }, { readSuite }, reports] = await Promise.all([
      import('../clauses/index.ts'),
      import('./explained.ts'),
      import('./explain-the-suite.ts'),
      import('../../reports/index.ts'),
    ])
    const chapters = [...new Set(clauses.map(({ chapter }) => chapter))]
    const wanted = options.chapter.map((chapter) => chapter.toUpperCase())
    const unknown = wanted.find((chapter) => !chapters.includes(chapter))
    if (unknown !== undefined) {
      throw new WrongUsage(`found the chapter ${unknown}, wanted one of ${chapters.join(', ')}`)
    }
    const shown = explainedClauses(clauses, readSuite()).filter(
      ({ chapter }) => wanted.length === 0 || wanted.includes(chapter),
    )
    io.stdout.write(
      options.json
        ? `${JSON.stringify(shown, undefined, 2)}\n`
        : reports.renderClauseTable(shown, reports.terminalView(io)),
    )
    return 0
  },
})
