"""Loads: what is told of a graph, and what damaged or hostile pickles may do, which is nothing."""

import pickle
import sys
import unittest

from cpython.engines import ENGINES
from cpython.tests.scenarios import ask, run_one

ENGINE_IDS = tuple(ENGINES)


def load(data, world='symbols', buffers=None):
    """What each engine says of a pickle."""
    item = {'pickle': data.hex()}
    if buffers is not None:
        item['buffers'] = buffers
    answer = ask(dict(id=1, request='load', engines=list(ENGINES), world=world, pickles=[item]))[0]
    return {result['engine']: result for result in answer['loads']}


class Symbols(unittest.TestCase):
    def graph(self, data, **more):
        results = load(data, **more)
        self.assertEqual(set(results), set(ENGINES))
        graphs = [result.get('graph', result.get('refused')) for result in results.values()]
        self.assertEqual(graphs, graphs[:1] * len(graphs))
        return graphs[0]

    def test_plain_values(self):
        value = [1, 'a', None, (2, 3), {'k': b'v'}, 1.5, {4}, frozenset([5])]
        self.assertEqual(self.graph(pickle.dumps(value, 4)), {
            'value': {'at': 0}, 'objects': [
                {'list': [1, 'a', None, {'at': 1}, {'at': 2}, {'float': '3ff8' + '0' * 12},
                          {'at': 3}, {'at': 4}]},
                {'tuple': [2, 3]}, {'dict': [['k', {'bytes': '76'}]]}, {'set': [4]},
                {'frozenset': [5]}]})

    def test_sharing_and_cycles(self):
        self.assertEqual(self.graph(b'\x80\x02]q\x00(h\x00]q\x01h\x01e.'), {
            'value': {'at': 0}, 'objects': [
                {'list': [{'at': 0}, {'at': 1}, {'at': 1}]}, {'list': []}]})

    def test_a_name_is_a_symbol_and_runs_nothing(self):
        self.assertEqual(self.graph(b'cos\nsystem\n.'), {
            'value': {'global': 'os:system'}, 'objects': []})
        self.assertEqual(self.graph(b"cos\nsystem\n(S'exit 1'\ntR."), {
            'value': {'at': 0}, 'objects': [
                {'reduced': {'global': 'os:system'}, 'by': 'call', 'arguments': ['exit 1']}]})
        self.assertEqual(self.graph(b"cbuiltins\neval\n(V1/0\ntR.")['objects'][0]['by'], 'call')

    def test_what_is_done_to_it_is_recorded_in_order(self):
        data = b'\x80\x04cm\nA\n(K\x01K\x02t\x81}(Va\nK\x03ub(K\x04K\x05eK\x06K\x07s(K\x08\x90.'
        self.assertEqual(self.graph(data), {'value': {'at': 0}, 'objects': [
            {'reduced': {'global': 'm:A'}, 'by': 'new', 'arguments': [1, 2], 'done': [
                ['state', {'at': 1}], ['append', 4], ['append', 5], ['setitem', 6, 7], ['add', 8]]},
            {'dict': [['a', 3]]}]})

    def test_also_to_a_symbol_itself_and_to_what_a_call_of_a_made_object_gives(self):
        self.assertEqual(self.graph(b'cm\nA\nK\x01a.'), {
            'value': {'at': 0}, 'objects': [{'symbol': 'm:A', 'done': [['append', 1]]}]})
        self.assertEqual(self.graph(b'cm\nA\nK\x01K\x02s.')['objects'][0]['done'],
                         [['setitem', 1, 2]])
        self.assertEqual(self.graph(b'cm\nA\n)R)R.')['objects'], [
            {'reduced': {'at': 1}, 'by': 'call', 'arguments': []},
            {'reduced': {'global': 'm:A'}, 'by': 'call', 'arguments': []}])

    def test_keywords_and_one_symbol_for_each_spelling(self):
        data = b'\x80\x04cm\nA\n' b')}Vk\nK\x01s\x92cm\nA\ncm\nB\n\x87.'
        self.assertEqual(self.graph(data), {'value': {'at': 0}, 'objects': [
            {'tuple': [{'at': 1}, {'global': 'm:A'}, {'global': 'm:B'}]},
            {'reduced': {'global': 'm:A'}, 'by': 'new', 'arguments': [], 'keywords': [['k', 1]]}]})

    def test_containers_are_real(self):
        self.assertEqual(self.graph(b'c__builtin__\nset\n(](K\x01etR.'), {
            'value': {'at': 0}, 'objects': [{'set': [1]}]})

    def test_persistent_ids_are_left_as_they_are(self):
        self.assertEqual(self.graph(b'Pname\n.'), {
            'value': {'at': 0}, 'objects': [{'persistent': 'name'}]})

    def test_buffers(self):
        self.assertEqual(self.graph(b'\x80\x05\x97.', buffers=['6162']), {
            'value': {'bytes': '6162'}, 'objects': []})
        self.assertEqual(
            self.graph(b'\x80\x05\x96\x02' + b'\0' * 7 + b'ab\x98.'), {
                'value': {'at': 0}, 'objects': [{'outOfBand': '6162', 'readonly': True}]})

    def test_refusals_are_the_engines_own(self):
        classes = {name: result['refused']['class'] for name, result in load(b'K').items()}
        self.assertEqual(classes['py'], 'IndexError')
        self.assertEqual(classes.get('c', 'UnpicklingError'), 'UnpicklingError')

    def test_a_deep_graph_is_told(self):
        depth = 5000
        graph = self.graph(b'(' * depth + b't' * depth + b'.')
        # Each tuple but the innermost, which is empty, holds the next.
        self.assertEqual(len(graph['objects']), depth)
        self.assertEqual(graph['objects'][-2:], [{'tuple': [{'at': depth - 1}]}, {'tuple': []}])

    def test_no_import_is_made(self):
        self.assertNotIn('antigravity', sys.modules)
        self.graph(b'cantigravity\ngeohash\n.')
        load(b'cantigravity\ngeohash\n.', world='names')
        self.assertNotIn('antigravity', sys.modules)


class Names(unittest.TestCase):
    def refusals(self, data):
        return {result['refused']['class'] for result in load(data, world='names').values()}

    def test_known_names_are_real(self):
        for result in load(b'cbuiltins\nint\n(V12\ntR.', world='names').values():
            self.assertEqual(result['graph'], {'value': 12, 'objects': []})
        for result in load(b'c__builtin__\nlong\n(V12\ntR.', world='names').values():
            self.assertEqual(result['graph'], {'value': 12, 'objects': []})

    def test_others_do_not_exist(self):
        self.assertEqual(self.refusals(b'cos\nsystem\n.'), {'ModuleNotFoundError'})
        self.assertEqual(self.refusals(b'cbuiltins\neval\n.'), {'AttributeError'})
        self.assertEqual(self.refusals(b'c__builtin__\neval\n.'), {'AttributeError'})
        self.assertEqual(self.refusals(b'\x80\x04cbuiltins\nint.__class__\n.'), {'AttributeError'})
        self.assertEqual(self.refusals(b'cbuiltins\ngetattr\n(cbuiltins\nint\nV__doc__\ntR.'),
                         {'AttributeError'})


class Steps(unittest.TestCase):
    def graph(self, engine, steps, **given):
        return run_one(engine, 2, (), steps=steps, **given)['steps'][-1]

    def test_what_a_step_gave_is_loaded_with_the_scenarios_own_classes(self):
        for engine in ENGINE_IDS:
            for origin in ('bytes', 'stream', 'short-reads'):
                for value in ({'instance': 'A', 'attributes': [['x', {'list': [1]}]]},
                              {'class': 'B'}, {'function': 'f'}):
                    found = self.graph(
                        engine, [{'dump': value}, {'load': {'step': 1}, 'from': origin}],
                        classes=[{'name': 'A'}, {'name': 'B', 'qualname': 'A.B'}],
                        functions=[{'name': 'f'}])
                    if 'instance' in value:
                        self.assertEqual(found['graph'], {'value': {'at': 0}, 'objects': [
                            {'instance': 'A', 'attributes': [['x', {'at': 1}]]}, {'list': [1]}]})
                    else:
                        self.assertEqual(found['graph'], {'value': value, 'objects': []})

    def test_hooks_of_a_load_are_traced(self):
        for engine in ENGINE_IDS:
            steps = run_one(engine, 2, ('trace',), classes=[{'name': 'A', 'hooks': {
                '__setstate__': {'rules': []}}}], steps=[
                    {'dump': {'instance': 'A', 'attributes': [['x', 1]]}},
                    {'load': {'step': 1}}])['steps']
            self.assertEqual(steps[2]['trace'], [['A.__setstate__', '~0:A', 'None']])

    def test_settings_of_the_unpickler_count(self):
        for engine in ENGINE_IDS:
            found = self.graph(engine, [{'load': '5501e92e'}], unpickler={'encoding': 'latin1'})
            self.assertEqual(found['graph']['value'], '\xe9')
            found = self.graph(engine, [{'load': '5501e92e'}])
            self.assertEqual(found['refused']['class'], 'UnicodeDecodeError')
            found = self.graph(engine, [{'load': '8005972e'}],
                               unpickler={'buffers': [{'bytes': '6162'}]})
            self.assertEqual(found['graph']['value'], {'bytes': '6162'})

    def test_names_that_are_not_the_scenarios_do_not_exist(self):
        for engine in ENGINE_IDS:
            for data, name in ((b'cos\nsystem\n.', 'ModuleNotFoundError'),
                               (b'csm\nB\n.', 'AttributeError'),
                               (b'\x80\x04csm\nA.__init__\n.', 'AttributeError')):
                found = self.graph(engine, [{'load': data.hex()}], classes=[{'name': 'A'}])
                self.assertEqual(found['refused']['class'], name)

    def test_hooks_of_the_unpickler_are_asked_and_traced(self):
        rules = {'rules': [{'match': {'value': 'a:b'}, 'returns': {'class': 'A'}}]}
        for engine in ENGINE_IDS:
            for where in ('subclass', 'instance'):
                found = run_one(
                    engine, 2, ('trace',), classes=[{'name': 'A'}],
                    unpickler={where: {'find_class': rules, 'persistent_load': {
                        'rules': [{'returns': {'self': True}}]}}},
                    steps=[{'load': b'ca\nb\ncsm\nA\nVid\nQ\x87.'.hex()}])['steps'][-1]
                self.assertEqual(found['graph']['objects'], [
                    {'tuple': [{'class': 'A'}, {'class': 'A'}, 'id']}])
                self.assertEqual(found['trace'], [
                    [where + '.find_class', '"a:b"', 'sm:A'],
                    [where + '.find_class', '"sm:A"', 'sm:A'],
                    [where + '.persistent_load', '"id"', '"id"']])

    def test_the_next_pickle_is_read_by_the_same_unpickler(self):
        for engine in ENGINE_IDS:
            for origin in ('bytes', 'stream', 'short-reads'):
                found = run_one(engine, 2, (), steps=[
                    {'load': b']q\0Na.h\0.'.hex(), 'from': origin}, {'load': {'next': True}},
                    {'load': {'next': True}}])['steps']
                self.assertEqual(found[2]['graph'], {
                    'value': {'at': 0}, 'objects': [{'list': [None]}]})
                self.assertEqual(found[3]['refused']['class'], 'EOFError')
                self.assertEqual(found[3].get('offset'), None if origin == 'short-reads' else 9)


if __name__ == '__main__':
    unittest.main()
