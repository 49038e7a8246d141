import {
  CommanderError,
  InvalidArgumentError,
  Command as Parser,
  Option as ParserOption,
} from 'commander'
import {
  type Argument,
  type Command,
  CouldNotRun,
  type ExitCode,
  type Io,
  type Option,
  WrongUsage,
} from './reports/command.ts'

const kebab = (camel: string): string =>
  camel.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)

const exitCodes = `
Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 could not run.`

function integer(text: string, range: readonly [number, number] | undefined): number {
  const n = Number(text)
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(n)) {
    throw new InvalidArgumentError('It is not an integer.')
  }
  if (range !== undefined && (n < range[0] || n > range[1])) {
    throw new InvalidArgumentError(`It is not between ${range[0]} and ${range[1]}.`)
  }
  return n
}

function parserOption(name: string, option: Option): ParserOption {
  const short = option.short === undefined ? '' : `-${option.short}, `
  const value = option.kind === 'flag' ? '' : ` <${option.value}>`
  const made = new ParserOption(`${short}--${kebab(name)}${value}`, option.summary)
  switch (option.kind) {
    case 'flag':
      return made
    case 'text':
      return option.choices === undefined ? made : made.choices(option.choices)
    case 'texts': {
      const { choices } = option
      if (choices !== undefined) made.choices(choices)
      return made.argParser((text: string, before: readonly string[] = []) => {
        if (choices !== undefined && !choices.includes(text)) {
          throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
        }
        return [...before, text]
      })
    }
    case 'integer':
      return made.argParser((text: string) => integer(text, option.range))
    case 'integers':
      return made.argParser((text: string, before: readonly number[] = []) => [
        ...before,
        integer(text, option.range),
      ])
  }
}

const usages = {
  one: (name: string) => `<${name}>`,
  optional: (name: string) => `[${name}]`,
  many: (name: string) => `<${name}...>`,
  any: (name: string) => `[${name}...]`,
} satisfies Record<Argument['kind'], (name: string) => string>

function addArgument(parser: Parser, name: string, argument: Argument): void {
  const made = parser.createArgument(usages[argument.kind](kebab(name)), argument.summary)
  parser.addArgument(argument.choices === undefined ? made : made.choices(argument.choices))
}

function givenOption(option: Option, value: unknown): unknown {
  switch (option.kind) {
    case 'flag':
      return value === true
    case 'text':
    case 'integer':
      return value
    case 'texts':
    case 'integers':
      return value ?? []
  }
}

function examples(command: Command): string {
  const lines = command.examples.map(([line, does]) => `  $ ${line}\n      ${does}`)
  return `\nExamples:\n${lines.join('\n')}`
}

function addCommand(
  program: Parser,
  command: Command,
  io: Io,
  ended: (exitCode: ExitCode) => void,
): void {
  const parser = program.command(command.name).description(command.summary)
  for (const [name, argument] of Object.entries(command.arguments)) {
    addArgument(parser, name, argument)
  }
  for (const [name, option] of Object.entries(command.options)) {
    parser.addOption(parserOption(name, option))
  }
  parser.addHelpText('after', examples(command))
  parser.action(async () => {
    const names = Object.keys(command.arguments)
    const values: Readonly<Record<string, unknown>> = parser.opts()
    const given = {
      arguments: Object.fromEntries(names.map((name, at) => [name, parser.processedArgs[at]])),
      options: Object.fromEntries(
        Object.entries(command.options).map(([name, option]) => [
          name,
          givenOption(option, values[name]),
        ]),
      ),
    }
    // The parser has held the values against the description they are typed by.
    ended(await command.run(io, given as Parameters<Command['run']>[1]))
  })
}

/**
 * Runs one command line, `args` being what follows the program's name, and gives back its exit
 * code. Never rejects: wrong usage, a world that does not let the command run, and our own faults
 * are said on standard error. A command that was interrupted is never fine.
 */
export async function runCommandLine(
  commands: readonly Command[],
  version: string,
  args: readonly string[],
  io: Io,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0
  const program = new Parser('picklespec')
    .description("An executable specification of Python's pickle")
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .showHelpAfterError("(see 'picklespec --help')")
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText('after', exitCodes)
  for (const command of commands) {
    addCommand(program, command, io, (code) => {
      exitCode = code
    })
  }
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode === 0 && io.signal.aborted ? 3 : exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof WrongUsage) {
      io.stderr.write(`error: ${error.message}\n`)
      return 2
    }
    if (error instanceof CouldNotRun) {
      io.stderr.write(`error: ${error.message}\n`)
      return 3
    }
    const shown = error instanceof Error ? (error.stack ?? error.message) : String(error)
    io.stderr.write(`picklespec made a mistake of its own; please report it\n${shown}\n`)
    return 3
  }
}
