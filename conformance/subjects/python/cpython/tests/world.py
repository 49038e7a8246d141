"""A scenario with one class of each kind, and a way to look at what is built in it."""

from contextlib import contextmanager

from cpython.describe import Describer, nested
from cpython.engines import ENGINES
from cpython.isolation import Isolation
from cpython.plan import plan_of
from cpython.run import Run
from cpython.tests.scenarios import canonical

CLASSES = [
    {'name': 'Point'}, {'name': 'Inner', 'qualname': 'Point.Inner'},
    {'name': 'Slotted', 'slots': ['a', 'b']},
    {'name': 'SlottedToo', 'bases': ['Slotted'], 'slots': ['c', '__dict__']},
    {'name': 'IntSub', 'bases': ['builtins:int']},
    {'name': 'FloatSub', 'bases': ['builtins:float']},
    {'name': 'StrSub', 'bases': ['builtins:str']},
    {'name': 'BytesSub', 'bases': ['builtins:bytes']},
    {'name': 'BytearraySub', 'bases': ['builtins:bytearray']},
    {'name': 'TupleSub', 'bases': ['builtins:tuple']},
    {'name': 'SetSub', 'bases': ['builtins:set']},
    {'name': 'FrozenSub', 'bases': ['builtins:frozenset']},
    {'name': 'ListSub', 'bases': ['builtins:list']},
    {'name': 'DictSub', 'bases': ['builtins:dict']},
    {'name': 'Color', 'kind': 'enum', 'members': [['RED', 1], ['BLUE', 'b']]},
    {'name': 'Level', 'kind': 'enum', 'bases': ['enum:IntEnum'], 'members': [['HIGH', 9]]},
    {'name': 'Pair', 'kind': 'namedtuple', 'fields': ['x', 'y']},
    {'name': 'Data', 'kind': 'dataclass', 'fields': ['a', 'b']},
    {'name': 'Oops', 'kind': 'exception'},
]
FUNCTIONS = [{'name': 'make'}, {'name': 'lam', 'lambda': True}]


@contextmanager
def prepared(steps, **given):
    """A run of a scenario in which all is built that is there before step 0."""
    scenario = canonical(steps=steps, **{'classes': CLASSES, 'functions': FUNCTIONS, **given})
    run = Run(scenario, plan_of(scenario), next(iter(ENGINES)), 4, ())
    run.isolation = Isolation()
    try:
        run.prepare()
        yield run
    finally:
        run.isolation.end()


def described(value):
    """What is built of a value, described as a value."""
    with prepared([{'dump': value}]) as run:
        made = run.builder.evaluate(run.scenario['steps'][0]['dump'])
        return nested(Describer(run.names()).graph(made))
