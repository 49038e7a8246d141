"""Names for objects, the same in every implementation: see the scenario README, "The trace"."""

import enum
import json
import types

from cpython.engines import IS_PYPY
from cpython.kinds import is_a

LARGEST = 2 ** 53
BUILT_IN = type(len)
LONGEST_TEXT = 64


class Labels:
    """Knows the objects of one run by identity and keeps them alive, so that no id is reused."""

    def __init__(self):
        self.named = {}
        self.nodes = {}
        self.strangers = {}
        self.alive = []

    def add(self, obj, name, node):
        """Remembers a scenario's object under its id, if it has one, and its node."""
        self.alive.append(obj)
        if name is not None:
            self.named[id(obj)] = name
        if node is not None:
            self.nodes.setdefault(id(obj), node)

    def label(self, obj):
        """The label of any object; strangers are numbered as they appear."""
        for single, text in SINGLETONS:
            if obj is single:
                return text
        kind = type(obj)
        key = id(obj)
        if kind in (tuple, frozenset) and not obj:
            return '()' if kind is tuple else 'frozenset()'
        if key not in self.named:
            if kind is int and -LARGEST <= obj <= LARGEST:
                return str(obj)
            if kind is str and len(obj) <= LONGEST_TEXT and is_printable_ascii(obj):
                return json.dumps(obj)
            if kind is bytes and len(obj) < 2:
                return "b'%s'" % obj.hex()
        else:
            return self.named[key]
        if key in self.nodes:
            return '#%d' % self.nodes[key]
        named = global_label(obj)
        if named is not None:
            return named
        if key not in self.strangers:
            self.alive.append(obj)
            self.strangers[key] = len(self.strangers)
        return '~%d:%s' % (self.strangers[key], kind.__name__)


class NoLabels(Labels):
    """Knows nothing and keeps nothing, for runs of which nothing is told."""

    def add(self, obj, name, node):
        """Does nothing."""


SINGLETONS = (
    (None, 'None'), (True, 'True'), (False, 'False'),
    (Ellipsis, 'Ellipsis'), (NotImplemented, 'NotImplemented'),
)


def is_printable_ascii(text):
    """Whether every character is from the space to the tilde."""
    return text.isascii() and (not text or text.isprintable())


def is_built_in_function(obj):
    """Whether it is a function of a module that is not written in Python."""
    if IS_PYPY:
        return is_a(obj, BUILT_IN) and type(obj.__module__) is str
    return is_a(obj, BUILT_IN) and is_a(obj.__self__, types.ModuleType)


def global_label(obj):
    """``module:qualname`` of a class, function, module-level built-in or enum member, else None."""
    if is_a(obj, (type, types.FunctionType)):
        return '%s:%s' % (obj.__module__, obj.__qualname__)
    if is_built_in_function(obj):
        return '%s:%s' % (obj.__module__, obj.__qualname__)
    if is_a(type(obj), enum.EnumMeta) and obj._name_ is not None:
        return '%s:%s.%s' % (type(obj).__module__, type(obj).__qualname__, obj._name_)
    return None
