import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  customMatchers,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
} from '@vitest/expect'

/**
 * What unit tests import from vitest, for running them in this very thread, one by one, against a
 * build with a mutant in it. The assertions are those of vitest.
 */

type Act = (...given: readonly unknown[]) => unknown

type Group = {
  readonly within: Group | undefined
  readonly beforeAll: Act[]
  readonly beforeEach: Act[]
  readonly afterEach: Act[]
  readonly afterAll: Act[]
  isReady: boolean
}

/** A test of a file. */
export type Collected = { readonly name: string; readonly run: () => Promise<void> }

const newGroup = (within: Group | undefined): Group => ({
  ...{ within, beforeAll: [], beforeEach: [], afterEach: [], afterAll: [], isReady: false },
})

let tests: Collected[] = []
let groups: Group[] = []
let current = newGroup(undefined)
let prefix = ''

/** The tests of a file, which says what they are when it is loaded. */
export async function collectTests(load: () => Promise<unknown>): Promise<readonly Collected[]> {
  tests = []
  current = newGroup(undefined)
  groups.push(current)
  prefix = ''
  await load()
  return tests
}

/** Tidies up behind the tests that were run. */
export async function endTests(): Promise<void> {
  for (const group of groups.filter(({ isReady }) => isReady).reverse()) {
    for (const act of group.afterAll) await act()
  }
  groups = []
}

const around = (group: Group): readonly Group[] =>
  group.within === undefined ? [group] : [...around(group.within), group]

function addTest(name: string, act: Act, given: readonly unknown[]): void {
  const own = current
  const run = async (): Promise<void> => {
    const outer = around(own)
    for (const group of outer.filter(({ isReady }) => !isReady)) {
      group.isReady = true
      for (const before of group.beforeAll) await before()
    }
    for (const group of outer) for (const before of group.beforeEach) await before()
    try {
      await act(...given)
    } finally {
      for (const group of [...outer].reverse()) for (const after of group.afterEach) await after()
    }
  }
  tests.push({ name: `${prefix}${name}`, run })
}

function addGroup(name: string, act: Act, given: readonly unknown[]): void {
  const [outer, before] = [current, prefix]
  current = newGroup(outer)
  groups.push(current)
  prefix = `${before}${name} > `
  try {
    act(...given)
  } finally {
    current = outer
    prefix = before
  }
}

type Adding = (name: string, act: Act, given: readonly unknown[]) => void

function declaring(add: Adding) {
  const one = (name: string, ...rest: readonly unknown[]): void => add(name, actOf(rest), [])
  const each =
    (rows: readonly unknown[]) =>
    (name: string, ...rest: readonly unknown[]): void => {
      rows.forEach((row, at) => {
        add(`${name} #${at}`, actOf(rest), Array.isArray(row) ? row : [row])
      })
    }
  return Object.assign(one, { each, concurrent: one })
}

/** Options may stand before what is done. */
function actOf(rest: readonly unknown[]): Act {
  const act = rest.find((one) => typeof one === 'function')
  if (typeof act !== 'function') throw new TypeError('found a test that does nothing')
  return (...given) => act(...given)
}

export const test = declaring(addTest)
export const describe = declaring(addGroup)
export const beforeAll = (act: Act): void => void current.beforeAll.push(act)
export const beforeEach = (act: Act): void => void current.beforeEach.push(act)
export const afterEach = (act: Act): void => void current.afterEach.push(act)
export const afterAll = (act: Act): void => void current.afterAll.push(act)

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)

export const expect = Object.assign(
  (value: unknown, message?: string) => chai.expect(value, message),
  chai.expect,
  Reflect.get(globalThis, ASYMMETRIC_MATCHERS_OBJECT),
)
Reflect.apply(Reflect.get(chai.expect, 'extend'), chai.expect, [expect, customMatchers])
