/** A mistake of adapters, by name: what is wrong, and what to do about it. */
export type Mistake = { readonly says: string; readonly next: string }

/** The mistakes that can be named. */
export const mistakes = {
  'cannot-start': {
    says: 'the program cannot be started',
    next: 'Check the path, that it may be executed, and that it was built.',
  },
  dies: {
    says: 'the program ends while it owes an answer',
    next: 'Run it by hand with the line that was sent; its standard error is shown above.',
  },
  silent: {
    says: 'no answer comes',
    next: 'Read standard input line by line, and answer each request before you read the next.',
  },
  'holds-back': {
    says: 'answers are held back until standard input ends',
    next: 'Flush standard output after each line, and do not read all of the input first.',
  },
  'no-newline': {
    says: 'an answer comes without a newline at its end',
    next: 'End each answer with one "\\n".',
  },
  'stdout-noise': {
    says: 'something else than answers is printed on standard output',
    next: 'Print what is for people on standard error; look for print statements and banners.',
  },
  'not-utf-8': {
    says: 'a line is not UTF-8',
    next: 'Write UTF-8 whatever the locale says, or ASCII with \\u escapes.',
  },
  'wrong-id': {
    says: 'answers have another id than their request',
    next: 'Copy "id" from the request; do not count yourself.',
  },
  'wrong-index': {
    says: 'the answers of a batch have no index, or a wrong one',
    next: 'Answer the n-th item with "index": n, counted from 0.',
  },
  'out-of-order': {
    says: 'the answers of a batch come out of order',
    next: 'Answer the items in the order of the request, one after another.',
  },
  'forgets-items': {
    says: 'items of a batch are left without an answer',
    next: 'Write one line for each item, also for equal ones and for those that are refused.',
  },
  'answers-twice': {
    says: 'more lines come than were asked for',
    next: 'Write one line for each item, and one for hello.',
  },
  'forgets-requests': {
    says: 'of several requests that come at once only the first is answered',
    next: 'Cut the input at newlines: a read may give several lines.',
  },
  'half-lines': {
    says: 'a request that comes in pieces is not understood',
    next: 'Wait for the newline: a read may give half a line.',
  },
  'short-lines': {
    says: 'a long line is not understood',
    next: 'Raise the limit of your line reader: requests may have megabytes.',
  },
  'another-protocol': {
    says: 'it speaks another version of the adapter protocol',
    next: 'Say "protocol": 1, or use the release of picklespec that speaks yours.',
  },
  'missing-field': {
    says: 'an answer lacks a field',
    next: 'Compare with conformance/protocol/protocol.schema.json: every field is wanted.',
  },
  'unknown-field': {
    says: 'an answer has a field that is not known',
    next: 'Leave it out: what is for people goes to standard error.',
  },
  'wrong-hex': {
    says: 'bytes are not written as lower-case hex digits',
    next: 'Write two digits out of 0-9 and a-f for each byte: no capitals, no base64, no 0x.',
  },
  'wrong-shape': {
    says: 'an answer has not the form of the protocol',
    next: 'Compare with conformance/protocol/README.md and protocol.schema.json.',
  },
  'wrong-results': {
    says: 'an answer is not about the engines and protocols asked for',
    next: 'Answer for each engine of the request under each of its protocols, each once.',
  },
  'no-roles': {
    says: 'hello names no role, no engine or no protocol, so nothing can be asked',
    next: 'Say in "roles" what it does: "load" reads pickles, "dump" writes them.',
  },
  'unknown-profile': {
    says: 'an engine follows a profile that nobody knows',
    next: 'Take a name that `picklespec profiles` lists, or null.',
  },
  'cannot-do-plain': {
    says: 'the adapter fails at plain values',
    next: 'An "error" is a fault of the adapter; what the implementation refuses is "refused".',
  },
  'not-deterministic': {
    says: 'two fresh processes answer the same questions differently',
    next: 'Leave out times, addresses and random numbers; take hash seeds from nowhere.',
  },
  'leaks-state': {
    says: 'an answer depends on what was asked before it',
    next: 'Begin every item with a new pickler or unpickler: memo, stack, registries, settings.',
  },
  'mangles-text': {
    says: 'text arrives changed',
    next: 'Read standard input as UTF-8 whatever the locale says, and decode the escapes of JSON.',
  },
  'loses-surrogates': {
    says: 'lone surrogates are lost, which it says it can tell apart',
    next: 'Keep code points, or take "surrogates" out of "distinguishes" and the capabilities.',
  },
  'rounds-ints': {
    says: 'ints beyond 2^53 are rounded',
    next: 'Read and write them as {"int":"…"}; do not let them pass through a double.',
  },
  'swallows-errors': {
    says: 'it answers with a value where it has to refuse',
    next: 'Turn what the implementation raises into "refused"; do not catch and go on.',
  },
  'dies-of-unknown-requests': {
    says: 'a request that it does not know ends it',
    next: 'Answer {"id":…,"error":{"message":"…"}}, and go on: later versions may ask more.',
  },
  'ignores-unknown-requests': {
    says: 'a request that it does not know is left without an answer',
    next: 'Answer {"id":…,"error":{"message":"…"}}: whoever asked waits.',
  },
  'ignores-stop': {
    says: 'it does not end when it is told to stop',
    next: 'Exit at the request "stop".',
  },
  'outlives-input': {
    says: 'it does not end when its standard input ends',
    next: 'Exit when there is nothing more to read, so that no process is left behind.',
  },
} as const satisfies Record<string, Mistake>

export type MistakeName = keyof typeof mistakes
