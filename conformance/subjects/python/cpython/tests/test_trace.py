"""Which hooks are called, in which order, about what: clauses SAVE-21, PERS, RO, DISP."""

import sys
import unittest

from cpython.engines import ENGINES
from cpython.tests.scenarios import run_one

PASS = {'rules': []}
MAKE = {'tuple': [{'function': 'make'}, {'tuple': [7]}]}
REDUCE = {'rules': [], 'else': MAKE}
FUNCTIONS = [{'name': 'make'}]
POINT = [{'name': 'Point'}]
ENGINE_IDS = tuple(ENGINES)


def trace(engine, protocol=2, step=1, **given):
    return [tuple(entry) for entry in
            run_one(engine, protocol, **given)['steps'][step]['trace']]


def calls(engine, **given):
    """The trace without the answers."""
    return [(hook, about) for hook, about, _ in trace(engine, **given)]


class Order(unittest.TestCase):
    given = dict(
        functions=FUNCTIONS,
        classes=[{'name': 'Point', 'hooks': {'__reduce_ex__': REDUCE}}],
        pickler={'subclass': {
            'reducer_override': PASS, 'persistent_id': PASS,
            'dispatch_table': {'kind': 'defaultdict', 'entries': [], 'default': PASS}}},
        value={'instance': 'Point', 'id': 'p'})

    def test_an_instance_with_all_hooks(self):
        table = dict(self.given, pickler={'subclass': {
            'reducer_override': PASS, 'persistent_id': PASS,
            'dispatch_table': {'kind': 'dict', 'entries': []}}})
        pid, override = 'subclass.persistent_id', 'subclass.reducer_override'
        first = [(pid, 'p'), (override, 'p'), ('Point.__reduce_ex__', 'p'),
                 (pid, 'sm:make'), (override, 'sm:make'), (pid, '#1')]
        wanted = {'c': first + [(pid, '7')],
                  'py': first + [(override, '#1'), (pid, '7'), (override, '7')]}
        for engine in ENGINE_IDS:
            with self.subTest(engine=engine):
                # The arguments are the second object of the text: #0 is the pair they stand in.
                self.assertEqual(calls(engine, **table), wanted[engine])

    def test_an_override_that_answers_hides_the_table_and_the_class(self):
        given = dict(self.given, pickler={'subclass': {
            'reducer_override': {'rules': [{'match': {'class': 'Point'}, 'returns': MAKE}]},
            'dispatch_table': {'kind': 'dict', 'entries': [['Point', REDUCE]]}}})
        for engine in ENGINE_IDS:
            hooks = {hook for hook, _ in calls(engine, **given)}
            self.assertEqual(hooks, {'subclass.reducer_override'})

    def test_a_table_comes_before_the_class(self):
        given = dict(self.given, pickler={'instance': {
            'dispatch_table': {'kind': 'dict', 'entries': [['Point', REDUCE]]}}})
        for engine in ENGINE_IDS:
            self.assertEqual(calls(engine, **given), [('instance.dispatch_table[Point]', 'p')])


class PersistentId(unittest.TestCase):
    def test_every_object_is_offered_and_every_reference_again(self):
        given = dict(pickler={'subclass': {'persistent_id': PASS}},
                     value={'list': [{'id': 's', 'str': ['ab']}, {'ref': 's'}, None, 300]})
        hook = 'subclass.persistent_id'
        for engine in ENGINE_IDS:
            self.assertEqual(trace(engine, **given), [
                (hook, about, 'None') for about in ('#0', 's', 's', 'None', '300')])

    def test_names_are_offered_at_protocol_4(self):
        given = dict(protocol=4, pickler={'subclass': {'persistent_id': PASS}}, classes=POINT,
                     value={'class': 'Point'})
        for engine in ENGINE_IDS:
            self.assertEqual([about for _, about in calls(engine, **given)],
                             ['sm:Point', '"sm"', '"Point"'])

    def test_the_pure_pickler_asks_about_the_id_itself_up_to_3_13_0(self):
        given = dict(value='x', pickler={'subclass': {'persistent_id': {
            'rules': [{'match': {'value': 'x'}, 'returns': 5}]}}})
        asked = {engine: [about for _, about in calls(engine, **given)] for engine in ENGINE_IDS}
        late = sys.version_info >= (3, 14)
        self.assertEqual(asked['py'], ['"x"'] if late else ['"x"', '5'])
        self.assertEqual(asked.get('c', ['"x"']), ['"x"'])

    def test_an_attribute_over_a_method(self):
        given = dict(value='x', pickler={
            'subclass': {'persistent_id': PASS}, 'instance': {'persistent_id': PASS}})
        for engine in ENGINE_IDS:
            old = engine == 'c' and sys.version_info < (3, 13)
            self.assertEqual(calls(engine, **given), [
                ('subclass.persistent_id' if old else 'instance.persistent_id', '"x"')])


class Override(unittest.TestCase):
    def test_which_objects_it_is_asked_about(self):
        given = dict(classes=POINT, functions=FUNCTIONS, pickler={'subclass': {
            'reducer_override': PASS}}, value={'list': [
                None, 5, {'float': '3ff0000000000000'}, 'ab', {'bytes': '6162'}, {'dict': []},
                {'tuple': []}, {'class': 'Point'}, {'function': 'make'}]}, protocol=4)
        asked = {engine: [about for _, about in calls(engine, **given)] for engine in ENGINE_IDS}
        named = ['sm:Point', 'sm:make']
        self.assertEqual(asked['py'], [
            '#0', 'None', '5', '#1', '"ab"', '#2', '#3', '()',
            'sm:Point', '"sm"', '"Point"', 'sm:make', '"make"'])
        self.assertEqual(asked.get('c', named), named)

    def test_an_attribute_over_a_method(self):
        given = dict(classes=POINT, value={'instance': 'Point'}, pickler={
            'subclass': {'reducer_override': PASS}, 'instance': {'reducer_override': PASS}})
        for engine in ENGINE_IDS:
            self.assertEqual({hook for hook, _ in calls(engine, **given)},
                             {'instance.reducer_override'})


class Tables(unittest.TestCase):
    def test_a_default_counts_for_the_c_pickler_only(self):
        given = dict(functions=FUNCTIONS, classes=POINT, value={'instance': 'Point'}, pickler={
            'instance': {'dispatch_table': {
                'kind': 'defaultdict', 'entries': [], 'default': REDUCE}}})
        for engine in ENGINE_IDS:
            wanted = [('instance.dispatch_table[*]', '#2', '#0')] if engine == 'c' else []
            self.assertEqual(trace(engine, **given), wanted)

    def test_a_private_table_hides_copyreg(self):
        given = dict(functions=FUNCTIONS, classes=POINT, value={'instance': 'Point'},
                     copyreg={'dispatch_table': [['Point', REDUCE]], 'extensions': []})
        empty = {'instance': {'dispatch_table': {'kind': 'dict', 'entries': []}}}
        for engine in ENGINE_IDS:
            self.assertEqual(calls(engine, **given), [('copyreg[Point]', '#2')])
            self.assertEqual(calls(engine, pickler=empty, **given), [])

    def test_every_kind_of_mapping_is_asked(self):
        for kind in ('dict', 'ChainMap', 'proxy', 'UserDict', 'defaultdict', 'methods', 'subclass'):
            more = {'methods': ['get', '__getitem__']} if kind in ('methods', 'subclass') else {}
            given = dict(functions=FUNCTIONS, classes=POINT, value={'instance': 'Point'}, pickler={
                'subclass': {'dispatch_table': {
                    'kind': kind, 'entries': [['Point', REDUCE]], **more}}})
            for engine in ENGINE_IDS:
                with self.subTest(kind=kind, engine=engine):
                    self.assertEqual(calls(engine, **given),
                                     [('subclass.dispatch_table[Point]', '#2')])

    def test_missing_is_asked_by_the_c_pickler_only(self):
        given = dict(functions=FUNCTIONS, classes=POINT, value={'instance': 'Point'}, pickler={
            'instance': {'dispatch_table': {
                'kind': 'subclass', 'methods': ['__missing__'], 'entries': [['Point', REDUCE]]}}})
        for engine in ENGINE_IDS:
            wanted = [('instance.dispatch_table[Point]', '#2')] if engine == 'c' else []
            self.assertEqual(calls(engine, **given), wanted)


class Places(unittest.TestCase):
    def test_a_function_is_traced_where_it_was_found(self):
        call = {'rules': [], 'else': MAKE}
        given = dict(functions=FUNCTIONS + [{'name': 'reduce_point', 'call': call}], classes=POINT,
                     value={'instance': 'Point'}, pickler={'instance': {'dispatch_table': {
                         'kind': 'dict',
                         'entries': [['Point', {'is': {'function': 'reduce_point'}}]]}}})
        for engine in ENGINE_IDS:
            self.assertEqual(trace(engine, **given),
                             [('instance.dispatch_table[Point]', '#2', '#0')])

    def test_hooks_of_an_instance_carry_its_label(self):
        given = dict(functions=FUNCTIONS, classes=POINT, steps=[
            {'dump': {'instance': 'Point', 'id': 'p', 'hooks': {'__reduce_ex__': REDUCE}}},
            {'dump': {'list': [{'instance': 'Point', 'hooks': {'__reduce_ex__': REDUCE}}]}}])
        for engine in ENGINE_IDS:
            self.assertEqual(calls(engine, **given), [('p.__reduce_ex__', 'p')])
            self.assertEqual(calls(engine, step=2, **given), [('#4.__reduce_ex__', '#4')])

    def test_a_base_that_defines_a_method_gives_it_its_name(self):
        given = dict(functions=FUNCTIONS, classes=[
            {'name': 'Base', 'hooks': {'__reduce__': REDUCE}},
            {'name': 'Point', 'bases': ['Base']}],
            value={'instance': 'Point', 'id': 'p'})
        for engine in ENGINE_IDS:
            self.assertEqual(calls(engine, **given), [('Base.__reduce__', 'p')])

    def test_what_is_set_later_keeps_the_name_of_its_place(self):
        given = dict(classes=POINT, pickler={'subclass': {}}, steps=[
            {'set': {'on': 'pickler', 'name': 'reducer_override', 'to': PASS}},
            {'dump': {'instance': 'Point'}}])
        for engine in ENGINE_IDS:
            self.assertEqual(calls(engine, step=2, **given)[0],
                             ('instance.reducer_override', '#0'))

    def test_callables_that_are_not_bound_have_no_instance(self):
        for kind in ('partial', 'method', 'class', 'instance'):
            given = dict(functions=FUNCTIONS, value={'instance': 'Point'}, classes=[
                {'name': 'Point', 'hooks': {'__reduce__': dict(REDUCE, **{'as': kind})}}])
            for engine in ENGINE_IDS:
                with self.subTest(kind=kind, engine=engine):
                    self.assertEqual(calls(engine, **given), [('Point.__reduce__', 'None')])

    def test_every_kind_of_callable_answers(self):
        for kind in ('function', 'lambda', 'partial', 'method', 'class', 'instance'):
            table = {'kind': 'dict', 'entries': [['Point', dict(REDUCE, **{'as': kind})]]}
            given = dict(functions=FUNCTIONS, classes=POINT, value={'instance': 'Point'},
                         pickler={'instance': {'dispatch_table': table}})
            for engine in ENGINE_IDS:
                with self.subTest(kind=kind, engine=engine):
                    self.assertEqual(trace(engine, **given),
                                     [('instance.dispatch_table[Point]', '#2', '#0')])


class Answers(unittest.TestCase):
    def test_what_is_raised_is_named(self):
        given = dict(classes=[{'name': 'Point', 'hooks': {'__reduce__': {'rules': [
            {'raises': {'type': 'builtins:ValueError', 'message': 'no'}}]}}}],
            value={'instance': 'Point'})
        for engine in ENGINE_IDS:
            result = run_one(engine, 2, **given)['steps'][1]
            self.assertEqual(result['trace'], [['Point.__reduce__', '#0', '!ValueError']])
            self.assertEqual(result['refused']['class'], 'ValueError')
            self.assertEqual(result['refused']['message'], 'no')

    def test_past_64_entries_calls_are_counted(self):
        given = dict(pickler={'subclass': {'persistent_id': PASS}}, steps=[
            {'dump': {'list': [{'repeat': 60, 'of': None}]}}, {'dump': {'list': [1, 2, 3, 4, 5]}},
            {'dump': None}])
        for engine in ENGINE_IDS:
            steps = run_one(engine, 2, **given)['steps']
            self.assertEqual([len(step['trace']) for step in steps], [0, 61, 3, 0])
            self.assertEqual([step.get('traceMore') for step in steps], [None, None, 3, 1])

    def test_strangers_are_numbered_by_appearance(self):
        given = dict(classes=POINT, pickler={'subclass': {'persistent_id': PASS}},
                     value={'list': [{'instance': 'Point', 'attributes': [['x', 1]]}]})
        for engine in ENGINE_IDS:
            about = [label for _, label in calls(engine, **given)]
            self.assertEqual(about, ['#0', '#1', 'sm:Point', '()', '~0:dict', '"x"', '1'])


class Labels(unittest.TestCase):
    def test_atoms_are_told_by_value_and_the_rest_by_node_or_name(self):
        value = {'list': [
            None, True, {'singleton': 'Ellipsis'}, {'tuple': []}, {'frozenset': []}, -7,
            9007199254740992 - 1, {'int': '9007199254740993'}, 'plain "text"', 'x' * 65,
            'new\nline',
            '\xe9', {'bytes': ''}, {'bytes': '61'}, {'bytes': '6162'}, {'float': '3ff' + '0' * 13},
            {'list': [], 'id': 'mine'}, {'class': 'Point'}, {'global': 'builtins:len'},
            {'instance': 'Color', 'member': 'RED'}]}
        given = dict(value=value, protocol=5, pickler={'subclass': {'persistent_id': {
            'rules': [{'match': {'class': 'builtins:list'}, 'nth': 1, 'returns': None}],
            'else': 7}}}, classes=POINT + [
                {'name': 'Color', 'kind': 'enum', 'members': [['RED', 1]]}])
        for engine in ENGINE_IDS:
            # Answering with an id keeps the pickler from asking about parts.
            labels = [about for _, about in calls(engine, **given) if about != '7']
            self.assertEqual(labels, [
                '#0', 'None', 'True', 'Ellipsis', '()', 'frozenset()', '-7', '9007199254740991',
                '#3', '"plain \\"text\\""', '~0:str', '~1:str', '~2:str', "b''", "b'61'", '#6',
                '#7',
                'mine', 'sm:Point', 'builtins:len', 'sm:Color.RED'])


class Rules(unittest.TestCase):
    def answers(self, engine, rules, value, protocol=2):
        return [answer for _, _, answer in trace(engine, protocol, value=value, pickler={
            'subclass': {'persistent_id': {'rules': rules, 'else': None}}})]

    def test_the_first_rule_that_matches_answers(self):
        rules = [{'match': {'value': 2}, 'returns': 'two'},
                 {'match': {'class': 'builtins:int'}, 'returns': 'int'}]
        for engine in ENGINE_IDS:
            seen = self.answers(engine, rules, {'list': [1, 2, True]}, 0)
            self.assertEqual(seen, ['None', '"int"', '"two"', 'None'])

    def test_nth_counts_the_calls_that_match(self):
        rules = [{'match': {'class': 'builtins:int'}, 'nth': 2, 'returns': 'second'},
                 {'match': {'class': 'builtins:int'}, 'nth': 3, 'returns': 'third'}]
        for engine in ENGINE_IDS:
            seen = self.answers(engine, rules, {'list': [9, None, 9, 9, 9]}, 0)
            self.assertEqual(seen, ['None', 'None', 'None', '"second"', '"third"', 'None'])

    def test_an_object_is_matched_by_identity(self):
        rules = [{'match': {'object': 'x'}, 'returns': 'x'}]
        for engine in ENGINE_IDS:
            seen = self.answers(engine, rules, {'list': [
                {'list': []}, {'list': [], 'id': 'x'}, {'ref': 'x'}]}, 0)
            self.assertEqual(seen, ['None', 'None', '"x"', '"x"'])

    def test_a_value_is_matched_with_its_type(self):
        rules = [{'match': {'value': 1}, 'returns': 'one'}]
        for engine in ENGINE_IDS:
            seen = self.answers(engine, rules, {'tuple': [
                True, {'float': '3ff0000000000000'}, 1]}, 0)
            self.assertEqual(seen, ['None', 'None', 'None', '"one"'])

    def test_actions_are_carried_out_before_the_answer(self):
        given = dict(steps=[{'dump': {'list': [{'list': [], 'id': 'x'}, None]}}], pickler={
            'subclass': {'persistent_id': {'rules': [{
                'match': {'object': 'x'}, 'returns': None,
                'do': [{'call': {'on': {'object': 'x'}, 'method': 'append',
                                 'arguments': [5]}}]}]}}})
        for engine in ENGINE_IDS:
            self.assertEqual(run_one(engine, 2, **given)['steps'][1]['bytes'],
                             '80025d7100285d71014b05614e652e')


if __name__ == '__main__':
    unittest.main()
