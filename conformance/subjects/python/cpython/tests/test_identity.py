"""The rules of identity: what is one object, and what are two."""

import sys
import unittest

from cpython.engines import IS_PYPY
from cpython.tests.scenarios import canonical, dumped, run, run_one
from cpython.tests.world import prepared


def built(value, times=1, **given):
    """The objects of as many evaluations of a value."""
    with prepared([{'dump': value}], **given) as prepared_run:
        dump = prepared_run.scenario['steps'][0]['dump']
        return [prepared_run.builder.evaluate(dump) for _ in range(times)]


SURROGATE = {'str': [0xd800]}


class Occurrences(unittest.TestCase):
    def test_each_place_has_an_object_of_its_own(self):
        for value in ('ab', {'bytes': '6162'}, {'tuple': [1]}, {'list': []}, SURROGATE, '\u20ac',
                      {'float': '3ff' + '0' * 13}, {'bytearray': ''}, {'dict': []},
                      {'int': '9' * 30}):
            with self.subTest(value=value):
                first, second = built({'list': [value, value]})[0]
                self.assertEqual(first, second)
                # On PyPy numbers and single characters have no identity.
                shared = IS_PYPY and (type(first) in (int, float) or value in ('\u20ac', SURROGATE))
                self.assertEqual(first is second, shared)

    def test_each_repetition_and_each_evaluation_has_one_too(self):
        first, second = built({'list': [{'repeat': 2, 'of': {'list': []}}]})[0]
        self.assertIsNot(first, second)
        first, second = built('ab', times=2)
        self.assertIsNot(first, second)

    def test_ints_are_new_outside_the_small_ones(self):
        largest = 1024 if sys.version_info >= (3, 15) else 256
        first, second = built({'list': [{'repeat': 2, 'of': largest + 1}]})[0]
        self.assertEqual(first is second, IS_PYPY, 'only on PyPy ints have no identity')
        first, second = built({'list': [{'repeat': 2, 'of': largest}]})[0]
        self.assertIs(first, second)

    def test_a_decoded_text_is_not_used_itself(self):
        with prepared([{'dump': {'list': ['same', 'same']}}]) as prepared_run:
            dump = prepared_run.scenario['steps'][0]['dump']
            made = prepared_run.builder.evaluate(dump)
            self.assertFalse(any(text is item for text in dump['list'] for item in made))

    def test_singletons_are_one(self):
        for value in (None, True, '', 'a', '\xff', {'bytes': ''}, {'bytes': '61'}, {'tuple': []},
                      {'singleton': 'Ellipsis'}, 0, -5, 256, {'bytes': ['', '61']}, {'str': [97]}):
            with self.subTest(value=value):
                first, second = built(value, times=2)
                self.assertIs(first, second)

    def test_a_reference_is_the_object(self):
        first, second = built({'list': [{'id': 's', 'str': ['ab']}, {'ref': 's'}]})[0]
        self.assertIs(first, second)

    def test_what_has_an_id_is_made_once_for_all_dumps(self):
        with prepared([{'dump': {'list': [{'id': 's', 'list': []}]}}]) as prepared_run:
            dump = prepared_run.scenario['steps'][0]['dump']
            first, second = (prepared_run.builder.evaluate(dump) for _ in range(2))
            self.assertIsNot(first, second)
            self.assertIs(first[0], second[0])


class Names(unittest.TestCase):
    def test_attribute_names_are_interned(self):
        first, second = built({'list': [{'repeat': 2, 'of': {
            'instance': 'Point', 'attributes': [['colour', 1]]}}]})[0]
        one, other = list(vars(first))[0], list(vars(second))[0]
        self.assertIs(one, other)
        self.assertIs(one, sys.intern('colour'))

    def test_one_module_name_for_all_classes_and_functions(self):
        with prepared([]) as prepared_run:
            names = [found.__module__ for found in (
                list(prepared_run.classes.values()) + list(prepared_run.functions.values()))]
            self.assertTrue(all(name is names[0] for name in names))

    def test_two_classes_share_the_module_name_in_a_pickle(self):
        given = dict(value={'list': [{'class': 'A'}, {'class': 'B'}, {'function': 'f'}]},
                     classes=[{'name': 'A'}, {'name': 'B'}], functions=[{'name': 'f'}])
        self.assertEqual(
            dumped(protocol=4, **given),
            '80049520000000000000005d94288c02736d948c0141949394' + '68018c0142949394' +
            '68018c0166949394652e')

    def test_qualified_names_are_interned(self):
        with prepared([]) as prepared_run:
            for found in prepared_run.classes.values():
                self.assertIs(found.__qualname__, sys.intern(str(found.__qualname__)))

    def test_the_str_of_a_reduction_is_interned_and_a_pid_is_not(self):
        scenario = dict(
            classes=[{'name': 'A', 'hooks': {'__reduce__': {'rules': [], 'else': 'point'}}}],
            functions=[], pickler={'subclass': {'persistent_id': {
                'rules': [{'match': {'class': 'builtins:int'}, 'returns': 'point'}]}}})
        result = run([canonical(value={'list': [1, 2]}, **scenario)], ['py'], [4])[0][0]
        self.assertEqual(result['steps'][1]['bytes'],
                         '80049517000000000000005d94288c05706f696e7494518c05706f696e749451652e')

    def test_the_str_of_a_reduction_is_the_name_of_an_attribute(self):
        self.assertEqual(dumped(protocol=4, **NAMED).count('7468696e67'), 1)

    def test_keys_of_a_state_are_content(self):
        state = {'dict': [['colour', 1]]}
        reduction = {'tuple': [{'function': 'mk'}, {'tuple': []}, state]}
        given = dict(functions=[{'name': 'mk'}], classes=[{
            'name': 'A', 'hooks': {'__reduce__': {'rules': [], 'else': reduction}}}])
        twice = dict(value={'list': [{'repeat': 2, 'of': {'instance': 'A'}}]}, **given)
        self.assertEqual(dumped(protocol=2, **twice).count('636f6c6f7572'), 2)


# A class that a table reduces to its name, and an object with an attribute of that name.
NAMED = dict(
    classes=[{'name': 'Meta', 'bases': ['builtins:type']}, {'name': 'thing', 'metaclass': 'Meta'},
             {'name': 'A'}],
    pickler={'instance': {'dispatch_table': {'kind': 'dict', 'entries': [
        ['Meta', {'rules': [], 'else': 'thing'}]]}}},
    value={'list': [{'class': 'thing'}, {'instance': 'A', 'attributes': [['thing', 1]]}]})


class Hooks(unittest.TestCase):
    def test_what_a_hook_returns_is_new_at_each_call(self):
        given = dict(functions=[{'name': 'mk'}], classes=[{'name': 'A', 'hooks': {'__reduce__': {
            'rules': [], 'else': {'tuple': [{'function': 'mk'}, {'tuple': ['ab']}]}}}}],
            value={'list': [{'repeat': 2, 'of': {'instance': 'A'}}]})
        result = run_one(protocol=2, **given)['steps'][1]
        self.assertEqual(result['bytes'].count('58020000006162'), 2)
        self.assertEqual([entry[2] for entry in result['trace']], ['#0', '#0'])

    def test_cycles_of_immutable_objects_alone_are_refused(self):
        scenario = canonical(value={'id': 't', 'tuple': [{'ref': 't'}]})
        with self.assertRaisesRegex(AssertionError, 't is a cycle of immutable objects'):
            run([scenario])


if __name__ == '__main__':
    unittest.main()
