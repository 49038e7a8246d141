import { assemble } from '../../reference/index.ts'
import type { Observable, TraceEntry } from '../protocol/message.ts'
import { type Action, countItems, type Scenario } from '../scenario/index.ts'
import {
  checkFields,
  type Fields,
  found,
  given,
  readAnyFields,
  readBoolean,
  readEach,
  readFields,
  readHex,
  readInteger,
  readMatching,
  readText,
  readTuple,
} from '../scenario/json-fields.ts'
import type { Place } from '../scenario/place.ts'
import { at } from '../scenario/place.ts'
import { refuse } from '../scenario/scenario-error.ts'
import { visitScenario } from '../scenario/walk.ts'
import type { Assembly, Expected, ExpectedBuffer, ExpectedStep } from './case-file.ts'
import { readLines } from './lines.ts'
import { parseGraph } from './parse-graph.ts'

/** What an expectation is read against. */
export type Asked = {
  readonly scenario: Scenario
  readonly observe: readonly Observable[]
  /** The protocols the expectation is for; empty when the scenario has its own. */
  readonly protocols: readonly number[]
}

const stepFields = [
  'pickle',
  'graph',
  'refused',
  'message',
  'offset',
  'wrote',
  'buffers',
  'trace',
  'traceMore',
  'memo',
  'writes',
] as const

/** Reads an expectation: a step alone where there is one action, `steps`, or a refused `construction`. */
export function parseExpected(json: unknown, place: Place, asked: Asked): Expected {
  const { steps } = asked.scenario
  if (!Array.isArray(json)) {
    const fields = readAnyFields(json, place, 'lines of assembly or an object')
    if (fields['steps'] !== undefined) return parseSteps(json, place, asked)
    if (fields['construction'] !== undefined) {
      readFields(json, place, 'a refused construction', ['construction'])
      return {
        construction: parseConstruction(fields['construction'], at(place, 'construction'), asked),
      }
    }
  }
  const [action] = steps
  if (action === undefined || steps.length > 1) {
    refuse(place, `found one step, wanted {"steps":[…]} with ${steps.length}, one for each action`)
  }
  return { steps: [parseStep(json, place, asked, action)] }
}

function parseSteps(json: unknown, place: Place, asked: Asked): Expected {
  const fields = readFields(json, place, 'steps', ['steps'])
  const here = at(place, 'steps')
  const { steps: actions } = asked.scenario
  const steps = readEach(fields['steps'], here, 'a list of steps', (step, one) => {
    const action = actions[Number(one.key)]
    if (action === undefined) {
      refuse(one, `found a step more, wanted ${actions.length}, one for each action`)
    }
    return parseStep(step, one, asked, action)
  })
  if (steps.length < actions.length) {
    refuse(here, `found ${steps.length} steps, wanted ${actions.length}, one for each action`)
  }
  return { steps }
}

function parseConstruction(json: unknown, place: Place, asked: Asked): ExpectedStep {
  const allowed = ['refused', 'message', 'trace', 'traceMore']
  const fields = readFields(json, place, 'a refused construction', allowed, ['refused'])
  return { ...parseRefusal(fields, place), ...parseObserved(fields, place, asked) }
}

function parseStep(json: unknown, place: Place, asked: Asked, action: Action): ExpectedStep {
  const fields: Fields = Array.isArray(json)
    ? { pickle: json }
    : readAnyFields(json, place, 'a step: lines of assembly or an object')
  checkFields(fields, place, 'a step', stepFields, [])
  const inside = Array.isArray(json) ? place : at(place, 'pickle')
  checkOutcome(fields, place, action)
  return {
    ...(fields['pickle'] !== undefined && {
      pickle: parseAssembly(fields['pickle'], inside, asked),
    }),
    ...(fields['graph'] !== undefined && {
      graph: parseGraph(fields['graph'], at(place, 'graph')),
    }),
    ...(fields['refused'] !== undefined && parseRefusal(fields, place)),
    ...(fields['offset'] !== undefined && {
      offset: readInteger(fields['offset'], at(place, 'offset'), 0, Number.MAX_SAFE_INTEGER),
    }),
    ...(fields['wrote'] !== undefined && {
      wrote: parseWrote(fields['wrote'], at(place, 'wrote'), asked),
    }),
    ...(fields['buffers'] !== undefined && {
      buffers: readEach(fields['buffers'], at(place, 'buffers'), 'a list of buffers', parseBuffer),
    }),
    ...parseObserved(fields, place, asked),
  }
}

function dumps(action: Action): boolean {
  return 'dump' in action || ('call' in action && action.call.method === 'dump')
}

/** Which outcomes a step may have, and that it has one where its action has one. */
function checkOutcome(fields: Fields, place: Place, action: Action): void {
  const { pickle, graph, refused } = fields
  const outcomes = [pickle, graph, refused].filter((one) => one !== undefined).length
  const isDump = dumps(action)
  const isLoad = 'load' in action
  if (pickle !== undefined && !isDump) {
    refuse(at(place, 'pickle'), 'found a pickle, wanted one only of a step that dumps')
  }
  if (graph !== undefined && !isDump && !isLoad) {
    refuse(at(place, 'graph'), 'found a graph, wanted one only of a step that dumps or loads')
  }
  if (outcomes > 1 || (outcomes === 0 && (isDump || isLoad))) {
    const wanted = isDump ? 'a pickle, a graph or a refusal' : 'a graph or a refusal'
    refuse(place, `${found(fields)}, wanted exactly one of ${wanted} of this step`)
  }
  for (const name of ['message', 'offset', 'wrote']) {
    if (fields[name] !== undefined && refused === undefined) {
      refuse(at(place, name), `found "${name}", wanted it only beside "refused"`)
    }
  }
  if (fields['offset'] !== undefined && !isLoad) {
    refuse(at(place, 'offset'), 'found "offset", wanted it only of a step that loads')
  }
  if (fields['wrote'] !== undefined && !isDump) {
    refuse(at(place, 'wrote'), 'found "wrote", wanted it only of a step that dumps')
  }
}

function parseRefusal(fields: Fields, place: Place): ExpectedStep {
  const name = 'the name of an exception, without its module'
  return {
    refused: readMatching(fields['refused'], at(place, 'refused'), name, /^[A-Za-z_]\w*$/),
    ...(fields['message'] !== undefined && {
      message: readText(fields['message'], at(place, 'message'), 'the beginning of a message'),
    }),
  }
}

function parseWrote(json: unknown, place: Place, asked: Asked): Assembly {
  return json === '' ? [] : parseAssembly(json, place, asked)
}

function parseAssembly(json: unknown, place: Place, asked: Asked): Assembly {
  if (hasUnorderedSet(asked.scenario)) {
    refuse(
      place,
      'found assembly, wanted a graph: the scenario has a set of two or more members, whose order is the interpreter’s',
    )
  }
  const protocols = asked.protocols.length === 0 ? [undefined] : asked.protocols
  return readLines(json, place, (line, here) => {
    for (const protocol of protocols) {
      const known = `${protocol} ${line}`
      if (instructions.has(known)) continue
      try {
        assemble([line], protocol === undefined ? {} : { protocol })
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error)
        refuse(here, `found ${JSON.stringify(line)}, wanted an instruction: ${problem}`)
      }
      instructions.add(known)
    }
  })
}

/** Protocols and lines that are instructions there: most lines stand in many cases. */
const instructions = new Set<string>()

function hasUnorderedSet(scenario: Scenario): boolean {
  let isUnordered = false
  visitScenario(scenario, {
    value: (value) => {
      if ('set' in value) isUnordered ||= countItems(value.set) > 1
      if ('frozenset' in value) isUnordered ||= countItems(value.frozenset) > 1
    },
  })
  return isUnordered
}

function parseBuffer(json: unknown, place: Place): ExpectedBuffer {
  const names = ['bytes', 'readonly']
  const fields = readFields(json, place, 'a buffer', names, names)
  return {
    bytes: readHex(fields['bytes'], at(place, 'bytes')),
    readonly: readBoolean(fields['readonly'], at(place, 'readonly')),
  }
}

/** Reads what was observed besides; where the trace is observed, no trace means no calls. */
function parseObserved(fields: Fields, place: Place, { observe }: Asked): ExpectedStep {
  for (const name of ['trace', 'memo', 'writes'] as const) {
    if (fields[name] !== undefined && !observe.includes(name)) {
      refuse(at(place, name), `found "${name}", wanted it in "observe" of the case too`)
    }
  }
  const trace = readEach(
    given(fields['trace'], []),
    at(place, 'trace'),
    'a list of calls',
    parseCall,
  )
  if (fields['traceMore'] !== undefined && fields['trace'] === undefined) {
    refuse(at(place, 'traceMore'), 'found "traceMore", wanted it only beside "trace"')
  }
  return {
    ...(observe.includes('trace') && { trace }),
    ...(fields['traceMore'] !== undefined && {
      traceMore: readInteger(
        fields['traceMore'],
        at(place, 'traceMore'),
        1,
        Number.MAX_SAFE_INTEGER,
      ),
    }),
    ...(fields['memo'] !== undefined && {
      memo: readEach(fields['memo'], at(place, 'memo'), 'a list of labels', (label, here) =>
        readText(label, here, 'a label'),
      ),
    }),
    ...(fields['writes'] !== undefined && {
      writes: readEach(fields['writes'], at(place, 'writes'), 'a list of writes', parseWrite),
    }),
  }
}

function parseCall(json: unknown, place: Place): TraceEntry {
  const wanted = 'a call: the hook, the label of the object, the label of the answer'
  const [hook, object, answer] = readTuple(json, place, wanted, 3)
  return [
    readText(hook, at(place, 0), 'a hook'),
    readText(object, at(place, 1), 'a label'),
    readText(answer, at(place, 2), 'a label'),
  ]
}

function parseWrite(json: unknown, place: Place): readonly [string, number] {
  const [type, length] = readTuple(json, place, 'a type and a number of bytes', 2)
  return [
    readText(type, at(place, 0), 'the name of a type'),
    readInteger(length, at(place, 1), 0, Number.MAX_SAFE_INTEGER),
  ]
}
