/**
 * The table of behaviours: what picklers do differently, by version and engine.
 *
 * A row gives each engine's value since a release; a list of several says when it changed, and a
 * change that reached several branches at once has an entry in each. `documented` is there where the
 * documentation of 3.14 says something else than its C pickler does, with the reason.
 */

/** `[since, value]`: from this full release on, until the next entry. */
export type Since<V> = readonly [since: string, value: V]

/** One entry at least, the earliest first. */
export type History<V> = readonly [Since<V>, ...Since<V>[]]

export type Row<V> = {
  /** The clause or clauses that describe it. */
  readonly clause: string
  /**
   * `latitude`: nobody wrote down which is right. `version`: it was changed on purpose. `bug`: a
   * result against the documentation, imitated.
   */
  readonly kind: 'latitude' | 'version' | 'bug'
  /** Where it was reported or changed. */
  readonly link?: string
  readonly says: string
  readonly c: V | History<V>
  readonly py: V | History<V>
  /** PyPy's own, where it is not that of `py` at the same version (section 12.3). */
  readonly pypy?: V
  readonly documented?: { readonly is: V; readonly because: string }
}

/** Makes a row whose value is one of the words given. */
const row = <const V extends string | number | boolean>(row: Row<V>): Row<V> => row

export const behaviours = {
  // ---- What is asked, and when -------------------------------------------------------------

  askedToOverride: row({
    clause: 'RO-02 SAVE-22',
    kind: 'latitude',
    says: 'Which objects `reducer_override` is asked for; with `all`, it is asked before the built-in types, and atoms are looked up in the memo.',
    c: 'no exact built-ins',
    py: 'all',
    documented: {
      is: 'no documented built-ins',
      because:
        'the list of types it may not be called for names neither bytearray nor PickleBuffer',
    },
  }),
  noneHook: row({
    clause: 'RO-06 DISP-05 SAVE-26',
    kind: 'version',
    says: 'A hook, a reducer or a pickle method that is there and is None: called, which is refused, or taken for absent.',
    c: 'error',
    py: [
      ['3.8.0', 'absent'],
      ['3.13.0', 'error'],
    ],
  }),
  overrideRead: row({
    clause: 'RO-04',
    kind: 'latitude',
    says: 'When the attribute `reducer_override` is read.',
    c: 'each dump',
    py: 'each object',
  }),
  plainPicklerHasDict: row({
    clause: 'RO-05',
    kind: 'latitude',
    says: 'Any attribute can be assigned on an instance of Pickler itself.',
    c: false,
    py: true,
  }),
  persistentIdAttribute: row({
    clause: 'PERS-05',
    kind: 'bug',
    link: 'https://github.com/python/cpython/issues/125631',
    says: 'How the attribute `persistent_id` is kept: read by `__init__` into a slot; a method, read each dump, that hides assignment; a method under a slot; an ordinary attribute, read each object.',
    c: [
      ['3.8.0', 'slot filled by init'],
      ['3.13.0', 'method'],
      ['3.13.1', 'method under a slot'],
    ],
    py: 'ordinary',
  }),
  persistentIdOfId: row({
    clause: 'PERS-03',
    kind: 'bug',
    link: 'https://github.com/python/cpython/issues/126489',
    says: '`persistent_id` is asked for the id that it has just given, and the answer ignored.',
    c: 'not asked',
    py: [
      ['3.8.0', 'asked'],
      ['3.12.8', 'not asked'],
      ['3.13.0', 'asked'],
      ['3.13.1', 'not asked'],
    ],
  }),
  tableRead: row({
    clause: 'DISP-07',
    kind: 'bug',
    says: 'When the attribute `dispatch_table` is read: by `__init__` into a slot that a class attribute hides, or for each object.',
    c: 'init',
    py: 'each object',
    documented: {
      is: 'each object',
      because:
        "a class's table is called the default for its instances, so an instance's own comes first whenever it is set",
    },
  }),
  tableLookup: row({
    clause: 'DISP-03 DISP-06',
    kind: 'latitude',
    says: 'How a private dispatch table is asked.',
    c: 'getitem',
    py: 'get',
  }),

  // ---- Reductions --------------------------------------------------------------------------

  callableChecked: row({
    clause: 'RED-02',
    kind: 'latitude',
    says: 'Whether the callable of a reduction is checked before its arguments.',
    c: 'first',
    py: [
      ['3.8.0', 'second'],
      ['3.14.0', 'first'],
    ],
  }),
  itemsOfReduction: row({
    clause: 'RED-03',
    kind: 'latitude',
    says: 'What list items and dict items may be.',
    c: 'iterators',
    py: 'iterables',
  }),
  stateSetterChecked: row({
    clause: 'RED-04',
    kind: 'latitude',
    says: 'A state setter must be callable, even without a state.',
    c: true,
    py: false,
  }),
  dictItems: row({
    clause: 'RED-06',
    kind: 'latitude',
    says: 'What each of the dict items may be.',
    c: 'two-tuples',
    py: 'whatever unpacks to two',
  }),
  newobjChecks: row({
    clause: 'RED-11 RED-14',
    kind: 'latitude',
    says: 'What is checked of the arguments of `__newobj__` and `__newobj_ex__`: their number and types, or what unpacking, `__new__` and `__class__` say.',
    c: 'types',
    py: 'attributes',
  }),
  recursiveReduction: row({
    clause: 'RED-21',
    kind: 'latitude',
    says: 'What follows when an object turns up in the memo while its own arguments are saved: nothing, or its items and state once more.',
    c: 'nothing',
    py: 'items and state',
  }),
  itemsPulled: row({
    clause: 'RED-25',
    kind: 'latitude',
    says: 'How far an iterator of items is asked ahead of the saving.',
    c: 'by one',
    py: 'by a batch',
  }),

  // ---- Built-in types ----------------------------------------------------------------------

  exactContainers: row({
    clause: 'BATCH-01 BATCH-02 BATCH-03 BATCH-04 BATCH-06',
    kind: 'latitude',
    says: 'How exact lists, dicts and sets are cut into batches: as they are while they are saved, counted beforehand; or copied batch by batch out of their iterator.',
    c: 'live',
    py: 'copied',
  }),
  lastBatch: row({
    clause: 'BATCH-01 BATCH-02 BATCH-03 BATCH-04',
    kind: 'version',
    link: 'https://github.com/python/cpython/issues/135573',
    says: 'What follows the full batches of exact lists, dicts and sets that are saved as they are: for dicts and sets always one more batch, if only an empty one, with a mark even around a single item; or what is left and nothing else.',
    c: [
      ['3.8.0', 'always'],
      ['3.15.0rc1', 'what is left'],
    ],
    py: 'what is left',
  }),
  listSizeChecked: row({
    clause: 'BATCH-06',
    kind: 'version',
    link: 'https://github.com/python/cpython/issues/149816',
    says: 'An exact list that has another length after a batch is refused, as dicts and sets are.',
    c: [
      ['3.8.0', false],
      ['3.15.0rc1', true],
    ],
    py: false,
  }),
  bytesOfBytearray: row({
    clause: 'ATOM-32 PYPY-02',
    kind: 'version',
    link: 'https://github.com/python/cpython/issues/129813',
    says: 'What bytes make of a bytearray of one byte: a new object, or the one that there is of each byte.',
    c: [
      ['3.8.0', 'new'],
      ['3.15.0rc1', 'one of each byte'],
    ],
    py: [
      ['3.8.0', 'new'],
      ['3.15.0rc1', 'one of each byte'],
    ],
    pypy: 'one of each byte',
  }),
  bytearrayMemoized: row({
    clause: 'ATOM-33 PYPY-01',
    kind: 'bug',
    says: 'A bytearray at protocol 5 enters the memo.',
    c: true,
    py: [
      ['3.8.0', false],
      ['3.10.0', true],
    ],
    pypy: true,
  }),
  escapedStrMemoized: row({
    clause: 'ATOM-41',
    kind: 'bug',
    says: 'What enters the memo for a str with one of the five escaped characters at protocol 0: the str, or the escaped copy.',
    c: 'original',
    py: [
      ['3.8.0', 'copy'],
      ['3.13.0', 'original'],
    ],
  }),
  inBandBuffer: row({
    clause: 'OOB-05 OOB-06 PYPY-02',
    kind: 'latitude',
    says: 'What enters the memo for an in-band PickleBuffer: the buffer; the copy of its bytes, which must not be there yet; or the copy unless it is there.',
    c: 'buffer',
    py: [
      ['3.8.0', 'copy, refused when there'],
      ['3.13.0', 'copy unless there'],
      ['3.15.0rc1', 'buffer'],
    ],
  }),
  writtenBuffer: row({
    clause: 'OOB-05',
    kind: 'latitude',
    says: 'As what the content of an in-band PickleBuffer is handed to the file: the buffer itself, or a bytes object.',
    c: 'PickleBuffer',
    py: 'bytes',
  }),
  bytesOfBuffer: row({
    clause: 'PYPY-02',
    kind: 'latitude',
    says: 'Whether the bytes of a read-only buffer over bytes are that very object, or a copy.',
    c: 'copy',
    py: 'copy',
    pypy: 'the object',
  }),
  nonContiguousBuffer: row({
    clause: 'OOB-07 PYPY-04',
    kind: 'latitude',
    says: 'How a PickleBuffer over non-contiguous memory is refused.',
    c: 'PicklingError',
    py: 'BufferError',
    pypy: 'PicklingError',
  }),
  emptyFrozenset: row({
    clause: 'MODEL-03 PYPY-02',
    kind: 'version',
    says: 'Whether there is one `frozenset()` or many.',
    c: [
      ['3.8.0', 'one'],
      ['3.10.0', 'many'],
    ],
    py: [
      ['3.8.0', 'one'],
      ['3.10.0', 'many'],
    ],
    pypy: 'one',
  }),

  // ---- Output ------------------------------------------------------------------------------

  output: row({
    clause: 'FRAME-09 MEMO-08',
    kind: 'latitude',
    says: 'How the file is written to: a buffer written at the end, or each piece as it comes and each frame as it is closed, which a refused dump leaves behind.',
    c: 'buffered',
    py: 'in pieces',
  }),
  frameBody: row({
    clause: 'FRAME-09',
    kind: 'latitude',
    says: 'The type of what `write` gets for the body of a frame; bytes are not written where there are none.',
    c: 'bytes',
    py: 'memoryview',
    pypy: 'bytes',
  }),
  reentrantDump: row({
    clause: 'MEMO-09',
    kind: 'latitude',
    says: 'A dump on the pickler that is dumping, out of a hook: its bytes among those of the other, or refused. (C crashes where memory is protected.)',
    c: 'refused',
    py: 'interleaves',
  }),
  memoAssignment: row({
    clause: 'MEMO-05 MEMO-06',
    kind: 'latitude',
    says: 'What the assignment of a memo does: its entries are copied, keyed by the objects in them; or the memo is shared, keyed as it is.',
    c: 'copies',
    py: 'shares',
  }),

  // ---- Fast mode ---------------------------------------------------------------------------

  fastAttribute: row({
    clause: 'FAST-03',
    kind: 'bug',
    says: 'How `fast` is kept: as an int in a slot that a class attribute hides, or as an ordinary attribute with any value.',
    c: 'int in a slot',
    py: 'ordinary',
    documented: { is: 'ordinary', because: 'fast mode is enabled "if set to a true value"' },
  }),
  fastCycle: row({
    clause: 'FAST-04 FAST-08',
    kind: 'bug',
    says: 'What ends a cycle in fast mode: a guard on lists, dicts and frozensets from the fiftieth on, or the recursion limit.',
    c: 'nesting limit',
    py: 'recursion',
    documented: {
      is: 'recursion',
      because:
        'a self-referential object is said to make the pickler recurse infinitely, and no other limit is named',
    },
  }),
  fastFrozenset: row({
    clause: 'FAST-07',
    kind: 'bug',
    link: 'https://github.com/python/cpython/issues/146059',
    says: 'Whether the guard forgets to count a frozenset out again.',
    c: [
      ['3.8.0', 'never left'],
      ['3.13.13', 'left'],
      ['3.14.0', 'never left'],
      ['3.14.4', 'left'],
    ],
    py: 'left',
    documented: { is: 'left', because: 'there is no guard' },
  }),

  fastFailure: row({
    clause: 'FAST-07',
    kind: 'bug',
    link: 'https://github.com/python/cpython/issues/146059',
    says: 'What a guard that cannot count a container out raises while another exception passes.',
    c: [
      ['3.8.0', 'KeyError'],
      ['3.14.0', 'SystemError'],
    ],
    py: 'KeyError',
  }),

  // ---- Protocols, globals, extension codes --------------------------------------------------

  defaultProtocol: row({
    clause: 'PROTO-01',
    kind: 'version',
    says: 'The protocol when none is given.',
    c: [
      ['3.8.0', 4],
      ['3.14.0', 5],
    ],
    py: [
      ['3.8.0', 4],
      ['3.14.0', 5],
    ],
  }),
  unpackedPositionals: row({
    clause: 'RED-13',
    kind: 'version',
    says: 'What a refusal calls the positional arguments that cannot be iterated; C wants a tuple and never comes to that.',
    c: 'Value',
    py: [
      ['3.8.0', 'type object argument'],
      ['3.9.0', 'Value'],
    ],
  }),
  unpackedKeywords: row({
    clause: 'RED-13',
    kind: 'version',
    says: 'What a refusal calls the keyword arguments that are no mapping; C wants a dict and never comes to that.',
    c: 'Value',
    py: [
      ['3.8.0', 'type object argument'],
      ['3.9.0', 'functools.partial() argument'],
      ['3.15.0rc1', 'Value'],
    ],
    pypy: 'type object argument',
  }),
  protocolArgument: row({
    clause: 'PROTO-03',
    kind: 'latitude',
    says: 'What may be given as the protocol.',
    c: [
      ['3.8.0', 'index or float'],
      ['3.10.0', 'index'],
    ],
    py: 'number',
  }),
  searchedModules: row({
    clause: 'GLOB-05',
    kind: 'latitude',
    says: 'Which modules are passed over in the search for the module of an object.',
    c: [
      ['3.8.0', '__main__'],
      ['3.15.0rc1', '__main__ and __mp_main__'],
    ],
    py: '__main__ and __mp_main__',
  }),
  nestedGlobals: row({
    clause: 'GLOB-10',
    kind: 'version',
    says: 'How a nested name is written below protocol 4: as a reduction of `getattr` with the parent object, or as calls of `getattr` on the module-level name.',
    c: [
      ['3.8.0', 'parent'],
      ['3.13.0', 'path'],
    ],
    py: [
      ['3.8.0', 'parent'],
      ['3.13.0', 'path'],
    ],
  }),
  globalName: row({
    clause: 'GLOB-02',
    kind: 'latitude',
    says: 'The str that stands in the pickle for an attribute of the module itself: the last part of the name, always an exact str or the name itself where it has one part; or the whole name.',
    c: [
      ['3.8.0', 'last part of split'],
      ['3.14.0', 'whole'],
    ],
    py: [
      ['3.8.0', 'last part'],
      ['3.14.0', 'whole'],
    ],
    documented: {
      is: 'whole, as an exact str',
      because: 'a str answer is a name, and no Unpickler takes an instance of a subclass for one',
    },
  }),
  extensionCodeChecks: row({
    clause: 'EXT-02',
    kind: 'version',
    says: 'What becomes of a registered code that is none: refused as a PicklingError, refused as what it is, or taken for absent where false.',
    c: [
      ['3.8.0', 'PicklingError'],
      ['3.13.0', 'its own error'],
    ],
    py: [
      ['3.8.0', 'absent when false'],
      ['3.13.0', 'its own error'],
    ],
  }),
  namesForPython2: row({
    clause: 'GLOB-21',
    kind: 'version',
    says: 'Which names have one for Python 2: with `tkinter.tix`; without it; with ImportCycleError and without CGIHTTPRequestHandler.',
    c: [
      ['3.8.0', 'of 3.8'],
      ['3.13.0', 'of 3.13'],
      ['3.15.0rc1', 'of 3.15'],
    ],
    py: [
      ['3.8.0', 'of 3.8'],
      ['3.13.0', 'of 3.13'],
      ['3.15.0rc1', 'of 3.15'],
    ],
  }),
  privateNames: row({
    clause: 'GLOB-12',
    kind: 'version',
    link: 'https://github.com/python/cpython/issues/77188',
    says: 'A part of a dotted name that is private to the part before it is looked up and written as it is, or as the compiler mangles it. C leaves a name without such a part alone; Python makes a str of its own of every name that has `.__` in it.',
    c: [
      ['3.8.0', 'as they are'],
      ['3.15.0rc1', 'mangled'],
    ],
    py: [
      ['3.8.0', 'as they are'],
      ['3.15.0rc1', 'mangled, in a str of its own'],
    ],
  }),

  // ---- Refusals ----------------------------------------------------------------------------

  refusals: row({
    clause: 'GLOB-22 RED-01 RED-11',
    kind: 'version',
    says: 'Which family of messages is spoken, and with it which class of exception (section 11.2).',
    c: [
      ['3.8.0', 'C'],
      ['3.14.0', 'C 3.14'],
    ],
    py: [
      ['3.8.0', 'Python'],
      ['3.14.0', 'Python 3.14'],
    ],
  }),
  notes: row({
    clause: 'ERR-03',
    kind: 'version',
    says: 'Each enclosing step adds a note to the exception.',
    c: [
      ['3.8.0', false],
      ['3.14.0', true],
    ],
    py: [
      ['3.8.0', false],
      ['3.14.0', true],
    ],
  }),
  context: row({
    clause: 'ERR-04',
    kind: 'version',
    says: 'Whether a PicklingError shows the exception behind it.',
    c: [
      ['3.8.0', 'dropped'],
      ['3.14.0', 'kept'],
    ],
    py: [
      ['3.8.0', 'dropped'],
      ['3.14.0', 'kept'],
    ],
  }),

  // ---- Loading -----------------------------------------------------------------------------

  loadInput: row({
    clause: 'UNP-09 UNP-30 UNP-31 UNP-90 UNP-93',
    kind: 'latitude',
    link: 'https://github.com/python/cpython/issues/154848',
    says: 'How the file is read: through a buffer in which frames have no ends, or have them; or frame by frame, of which what is there is taken, or all of it wanted.',
    c: [
      ['3.8.0', 'buffered'],
      ['3.15.0rc1', 'buffered with frames'],
    ],
    py: [
      ['3.8.0', 'framed'],
      ['3.15.0rc1', 'whole frames'],
    ],
  }),
  intText: row({
    clause: 'OP-INT OP-LONG',
    kind: 'version',
    says: 'The base of the ints in lines: as their prefix has it, or ten.',
    c: [
      ['3.8.0', 'any base'],
      ['3.14.0', 'base 10'],
    ],
    py: [
      ['3.8.0', 'any base'],
      ['3.14.0', 'base 10'],
    ],
  }),
  boolText: row({
    clause: 'OP-INT',
    kind: 'version',
    says: 'Which lines of INT are bools: any two characters that say 0 or 1, or 00 and 01 alone.',
    c: [
      ['3.8.0', 'any two characters'],
      ['3.15.0rc1', '00 and 01'],
    ],
    py: '00 and 01',
  }),
  floatText: row({
    clause: 'OP-FLOAT',
    kind: 'latitude',
    says: 'Which texts are floats: those of C, too great ones refused, or those of `float`.',
    c: 'C',
    py: 'Python',
  }),
  noItems: row({
    clause: 'OP-APPENDS OP-ADDITEMS',
    kind: 'version',
    link: 'https://github.com/python/cpython/issues/135573',
    says: 'What an APPENDS or ADDITEMS without items wants of its target: nothing, or the methods.',
    c: [
      ['3.8.0', 'nothing'],
      ['3.15.0rc1', 'methods'],
    ],
    py: 'methods',
  }),
  binstringLength: row({
    clause: 'OP-BINSTRING',
    kind: 'latitude',
    says: 'Whether the length of a BINSTRING has a sign.',
    c: 'unsigned',
    py: 'signed',
  }),
  newobjRefusals: row({
    clause: 'OP-NEWOBJ OP-NEWOBJ_EX',
    kind: 'version',
    says: 'How a NEWOBJ of what is no class or no tuple is refused: in words of its own, old or new, or by the call itself.',
    c: [
      ['3.8.0', 'old words'],
      ['3.10.0', 'words'],
    ],
    py: 'by the call',
  }),
  stateChecks: row({
    clause: 'UNP-20',
    kind: 'latitude',
    link: 'https://github.com/python/cpython/issues/144411',
    says: 'What BUILD asks of a state: to be a dict, or to be true.',
    c: 'types',
    py: 'truth',
  }),
  noneSetState: row({
    clause: 'UNP-20',
    kind: 'version',
    says: 'A `__setstate__` that is None: called, which is refused, or taken for absent.',
    c: 'called',
    py: [
      ['3.8.0', 'absent'],
      ['3.13.0', 'called'],
    ],
  }),
  missingMemo: row({
    clause: 'OP-GET',
    kind: 'version',
    says: 'What a GET of a missing entry raises.',
    c: [
      ['3.8.0', 'KeyError'],
      ['3.9.0', 'UnpicklingError'],
    ],
    py: [
      ['3.8.0', 'KeyError'],
      ['3.9.0', 'UnpicklingError'],
    ],
  }),
  memoGrowth: row({
    clause: 'UNP-08',
    kind: 'latitude',
    says: 'How the memo of a load grows: as an array that a huge index makes as long, as a table, or as an array with a table for far indexes, which do not count.',
    c: [
      ['3.8.0', 'array'],
      ['3.15.0rc1', 'array and table'],
    ],
    py: 'table',
    documented: { is: 'table', because: 'no index is said to be too great' },
  }),
  allocation: row({
    clause: 'UNP-93',
    kind: 'latitude',
    says: 'Whether the memory of counted bytes is asked for before they are read.',
    c: 'before',
    py: 'behind',
    documented: { is: 'behind', because: 'a pickle that ends too early is just that' },
  }),
  stackGlobalUnderflow: row({
    clause: 'OP-STACK_GLOBAL',
    kind: 'version',
    says: 'What a STACK_GLOBAL without two values is told: that they are no strs, or that there are none.',
    c: [
      ['3.8.0', 'no str'],
      ['3.11.0', 'underflow'],
    ],
    py: 'underflow',
  }),
  persistentLoadAttribute: row({
    clause: 'UNP-06',
    kind: 'bug',
    link: 'https://github.com/python/cpython/issues/125631',
    says: 'How the attribute `persistent_load` is kept: read by `__init__` into a slot; a method that hides assignment; a method under a slot; an ordinary attribute.',
    c: [
      ['3.8.0', 'slot filled by init'],
      ['3.13.0', 'method'],
      ['3.13.1', 'method under a slot'],
    ],
    py: 'ordinary',
  }),
  persistentLoadWanted: row({
    clause: 'OP-PERSID OP-BINPERSID',
    kind: 'version',
    says: 'When a missing `persistent_load` is noticed: before the id is read, or behind it.',
    c: [
      ['3.8.0', 'first'],
      ['3.13.0', 'last'],
    ],
    py: 'last',
  }),
  persistentLoadMissing: row({
    clause: 'UNP-06',
    kind: 'version',
    says: 'What is said when there is no `persistent_load`.',
    c: [
      ['3.8.0', 'two lines'],
      ['3.12.0', 'one line'],
    ],
    py: 'unsupported',
  }),
  missingNames: row({
    clause: 'UNP-94',
    kind: 'version',
    says: 'What is said of a name that its module has not: the attribute that cannot be got, what the module says, or the path that cannot be followed.',
    c: [
      ['3.8.0', 'attribute'],
      ['3.14.0', 'path'],
    ],
    py: [
      ['3.8.0', 'module'],
      ['3.14.0', 'path'],
    ],
  }),
} as const
