/** The bits of a word of the machine that the engine runs on, which are those of a C long. */
export type WordSize = 32 | 64
