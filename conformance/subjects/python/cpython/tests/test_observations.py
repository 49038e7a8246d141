"""What is told of each step, from bytes to orders, and what is told to be the same."""

import sys
import unittest

from cpython.engines import ENGINES, IS_PYPY
from cpython.tests.scenarios import ask, canonical, run, run_one

PASS = {'rules': []}
ENGINE_IDS = tuple(ENGINES)


class Steps(unittest.TestCase):
    def test_step_0_has_an_observation_and_may_end_the_run(self):
        for engine in ENGINE_IDS:
            self.assertEqual(run_one(engine, 2, (), value=1)['steps'],
                             [{}, {'bytes': '80024b012e'}])
            ended = run_one(engine, 2, (), value=1, pickler={'init': {'protocol': 'two'}})
            self.assertEqual([step['refused']['class'] for step in ended['steps']], ['TypeError'])
            self.assertIsNone(ended['protocol'])

    def test_a_refused_step_does_not_end_the_run(self):
        for engine in ENGINE_IDS:
            steps = run_one(engine, 2, (), functions=[{'name': 'f', 'found': False}], steps=[
                {'dump': {'function': 'f'}},
                {'call': {'on': 'pickler', 'method': 'clear_memo', 'arguments': []}},
                {'dump': 'ab'}])['steps']
            self.assertEqual(steps[1]['refused']['class'], 'PicklingError')
            self.assertEqual(steps[2], {})
            self.assertEqual(steps[3], {'bytes': '800258020000006162' + '71002e'})

    def test_bytes_are_told_of_a_refused_step_too(self):
        steps = run_one('py', 2, (), value={'list': [1, {'function': 'f'}]},
                        functions=[{'name': 'f', 'found': False}])['steps']
        self.assertEqual(steps[1]['bytes'], '80025d7100284b01')
        self.assertIn('refused', steps[1])

    def test_a_refusal_tells_class_mro_message_and_cause(self):
        for engine in ENGINE_IDS:
            refused = run_one(engine, 0, (), value='x', pickler={'subclass': {'persistent_id': {
                'rules': [{'match': {'value': 'x'}, 'returns': '\xe9'}]}}})['steps'][1]['refused']
            self.assertEqual(refused['mro'], [
                'PicklingError', 'PickleError', 'Exception', 'BaseException'])
            self.assertEqual(refused['message'],
                             'persistent IDs in protocol 0 must be ASCII strings')
            self.assertEqual(refused['notes'], [])
            causes = {'py': ['UnicodeEncodeError'], 'c': [None, 'UnicodeEncodeError']}
            self.assertIn(refused['cause'], causes[engine])

    def test_notes_are_told_from_3_14_on(self):
        for engine in ENGINE_IDS:
            refused = run_one(engine, 4, (), value={'list': [{'function': 'f'}]},
                              functions=[{'name': 'f', 'found': False}])['steps'][1]['refused']
            self.assertEqual(refused['notes'] != [], sys.version_info >= (3, 14))

    def test_a_long_message_is_cut(self):
        for engine in ENGINE_IDS:
            raises = {'type': 'builtins:ValueError', 'message': 'x' * 5000}
            refused = run_one(engine, 2, (), value={'instance': 'A'}, classes=[{
                'name': 'A', 'hooks': {'__reduce__': {'rules': [{'raises': raises}]}}}])[
                    'steps'][1]['refused']
            self.assertEqual(refused['message'], 'x' * 1000)

    def test_what_is_raised_to_end_the_process_does_not(self):
        for name in ('SystemExit', 'KeyboardInterrupt', 'GeneratorExit', 'BaseException'):
            for engine in ENGINE_IDS:
                steps = run_one(engine, 2, (), value={'instance': 'A'}, classes=[{
                    'name': 'A', 'hooks': {'__reduce__': {'rules': [{'raises': {
                        'type': 'builtins:' + name, 'message': 'now'}}]}}}])['steps']
                self.assertEqual(steps[1]['refused']['class'], name)

    def test_attributes_are_set_and_deleted(self):
        for engine in ENGINE_IDS:
            steps = run_one(engine, 2, ('trace',), pickler={'subclass': {}}, steps=[
                {'set': {'on': 'class', 'name': 'reducer_override', 'to': PASS}},
                {'dump': {'singleton': 'Ellipsis'}},
                {'delete': {'on': 'class', 'name': 'reducer_override'}},
                {'dump': {'singleton': 'NotImplemented'}},
                {'delete': {'on': 'class', 'name': 'reducer_override'}}])['steps']
            self.assertEqual([len(step['trace']) for step in steps], [0, 0, 1, 0, 0, 0])
            self.assertEqual(steps[5]['refused']['class'], 'AttributeError')

    def test_tables_are_changed(self):
        reducer = {'rules': [], 'else': {'tuple': [{'function': 'f'}, {'tuple': []}]}}
        for table, pickler in (('copyreg', {}), ('pickler', {'instance': {'dispatch_table': {
                'kind': 'dict', 'entries': []}}}), ('class', {'subclass': {'dispatch_table': {
                    'kind': 'dict', 'entries': []}}})):
            for engine in ENGINE_IDS:
                steps = run_one(
                    engine, 2, ('trace',), pickler=pickler, classes=[{'name': 'A'}],
                    functions=[{'name': 'f'}], steps=[
                        {'put': {'table': table, 'key': 'A', 'to': reducer}},
                        {'dump': {'instance': 'A'}},
                        {'remove': {'table': table, 'key': 'A'}},
                        {'dump': {'instance': 'A'}},
                        {'remove': {'table': table, 'key': 'A'}}])['steps']
                place = {'copyreg': 'copyreg[A]', 'pickler': 'instance.dispatch_table[A]',
                         'class': 'subclass.dispatch_table[A]'}[table]
                self.assertEqual([[hook for hook, _, _ in step['trace']] for step in steps],
                                 [[], [], [place], [], [], []])
                self.assertEqual(steps[5]['refused']['class'], 'KeyError')

    def test_objects_are_changed_between_dumps(self):
        for engine in ENGINE_IDS:
            steps = run_one(engine, 0, (), steps=[
                {'call': {'on': {'object': 'l'}, 'method': 'insert', 'arguments': [0, 7]}},
                {'dump': {'list': [], 'id': 'l'}}])['steps']
            self.assertEqual(steps[2]['bytes'], '286c70300a49370a612e')


class Buffers(unittest.TestCase):
    def test_buffers_that_are_taken_are_told(self):
        value = {'list': [{'buffer': {'bytes': '726f'}}, {'buffer': {'bytearray': '7277'}}]}
        for engine in ENGINE_IDS:
            step = run_one(engine, 5, ('trace',), value=value, pickler={
                'init': {'buffer_callback': PASS}})['steps'][1]
            self.assertEqual(step['buffers'], [{'bytes': '726f', 'readonly': True},
                                               {'bytes': '7277', 'readonly': False}])
            self.assertEqual(step['trace'], [['init.buffer_callback', '#1', 'None'],
                                             ['init.buffer_callback', '#3', 'None']])

    def test_buffers_in_band_are_not(self):
        value = {'buffer': {'bytes': '726f'}}
        for engine in ENGINE_IDS:
            step = run_one(engine, 5, (), value=value, pickler={
                'init': {'buffer_callback': {'rules': [], 'else': True}}})['steps'][1]
            self.assertEqual(step, {'bytes': '80059506000000000000004302726f942e'})


class Memo(unittest.TestCase):
    def test_labels_stand_in_order_of_index(self):
        value = {'list': [{'id': 'x', 'dict': [['k', {'tuple': [1]}]]}, {'bytes': '6162'}]}
        for engine in ENGINE_IDS:
            steps = run_one(engine, 4, ('memo',), value=value)['steps']
            self.assertEqual([step['memo'] for step in steps],
                             [[], ['#0', 'x', '"k"', '#2', '#3']])

    def test_without_pickler_there_is_none(self):
        for engine in ENGINE_IDS:
            steps = run_one(engine, 4, ('memo',), value=1, pickler={
                'init': {'protocol': 6}})['steps']
            self.assertNotIn('memo', steps[0])


class Writes(unittest.TestCase):
    def test_each_call_is_told_with_its_type(self):
        steps = run_one('py', 0, ('writes',), value=[None, True][1])['steps']
        self.assertEqual([step['writes'] for step in steps], [[], [['bytes', 4], ['bytes', 1]]])


class Orders(unittest.TestCase):
    def orders(self, value, **given):
        return run_one('c', 4, ('orders',), value=value, **given)['orders']

    def order(self, *positions):
        """The order of small ints by value; on PyPy sets keep the order of the text."""
        return sorted(positions) if IS_PYPY else list(positions)

    def test_small_ints_are_in_order_whatever_the_text_says(self):
        self.assertEqual(self.orders({'set': [3, 1, 2]}), [['#0', self.order(1, 2, 0)]])
        self.assertEqual(self.orders({'frozenset': [3, 1, 2], 'id': 'f'}),
                         [['f', self.order(1, 2, 0)]])

    def test_equal_members_are_dropped_and_ranges_spelled_out(self):
        self.assertEqual(self.orders({'set': [7, {'range': [4, 6]}, {'repeat': 2, 'of': 5}, 6]}),
                         [['#0', self.order(1, 2, 3, 0)]])

    def test_sets_of_one_member_are_not_told(self):
        self.assertEqual(self.orders({'list': [{'set': [1]}, {'set': []}, {'frozenset': []}]}), [])

    def test_subclasses_and_sets_inside_reductions_are(self):
        value = {'list': [{'instance': 'S', 'of': {'set': [2, 1]}},
                          {'instance': 'F', 'of': {'frozenset': [2, 1]}}, {'instance': 'A'}]}
        given = dict(functions=[{'name': 'f'}], classes=[
            {'name': 'S', 'bases': ['builtins:set']},
            {'name': 'F', 'bases': ['builtins:frozenset']},
            {'name': 'A', 'hooks': {'__reduce__': {'rules': [], 'else': {'tuple': [
                {'function': 'f'}, {'tuple': [{'set': [9, 8]}]}]}}}}])
        self.assertEqual(self.orders(value, **given), [
            ['#4', self.order(1, 0)], ['#6', self.order(1, 0)], ['#2', self.order(1, 0)]])

    def test_they_stand_in_the_order_in_which_the_sets_were_made(self):
        value = {'list': [
            {'list': [{'set': [1, 2]}]}, {'set': [3, 4]}, {'list': [{'set': [5, 6]}]}]}
        # The set in the outer list is made with it, the others when the inner lists are filled.
        self.assertEqual([label for label, _ in self.orders(value)], ['#3', '#2', '#5'])

    def test_they_are_left_out_where_not_asked_for(self):
        self.assertNotIn('orders', run_one('c', 4, (), value={'set': [1, 2]}))


class Same(unittest.TestCase):
    def test_an_equal_result_is_only_referred_to(self):
        answer = ask(dict(
            id=1, request='run', engines=list(ENGINES), protocols=[2, 3, 2], observe=[],
            scenarios=[canonical(value='ab'), canonical(value=5)]))
        first = answer[0]['results']
        self.assertEqual([result.get('same') for result in first],
                         [None, None, 0] + [0, 1, 0] * (len(ENGINES) - 1))
        self.assertEqual([result['protocol'] for result in first], [2, 3, 2] * len(ENGINES))

    def test_a_scenario_with_its_own_protocol_runs_once_for_each_engine(self):
        found = run([canonical(value=5, pickler={'init': {'protocol': 1}})], protocols=[2, 3])[0]
        self.assertEqual([(result['engine'], result['protocol']) for result in found],
                         [(engine, None) for engine in ENGINES])
        self.assertEqual({result['steps'][1]['bytes'] for result in found}, {'4b052e'})


if __name__ == '__main__':
    unittest.main()
