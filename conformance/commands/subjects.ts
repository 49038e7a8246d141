import { type Command, defineCommand, type ExitCode, type Io } from '../../reports/command.ts'

/** `picklespec subjects`: who can be asked on this machine, and how to get the others. */
export const subjectsCommand: Command = defineCommand({
  name: 'subjects',
  summary: 'who can be tested here, and how to get the others',
  arguments: {},
  options: {
    install: { kind: 'flag', summary: 'first install what can be, where its tools are' },
    json: { kind: 'flag', summary: 'an array of {id, status, reason?}' },
  },
  examples: [
    ['picklespec subjects', 'list every implementation that has an adapter'],
    ['picklespec subjects --install', 'third parties too: from a checkout, make subjects'],
    ['picklespec subjects --json', 'the same for a program'],
  ],
  run: async (io, { options }): Promise<ExitCode> => {
    const { knownSubjects } = await import('../subjects/registry.ts')
    const isInstalled = !options.install || (await installed(io))
    const subjects = await knownSubjects(io.env)
    if (options.json) {
      const rows = subjects.map((subject) => ({
        id: subject.id,
        status: subject.status,
        ...(subject.status === 'absent' ? { reason: subject.reason } : {}),
      }))
      io.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
      return isInstalled ? 0 : 3
    }
    const width = Math.max(...subjects.map(({ id }) => id.length))
    for (const subject of subjects) {
      const { id, status } = subject
      const more = subject.status === 'absent' ? subject.reason : subject.title
      io.stdout.write(
        `${id.padEnd(width)}  ${status.padEnd(6)}  ${more === id ? '' : more}`.trimEnd(),
      )
      io.stdout.write('\n')
    }
    return isInstalled ? 0 : 3
  },
})

/** Installs what says how, and says so; false when something that could be was not. */
async function installed(io: Io): Promise<boolean> {
  const { installSubjects } = await import('../subjects/install.ts')
  let isInstalled = true
  for await (const { id, outcome, because } of installSubjects({ ...io.env })) {
    if (outcome !== 'was there') {
      io.stderr.write(`${id}: ${outcome}${because === undefined ? '' : `, ${because}`}\n`)
    }
    if (outcome === 'failed') isInstalled = false
  }
  return isInstalled
}
