"""Makes the values of a scenario, in two phases, with the identity the language asks for."""

import pickle
import struct
from collections import deque
from sys import intern

from cpython.digits import int_of
from cpython.errors import LIMITS, Unbuildable
from cpython.kinds import is_a

ONE_BYTE = [bytes(range(256))[i:i + 1] for i in range(256)]
NO_SUBJECT = object()
# No pickler gets as deep into a nest as this, so what is deeper needs no label.
LABELLED_LEVELS = 100000


def fresh_text(text):
    """A str that is no other object, except the empty one and one-character latin-1 ones."""
    if len(text) > 1:
        return text[:1] + text[1:]
    if text and ord(text) > 255:
        return chr(ord(text))
    return intern(text)


def text_of(parts):
    """The str of a list of code points, texts and fills."""
    return fresh_text(''.join([
        part if type(part) is str
        else chr(part) if type(part) is int
        else part['of'] * part['fill']
        for part in parts]))


def raw_of(parts):
    """The bytes of a hex text or a list of hex texts and fills; one byte is a singleton."""
    if type(parts) is str:
        raw = bytes.fromhex(parts)
    else:
        raw = b''.join([
            bytes.fromhex(part) if type(part) is str else bytes.fromhex(part['of']) * part['fill']
            for part in parts])
    return ONE_BYTE[raw[0]] if len(raw) == 1 else raw


class Builder:
    """Builds values for one run. ``run`` gives classes, functions, globals, ids and labels."""

    def __init__(self, run):
        self.run = run
        self.queue = deque()
        self.subject = NO_SUBJECT
        self.making = set()

    def evaluate(self, value, subject=NO_SUBJECT):
        """One evaluation: a new object, complete. ``subject`` is what ``self`` stands for."""
        if type(value) is not dict:
            return self.build(value)
        return self.complete(lambda: self.build(value), subject)

    def evaluate_all(self, names):
        """Builds the objects with these ids in one evaluation."""
        self.complete(lambda: [self.named(name) for name in names], NO_SUBJECT)

    def complete(self, build, subject):
        """Builds with a queue of its own, drained at the end."""
        outer = self.queue, self.subject
        self.queue, self.subject = deque(), subject
        try:
            made = build()
            self.drain()
            return made
        except LIMITS:
            raise
        except Exception as error:
            failure = Unbuildable('%s: %s' % (type(error).__name__, error))
        finally:
            self.queue, self.subject = outer
        raise self.run.cannot(failure)

    def drain(self):
        """Fills mutable objects in the order they were made."""
        queue = self.queue
        while queue:
            fill, made, value = queue.popleft()
            fill(self, made, value)

    def build(self, value):
        """The object of a value; contents of mutable ones wait in the queue."""
        kind = type(value)
        if kind is dict:
            if 'id' in value:
                return self.named(value['id'])
            return self.make(value)
        if kind is str:
            return fresh_text(value)
        if kind is int:
            return value + 0
        return value

    def named(self, name):
        """The one object with this id, made when first met."""
        objects = self.run.objects
        if name not in objects:
            if name in self.making:
                raise self.run.cannot(Unbuildable('%s is a cycle of immutable objects' % name))
            self.making.add(name)
            objects[name] = self.make(self.run.plan.ids[name])
        return objects[name]

    def make(self, value):
        for tag in value:
            if tag in MAKERS:
                made = MAKERS[tag](self, value)
                if 'node' in value:
                    self.run.labels.add(made, value.get('id'), value['node'])
                return made
        raise self.run.cannot(Unbuildable('a value without a tag'))

    def items(self, items):
        """The members of a sequence in order, `repeat` and `range` spelled out."""
        members = []
        for item in items:
            if type(item) is dict and 'repeat' in item:
                of = item['of']
                members.extend([self.build(of) for _ in range(item['repeat'])])
            elif type(item) is dict and 'range' in item:
                members.extend(range(*item['range']))
            else:
                members.append(self.build(item))
        return members

    def entries(self, entries):
        """The keys and values of a dict in order."""
        for entry in entries:
            if type(entry) is dict:
                for number in range(*entry['range']):
                    yield number, self.build(entry['value'])
            else:
                key = self.build(entry[0])
                yield key, self.build(entry[1])


# Immutable atoms.

def make_int(builder, value):
    return int_of(value['int'])


def make_float(builder, value):
    return struct.unpack('>d', bytes.fromhex(value['float']))[0]


def make_str(builder, value):
    return text_of(value['str'])


def make_bytes(builder, value):
    return raw_of(value['bytes'])


def make_bytearray(builder, value):
    return bytearray(raw_of(value['bytearray']))


def make_singleton(builder, value):
    return {'Ellipsis': Ellipsis, 'NotImplemented': NotImplemented}[value['singleton']]


# Containers.

def make_tuple(builder, value):
    return tuple(builder.items(value['tuple']))


def make_frozenset(builder, value):
    members = builder.items(value['frozenset'])
    made = frozenset(members)
    builder.run.order_of(made, members)
    return made


def later(make_empty, fill):
    """A maker of a mutable object: empty now, filled from the queue."""
    def make(builder, value):
        made = make_empty()
        builder.queue.append((fill, made, value))
        return made
    return make


def fill_list(builder, made, value):
    made.extend(builder.items(value['list']))


def fill_dict(builder, made, value):
    for key, item in builder.entries(value['dict']):
        made[key] = item


def make_set(builder, value):
    made = set()
    slot = builder.run.order_slot(made)
    builder.queue.append((fill_set, made, (value['set'], slot)))
    return made


def fill_set(builder, made, value):
    items, slot = value
    members = builder.items(items)
    set.update(made, members)
    builder.run.order_of(made, members, slot)


def make_iterator(builder, value):
    under = []
    builder.queue.append((fill_iterator, under, value))
    return iter(under)


def fill_iterator(builder, under, value):
    under.extend(builder.items(value['iterator']))


def make_nest(builder, value):
    depth, kind, inner = value['nest'], value['in'], value['of']
    run = builder.run
    node = value.get('node')
    if kind in ('tuple', 'frozenset'):
        levels = [builder.build(inner)]
        wrap = (lambda item: (item,)) if kind == 'tuple' else (lambda item: frozenset((item,)))
        for _ in range(depth):
            levels.append(wrap(levels[-1]))
        levels.reverse()
        levels.pop()
    elif kind == 'list':
        levels = [[] for _ in range(depth)]
    elif kind == 'dict':
        levels = [{} for _ in range(depth)]
    else:
        cls = run.class_of(kind[len('instance:'):])
        levels = [object_of(run, cls, ()) for _ in range(depth)]
    for level in levels[:LABELLED_LEVELS]:
        run.labels.add(level, None, node)
    run.nests.append(levels)
    if kind not in ('tuple', 'frozenset'):
        builder.queue.append((fill_nest, levels, value))
    return levels[0]


def fill_nest(builder, levels, value):
    kind = value['in']
    put = (list.append if kind == 'list'
           else (lambda level, item: level.__setitem__(0, item)) if kind == 'dict'
           else (lambda level, item: setattr(level, 'next', item)))
    for outer, item in zip(levels, levels[1:]):
        put(outer, item)
    put(levels[-1], builder.build(value['of']))


def dismantle(levels):
    """Frees a nest level by level, so that no interpreter has to recurse into it."""
    levels.reverse()
    while levels:
        level = levels.pop()
        if is_a(level, (list, dict)):
            level.clear()
        elif not is_a(level, (tuple, frozenset)):
            level.next = None


# Instances and things of libraries.

def object_of(run, cls, arguments):
    """An instance by the `__new__` of the first base that is not the scenario's."""
    for base in cls.__mro__:
        if base not in run.own_classes and '__new__' in base.__dict__:
            return base.__new__(cls, *arguments)
    raise TypeError('no __new__ for %s' % cls.__name__)


def make_instance(builder, value):
    run = builder.run
    cls = run.class_of(value['instance'])
    if 'member' in value:
        return cls.__members__[value['member']]
    arguments, waiting = (), None
    if 'of' in value:
        of = value['of']
        if issubclass(cls, set):
            waiting = of
        elif issubclass(cls, BaseException):
            arguments = builder.items(of['tuple'])
        else:
            arguments = (content_of(builder, of),)
    made = object_of(run, cls, arguments)
    if issubclass(cls, frozenset):
        run.order_of(made, arguments[0] if arguments else ())
    if issubclass(cls, bytearray) and arguments:
        bytearray.__init__(made, arguments[0])
    slot = run.order_slot(made) if waiting is not None else None
    builder.queue.append((fill_instance, made, (value, waiting, slot)))
    return made


def content_of(builder, of):
    """What `of` says, without making the container it is written as."""
    if type(of) is dict:
        for tag in ('tuple', 'frozenset', 'set'):
            if tag in of:
                return builder.items(of[tag])
    return builder.build(of)


def fill_instance(builder, made, value):
    spec, waiting, slot = value
    if waiting is not None:
        members = list(content_of(builder, waiting))
        set.update(made, members)
        builder.run.order_of(made, members, slot)
    if 'items' in spec:
        list.extend(made, builder.items(spec['items']))
    if 'entries' in spec:
        for key, item in builder.entries(spec['entries']):
            dict.__setitem__(made, key, item)
    for name, item in spec.get('attributes', ()):
        setattr(made, intern(name), builder.build(item))
    for name, item in spec.get('slots', ()):
        setattr(made, intern(name), builder.build(item))
    for name, hook in spec.get('hooks', {}).items():
        setattr(made, intern(name), builder.run.instance_hook(made, name, hook))


def make_buffer(builder, value):
    under = builder.build(value['buffer'])
    if value.get('readonly'):
        under = memoryview(under).toreadonly()
    if value.get('stride', 1) != 1:
        under = memoryview(under)[::value['stride']]
    made = pickle.PickleBuffer(under)
    builder.run.views.append(made)
    if value.get('released'):
        made.release()
    return made


def make_opaque(builder, value):
    arguments = [builder.evaluate(argument) for argument in value['arguments']]
    return builder.run.global_of(value['opaque'])(*arguments)


def make_self(builder, value):
    if builder.subject is NO_SUBJECT:
        raise TypeError('self outside of what a hook returns')
    return builder.subject if value['self'] is True else builder.subject.__dict__


MAKERS = {
    'int': make_int, 'float': make_float, 'str': make_str, 'bytes': make_bytes,
    'bytearray': make_bytearray, 'singleton': make_singleton,
    'tuple': make_tuple, 'frozenset': make_frozenset, 'set': make_set,
    'list': later(list, fill_list), 'dict': later(dict, fill_dict),
    'iterator': make_iterator, 'nest': make_nest,
    'instance': make_instance, 'buffer': make_buffer, 'opaque': make_opaque, 'self': make_self,
    'global': lambda builder, value: builder.run.global_of(value['global']),
    'class': lambda builder, value: builder.run.class_of(value['class']),
    'function': lambda builder, value: builder.run.functions[value['function']],
    'ref': lambda builder, value: builder.named(value['ref']),
}
