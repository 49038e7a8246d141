import { changeMessage } from './change-message.ts'
import { dropCell } from './drop-cell.ts'
import { dropNegation } from './drop-negation.ts'
import { dropStatement } from './drop-statement.ts'
import { exchangeProfileValues } from './exchange-profile-values.ts'
import { flipBoolean } from './flip-boolean.ts'
import { negateCondition } from './negate-condition.ts'
import type { Operator } from './operator.ts'
import { shiftBoundary } from './shift-boundary.ts'
import { shiftConstant } from './shift-constant.ts'
import { swapArithmetic } from './swap-arithmetic.ts'
import { swapCells } from './swap-cells.ts'
import { swapEquality } from './swap-equality.ts'
import { swapLogical } from './swap-logical.ts'

/** All ways in which the reference is broken. */
export const operators: readonly Operator[] = [
  negateCondition,
  dropNegation,
  shiftBoundary,
  swapEquality,
  swapLogical,
  swapArithmetic,
  shiftConstant,
  flipBoolean,
  dropStatement,
  changeMessage,
  swapCells,
  dropCell,
  exchangeProfileValues,
]
