"""Decimal text of any length, whatever limit the interpreter puts on it."""

import sys
from contextlib import contextmanager


@contextmanager
def unlimited():
    """Lifts the limit on digits; what is pickled meets it again."""
    if not hasattr(sys, 'set_int_max_str_digits'):
        yield
        return
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(limit)


def int_of(text):
    """The int that decimal digits say."""
    if len(text) < 4000:
        return int(text)
    with unlimited():
        return int(text)


def text_of(number):
    """The decimal digits of an int."""
    if number.bit_length() < 13000:
        return str(number)
    with unlimited():
        return str(number)
