"""cloudpickle's pickler behind the adapter for Python: ``__main__.py FOLDER``, where it is installed."""

import os
import pickle
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# This folder is called like what is tested, so that one comes first.
sys.path[0:1] = [sys.argv[1], os.path.dirname(HERE)]

import cloudpickle  # noqa: E402
from cpython import engines, streams  # noqa: E402

# What loads is pickle itself, and __init__ has no fix_imports.
CAPABILITIES = [
    'values', 'functions', 'classes', 'modules', 'extensions', 'hooks', 'pickler:subclass',
    'pickler:fast', 'pickler:protocol', 'steps', 'trace', 'memo', 'writes', 'orders',
]

engines.stand_for('cloudpickle', (cloudpickle.Pickler, pickle.Unpickler), {
    'name': 'cloudpickle %s' % cloudpickle.__version__,
    'homepage': 'https://github.com/cloudpipe/cloudpickle',
    'issues': 'https://github.com/cloudpipe/cloudpickle/issues',
    'roles': ['pickler', 'dump'],
    'capabilities': CAPABILITIES,
})
streams.main()
