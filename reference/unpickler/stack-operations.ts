import type { Unpickling } from './unpickling.ts'

/** @clause OP-POP */
export function loadPop(u: Unpickling): void {
  const { stack, marks, fence } = u
  if (stack.length > fence) stack.pop()
  else if (!u.isC || (marks.length > 0 && fence === stack.length)) u.unmark()
  else throw u.underflow()
}

/** @clause OP-POP_MARK */
export function loadPopMark(u: Unpickling): void {
  u.stack.length = u.unmark()
}

/** @clause OP-DUP */
export function loadDup(u: Unpickling): void {
  u.push(u.top())
}

/** @clause OP-MARK */
export function loadMark(u: Unpickling): void {
  u.mark()
}
