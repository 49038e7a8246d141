/**
 * What runner and subject say to each other: one JSON message a line, UTF-8, protocol 1.
 *
 * The answer to `run`, `load`, `dump` and `tool` is one line per item, in order, written through
 * before the next item starts; `hello` and `bench` have one answer, `stop` has none.
 */
import type { LoadedGraph } from '../scenario/loaded.ts'
import type { Scenario, Value } from '../scenario/scenario.ts'

/** The version of the adapter protocol; additions raise the minor, which README.md keeps. */
export const adapterProtocol = 1

export type Role = 'pickler' | 'dump' | 'load' | 'tool' | 'bench'

export type Engine = {
  /** `c`, `py`, or a name of the subject's own. */
  readonly id: string
  /** The profile it follows, such as `cpython-3.13.0-c`; null when it follows none. */
  readonly follows: string | null
  /** What this engine does, where it is less than what the subject does. Since 1.1. */
  readonly roles?: readonly Role[]
  /** What it can tell apart, where that is not what the subject can. Since 1.1. */
  readonly distinguishes?: readonly string[]
}

export type Hello = {
  readonly protocol: number
  readonly name: string
  /** The full version of the implementation, such as `3.13.0`. */
  readonly version: string
  /** 32 or 64. */
  readonly wordSize: number
  readonly language: string
  readonly runtime: string
  readonly homepage: string
  readonly issues: string
  readonly engines: readonly Engine[]
  readonly roles: readonly Role[]
  readonly protocols: readonly number[]
  readonly capabilities: readonly string[]
  /** What it can tell apart, see `distinctions.ts`. */
  readonly distinguishes: readonly string[]
}

export type Observable = 'trace' | 'memo' | 'writes' | 'orders'

export type Tool = 'disassemble' | 'optimize' | 'globals'

/** A pickle and its out-of-band buffers, hex. */
export type PickleToLoad = { readonly pickle: string; readonly buffers?: readonly string[] }

export type Request =
  | { readonly id: number; readonly request: 'hello'; readonly protocol: number }
  | {
      readonly id: number
      readonly request: 'run'
      readonly engines: readonly string[]
      /** A scenario with its own `init.protocol` runs once, whatever stands here. */
      readonly protocols: readonly number[]
      readonly observe: readonly Observable[]
      readonly scenarios: readonly Scenario[]
      /** For implementations whose sets have no order of their own: per scenario and result, see `RunResult.orders`. */
      readonly orders?: readonly (readonly SetOrders[])[]
    }
  | {
      readonly id: number
      readonly request: 'load'
      readonly engines: readonly string[]
      readonly world: 'symbols' | 'names'
      readonly pickles: readonly PickleToLoad[]
    }
  | {
      readonly id: number
      readonly request: 'dump'
      readonly engines: readonly string[]
      readonly protocols: readonly number[]
      readonly values: readonly Value[]
    }
  | {
      readonly id: number
      readonly request: 'tool'
      readonly tool: Tool
      /** Hex. */
      readonly pickles: readonly string[]
    }
  | {
      readonly id: number
      readonly request: 'bench'
      readonly engine: string
      readonly protocol: number
      readonly operation: 'dump' | 'load'
      readonly scenario: Scenario
      /** Calls in one sample, and how many samples. */
      readonly loops: number
      readonly samples: number
      /** Describe what was loaded, outside the clock; for those with the capability `bench:graph`. */
      readonly graph?: boolean
    }
  | { readonly id: number; readonly request: 'stop' }

export type Refusal = {
  /** The name of the class, without its module: `PicklingError`. */
  readonly class: string
  /** Names from the class itself to `BaseException`. */
  readonly mro: readonly string[]
  readonly message: string
  readonly notes: readonly string[]
  /** The class of `__cause__`, else of a `__context__` that is not suppressed, else null. */
  readonly cause: string | null
}

export type TraceEntry = readonly [hook: string, object: string, answer: string]

export type Observation = {
  /** Hex of what the file got in this step; absent when the step wrote nothing. */
  readonly bytes?: string
  readonly refused?: Refusal
  /** How many bytes a `load` step had read of its file when it was refused; not for `short-reads`. */
  readonly offset?: number
  /** Out-of-band buffers in order, hex, and whether each is read-only. */
  readonly buffers?: readonly { readonly bytes: string; readonly readonly: boolean }[]
  readonly trace?: readonly TraceEntry[]
  /** Calls past the 64 entries that one run keeps. */
  readonly traceMore?: number
  /** Labels of what the memo holds after the step, in order of index. */
  readonly memo?: readonly string[]
  /** Type name and byte length of each call of `file.write`. */
  readonly writes?: readonly (readonly [string, number])[]
  /** What a `load` step gave. */
  readonly graph?: LoadedGraph
}

/** Label of a set of two or more members, and the positions of its members in iteration order. */
export type SetOrders = readonly (readonly [label: string, positions: readonly number[]])[]

export type RunResult = {
  readonly engine: string
  /** null for a scenario with its own `init.protocol`. */
  readonly protocol: number | null
} & (
  | { readonly steps: readonly Observation[]; readonly orders?: SetOrders }
  /** Equal to the result at this earlier place in the same answer. */
  | { readonly same: number }
)

export type Failure = { readonly message: string; readonly place?: string }

/** A value graph as the subject tells it, or a refusal. */
export type LoadResult = { readonly engine: string } & (
  | { readonly graph: LoadedGraph }
  | { readonly refused: Refusal }
)

export type DumpResult = { readonly engine: string; readonly protocol: number } & (
  | { readonly bytes: string }
  | { readonly refused: Refusal }
)

/** The text of a disassembly, the hex of the optimized pickle, or names as `module:name`. */
export type ToolResult =
  | { readonly text: string }
  | { readonly bytes: string }
  | { readonly globals: readonly string[] }
  | { readonly refused: Refusal }

export type BenchResult = {
  /** Nanoseconds per call, one a sample. */
  readonly samples: readonly number[]
  /** SHA-256 of the pickle, hex, and its length in bytes. */
  readonly sha256: string
  readonly bytes: number
  /** What the last call of a load gave, where it was asked for. */
  readonly graph?: LoadedGraph
}

export type Answer =
  | { readonly id: number; readonly hello: Hello }
  | { readonly id: number; readonly index: number; readonly results: readonly RunResult[] }
  | { readonly id: number; readonly index: number; readonly loads: readonly LoadResult[] }
  | { readonly id: number; readonly index: number; readonly dumps: readonly DumpResult[] }
  | { readonly id: number; readonly index: number; readonly tool: ToolResult }
  | { readonly id: number; readonly bench: BenchResult }
  /** The adapter could not carry out one item, or (without an index) the request. */
  | { readonly id: number; readonly index?: number; readonly error: Failure }
