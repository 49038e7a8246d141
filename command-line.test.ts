import { describe, expect, test } from 'vitest'
import { runCommandLine } from './command-line.ts'
import {
  type Command,
  CouldNotRun,
  captureIo,
  defineCommand,
  type ExitCode,
  WrongUsage,
} from './reports/command.ts'

/** A command that prints what it was given as JSON. */
const echo = defineCommand({
  name: 'echo',
  summary: 'print what was given',
  arguments: {
    caseFile: { kind: 'one', summary: 'a file' },
    others: { kind: 'any', summary: 'more files' },
  },
  options: {
    json: { kind: 'flag', summary: 'for programs' },
    subject: { kind: 'texts', value: 'S', summary: 'whom to ask' },
    expectedFailures: { kind: 'text', value: 'FILE', summary: 'failures that are known' },
    target: { kind: 'text', value: 'T', choices: ['dump', 'load'], summary: 'which side' },
    format: { kind: 'texts', value: 'F', choices: ['html', 'junit'], summary: 'which renderers' },
    protocol: { kind: 'integer', value: 'N', range: [0, 5], summary: 'the protocol' },
    seed: { kind: 'integers', value: 'X', short: 's', summary: 'seeds' },
  },
  examples: [['picklespec echo a.json', 'prints a.json']],
  run: async (io, { arguments: { caseFile, others }, options }) => {
    io.stdout.write(JSON.stringify({ caseFile, others, ...options }))
    return 0
  },
})

const ending = (name: string, run: () => ExitCode): Command =>
  defineCommand({
    name,
    summary: `end as ${name}`,
    arguments: {},
    options: {},
    examples: [[`picklespec ${name}`, `ends as ${name}`]],
    run: async () => run(),
  })

const commands = [
  echo,
  ending('finds', () => 1),
  ending('misused', () => {
    throw new WrongUsage('no case matches x*')
  }),
  ending('hindered', () => {
    throw new CouldNotRun('no subject is ready')
  }),
  ending('faulty', () => {
    throw new TypeError('index is not a number')
  }),
]

async function run(...args: string[]) {
  const io = captureIo()
  const exitCode = await runCommandLine(commands, '1.2.3', args, io)
  return { exitCode, out: io.out(), err: io.err() }
}

describe('what a command is given', () => {
  test('is empty where the user gave nothing', async () => {
    const { exitCode, out } = await run('echo', 'a.json')

    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toEqual({
      caseFile: 'a.json',
      others: [],
      json: false,
      subject: [],
      format: [],
      seed: [],
    })
  })

  test('holds every option in its own type', async () => {
    const { out } = await run(
      ...['echo', '--subject', 'a', '--expected-failures', 'x.json', '--json', '--protocol', '5'],
      ...['--subject=python3 b.py', '--target', 'load', '--format', 'html', '--format', 'junit'],
      ...['-s', '1', '--seed', '-2', 'a.json', 'b.json', 'c.json'],
    )

    expect(JSON.parse(out)).toEqual({
      caseFile: 'a.json',
      others: ['b.json', 'c.json'],
      json: true,
      subject: ['a', 'python3 b.py'],
      expectedFailures: 'x.json',
      target: 'load',
      format: ['html', 'junit'],
      protocol: 5,
      seed: [1, -2],
    })
  })
})

describe('wrong usage ends with 2 and says what is wrong', () => {
  test.each([
    ['an unknown command', ['ecko'], "unknown command 'ecko'\n(Did you mean echo?)"],
    ['an unknown option', ['echo', 'a', '--subjet', 'x'], 'Did you mean --subject?'],
    ['a missing argument', ['echo'], "missing required argument 'case-file'"],
    ['too many arguments', ['finds', 'x'], 'too many arguments'],
    ['a missing value', ['echo', 'a', '--subject'], "'--subject <S>' argument missing"],
    [
      'a value that is no choice',
      ['echo', 'a', '--target', 'up'],
      'Allowed choices are dump, load',
    ],
    [
      'one of many is no choice',
      ['echo', 'a', '--format', 'pdf'],
      'Allowed choices are html, junit',
    ],
    ['a number that is none', ['echo', 'a', '--seed', '1e3'], 'not an integer'],
    ['a number past exactness', ['echo', 'a', '--seed', '9007199254740993'], 'not an integer'],
    ['a number out of range', ['echo', 'a', '--protocol', '6'], 'not between 0 and 5'],
    ['a refusal by the command', ['misused'], 'error: no case matches x*'],
  ])('%s', async (_, args, message) => {
    const { exitCode, out, err } = await run(...args)

    expect(err).toContain(message)
    expect(out).toBe('')
    expect(exitCode).toBe(2)
  })

  test('no command at all shows the help on standard error', async () => {
    const { exitCode, out, err } = await run()

    expect(err).toContain('Usage: picklespec')
    expect(out).toBe('')
    expect(exitCode).toBe(2)
  })
})

describe('exit codes', () => {
  test('findings are 1', async () => {
    expect(await run('finds')).toEqual({ exitCode: 1, out: '', err: '' })
  })

  test('a world that does not let the command run is 3', async () => {
    expect(await run('hindered')).toEqual({
      exitCode: 3,
      out: '',
      err: 'error: no subject is ready\n',
    })
  })

  test('a fault of ours is 3, with its stack', async () => {
    const { exitCode, err } = await run('faulty')

    expect(err).toMatch(/mistake of its own.*\nTypeError: index is not a number\n {4}at /)
    expect(exitCode).toBe(3)
  })

  test('an interrupted command is never fine, and keeps its findings', async () => {
    const io = captureIo({ signal: AbortSignal.abort() })

    expect(await runCommandLine(commands, '1.2.3', ['echo', 'a'], io)).toBe(3)
    expect(await runCommandLine(commands, '1.2.3', ['finds'], io)).toBe(1)
  })
})

describe('help', () => {
  test('lists every command with its summary, and the exit codes', async () => {
    const { exitCode, out, err } = await run('--help')

    expect(exitCode).toBe(0)
    expect(err).toBe('')
    for (const { name, summary } of commands) {
      expect(out).toMatch(new RegExp(`^  ${name}\\b.* ${summary}$`, 'm'))
    }
    expect(out).toContain('Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 could not run.')
  })

  test.each([[['echo', '--help']], [['help', 'echo']], [['echo', '-h']]])(
    'of a command by %j shows its options and examples',
    async (args) => {
      const { exitCode, out } = await run(...args)

      expect(exitCode).toBe(0)
      expect(out).toContain('Usage: picklespec echo [options] <case-file> [others...]')
      expect(out).toMatch(/--expected-failures <FILE> +failures that are known/)
      expect(out).toContain('  $ picklespec echo a.json\n      prints a.json')
    },
  )

  test('the version is printed alone', async () => {
    expect(await run('--version')).toEqual({ exitCode: 0, out: '1.2.3\n', err: '' })
  })
})
