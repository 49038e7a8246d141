/**
 * How a command describes itself to the command line, and what it is given to work with.
 *
 * This file is the one thing of `reports` that every part and `cli.ts` may enter directly.
 * It imports nothing, so that `picklespec --version` stays quick; a command that needs a heavy
 * package imports it inside `run`.
 */

/** 0 fine, 1 findings, 2 wrong usage, 3 could not run. */
export type ExitCode = 0 | 1 | 2 | 3

/** Where a command writes: text, or the bytes of a pickle. */
export interface Output {
  write(chunk: string | Uint8Array): void
  /** True on a terminal: live progress and colours are welcome there and nowhere else. */
  readonly isTTY: boolean
  /** Width in characters; undefined where there is no terminal. */
  readonly columns: number | undefined
  /** True once its reader has left (`| head`): what is written arrives nowhere any more. */
  readonly isClosed?: boolean
  /** Resolves once its reader has kept up; whoever writes without end waits for that now and then. */
  readonly drained?: () => Promise<void>
}

/** The world of a command. A command touches `process` nowhere, so it can be run in process. */
export interface Io {
  readonly stdout: Output
  readonly stderr: Output
  /** Everything on standard input, once it has ended. */
  readonly readStdin: () => Promise<Uint8Array>
  /** Standard input as it comes, for what need not be held whole. */
  readonly stdin: () => AsyncIterable<Uint8Array>
  /** The folder that relative paths given by the user start from. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted when the user interrupts; a command stops its children and returns. */
  readonly signal: AbortSignal
}

interface Described {
  /** One line, lower case, no full stop. */
  readonly summary: string
}

/** A positional argument: `one` is required, `many` is one or more, `any` none or more. */
export interface Argument extends Described {
  readonly kind: 'one' | 'optional' | 'many' | 'any'
  readonly choices?: readonly string[]
}

interface Flag extends Described {
  readonly kind: 'flag'
  readonly short?: string
}

interface TextOption extends Described {
  /** `texts` may be given several times and keeps all of them. */
  readonly kind: 'text' | 'texts'
  /** The name of the value in the help: `FILE` in `--out FILE`. */
  readonly value: string
  readonly short?: string
  readonly choices?: readonly string[]
}

interface IntegerOption extends Described {
  /** `integers` may be given several times and keeps all of them. */
  readonly kind: 'integer' | 'integers'
  readonly value: string
  readonly short?: string
  /** The least and the greatest value accepted, both included. */
  readonly range?: readonly [number, number]
}

/** A named option; its key in camel case is its name on the command line in kebab case. */
export type Option = Flag | TextOption | IntegerOption

interface GivenArgumentByKind {
  one: string
  optional: string | undefined
  many: readonly string[]
  any: readonly string[]
}

interface GivenByKind {
  flag: boolean
  text: string | undefined
  texts: readonly string[]
  integer: number | undefined
  integers: readonly number[]
}

/** What the user gave, already checked against the description. */
export interface Given<
  A extends Readonly<Record<string, Argument>>,
  O extends Readonly<Record<string, Option>>,
> {
  readonly arguments: { readonly [K in keyof A]: GivenArgumentByKind[A[K]['kind']] }
  readonly options: { readonly [K in keyof O]: GivenByKind[O[K]['kind']] }
}

/** A command with the types of its arguments and options known. */
export interface CommandDescription<
  A extends Readonly<Record<string, Argument>>,
  O extends Readonly<Record<string, Option>>,
> extends Described {
  readonly name: string
  /** Positional arguments in order; only the last may be other than `one`. */
  readonly arguments: A
  readonly options: O
  /** At least one command line, starting with `picklespec`, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[]
  /**
   * Does the work. Throws {@link WrongUsage} or {@link CouldNotRun} for exit codes 2 and 3; any
   * other error is a fault of ours and is shown with its stack.
   */
  readonly run: (io: Io, given: Given<A, O>) => Promise<ExitCode>
}

/** A command as the command line sees it. */
export type Command = CommandDescription<
  Readonly<Record<string, Argument>>,
  Readonly<Record<string, Option>>
>

/** Gives back a command whose `run` sees its arguments and options typed by their description. */
export function defineCommand<
  const A extends Readonly<Record<string, Argument>>,
  const O extends Readonly<Record<string, Option>>,
>(description: CommandDescription<A, O>): Command {
  // The command line builds what is given from this same description, so the shapes agree.
  return { ...description, run: (io, given) => description.run(io, given as Given<A, O>) }
}

/** The user asked for something that cannot be asked; exit code 2. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

/** The question was fine, the world was not: a missing file, no subject, no disk; exit code 3. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun'
}

/** An io that keeps what is written, for running a command in process. */
export interface CapturedIo extends Io {
  /** Everything written to standard output so far, read as UTF-8. */
  readonly out: () => string
  readonly outBytes: () => Uint8Array
  /** Everything written to standard error so far, read as UTF-8. */
  readonly err: () => string
}

function capture(isTTY: boolean): { output: Output; bytes: () => Uint8Array } {
  const written: number[] = []
  const write = (chunk: string | Uint8Array): void => {
    for (const byte of typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk) {
      written.push(byte)
    }
  }
  const output = { write, isTTY, columns: isTTY ? 100 : undefined }
  return { output, bytes: () => Uint8Array.from(written) }
}

/** Gives back an io without a terminal, an environment or input, except for what is named. */
export function captureIo(
  world: {
    readonly cwd?: string
    readonly env?: Io['env']
    readonly stdin?: Uint8Array
    readonly isTTY?: boolean
    readonly signal?: AbortSignal
  } = {},
): CapturedIo {
  const stdout = capture(world.isTTY ?? false)
  const stderr = capture(world.isTTY ?? false)
  return {
    stdout: stdout.output,
    stderr: stderr.output,
    readStdin: async () => world.stdin ?? new Uint8Array(),
    stdin: async function* () {
      if (world.stdin !== undefined) yield world.stdin
    },
    cwd: world.cwd ?? '.',
    env: world.env ?? {},
    signal: world.signal ?? new AbortController().signal,
    out: () => new TextDecoder().decode(stdout.bytes()),
    outBytes: stdout.bytes,
    err: () => new TextDecoder().decode(stderr.bytes()),
  }
}
