"""Graphs deeper than any pickler gets are built, refused and destroyed, and life goes on."""

import json
import threading
import unittest

from cpython.engines import ENGINES
from cpython.serve import answer_line
from cpython.streams import STACK_BYTES
from cpython.tests.scenarios import ask, canonical, run_one

KINDS = ('list', 'dict', 'tuple', 'frozenset', 'instance:A', 'instance:S')
CLASSES = [{'name': 'A'}, {'name': 'S', 'slots': ['next']}]


def on_a_large_stack(function):
    """What a function gives when it runs as the adapter does."""
    found = []
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=lambda: found.append(function()))
    thread.start()
    thread.join()
    threading.stack_size(0)
    return found[0]


class Deep(unittest.TestCase):
    def test_a_million_levels_are_refused(self):
        for kind in KINDS:
            for engine in ENGINES:
                with self.subTest(kind=kind, engine=engine):
                    steps = on_a_large_stack(lambda: run_one(
                        engine, 4, ('trace',), classes=CLASSES,
                        value={'nest': 1000000 if engine == 'c' else 100000, 'in': kind,
                               'of': 1}))['steps']
                    self.assertIn(steps[1]['refused']['class'], ('RecursionError', 'PicklingError'))

    def test_deep_levels_around_themselves_are_refused_too(self):
        for kind in ('list', 'dict', 'instance:A'):
            steps = on_a_large_stack(lambda: run_one(
                'c', 4, (), classes=CLASSES,
                value={'nest': 300000, 'in': kind, 'of': {'ref': 'top'}, 'id': 'top'}))['steps']
            self.assertIn(steps[1]['refused']['class'], ('RecursionError', 'PicklingError'))

    def test_a_hundred_levels_are_pickled(self):
        for kind in KINDS:
            for engine in ENGINES:
                steps = on_a_large_stack(lambda: run_one(
                    engine, 4, (), classes=CLASSES,
                    value={'nest': 100, 'in': kind, 'of': 1}))['steps']
                self.assertNotIn('refused', steps[1])

    def test_endless_reductions_are_refused(self):
        scenario = canonical(functions=[{'name': 'f'}], value={'instance': 'A'}, classes=[{
            'name': 'A', 'hooks': {'__reduce__': {'rules': [], 'else': {'tuple': [
                {'function': 'f'}, {'tuple': [{'instance': 'A'}]}]}}}}])
        for engine in ENGINES:
            answer = on_a_large_stack(lambda: ask(dict(
                id=1, request='run', engines=[engine], protocols=[0, 4], observe=['trace'],
                scenarios=[scenario])))[0]
            for result in answer['results']:
                if 'steps' in result:
                    self.assertIn(result['steps'][1]['refused']['class'],
                                  ('RecursionError', 'PicklingError'))
                    self.assertEqual(len(result['steps'][1]['trace']), 64)

    def test_fast_cycles_are_refused(self):
        for engine in ENGINES:
            steps = on_a_large_stack(lambda: run_one(
                engine, 4, (), pickler={'instance': {'fast': True}},
                value={'id': 'l', 'list': [{'ref': 'l'}]}))['steps']
            self.assertEqual(steps[1]['refused']['class'],
                             'ValueError' if engine == 'c' else 'RecursionError')

    def test_a_line_of_brackets_is_an_error(self):
        lines = []
        goes_on = on_a_large_stack(lambda: answer_line(b'[' * 200000, lines.append))
        self.assertTrue(goes_on)
        self.assertEqual(len(lines), 1)
        self.assertIn('error', json.loads(lines[0]))


if __name__ == '__main__':
    unittest.main()
