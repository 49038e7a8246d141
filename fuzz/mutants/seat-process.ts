import type { Order, Report } from './process-seat.ts'
import { ThreadSeat } from './thread-seat.ts'

/** The process of a seat: it has a thread carry out what it is told, and ends with who tells it. */

const reportMs = 100

let seat: ThreadSeat | undefined

const report = (message: Report): void => void process.send?.(message)

process.on('message', ({ task, plain, patience }: Order) => {
  const worker = new URL('worker.js', import.meta.url)
  seat ??= new ThreadSeat(worker, plain)
  let at = 0
  const timer = setInterval(() => report({ at }), reportMs)
  const allowed = (place: number): number => {
    at = place
    return patience[place] ?? patience[0] ?? 0
  }
  void seat.carryOut(task, allowed).then((result) => {
    clearInterval(timer)
    report({ result })
  })
})

process.on('disconnect', () => process.exit())
