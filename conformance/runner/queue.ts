/** Questions in order, with what is put back in front, cut into batches that may share a request. */
export class Queue<Q> {
  readonly #source: Iterator<Q>
  readonly #key: (question: Q) => string
  #front: Q[] = []

  constructor(questions: Iterable<Q>, key: (question: Q) => string) {
    this.#source = questions[Symbol.iterator]()
    this.#key = key
  }

  next(): Q | undefined {
    const front = this.#front.shift()
    if (front !== undefined) return front
    const { done, value } = this.#source.next()
    return done === true ? undefined : value
  }

  putBack(questions: readonly Q[]): void {
    this.#front = [...questions, ...this.#front]
  }

  /** At most `size` questions of one key; none when there are no more. */
  batch(size: number): Q[] {
    const taken: Q[] = []
    let key: string | undefined
    while (taken.length < size) {
      const question = this.next()
      if (question === undefined) break
      key ??= this.#key(question)
      if (this.#key(question) !== key) {
        this.putBack([question])
        break
      }
      taken.push(question)
    }
    return taken
  }
}
