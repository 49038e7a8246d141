/** What commands may use of the doctor. */

export { examine } from './examine.ts'
export type { Finding } from './finding.ts'
export { mistakes } from './mistakes.ts'
