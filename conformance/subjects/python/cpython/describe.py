"""Says what an object is, in the words of the scenario README, "Loaded values"."""

import pickle
import struct
import types

from cpython.digits import text_of
from cpython.kinds import is_a
from cpython.labels import is_built_in_function
from cpython.recorder import Persistent, Recorded, Symbol

LARGEST = 2 ** 53 - 1
ITERATOR = type(iter([]))
SINGLETONS = {id(None): None, id(True): True, id(False): False}


class Describer:
    """Describes one graph; ``names`` gives the scenario's names of its classes and functions."""

    def __init__(self, names):
        self.names = names
        self.numbers = {}
        self.queue = []

    def graph(self, root):
        """The flat description of everything that can be reached from an object."""
        value = self.leaf(root)
        objects = []
        for obj in self.queue:
            objects.append(self.content(obj))
        return {'value': value, 'objects': objects}

    def leaf(self, obj):
        """An atom as it is, a name by name, any other object by its number."""
        if id(obj) in SINGLETONS:
            return SINGLETONS[id(obj)]
        kind = type(obj)
        if kind is int:
            return obj if -LARGEST <= obj <= LARGEST else {'int': text_of(obj)}
        if kind is str:
            return text(obj)
        if kind is float:
            return {'float': struct.pack('>d', obj).hex()}
        if kind is bytes:
            return {'bytes': obj.hex()}
        if obj is Ellipsis or obj is NotImplemented:
            return {'singleton': repr(obj)}
        named = self.named(obj)
        return named if named is not None else {'at': self.number(obj)}

    def named(self, obj):
        name = self.names.get(id(obj))
        if name is not None:
            return name
        if is_a(obj, Symbol):
            return None if obj.symbol_done else {'global': obj.symbol_name}
        if is_a(obj, (type, types.FunctionType)) or is_built_in_function(obj):
            return {'global': '%s:%s' % (obj.__module__, obj.__qualname__)}
        return None

    def number(self, obj):
        key = id(obj)
        if key not in self.numbers:
            self.numbers[key] = len(self.queue)
            self.queue.append(obj)
        return self.numbers[key]

    def leaves(self, items):
        return [self.leaf(item) for item in items]

    def pairs(self, items):
        return [[self.leaf(key), self.leaf(item)] for key, item in items]

    def content(self, obj):
        """What is in an object, its parts as leaves."""
        kind = type(obj)
        if kind in SEQUENCES:
            return {SEQUENCES[kind]: self.leaves(obj)}
        if kind is dict:
            return {'dict': self.pairs(obj.items())}
        if kind is bytearray:
            return {'bytearray': bytes(obj).hex()}
        if kind is ITERATOR:
            return {'iterator': self.leaves(rest_of(obj))}
        if kind is pickle.PickleBuffer:
            return self.buffer(obj)
        if kind is memoryview:
            return {'outOfBand': obj.tobytes().hex(), 'readonly': obj.readonly}
        if is_a(obj, Symbol):
            return {'symbol': obj.symbol_name, 'done': done_leaves(self, obj.symbol_done)}
        if is_a(obj, Recorded):
            return self.recorded(obj)
        if kind is Persistent:
            return {'persistent': self.leaf(obj.pid)}
        name = self.names.get(id(kind))
        if name is not None:
            return self.instance(obj, name['class'])
        return {'opaque': '%s:%s' % (kind.__module__, kind.__qualname__), 'repr': repr(obj)[:1000]}

    def instance(self, obj, name):
        cls = type(obj)
        member = getattr(obj, '_name_', None)
        if member is not None and getattr(cls, '__members__', {}).get(member) is obj:
            return {'instance': name, 'member': member}
        found = {'instance': name}
        if is_a(obj, CONTENT):
            found['of'] = self.of(obj)
        attributes = getattr(obj, '__dict__', None)
        if attributes:
            found['attributes'] = self.pairs(attributes.items())
        slots = [(slot, getattr(obj, slot)) for slot in slots_of(cls) if hasattr(obj, slot)]
        if slots:
            found['slots'] = self.pairs(slots)
        if is_a(obj, list):
            found['items'] = self.leaves(list.__iter__(obj))
        if is_a(obj, dict):
            found['entries'] = self.pairs(dict.items(obj))
        return found

    def of(self, obj):
        """The content an instance of a subclass of a built-in type has, as a value of that type."""
        if is_a(obj, int):
            return self.leaf(int.__add__(obj, 0))
        if is_a(obj, float):
            return {'float': struct.pack('>d', obj).hex()}
        if is_a(obj, str):
            return text(''.join(str.__iter__(obj)))
        if is_a(obj, (bytes, bytearray)):
            tag = 'bytes' if is_a(obj, bytes) else 'bytearray'
            return {tag: memoryview(obj).tobytes().hex()}
        if is_a(obj, BaseException):
            return {'tuple': self.leaves(obj.args)}
        for base in (tuple, set, frozenset):
            if is_a(obj, base):
                return {base.__name__: self.leaves(base.__iter__(obj))}
        raise TypeError('no content of %s is known' % type(obj).__name__)

    def buffer(self, obj):
        try:
            view = memoryview(obj)
        except ValueError:
            return {'buffer': None, 'released': True}
        under = view.obj
        while type(under) is memoryview:
            under = under.obj
        found = {'buffer': self.leaf(under), 'readonly': view.readonly}
        if view.strides[0] != 1:
            found['stride'] = view.strides[0]
        return found

    def recorded(self, obj):
        found = {'reduced': self.leaf(obj.picklespec_from), 'by': obj.picklespec_by,
                 'arguments': self.leaves(obj.picklespec_arguments)}
        if obj.picklespec_keywords:
            found['keywords'] = self.pairs(obj.picklespec_keywords.items())
        if obj.picklespec_done:
            found['done'] = done_leaves(self, obj.picklespec_done)
        return found


def done_leaves(describer, done):
    """What was done to a recorded object, in order: the name and its arguments."""
    return [[name] + describer.leaves(arguments) for name, arguments in done]


SEQUENCES = {list: 'list', tuple: 'tuple', set: 'set', frozenset: 'frozenset'}
CONTENT = (int, float, str, bytes, bytearray, tuple, set, frozenset, BaseException)


def text(obj):
    """A str as JSON text, or as parts where it has lone surrogates."""
    if not any('\ud800' <= character <= '\udfff' for character in obj):
        return obj
    parts = []
    for character in obj:
        if '\ud800' <= character <= '\udfff':
            parts.append(ord(character))
        elif parts and type(parts[-1]) is str:
            parts[-1] += character
        else:
            parts.append(character)
    return {'str': parts}


def rest_of(iterator):
    """What a list iterator has not given yet, without asking it for anything."""
    reduced = iterator.__reduce__()
    at = reduced[2] if len(reduced) > 2 else 0
    return list(reduced[1][0])[at:]


def slots_of(cls):
    """The attribute names of all slots, as they are looked up."""
    for base in cls.__mro__:
        for slot in base.__dict__.get('__slots__', ()):
            if slot in ('__dict__', '__weakref__'):
                continue
            if slot.startswith('__') and not slot.endswith('__'):
                yield '_%s%s' % (base.__name__.lstrip('_'), slot)
            else:
                yield slot


def nested(graph):
    """A graph as one scenario value: shared objects have ids, `s0` and on, by first appearance."""
    objects = graph['objects']
    counts = [0] * len(objects)

    def count(found):
        if type(found) is dict:
            if 'at' in found:
                counts[found['at']] += 1
            else:
                for item in found.values():
                    count(item)
        elif type(found) is list:
            for item in found:
                count(item)

    count(graph['value'])
    count(objects)
    ids = {}

    def place(found):
        if type(found) is list:
            return [place(item) for item in found]
        if type(found) is not dict:
            return found
        if 'at' not in found:
            return {name: place(item) for name, item in found.items()}
        number = found['at']
        if counts[number] == 1:
            return place(objects[number])
        if number in ids:
            return {'ref': ids[number]}
        ids[number] = 's%d' % len(ids)
        return {'id': ids[number], **place(objects[number])}

    return place(graph['value'])
