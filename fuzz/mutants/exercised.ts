import type { CaseFacts } from './case-facts.ts'

/** Clauses, and what of a case brings them into play whatever the case is about. */
type Row = { readonly clauses: readonly string[]; readonly when: (facts: CaseFacts) => boolean }

const says =
  (...words: readonly string[]) =>
  ({ words: found }: CaseFacts): boolean =>
    words.some((word) => found.has(word))

const writes =
  (...opcodes: readonly string[]) =>
  ({ opcodes: found }: CaseFacts): boolean =>
    opcodes.some((opcode) => found.has(opcode))

const either =
  (...some: readonly Row['when'][]): Row['when'] =>
  (facts) =>
    some.some((when) => when(facts))

const numbered = (chapter: string, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => `${chapter}-${first + at}`)

const gets = writes('GET', 'BINGET', 'LONG_BINGET')
const names = writes('GLOBAL', 'STACK_GLOBAL')
const calls = writes('REDUCE', 'NEWOBJ', 'NEWOBJ_EX', 'OBJ', 'INST')
const instances = says('an instance')
const overrides = says('reducer_override')
const tables = says('dispatch_table')
const asksForIds = says('persistent_id')
const reduces = says('__reduce__', '__reduce_ex__', 'reduction', 'reductions')
const reduced = either(reduces, overrides, tables, instances, calls)

/** What a case exercises by what stands in its scenario and in its pickles. */
const rows: readonly Row[] = [
  { clauses: numbered('DOC-DT', 1, 3), when: tables },
  { clauses: ['DOC-DT-4', 'DOC-DT-8', 'DOC-DT-11'], when: says('copyreg.dispatch_table') },
  { clauses: ['DOC-DT-5', 'DOC-DT-7', 'DOC-DT-9'], when: says('instance.dispatch_table') },
  { clauses: ['DOC-DT-6', 'DOC-DT-10'], when: says('subclass.dispatch_table') },
  { clauses: numbered('DOC-RO', 1, 9), when: overrides },
  { clauses: numbered('DOC-FAST', 1, 4), when: says('fast') },
  { clauses: ['DOC-PID-1', 'DOC-PID-2', 'DOC-PID-3', 'DOC-PID-4'], when: asksForIds },
  { clauses: ['DOC-PID-6', 'DOC-PID-7', 'DOC-PID-8', 'DOC-PID-9'], when: asksForIds },
  {
    clauses: ['DOC-PID-5', 'DOC-PID-10', 'DOC-PID-11', 'OP-PERSID', 'OP-BINPERSID'],
    when: either(says('persistent_load'), writes('PERSID', 'BINPERSID')),
  },
  { clauses: ['DOC-INST-1', 'DOC-INST-2', 'DOC-INST-8'], when: instances },
  { clauses: ['DOC-INST-3', 'DOC-INST-4', 'DOC-INST-6'], when: says('__getnewargs_ex__') },
  { clauses: ['DOC-INST-5', 'DOC-INST-6'], when: says('__getnewargs__') },
  { clauses: ['DOC-INST-7'], when: says('__getstate__') },
  { clauses: ['DOC-INST-10', 'DOC-INST-11'], when: says('slots') },
  { clauses: ['DOC-INST-12', 'DOC-INST-13', 'DOC-INST-14'], when: writes('BUILD') },
  { clauses: numbered('DOC-INST', 15, 26), when: reduced },
  { clauses: ['SAVE-02', 'SAVE-20', 'PERS-04'], when: asksForIds },
  { clauses: ['SAVE-04'], when: gets },
  { clauses: ['SAVE-06', 'RO-01', 'RO-02', 'RO-03', 'RO-07'], when: overrides },
  { clauses: ['SAVE-08', 'DISP-01', 'DISP-02', 'DISP-09', 'COPYREG-02'], when: tables },
  { clauses: ['SAVE-09'], when: says('metaclass', 'class', 'an enum') },
  { clauses: ['SAVE-10', 'SAVE-11', 'SAVE-25'], when: reduced },
  { clauses: ['FAST-01', 'FAST-04'], when: says('fast') },
  { clauses: ['RED-04', 'RED-05', 'RED-15', 'RED-22'], when: reduced },
  { clauses: ['RED-10'], when: writes('NEWOBJ') },
  { clauses: ['RED-12', 'RED-13'], when: either(writes('NEWOBJ_EX'), says('__getnewargs_ex__')) },
  { clauses: ['RED-41', 'RED-46'], when: instances },
  { clauses: ['RED-48'], when: says('opaque') },
  { clauses: ['ATOM-01'], when: writes('NONE', 'NEWTRUE', 'NEWFALSE', 'INT') },
  { clauses: ['ATOM-20'], when: writes('FLOAT', 'BINFLOAT') },
  { clauses: ['ATOM-31'], when: writes('SHORT_BINBYTES', 'BINBYTES', 'BINBYTES8') },
  { clauses: ['ATOM-32'], when: says('bytearray') },
  { clauses: ['ATOM-50'], when: says('tuple') },
  { clauses: ['ATOM-60'], when: either(says('list', 'dict', 'set'), instances) },
  { clauses: ['MEMO-04'], when: ({ dumps }) => dumps > 1 },
  { clauses: ['FRAME-01'], when: writes('FRAME') },
  { clauses: ['FRAME-10'], when: either(writes('FRAME'), ({ dumps }) => dumps > 1) },
  { clauses: ['FRAME-07'], when: ({ protocols }) => protocols.some((protocol) => protocol < 4) },
  { clauses: ['PROTO-01', 'PROTO-02'], when: says('init.protocol') },
  { clauses: ['PROTO-06'], when: ({ dumps }) => dumps > 0 },
  { clauses: ['GLOB-02', 'GLOB-21'], when: names },
  { clauses: ['ERR-01'], when: ({ isRefused }) => isRefused },
  { clauses: ['UNP-01', 'UNP-02'], when: ({ loads }) => loads > 0 },
]

/** What cases exercise besides the clauses they are about; those of opcodes go without saying. */
export function exercised(facts: CaseFacts): ReadonlySet<string> {
  const found = rows.flatMap(({ clauses, when }) => (when(facts) ? clauses : []))
  return new Set([...found, ...[...facts.opcodes].map((opcode) => `OP-${opcode}`)])
}

/** Every clause that a row speaks of. */
export const exercisedByRows: readonly string[] = rows.flatMap(({ clauses }) => clauses)
