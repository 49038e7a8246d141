"""The picklers of this interpreter, and what it says about itself."""

import pickle
import platform
import sys

IS_PYPY = sys.implementation.name == 'pypy'
VERSION = platform.python_version()

# Engine id -> (pickler class, unpickler class); `c` only where it is another class than `py`.
ENGINES = {}
if pickle.Pickler is not pickle._Pickler:
    ENGINES['c'] = (pickle.Pickler, pickle.Unpickler)
ENGINES['py'] = (pickle._Pickler, pickle._Unpickler)

# What a subject that stands on this adapter says of itself, in place of what the interpreter is.
OTHERWISE = {}


def stand_for(name, picklers, says):
    """Makes this the adapter of picklers on top of the interpreter's own, whose profile they follow."""
    follow = follows(list(ENGINES)[0])
    ENGINES.clear()
    ENGINES[name] = picklers
    OTHERWISE.update(says, engines=[{'id': name, 'follows': follow}])


def follows(engine):
    """The profile an engine follows: ``cpython-3.13.0-c``, ``pypy-3.9``, None where there is none."""
    if IS_PYPY:
        return 'pypy-3.9' if VERSION.startswith('3.9.') else None
    return 'cpython-%s-%s' % (VERSION, engine)


def runtime():
    """The implementation and the machine under it, for people."""
    if sys.platform == 'emscripten':
        try:
            from pyodide_js import version
        except ImportError:
            version = '?'
        return 'pyodide %s (%s)' % (version, platform.machine() or 'wasm32')
    if IS_PYPY:
        return 'PyPy %d.%d.%d on %s %s' % (
            sys.pypy_version_info[:3] + (sys.platform, platform.machine()))
    return '%s on %s %s' % (platform.python_implementation(), sys.platform, platform.machine())


def hello():
    """The answer to ``hello``."""
    return {
        'protocol': 1,
        'name': platform.python_implementation(),
        'version': VERSION,
        'wordSize': 64 if sys.maxsize > 2 ** 32 else 32,
        'language': 'Python',
        'runtime': runtime(),
        'homepage': 'https://pypy.org/' if IS_PYPY else 'https://www.python.org/',
        'issues': 'https://github.com/%s/issues' % ('pypy/pypy' if IS_PYPY else 'python/cpython'),
        'engines': [{'id': name, 'follows': follows(name)} for name in ENGINES],
        'roles': ['pickler', 'dump', 'load', 'tool', 'bench'],
        'protocols': list(range(pickle.HIGHEST_PROTOCOL + 1)),
        'capabilities': list(CAPABILITIES),
        'distinguishes': list(DISTINGUISHES),
        **OTHERWISE,
    }


CAPABILITIES = (
    'values', 'functions', 'classes', 'modules', 'extensions', 'hooks', 'pickler', 'steps', 'load',
    'trace', 'memo', 'writes', 'orders', 'offset', 'world:symbols', 'world:names',
    'bench:gc-disabled', 'bench:graph',
)
DISTINGUISHES = (
    'tuple-list', 'bytes-str', 'bytes-bytearray', 'int-float', 'int-bool', 'set-frozenset',
    'set-list', 'surrogates', 'identity', 'dict-order', 'key-types', 'call-new', 'object-class',
)
