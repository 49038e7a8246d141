"""What is built of a value is that value: it is described back and compared."""

import unittest

from cpython.tests.scenarios import data
from cpython.tests.world import described

VALUES = data('values.json')


class Values(unittest.TestCase):
    maxDiff = None

    def test_each_value_is_described_as_it_was_written(self):
        for case in VALUES:
            value = case['value']
            with self.subTest(value=value):
                self.assertEqual(ordered(described(value)),
                                 ordered(case.get('described', value)))

    def test_there_are_enough_of_them(self):
        self.assertGreaterEqual(len(VALUES), 100)

    def test_a_description_tells_values_apart(self):
        texts = {repr(ordered(case.get('described', case['value']))) for case in VALUES}
        self.assertGreaterEqual(len(texts), 100)


def ordered(found):
    """The same with fields in the order of the alphabet, and true told from 1."""
    if type(found) is dict:
        return {name: ordered(found[name]) for name in sorted(found)}
    if type(found) is list:
        return [ordered(item) for item in found]
    return (type(found).__name__, found)


if __name__ == '__main__':
    unittest.main()
