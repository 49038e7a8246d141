import {
  integer,
  list,
  object,
  objectAt,
  oneOf,
  placeOf,
  type Reader,
  ShapeError,
  text,
} from '../../reports/index.ts'

/** How far a subject may go before it is ended. */
export type SubjectFileLimits = {
  /** Resident set of its process group. */
  readonly memoryMiB: number
  /** Since its last line, while a line is owed. */
  readonly secondsPerScenario: number
  /** From the start until it has said hello. */
  readonly startSeconds: number
  /** The longest line it may write. */
  readonly lineMiB: number
}

/** A `subject.json`: how an implementation is installed, started and limited. */
export type SubjectFile = {
  readonly id: string
  readonly title: string
  readonly language: string
  readonly homepage: string
  readonly issues: string
  /** What a person does to have it, or the command that does it. */
  readonly install: string | readonly string[]
  /** npm packages that have to be installed; none unless said. */
  readonly needs?: readonly string[]
  /** Commands that put what is tested into `{installed}`, run one after the other in the folder. */
  readonly setup?: readonly (readonly string[])[]
  /** Program and arguments; `{python}`, `{node}`, `{folder}`, `{built}` and `{installed}` are replaced. */
  readonly start: readonly string[]
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>
  readonly limits: SubjectFileLimits
  /** The engines its hello is expected to name, at least one of them. */
  readonly engines: readonly string[]
  /**
   * `cpython`, `pypy`: the file stands for every interpreter of that kind that is found, see
   * `python/discover.ts`; `python-library`: for what is installed, in every CPython found.
   */
  readonly discover?: 'cpython' | 'pypy' | 'python-library'
  readonly $schema?: string
}

/** A `subject.json` that is not one; `place` is a path such as `$.limits.memoryMiB`. */
export class SubjectFileError extends Error {
  override readonly name = 'SubjectFileError'
  readonly place: string
  constructor(place: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.place = place
  }
}

const someText: Reader<string> = (value, place) => {
  const found = text(value, place)
  if (found === '') throw new ShapeError(place, 'found an empty text, wanted some')
  return found
}

function matching(pattern: RegExp, wanted: string): Reader<string> {
  return (value, place) => {
    const found = text(value, place)
    if (!pattern.test(found)) {
      throw new ShapeError(place, `found ${JSON.stringify(found.slice(0, 40))}, wanted ${wanted}`)
    }
    return found
  }
}

const id = matching(/^[a-z0-9][a-z0-9._-]*$/, 'lower-case letters, digits, ".", "_" and "-"')
const address = matching(/^https:\/\/\S+$/, 'an address that starts with https://')

const someTexts: Reader<string[]> = (value, place) => {
  const found = list(someText)(value, place)
  if (found.length === 0) throw new ShapeError(place, 'found nothing, wanted at least one text')
  return found
}

const install: Reader<string | string[]> = (value, place) =>
  Array.isArray(value) ? someTexts(value, place) : someText(value, place)

const env: Reader<Record<string, string>> = (value, place) =>
  Object.fromEntries(
    Object.entries(objectAt(value, place)).map(([name, set]) => [
      name,
      text(set, placeOf(place, name)),
    ]),
  )

const subjectFile: Reader<SubjectFile> = object(
  {
    id,
    title: someText,
    language: someText,
    homepage: address,
    issues: address,
    install,
    start: someTexts,
    env,
    limits: object({
      memoryMiB: integer(1),
      secondsPerScenario: integer(1),
      startSeconds: integer(1),
      lineMiB: integer(1),
    }),
    engines: someTexts,
  },
  {
    discover: oneOf(['cpython', 'pypy', 'python-library']),
    needs: someTexts,
    setup: list(someTexts),
    $schema: text,
  },
)

/** What stands for the placeholders of `start`. */
export type Replacements = {
  /** The interpreter and arguments of its own. */
  readonly python?: readonly string[]
  readonly node: string
  /** The folder of the subject.json. */
  readonly folder: string
  /** The same folder in the build. */
  readonly built: string
  /** The folder that `setup` fills. */
  readonly installed: string
}

const placeholder = /\{[a-z]*\}/g
const known: readonly string[] = ['{python}', '{node}', '{folder}', '{built}', '{installed}']

function checkStart(part: string, place: string, isDiscovered: boolean): void {
  const unknown = part.match(placeholder)?.find((found) => !known.includes(found))
  if (unknown !== undefined) {
    throw new ShapeError(place, `found ${unknown}, wanted one of ${known.join(', ')}`)
  }
  if (part.includes('{python}') && (part !== '{python}' || !isDiscovered)) {
    throw new ShapeError(place, 'found {python}, wanted it alone, with "discover"')
  }
}

/**
 * Reads a `subject.json` from decoded JSON, every field held against the type.
 *
 * @throws {SubjectFileError} and nothing else, whatever the JSON
 */
export function parseSubjectFile(json: unknown): SubjectFile {
  try {
    const file = subjectFile(json, '$')
    file.start.forEach((part, index) => {
      checkStart(part, `$.start[${index}]`, file.discover !== undefined)
    })
    file.setup?.forEach((command, index) => {
      for (const part of command) checkStart(part, `$.setup[${index}]`, false)
    })
    return file
  } catch (error) {
    if (error instanceof ShapeError) {
      const message = error.message.slice(error.place.length + 2)
      throw new SubjectFileError(error.place, message, { cause: error })
    }
    throw error
  }
}

/** As `parseSubjectFile`, from the text of the file. */
export function parseSubjectFileText(text: string): SubjectFile {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new SubjectFileError('$', `this is not JSON: ${String(cause)}`, { cause })
  }
  return parseSubjectFile(json)
}

/** A command with its placeholders replaced. */
export function replaced(
  command: readonly string[],
  { python = [], node, folder, built, installed }: Replacements,
): readonly string[] {
  return command.flatMap((part) =>
    part === '{python}'
      ? python
      : part
          .replaceAll('{node}', node)
          .replaceAll('{folder}', folder)
          .replaceAll('{built}', built)
          .replaceAll('{installed}', installed),
  )
}

/** The program and arguments of a subject, its placeholders replaced. */
export function startCommand(file: SubjectFile, replacements: Replacements): readonly string[] {
  return replaced(file.start, replacements)
}
