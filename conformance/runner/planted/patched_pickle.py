"""The Python adapter over a pickle module with faults: patched_pickle.py FAULT[,FAULT...].

Only the pure-Python engine is offered, since that is the one with the faults. `none` plants none.
"""

import inspect
import os
import pickle
import sys
import textwrap

# Class, method, text, text in its place; the first occurrence counts.
FAULTS = {
    'override-after-table': (
        '_Pickler',
        'save',
        'rv = reduce(obj)',
        'rv = reduce(obj) if getattr(self, "dispatch_table", dispatch_table).get(type(obj)) is None'
        ' else NotImplemented',
    ),
    'not-implemented-is-an-answer': (
        '_Pickler',
        'save',
        'if rv is NotImplemented:',
        'if rv is NotImplemented and not callable(reduce):',
    ),
    'no-instance-table': (
        '_Pickler',
        'save',
        "reduce = getattr(self, 'dispatch_table', dispatch_table).get(",
        "reduce = getattr(type(self), 'dispatch_table', dispatch_table).get(",
    ),
    'memo-in-fast-mode': ('_Pickler', 'memoize', 'if self.fast:', 'if False:'),
    'frames-one-too-long': (
        '_Framer',
        'commit_frame',
        'f.tell() >= self._FRAME_SIZE_TARGET',
        'f.tell() > self._FRAME_SIZE_TARGET',
    ),
    'batches-of-1001': ('_Pickler', '_batch_appends', 'self._BATCHSIZE', '(self._BATCHSIZE + 1)'),
}


def plant(faults):
    methods = {}
    for owner, name, text, instead in faults:
        method = getattr(getattr(pickle, owner), name)
        known = textwrap.dedent(inspect.getsource(method))
        source = methods.get((owner, name), known)
        if text not in source:
            raise SystemExit('%s has no %r in this release of Python' % (name, text))
        methods[owner, name] = source.replace(text, instead, 1)
    for (owner, name), source in methods.items():
        names = {}
        exec(compile(source, pickle.__file__, 'exec'), pickle.__dict__, names)
        setattr(getattr(pickle, owner), name, names[name])


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[0] = os.path.join(here, '..', '..', 'subjects', 'python')
    plant([FAULTS[name] for name in sys.argv[1].split(',') if name != 'none'])
    pickle.Pickler = pickle._Pickler
    from cpython.streams import main as serve

    serve()


main()
