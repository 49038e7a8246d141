"""Scenarios whose pickles are known from elsewhere, under every engine."""

import unittest

from cpython.engines import ENGINES, IS_PYPY
from cpython.tests.scenarios import canonical, data, is_in, run

CASES = data('pickles.json')


class Pickles(unittest.TestCase):
    def test_each_scenario_gives_the_known_pickle(self):
        checked = 0
        for case in CASES:
            scenario = canonical(**case['scenario'])
            for row in case['expect']:
                for engine in row['engines'].split():
                    if engine not in ENGINES or not is_in(row['versions']):
                        continue
                    protocols = [4 if row['protocol'] is None else row['protocol']]
                    result = run([scenario], [engine], protocols)[0][0]
                    with self.subTest(case=case['name'], engine=engine, row=row):
                        if IS_PYPY and 'cpythonOnly' in case:
                            # The clause named there says how PyPy parts; it must still do so.
                            with self.assertRaises(AssertionError):
                                self.check(row['steps'], result['steps'])
                        else:
                            self.check(row['steps'], result['steps'])
                    checked += 1
        self.assertGreater(checked, 120 * len(ENGINES) // 2)

    def check(self, wanted, steps):
        seen = steps[1:] or steps[:1]
        self.assertEqual(len(seen), len(wanted))
        for want, step in zip(wanted, seen):
            refused = step.get('refused', {})
            self.assertEqual(refused.get('class'), want.get('refused'))
            self.assertEqual(refused.get('message', '')[:len(want.get('message', ''))],
                             want.get('message', ''))
            if 'bytes' in want or 'refused' not in want:
                self.assertEqual(step.get('bytes'), want.get('bytes'))

    def test_there_are_enough_of_them(self):
        self.assertGreaterEqual(len(CASES), 100)
        self.assertEqual(len({case['name'] for case in CASES}), len(CASES))


if __name__ == '__main__':
    unittest.main()
