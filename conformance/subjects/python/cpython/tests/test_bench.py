"""Benchmarks, plain dumps and tools."""

import hashlib
import io
import unittest

from cpython.bench import Workload
from cpython.engines import ENGINES
from cpython.isolation import Isolation
from cpython.plan import plan_of
from cpython.tests.test_identity import NAMED
from cpython.tests.scenarios import ask, canonical, data, run, run_one

ENGINE_IDS = tuple(ENGINES)
REDUCE = {'rules': [{'match': {'class': 'A'}, 'returns': {'tuple': [
    {'function': 'f'}, {'tuple': ['ab', {'list': [1, {'dict': [['k', {'self': '__dict__'}]]}]}]},
    None, {'iterator': [5, 'xy']}]}}]}
WORKLOADS = [
    dict(value={'list': [{'repeat': 20, 'of': {'dict': [['a', 1]]}}]}),
    dict(value={'list': [{'repeat': 3, 'of': {'instance': 'A', 'attributes': [['x', 1]]}}]},
         classes=[{'name': 'A', 'hooks': {'__reduce_ex__': REDUCE}}], functions=[{'name': 'f'}]),
    dict(value={'list': [{'repeat': 3, 'of': {'instance': 'A', 'attributes': [['x', 1]]}}, 5, 'z']},
         classes=[{'name': 'A'}], functions=[{'name': 'f'}],
         pickler={'subclass': {'reducer_override': dict(REDUCE, **{'else': {
             'singleton': 'NotImplemented'}})}}),
    dict(value={'list': [{'instance': 'A'}, 1, {'instance': 'A'}]}, classes=[{'name': 'A'}],
         functions=[{'name': 'f', 'call': {'rules': [], 'else': 'pid'}}],
         pickler={'subclass': {'persistent_id': {'rules': [
             {'match': {'class': 'A'}, 'returns': {'tuple': ['id', 1]}}]}}}),
    dict(value={'list': [{'instance': 'A', 'attributes': [['x', 1]]}]}, classes=[{'name': 'A'}],
         functions=[{'name': 'f'}], pickler={'instance': {'fast': True, 'dispatch_table': {
             'kind': 'dict', 'entries': [['A', REDUCE]]}}}),
    dict(value={'list': [{'instance': 'A', 'attributes': [['x', 1]]}]}, classes=[{'name': 'A'}],
         functions=[{'name': 'f'}, {'name': 'g', 'call': REDUCE}], copyreg={'dispatch_table': [
             ['A', {'is': {'function': 'g'}}]], 'extensions': []}),
    NAMED,
]

STATE = {'rules': [{'returns': {'self': '__dict__'}}]}
LOADED = [WORKLOADS[0]] + [
    dict(value={'list': [{'repeat': 3, 'of': {'instance': 'A', 'attributes': [['x', 1]]}}]},
         classes=[{'name': 'A', 'hooks': hooks}])
    for hooks in ({}, {'__getstate__': STATE, '__setstate__': {'rules': []}})]


def bench(scenario, engine, operation, **more):
    return ask(dict(dict(id=1, request='bench', engine=engine, protocol=4, operation=operation,
                         scenario=scenario, loops=2, samples=3), **more))[0]


class Bench(unittest.TestCase):
    def test_the_pickle_measured_is_the_one_of_a_run(self):
        for given in WORKLOADS:
            scenario = canonical(**given)
            for engine in ENGINE_IDS:
                with self.subTest(given=given, engine=engine):
                    wanted = run([scenario], [engine], [4])[0][0]['steps'][1]['bytes']
                    found = bench(scenario, engine, 'dump')['bench']
                    self.assertEqual(found['sha256'],
                                     hashlib.sha256(bytes.fromhex(wanted)).hexdigest())
                    self.assertEqual(found['bytes'], len(wanted) // 2)
                    self.assertEqual(len(found['samples']), 3)
                    self.assertTrue(all(sample > 0 for sample in found['samples']))

    def test_loads_are_measured_and_told_as_those_of_a_step(self):
        for given in LOADED:
            scenario = canonical(**given)
            steps = scenario['steps'] + [{'load': {'step': 1}}]
            for engine in ENGINE_IDS:
                with self.subTest(given=given, engine=engine):
                    found = bench(scenario, engine, 'load')['bench']
                    self.assertEqual(len(found['samples']), 3)
                    self.assertNotIn('graph', found)
                    told = bench(scenario, engine, 'load', graph=True)['bench']['graph']
                    wanted = run([dict(scenario, steps=steps)], [engine], [4])[0][0]
                    self.assertEqual(told, wanted['steps'][2]['graph'])

    def test_a_dump_has_no_graph(self):
        scenario = canonical(**WORKLOADS[0])
        self.assertNotIn('graph', bench(scenario, ENGINE_IDS[0], 'dump', graph=True)['bench'])

    def test_hooks_of_a_workload_are_functions_of_their_own(self):
        for given in WORKLOADS[1:]:
            scenario = canonical(**given)
            for found in quick_hooks(scenario):
                self.assertEqual(found.__code__.co_filename, '<string>')

    def test_a_pickle_that_changes_is_an_error(self):
        for engine in ENGINE_IDS:
            answer = bench(canonical(value={'iterator': [1, 2]}, pickler={'subclass': {
                'persistent_id': {'rules': [{'nth': 1, 'returns': 5}]}}}), engine, 'dump')
            self.assertIn('another pickle', answer['error']['message'])


def quick_hooks(scenario):
    """The hooks of a workload that stand in classes, tables and the pickler."""
    workload = Workload(scenario, plan_of(scenario), ENGINE_IDS[0], 4)
    workload.isolation = Isolation()
    found = []
    try:
        workload.prepare()
        for cls in workload.classes.values():
            found.extend(hook for name, hook in vars(cls).items() if name == '__reduce_ex__')
        pickler = workload.maker()(io.BytesIO())
        for name in ('reducer_override', 'persistent_id'):
            if type(pickler) is not workload.pickler_class and name in vars(type(pickler)):
                found.append(vars(type(pickler))[name])
        found.extend(getattr(pickler, 'dispatch_table', {}).values())
        found.extend(function for name, function in workload.functions.items() if name == 'g')
    finally:
        workload.isolation.end()
    if not found:
        raise AssertionError('the workload has no hooks')
    return found


class Dumps(unittest.TestCase):
    def test_plain_values_are_dumped_by_every_engine_and_protocol(self):
        answers = ask(dict(id=1, request='dump', engines=list(ENGINES), protocols=[0, 2],
                           values=[5, {'buffer': {'bytes': ''}, 'node': 0}, {'odd': 1}]))
        self.assertEqual([dump.get('bytes') for dump in answers[0]['dumps']],
                         ['49350a2e', '80024b052e'] * len(ENGINES))
        self.assertEqual([dump['refused']['class'] for dump in answers[1]['dumps']],
                         ['PicklingError'] * 2 * len(ENGINES))
        self.assertEqual(answers[2]['error']['place'], 'steps[0].dump')


class Tools(unittest.TestCase):
    def tool(self, name, data):
        return ask(dict(id=1, request='tool', tool=name, pickles=[data]))[0]['tool']

    def test_disassembly_is_the_text_of_pickletools(self):
        self.assertEqual(self.tool('disassemble', '4b012e')['text'],
                         '    0: K    BININT1    1\n    2: .    STOP\n'
                         'highest protocol among opcodes = 1\n')
        self.assertEqual(self.tool('disassemble', '4b01')['refused']['class'], 'ValueError')

    def test_optimize(self):
        self.assertEqual(self.tool('optimize', '80025d71002e')['bytes'], '80025d2e')

    def test_names_come_once_in_order(self):
        nested = '800428' + '8c016d948c0141949394' + '8c0142948c016d93' + '680068019393' + '632e'
        self.assertEqual(self.tool('globals', b'(cos\nsystem\ncos\npath\ncos\nsystem\nt.'.hex()),
                         {'globals': ['os:system', 'os:path']})
        self.assertEqual(self.tool('globals', (
            b'\x80\x04\x8c\x01m\x94\x8c\x01A\x94\x93\x94h\x00\x8c\x01B\x93'
            b'h\x01h\x00\x93\x87.').hex()),
            {'globals': ['m:A', 'm:B', 'A:m']})
        self.assertIn('refused', self.tool('globals', nested))


class Known(unittest.TestCase):
    def test_each_known_reduction_can_be_measured(self):
        measured = 0
        for case in data('pickles.json'):
            if not case['name'].startswith('reduction-'):
                continue
            scenario = canonical(**case['scenario'])
            step = run_one('py', 2, (), **case['scenario'])['steps'][-1]
            answer = bench(scenario, 'py', 'dump', protocol=2, loops=1, samples=1)
            with self.subTest(case=case['name']):
                if 'refused' in step:
                    self.assertIn('error', answer)
                else:
                    self.assertEqual(answer['bench']['sha256'], hashlib.sha256(
                        bytes.fromhex(step['bytes'])).hexdigest())
                    measured += 1
        self.assertGreater(measured, 8)


if __name__ == '__main__':
    unittest.main()
