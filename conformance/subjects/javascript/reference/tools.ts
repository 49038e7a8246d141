import {
  disassemble,
  exceptionMro,
  genops,
  hexOfBytes,
  type Instruction,
  optimize,
  PickleError,
} from '../../../../reference/index.ts'
import type { Tool, ToolResult } from '../../../protocol/message.ts'

/** What a tool makes of a pickle, or how it refuses. */
export function useTool(tool: Tool, pickle: Uint8Array): ToolResult {
  try {
    switch (tool) {
      case 'disassemble': {
        const { text, error } = disassemble(pickle)
        if (error !== undefined) throw error
        return { text }
      }
      case 'optimize':
        return { bytes: hexOfBytes(optimize(pickle)) }
      case 'globals':
        return { globals: globalNames(pickle) }
    }
  } catch (error) {
    if (!(error instanceof PickleError)) throw error
    return {
      refused: {
        class: error.type,
        mro: exceptionMro(error),
        message: error.message,
        notes: error.notes,
        cause: (error.cause ?? error.context)?.type ?? null,
      },
    }
  }
}

const puts: ReadonlySet<string> = new Set(['PUT', 'BINPUT', 'LONG_BINPUT'])
const gets: ReadonlySet<string> = new Set(['GET', 'BINGET', 'LONG_BINGET'])
const strings: ReadonlySet<string> = new Set([
  ...['UNICODE', 'BINUNICODE', 'SHORT_BINUNICODE', 'BINUNICODE8'],
  ...['STRING', 'BINSTRING', 'SHORT_BINSTRING'],
])
const silent: ReadonlySet<string> = new Set(['PROTO', 'FRAME'])

/**
 * The names a pickle asks for, as `module:name`, each once, in order. Only strs are followed through
 * the memo; a part that is something else is `?`.
 */
function globalNames(pickle: Uint8Array): string[] {
  const names = new Set<string>()
  const memo = new Map<number | bigint, string | null>()
  const pushed: (string | null)[] = []
  for (const { opcode, argument } of genops(pickle)) {
    if (argument.kind === 'global') {
      names.add(`${said(argument.module)}:${said(argument.name)}`)
      pushed.push(null)
    } else if (opcode === 'STACK_GLOBAL') {
      const [module, name] = [pushed.at(-2) ?? null, pushed.at(-1) ?? null]
      names.add(`${module || '?'}:${name || '?'}`)
      pushed.push(null)
    } else if (strings.has(opcode)) pushed.push(textOf(argument))
    else if (opcode === 'MEMOIZE') memo.set(memo.size, pushed.at(-1) ?? null)
    else if (puts.has(opcode)) memo.set(indexOf(argument), pushed.at(-1) ?? null)
    else if (gets.has(opcode)) pushed.push(memo.get(indexOf(argument)) ?? null)
    else if (!silent.has(opcode)) pushed.push(null)
  }
  return [...names]
}

type Argument = Instruction['argument']

function textOf(argument: Argument): string | null {
  if (argument.kind === 'str') return said(argument.value)
  // pickletools reads the strings of Python 2 as latin-1.
  return argument.kind === 'bytes' ? String.fromCharCode(...argument.value) : null
}

function indexOf(argument: Argument): number | bigint {
  if (argument.kind === 'int') return argument.value
  return argument.kind === 'bool' ? Number(argument.value) : -1
}

function said(content: string | readonly number[]): string {
  return typeof content === 'string' ? content : String.fromCodePoint(...content)
}
