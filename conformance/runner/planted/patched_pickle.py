"""The Python adapter over a pickle module with one fault: patched_pickle.py FAULT.

Only the pure-Python engine is offered, since that is the one with the fault. `none` plants none.
"""

import inspect
import os
import pickle
import sys
import textwrap

# Method, text, text in its place; the first occurrence counts.
FAULTS = {
    'none': None,
    'override-after-table': (
        'save',
        'rv = reduce(obj)',
        'rv = reduce(obj) if getattr(self, "dispatch_table", dispatch_table).get(type(obj)) is None'
        ' else NotImplemented',
    ),
    'not-implemented-is-an-answer': (
        'save',
        'if rv is NotImplemented:',
        'if rv is NotImplemented and not callable(reduce):',
    ),
    'memo-in-fast-mode': ('memoize', 'if self.fast:', 'if False:'),
}


def plant(method, text, instead):
    source = textwrap.dedent(inspect.getsource(getattr(pickle._Pickler, method)))
    if text not in source:
        raise SystemExit('%s has no %r in this release of Python' % (method, text))
    names = {}
    exec(compile(source.replace(text, instead, 1), pickle.__file__, 'exec'), pickle.__dict__, names)
    setattr(pickle._Pickler, method, names[method])


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[0] = os.path.join(here, '..', '..', 'subjects', 'python')
    fault = FAULTS[sys.argv[1]]
    if fault is not None:
        plant(*fault)
    pickle.Pickler = pickle._Pickler
    from cpython.streams import main as serve

    serve()


main()
