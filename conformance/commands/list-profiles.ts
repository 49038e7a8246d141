import { type Command, defineCommand, type ExitCode } from '../../reports/command.ts'

/** `picklespec profiles`: which picklers the reference can follow, and what is known of each. */
export const profilesCommand: Command = defineCommand({
  name: 'profiles',
  summary: 'the picklers that the reference can follow, and the releases they were measured on',
  arguments: {},
  options: {
    json: {
      kind: 'flag',
      summary: 'an array of {name, release, engine, measured, isMeasured, isExact}',
    },
  },
  examples: [
    ['picklespec profiles', 'list what --profile takes'],
    ['picklespec profiles --json', 'the same for a program'],
  ],
  run: async (io, { options }): Promise<ExitCode> => {
    const [{ inexactProfiles, profile, profileNames, releaseText }, { basisOf, isMeasured }] =
      await Promise.all([import('../../reference/index.ts'), import('./profiles.ts')])
    const profiles = profileNames().map(profile)
    if (options.json) {
      const rows = profiles.map((one) => ({
        name: one.name,
        release: releaseText(one.release),
        engine: one.engine,
        measured: releaseText(one.measured),
        isMeasured: isMeasured(one),
        isExact: !inexactProfiles.has(one.name),
      }))
      io.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
      return 0
    }
    const width = Math.max(...profiles.map(({ name }) => name.length))
    for (const one of profiles) io.stdout.write(`${one.name.padEnd(width)}  ${basisOf(one)}\n`)
    io.stdout.write('exact releases too, such as cpython-3.13.0-c\n')
    return 0
  },
})
