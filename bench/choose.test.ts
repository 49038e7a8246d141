import { expect, test } from 'vitest'
import type { KnownSubject } from '../conformance/index.ts'
import { chooseWorkloads, defaultSubjects } from './choose.ts'
import { workloads } from './workloads/index.ts'

const names = (wanted: readonly string[]): string[] =>
  chooseWorkloads(wanted, workloads).map(({ name }) => name)

test('workloads are chosen by name or by how their names begin, in their own order', () => {
  expect(names(['all'])).toHaveLength(workloads.length)
  expect(names(['persistent-id', 'dispatch-table'])).toEqual([
    'dispatch-table-instance',
    'dispatch-table-subclass',
    'dispatch-table-copyreg',
    'persistent-id',
  ])
})

test('without names one route of instances is enough', () => {
  const left = names(['instances']).filter((name) => name !== 'instances-default')

  expect(left.length).toBeGreaterThan(10)
  expect(names([]).concat(left).sort()).toEqual(names(['all']).sort())
})

test('a name that is one of a workload stands for that one alone', () => {
  expect(names(['pickle'])).toEqual(['pickle'])
})

test('a name that is none is refused, with those there are', () => {
  expect(() => names(['pickl'])).toThrow(
    '"pickl" is no workload; workloads are pickle, pickle-list',
  )
})

function ready(id: string): KnownSubject {
  const limits = { startMs: 1, scenarioMs: 1, memoryMiB: 1, lineBytes: 1 }
  const none = { dataMiB: null, addressMiB: null }
  const subject = { id, command: ['x'], env: {}, cwd: '.', limits: { ...limits, ...none } }
  return { id, title: id, folder: '.', status: 'ready', subject }
}

test.each([
  [['reference', 'cpython-3.9.1', 'cpython-3.13.0', 'cpython-3.14-embedded'], 'cpython-3.13.0'],
  [['reference', 'cpython-3.14-embedded', 'cpython-3.15-embedded'], 'cpython-3.14-embedded'],
])('of %j, %s is timed beside the reference', (ids, python) => {
  expect(defaultSubjects(ids.map(ready))).toEqual(['reference', python])
})

test('who is absent is not timed', () => {
  const absent: KnownSubject = {
    id: 'cpython-3.15.0',
    title: '',
    folder: '.',
    status: 'absent',
    reason: 'not found',
  }

  expect(defaultSubjects([absent, ready('cpython-3.8.1')])).toEqual(['cpython-3.8.1'])
})
