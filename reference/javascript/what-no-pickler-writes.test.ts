import { describe, expect, test } from 'vitest'
import { refusal } from '../fixtures/refusal.ts'
import { loadKnowing, Point } from './fixtures/known-classes.ts'
import { builtin, called, pickle } from './fixtures/loading.ts'
import { dumps } from './pickler.ts'
import { Reduced } from './reduced.ts'
import { loads } from './unpickler.ts'
import { ByteArray, global, tuple } from './values.ts'

describe('what no pickler writes', () => {
  test.each<[text: string, expected: unknown]>([
    ['c_codecs\nencode\n(Vé\ntR.', called(global('_codecs', 'encode'), 'é')],
    ['c_codecs\nencode\n(I1\nVlatin1\ntR.', called(global('_codecs', 'encode'), 1, 'latin1')],
    ['cbuiltins\nbytes\n(I9\ntR.', called(builtin('bytes'), 9)],
    ['cbuiltins\nbytearray\n(I9\ntR.', called(builtin('bytearray'), 9)],
    ['cbuiltins\nbytearray\n(Va\nVb\nVc\ntR.', called(builtin('bytearray'), 'a', 'b', 'c')],
    [
      'cbuiltins\nbytearray\n(Va\nVlatin-1\nVstrict\ntR.',
      called(builtin('bytearray'), 'a', 'latin-1', 'strict'),
    ],
    ['cbuiltins\nbytearray\n(Va\nVb\ntR.', called(builtin('bytearray'), 'a', 'b')],
    ['cbuiltins\nbytearray\n(Va\nVlatin-1\ntR.', ByteArray.of(97)],
    ['cbuiltins\nbytearray\n(tR.', new ByteArray()],
    ['cbuiltins\ngetattr\n(Va\nVb\ntR.', called(builtin('getattr'), 'a', 'b')],
    [
      'cbuiltins\ngetattr\n(cm\nC\nVb\nNtR.',
      called(builtin('getattr'), global('m', 'C'), 'b', null),
    ],
    ['cbuiltins\ngetattr\n(tR.', called(builtin('getattr'))],
    [
      'ccopyreg\n_reconstructor\n(capp\nPoint\ntR.',
      called(global('copyreg', '_reconstructor'), Point),
    ],
    ['ccopyreg\n__newobj__\n(tR.', called(global('copyreg', '__newobj__'))],
    ['ccopyreg\n__newobj__\n(cm\nC\nI1\ntR.', new Reduced(global('m', 'C'), [1], { isNew: true })],
    ...['N(d', '(tN', '(t(dN', '(tI1\n'].map(
      (given) =>
        [
          `ccopyreg\n__newobj_ex__\n(cm\nC\n${given}tR.`,
          called(
            global('copyreg', '__newobj_ex__'),
            ...[global('m', 'C')],
            ...(given === 'N(d' ? [null] : [tuple()]),
            ...(given === '(tN' ? [null] : given === '(tI1\n' ? [1] : [new Map()]),
            ...(given === '(t(dN' ? [null] : []),
          ),
        ] as [string, unknown],
    ),
    ['ccopyreg\n__newobj_ex__\n(tR.', called(global('copyreg', '__newobj_ex__'))],
    [
      'ccopyreg\n__newobj_ex__\n(cm\nC\n(t(dtR.',
      new Reduced(global('m', 'C'), [], { isNew: true, keywords: new Map() }),
    ],
  ])('%j is recorded as it is', (text, expected) => {
    expect(loadKnowing(pickle(text))).toEqual(expected)
  })

  test.each<[text: string, deeds: unknown]>([
    [
      'cm\nf\n(tRI1\nbI2\nb.',
      [
        ['state', 1],
        ['state', 2],
      ],
    ],
    [
      'cm\nf\n(tRI1\nbI2\na.',
      [
        ['state', 1],
        ['append', 2],
      ],
    ],
    ['cm\nf\n(tRNb.', [['state', null]]],
    ['cm\nf\n(tR(I1\n\x90.', [['add', 1]]],
    [
      'cm\nf\n(tRI1\nI2\nsI3\na.',
      [
        ['setitem', 1, 2],
        ['append', 3],
      ],
    ],
  ])('%j is told in its order, and cannot be dumped', (text, deeds) => {
    const loaded = loads(pickle(text)) as Reduced

    expect(loaded.deeds).toEqual(deeds)
    expect(refusal(() => dumps(loaded)).message).toBe(
      'what m.f makes was changed in a way that no reduction can tell',
    )
  })

  test('a name that something was done to cannot be dumped', () => {
    const loaded = loads(pickle('cm\nC\nI1\nb.'))

    expect(loaded).toEqual(Object.assign(global('m', 'C'), { deeds: [['state', 1]] }))
    expect(refusal(() => dumps(loaded)).message).toBe(
      'm.C was changed in a way that no reduction can tell',
    )
  })

  test('of what is no class nothing is made', () => {
    const len = new Reduced(builtin('len'), [], { isNew: true })

    expect(refusal(() => dumps(len)).message).toBe(
      'builtins.len is no class, of which an object could be made',
    )
  })
})
