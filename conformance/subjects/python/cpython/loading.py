"""Loads pickles in a world where nothing runs but what is known to be harmless."""

import _compat_pickle
import builtins
import io
import sys
from sys import intern

from cpython.describe import Describer
from cpython.engines import ENGINES
from cpython.errors import Unbuildable
from cpython.hooks import make_hook
from cpython.kinds import is_a
from cpython.observe import refusal_of
from cpython.recorder import Persistent, Recorded, Symbol

# In the world of symbols these names give the real thing; they only hold what they are given.
CONTAINERS = {'list': list, 'dict': dict, 'set': set, 'frozenset': frozenset, 'tuple': tuple}
# In the world of names these exist beside what the scenario has.
KNOWN = {
    ('copyreg', '_reconstructor'), ('copyreg', '__newobj__'), ('copyreg', '__newobj_ex__'),
    ('_codecs', 'encode'), ('collections', 'OrderedDict'),
} | {('builtins', name) for name in (
    'object', 'list', 'dict', 'set', 'frozenset', 'tuple', 'int', 'float', 'complex', 'bool', 'str',
    'bytes', 'bytearray', 'range', 'slice', 'Ellipsis', 'NotImplemented')
} | {('builtins', name) for name, found in vars(builtins).items()
     if isinstance(found, type) and issubclass(found, BaseException)}
KNOWN_MODULES = {module for module, _ in KNOWN}


def load_pickles(engine, world, data, buffers):
    """What an engine makes of a pickle in a world: a graph or a refusal."""
    base = ENGINES[engine][1]
    symbols = {}
    cls = symbol_world(base, symbols) if world == 'symbols' else name_world(base, None)
    describer = Describer({})
    try:
        unpickler = cls(io.BytesIO(data), buffers=buffers)
        loaded = unpickler.load()
    except BaseException as error:
        return {'engine': engine, 'refused': refusal_of(error)}
    del unpickler
    found = {'engine': engine, 'graph': describer.graph(loaded)}
    del loaded
    free(describer.queue)
    return found


def symbol_world(base, symbols):
    """An unpickler for which every name but a few containers is a symbol."""
    class Unpickler(base):
        def find_class(self, module, name):
            if module in ('builtins', '__builtin__') and name in CONTAINERS:
                return CONTAINERS[name]
            key = '%s:%s' % (module, name)
            if key not in symbols:
                symbols[key] = Symbol(key)
            return symbols[key]

        def persistent_load(self, pid):
            return Persistent(pid)
    return Unpickler


def name_world(base, run):
    """An unpickler for which only known names exist, and those of a run."""
    bound = run.bound if run is not None else {}
    named = run.plan.globals if run is not None else {}

    class Unpickler(base):
        def find_class(self, module, name):
            mapped = mapped_name(module, name)
            if (module, name) == ('builtins', 'getattr') or mapped == ('builtins', 'getattr'):
                return careful_getattr(bound)
            for key in ((module, name), mapped):
                if key in KNOWN or key in bound or '%s:%s' % key in named:
                    return base.find_class(self, module, name)
            modules = {known for known, _ in bound} | KNOWN_MODULES
            if module in modules or mapped[0] in modules:
                raise AttributeError("Can't get attribute %r on %r" % (
                    name, sys.modules.get(mapped[0], mapped[0])))
            raise ModuleNotFoundError('No module named %r' % module, name=module)
    return Unpickler


def mapped_name(module, name):
    """The Python 3 name of a Python 2 one."""
    if (module, name) in _compat_pickle.NAME_MAPPING:
        return _compat_pickle.NAME_MAPPING[module, name]
    return _compat_pickle.IMPORT_MAPPING.get(module, module), name


def careful_getattr(bound):
    """A getattr that gives nothing but what the scenario put somewhere."""
    def careful(owner, name):
        found = getattr(owner, name)
        if not any(found is known for known in bound.values()):
            raise AttributeError('%r object has no attribute %r' % (type(owner).__name__, name))
        return found
    return careful


class Loading:
    """An unpickler of a `load` step with its file, which the next pickle is read from."""

    def __init__(self, base, unpickler, file, origin):
        self.base = base
        self.unpickler = unpickler
        self.file = file
        self.origin = origin

    def find_class(self, module, name):
        """What is found where no hook says otherwise."""
        return self.base.find_class(self.unpickler, module, name)

    def offset(self):
        """How many bytes have been read; None where more is looked at than that."""
        return None if self.origin == 'short-reads' else self.file.tell()


def load_step(run, given, origin):
    """Carries out a `load` action; gives the graph of what was loaded."""
    if type(given) is str or 'next' not in given:
        data = bytes.fromhex(given) if type(given) is str else run.written[given['step']]
        open_loading(run, data, origin)
    elif run.loading is None:
        raise run.cannot(Unbuildable('no unpickler is there to read on'))
    loaded = run.loading.unpickler.load()
    describer = Describer(run.names())
    graph = describer.graph(loaded)
    # The memo of the unpickler may be asked for them again.
    run.loaded.append(describer.queue)
    return graph


def open_loading(run, data, origin):
    """Makes the unpickler of a scenario: the class, `__init__`, then the instance's attributes."""
    settings = run.scenario['unpickler']
    options = {name: settings[name] for name in ('fix_imports', 'encoding', 'errors')
               if name in settings}
    if 'buffers' in settings:
        options['buffers'] = [run.builder.evaluate(value) for value in settings['buffers']]
    run.loading = None
    base = name_world(run.unpickler_class, run)
    cls = base
    if 'subclass' in settings:
        cls = type('Unpickler', (base,), {
            intern(name): unbound(make_hook(run, hook, 'subclass.' + name))
            for name, hook in settings['subclass'].items()})
    file = ORIGINS[origin](data)
    unpickler = cls(file, **options)
    run.loading = Loading(base, unpickler, file, origin)
    for name, hook in settings.get('instance', {}).items():
        setattr(unpickler, name, make_hook(run, hook, 'instance.' + name))


def unbound(hook):
    """What the class is given, so that a function in it gets no unpickler."""
    is_bound = hasattr(type(hook), '__get__') and not isinstance(hook, property)
    return staticmethod(hook) if is_bound else hook


class Stream:
    """A file that can only be read from, in the two ways an unpickler asks."""

    def __init__(self, data):
        self.file = io.BytesIO(data)

    def read(self, size=-1):
        return self.file.read(size)

    def readline(self):
        return self.file.readline()

    def tell(self):
        """For the adapter alone."""
        return self.file.tell()


class Trickle(io.RawIOBase):
    """A raw file that gives at most three bytes at a time."""

    def __init__(self, data):
        self.file = io.BytesIO(data)

    def readable(self):
        return True

    def readinto(self, buffer):
        piece = self.file.read(min(len(buffer), 3))
        buffer[:len(piece)] = piece
        return len(piece)


ORIGINS = {
    'bytes': io.BytesIO, 'stream': Stream,
    'short-reads': lambda data: io.BufferedReader(Trickle(data)),
}


def free(objects):
    """Lets go of a graph object by object, so that no interpreter has to recurse into it."""
    objects.reverse()
    while objects:
        obj = objects.pop()
        if type(obj) in (list, dict, set):
            obj.clear()
        elif is_a(obj, Recorded):
            obj.picklespec_arguments = ()
            obj.picklespec_keywords = {}
            obj.picklespec_done.clear()
