import { type Command, defineCommand, type ExitCode, WrongUsage } from '../../reports/command.ts'

/** `picklespec export`: the suite for those who want no runtime. */
export const exportCommand: Command = defineCommand({
  name: 'export',
  summary: 'write the suite as static JSON, or what a release of it requires',
  arguments: {},
  options: {
    vectors: {
      kind: 'text',
      value: 'DIR',
      summary:
        'where the cases go: bytes, disassembly, graph, clause, level, tags; DIR is replaced',
    },
    requirements: {
      kind: 'text',
      value: 'RELEASE',
      summary: 'print which cases are required, for the release that is about to come out',
    },
  },
  examples: [
    ['picklespec export --vectors vectors', 'every case at every protocol, in vectors/'],
    ['picklespec export --requirements 0.2.0', 'for conformance/releases/0.2.0.json'],
  ],
  run: async (io, { options: { vectors, requirements } }): Promise<ExitCode> => {
    if ((vectors === undefined) === (requirements === undefined)) {
      throw new WrongUsage(
        'found nothing to export, or two things: wanted --vectors or --requirements',
      )
    }
    if (requirements !== undefined) {
      const { exportRequirements } = await import('./export-requirements.ts')
      return exportRequirements(io, requirements)
    }
    const { exportVectors } = await import('./export-vectors.ts')
    return exportVectors(io, vectors ?? '')
  },
})
