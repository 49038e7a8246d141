import type { Clause } from './clause.ts'

/** Optimising and disassembling: chapter OPT. */
export const toolsClauses: readonly Clause[] = [
  {
    id: 'OPT-01',
    chapter: 'OPT',
    title: 'optimize reads up to the first STOP',
    level: 'documented',
    oracle: 'bytes',
    says: 'The optimizer reads the instructions once up to the first STOP, drops what follows it and every FRAME.',
    source: 'library reference, pickletools.optimize; measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'OPT-01/trailing-bytes', says: 'Bytes after STOP.' },
      { id: 'OPT-01/frames', says: 'A framed pickle.' },
    ],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
  {
    id: 'OPT-02',
    chapter: 'OPT',
    title: 'The index of a MEMOIZE',
    level: 'implementation',
    oracle: 'bytes',
    says: 'A MEMOIZE counts as the number of different indexes stored so far.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'OPT-02/after-put', says: 'A MEMOIZE after a PUT of a high index.' },
      { id: 'OPT-02/after-repeated-put', says: 'A MEMOIZE after two PUTs of one index.' },
    ],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
  {
    id: 'OPT-03',
    chapter: 'OPT',
    title: 'The protocol of the result',
    level: 'implementation',
    oracle: 'bytes',
    says: 'The result is spelled for the highest of the PROTO arguments and of the protocols of the GET instructions; other instructions do not count.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'OPT-03/no-proto', says: 'A pickle without PROTO.' },
      { id: 'OPT-03/proto-2', says: 'PROTO 2.' },
      { id: 'OPT-03/proto-4', says: 'PROTO 4.' },
      { id: 'OPT-03/text-gets', says: 'Only GET lines.' },
    ],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
  {
    id: 'OPT-04',
    chapter: 'OPT',
    title: 'Where PROTO is written',
    level: 'implementation',
    oracle: 'bytes',
    says: 'A PROTO at the beginning is written before the first frame, another where it stands.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'OPT-04/first', says: 'PROTO at the beginning.' },
      { id: 'OPT-04/elsewhere', says: 'PROTO in the middle.' },
    ],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
  {
    id: 'OPT-05',
    chapter: 'OPT',
    title: 'Which PUTs stay',
    level: 'documented',
    oracle: 'bytes',
    says: 'A PUT stays if any GET of the pickle names its index; those that stay are numbered from 0, and each GET follows the latest of its index; a GET without an earlier PUT fails with TypeError.',
    source: 'library reference, pickletools.optimize; measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'OPT-05/unused-put', says: 'A PUT without a GET.' },
      { id: 'OPT-05/used-put', says: 'A PUT with a GET.' },
      { id: 'OPT-05/put-twice', says: 'Two PUTs of one index.' },
      { id: 'OPT-05/get-before-put', says: 'A GET without an earlier PUT.' },
    ],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
  {
    id: 'OPT-06',
    chapter: 'OPT',
    title: 'Frames of the result',
    level: 'implementation',
    oracle: 'bytes',
    says: 'From protocol 4 on the result is framed anew, instruction by instruction; one of more than 65536 bytes with its opcode and length stands outside.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'OPT-06/65531', says: 'A payload of 65531 bytes.' },
      { id: 'OPT-06/65532', says: 'A payload of 65532 bytes.' },
      { id: 'OPT-06/many-small', says: '70000 times None.' },
    ],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
  {
    id: 'OPT-07',
    chapter: 'OPT',
    title: 'A late PROTO 4',
    level: 'implementation',
    oracle: 'bytes',
    says: 'If PROTO 4 stands only in the middle, the result still begins with a frame.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [{ id: 'OPT-07/late-proto', says: 'PROTO 4 in the middle.' }],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
  {
    id: 'OPT-08',
    chapter: 'OPT',
    title: 'Errors of reading',
    level: 'implementation',
    oracle: 'error',
    says: "What the instructions' reader raises is passed on; up to 3.13 it reads global names as ASCII.",
    source: 'measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'OPT-08/no-stop', says: 'A pickle without STOP.' },
      { id: 'OPT-08/non-ascii-global', says: 'A global beyond ASCII at protocol 3.' },
    ],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
  {
    id: 'OPT-20',
    chapter: 'OPT',
    title: 'genops',
    level: 'documented',
    oracle: 'instructions',
    says: 'The reader gives opcode, argument and position of each instruction up to STOP and executes nothing.',
    source: 'library reference, pickletools.genops',
    boundaries: [
      { id: 'OPT-20/positions', says: 'The positions.' },
      { id: 'OPT-20/trailing-bytes', says: 'Bytes after STOP are not read.' },
    ],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
  {
    id: 'OPT-21',
    chapter: 'OPT',
    title: 'Stricter and looser than an unpickler',
    level: 'implementation',
    oracle: 'error',
    says: 'The reader takes decimal ints only and quoted strings only, but any PROTO and any FRAME.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'OPT-21/hexadecimal', says: 'A hexadecimal INT.' },
      { id: 'OPT-21/booleans', says: 'INT lines 00 and 01.' },
      { id: 'OPT-21/unquoted-string', says: 'A STRING without quotes.' },
      { id: 'OPT-21/proto-200', says: 'PROTO 200.' },
    ],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
  {
    id: 'OPT-22',
    chapter: 'OPT',
    title: 'Old strings',
    level: 'implementation',
    oracle: 'instructions',
    says: 'Arguments of the three Python 2 string instructions are latin-1 text, and up to 3.13 those of STRING must be ASCII.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'OPT-22/short-binstring', says: 'A SHORT_BINSTRING beyond ASCII.' },
      { id: 'OPT-22/string', says: 'A STRING beyond ASCII.' },
    ],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
  {
    id: 'OPT-23',
    chapter: 'OPT',
    title: 'dis',
    level: 'documented',
    oracle: 'error',
    says: 'The disassembler follows the stack and the memo as far as kinds go, and reports what cannot be with ValueError; its layout has fixed columns.',
    source: 'library reference, pickletools.dis; measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'OPT-23/layout', says: 'The columns.' },
      { id: 'OPT-23/pops-too-many', says: 'A pop of what is not there.' },
      { id: 'OPT-23/no-mark', says: 'A missing MARK.' },
      { id: 'OPT-23/not-empty-after-stop', says: 'Something left over.' },
      { id: 'OPT-23/never-stored', says: 'A GET of what was never stored.' },
    ],
    excluded:
      'A scenario asks picklers and unpicklers; the tools are tested beside their code in the reference.',
  },
]
