import type { PyClass, PyDict, PyValue } from '../values/value.ts'
import type { Unpickling } from './unpickling.ts'

/** What is given to a constructor besides the class. */
export type Given = { readonly args: readonly PyValue[]; readonly keywords: PyDict | null }

/** How a built-in type makes an instance, and how it fills one that is new. */
export type Constructor = {
  /** `T.__new__(cls, …)`: the content, or the instance itself when it is no content. */
  readonly make: (u: Unpickling, cls: PyClass, given: Given) => PyValue
  /** `T.__init__(self, …)`; absent where the type has none of its own. */
  readonly fill?: (u: Unpickling, content: PyValue, cls: PyClass, given: Given) => void
}
