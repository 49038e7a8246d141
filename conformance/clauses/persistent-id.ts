import type { Clause } from './clause.ts'

/** Persistent ids: chapter PERS. */
export const persistentIdClauses: readonly Clause[] = [
  {
    id: 'PERS-01',
    chapter: 'PERS',
    title: 'An answer other than None stands in for the object',
    level: 'documented',
    oracle: 'instructions',
    says: 'Every answer but None replaces the object: at protocol 0 by PERSID with the str of the id on a line, from protocol 1 on by the saved id and BINPERSID.',
    source: 'library reference, Pickler.persistent_id and Persistence of External Objects',
    boundaries: [
      { id: 'PERS-01/none-declines', says: 'None leaves the object to the usual questions.' },
      { id: 'PERS-01/zero', says: '0 is an id.' },
      { id: 'PERS-01/false', says: 'False is an id.' },
      { id: 'PERS-01/empty-str', says: 'The empty str is an id.' },
      { id: 'PERS-01/empty-tuple', says: 'The empty tuple is an id.' },
      { id: 'PERS-01/not-implemented', says: 'NotImplemented is an id, not a refusal.' },
      { id: 'PERS-01/str', says: 'A str id.' },
      { id: 'PERS-01/int', says: 'An int id.' },
      { id: 'PERS-01/tuple', says: 'A tuple id.' },
      { id: 'PERS-01/list', says: 'A list id.' },
      { id: 'PERS-01/instance', says: 'An instance as id, reduced like any value.' },
      { id: 'PERS-01/protocol-0', says: 'PERSID with the text of the id.' },
      { id: 'PERS-01/protocol-0-int', says: 'An int id at protocol 0 is its decimal text.' },
      { id: 'PERS-01/protocol-0-tuple', says: 'A tuple id at protocol 0 is its str.' },
      {
        id: 'PERS-01/protocol-1',
        says: 'The id and BINPERSID, in the binary forms of protocol 1.',
      },
      { id: 'PERS-01/protocols-2-3', says: 'The id and BINPERSID after PROTO.' },
      { id: 'PERS-01/protocols-4-5', says: 'The id and BINPERSID inside a frame.' },
      { id: 'PERS-01/root', says: 'The whole object is replaced.' },
      { id: 'PERS-01/list-item', says: 'An item of a list is replaced.' },
      { id: 'PERS-01/dict-key', says: 'A key is replaced.' },
      { id: 'PERS-01/dict-value', says: 'A value is replaced.' },
      { id: 'PERS-01/argument-of-reduction', says: 'An argument of a reduction is replaced.' },
      { id: 'PERS-01/state-of-instance', says: 'The state of an instance is replaced.' },
      { id: 'PERS-01/constructor', says: 'The callable of a reduction is replaced.' },
      {
        id: 'PERS-01/not-memoized',
        says: 'A replaced object does not enter the memo: its next meeting asks again and repeats the id.',
      },
      {
        id: 'PERS-01/answers-differ-by-meeting',
        says: 'Declined at the first meeting and replaced at the second.',
      },
    ],
  },
  {
    id: 'PERS-02',
    chapter: 'PERS',
    title: 'The id is saved like any value',
    level: 'implementation',
    oracle: 'instructions',
    says: 'From protocol 1 on the id goes through the ordinary save: it enters the memo, can be fetched, and what it contains is offered to the hook.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [
      {
        id: 'PERS-02/str-id-shared',
        says: 'One str object as the id of two objects is written once and fetched once.',
      },
      { id: 'PERS-02/equal-str-ids', says: 'Two equal ids that are two objects are both written.' },
      {
        id: 'PERS-02/tuple-items-offered',
        says: 'The items of a tuple id are offered to the hook and may be replaced themselves.',
      },
      { id: 'PERS-02/list-id', says: 'A list id with its items.' },
      {
        id: 'PERS-02/id-met-as-a-value',
        says: 'An id that also occurs as an ordinary value is shared with it.',
      },
      {
        id: 'PERS-02/id-is-the-object',
        says: 'The object itself as its own id is saved, not replaced again.',
      },
      {
        id: 'PERS-02/protocol-0-no-memo',
        says: 'At protocol 0 the text of the id is not memoized.',
      },
    ],
  },
  {
    id: 'PERS-03',
    chapter: 'PERS',
    title: 'The id is offered to the hook and the answer dropped',
    level: 'implementation',
    oracle: 'trace',
    says: {
      c: 'The hook is not called for an id.',
      pure: 'From protocol 1 on, up to 3.13.0, the hook is called once more with the id and its answer is ignored; later patches of 3.12 and 3.13, and 3.14, do not call it.',
    },
    source: 'measured on CPython 3.8-3.14; python/cpython issue 126489',
    boundaries: [
      { id: 'PERS-03/protocol-0', says: 'At protocol 0 the id is not offered.' },
      { id: 'PERS-03/protocol-1', says: 'At protocol 1.' },
      { id: 'PERS-03/protocols-2-to-5', says: 'At protocols 2 to 5.' },
      {
        id: 'PERS-03/answer-for-the-id',
        says: 'A hook that would replace the id too has no effect on the pickle.',
      },
    ],
  },
  {
    id: 'PERS-04',
    chapter: 'PERS',
    title: 'A protocol 0 id is one ASCII line',
    level: 'documented',
    oracle: 'error',
    says: 'At protocol 0 the str of an id must be ASCII, else the dump fails with PicklingError; a line feed in it is not noticed and spoils the pickle.',
    source: 'library reference, Persistence of External Objects, footnote on protocol 0',
    boundaries: [
      { id: 'PERS-04/ascii', says: 'An ASCII id passes.' },
      { id: 'PERS-04/non-ascii', says: 'An id with a character beyond ASCII fails.' },
      {
        id: 'PERS-04/non-ascii-in-tuple',
        says: 'A tuple whose str holds a character beyond ASCII fails.',
      },
      { id: 'PERS-04/line-feed', says: 'An id with a line feed is written as it is.' },
      { id: 'PERS-04/empty', says: 'The empty id is an empty line.' },
      { id: 'PERS-04/non-ascii-protocol-1', says: 'From protocol 1 on any str is an id.' },
      {
        id: 'PERS-04/cause-in-pure',
        says: 'The pure engine names UnicodeEncodeError as the cause.',
      },
    ],
  },
  {
    id: 'PERS-05',
    chapter: 'PERS',
    title: 'Where persistent_id may be defined',
    level: 'implementation',
    oracle: 'trace',
    says: {
      c: 'Up to 3.12 the hook is fetched at construction and a method of the class beats a later attribute; from 3.13 on it is fetched at the start of each dump, the instance before the class, and only 3.13.0 refuses to set it on a plain Pickler.',
      pure: 'The hook is looked up on the instance, then on its class, each time a value is saved, so whatever is set at that moment counts.',
    },
    source: 'measured on CPython 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1, 3.13.0 and 3.14.2',
    boundaries: [
      { id: 'PERS-05/subclass-method', says: 'A method of a subclass is used by every release.' },
      {
        id: 'PERS-05/instance-of-plain-pickler',
        says: 'An attribute of a plain Pickler: refused with AttributeError by C 3.13.0 only.',
      },
      {
        id: 'PERS-05/instance-of-empty-subclass',
        says: 'An attribute of an instance of a subclass without the method is used by every release.',
      },
      {
        id: 'PERS-05/instance-over-method',
        says: 'An attribute over a method: the method wins in C up to 3.12, the attribute elsewhere.',
      },
      {
        id: 'PERS-05/class-attribute-after-construction',
        says: 'A method added to the class after construction is ignored by C up to 3.12.',
      },
      {
        id: 'PERS-05/class-attribute-replaced',
        says: 'A method exchanged on the class after construction keeps the old one in C up to 3.12.',
      },
      {
        id: 'PERS-05/default-is-none',
        says: 'The hook called without being overridden gives None; C up to 3.12 has no such attribute.',
      },
      {
        id: 'PERS-05/super-call',
        says: 'The default reached from an override gives None; C up to 3.12 recurses without end.',
        excluded: 'The scenario language has no way to say super().',
      },
      {
        id: 'PERS-05/none-on-plain-instance',
        says: 'None set on a plain Pickler: TypeError at the assignment in C up to 3.12, AttributeError there in C 3.13.0, TypeError at the dump elsewhere.',
      },
      {
        id: 'PERS-05/none-on-subclass-instance',
        says: 'None set on an instance of an empty subclass: TypeError at the assignment in C up to 3.12, at the dump elsewhere.',
      },
      {
        id: 'PERS-05/deleted',
        says: 'Deleting a set attribute returns to the default; C up to 3.12 refuses with TypeError, C 3.13.0 on a plain Pickler with AttributeError.',
      },
      {
        id: 'PERS-05/deleted-over-method',
        says: 'Deleting an attribute over a method returns to the method.',
      },
      {
        id: 'PERS-05/deleted-when-unset',
        says: 'Deleting what was never set is refused everywhere but in C 3.14.',
      },
      {
        id: 'PERS-05/set-between-dumps',
        says: 'An attribute set between two dumps counts for the second.',
      },
      {
        id: 'PERS-05/set-during-dump',
        says: 'An attribute set by a hook in the middle of a dump counts at once in C up to 3.12 and in the pure engine, and from the next dump on in C from 3.13 on.',
      },
      {
        id: 'PERS-05/replaced-during-dump',
        says: 'An attribute exchanged in the middle of a dump: at once in C up to 3.12 and in the pure engine, from the next dump on in C from 3.13 on.',
      },
      {
        id: 'PERS-05/deleted-during-dump',
        says: 'An attribute deleted in the middle of a dump: refused with TypeError by C up to 3.12, from the next dump on in C from 3.13 on, at once in the pure engine.',
      },
      {
        id: 'PERS-05/property-raises-attribute-error',
        says: 'A property that raises AttributeError counts as absent in C up to 3.12 and fails elsewhere.',
      },
      {
        id: 'PERS-05/property-raises-other',
        says: 'Any other exception of the property is passed on, at construction by C up to 3.12 and at the dump elsewhere.',
      },
    ],
  },
  {
    id: 'PERS-06',
    chapter: 'PERS',
    title: 'A hook that cannot be called, or raises',
    level: 'implementation',
    oracle: 'error',
    says: 'A class attribute persistent_id of None fails with TypeError at the first object saved, and what a hook raises is passed on unchanged.',
    source: 'measured on CPython 3.8-3.14',
    boundaries: [
      { id: 'PERS-06/none-on-class', says: 'None as the class attribute.' },
      { id: 'PERS-06/int-on-class', says: 'An int as the class attribute.' },
      { id: 'PERS-06/raises-at-root', says: 'The hook raises at the outermost object.' },
      {
        id: 'PERS-06/raises-inside-list',
        says: 'The hook raises for an item: from 3.14 on with a note for the list.',
      },
      {
        id: 'PERS-06/raises-inside-state',
        says: "The hook raises for a part of an instance's state.",
      },
      {
        id: 'PERS-06/raises-pickling-error',
        says: 'A PicklingError raised by the hook keeps its class and text.',
      },
      {
        id: 'PERS-06/raises-attribute-error',
        says: 'An AttributeError raised by the hook is not taken for a missing hook.',
      },
    ],
  },
]
