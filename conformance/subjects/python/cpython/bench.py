"""Measures a workload: all is built outside the clock, and no garbage is collected within."""

import gc
import hashlib
import io
from time import perf_counter_ns

from cpython import steps
from cpython.describe import Describer
from cpython.errors import Malformed
from cpython.isolation import Isolation
from cpython.labels import NoLabels
from cpython.plan import plan_of
from cpython.run import Run


class Workload(Run):
    """A run whose hooks are quick ones and whose picklers write to memory."""

    quick = True

    def __init__(self, scenario, plan, engine, protocol):
        Run.__init__(self, scenario, plan, engine, protocol, ())
        self.labels = NoLabels()
        # What completes hooks once everything that they speak of is there.
        self.later = []

    def measure(self, operation, loops, samples, describes):
        """Nanoseconds per call, one for each sample, the pickle that was measured, and the graph
        of what a load gave."""
        self.isolation = Isolation()
        try:
            self.prepare()
            make = self.maker()
            while self.later:
                self.later.pop()()
            value = self.builder.evaluate(self.scenario['steps'][0]['dump'])
            file = io.BytesIO()
            make(file).dump(value)
            pickle = file.getvalue()
            if operation == 'dump':
                return dump_times(make, value, pickle, loops, samples), pickle, None
            del value
            times, loaded = load_times(self.unpickler_class, pickle, loops, samples)
            return times, pickle, self.described(loaded) if describes else None
        finally:
            self.isolation.end()
            self.end()

    def described(self, loaded):
        """The graph of what was loaded, as a load step tells it."""
        return Describer(self.names()).graph(loaded)

    def maker(self):
        """A function that makes the pickler of the workload for a file."""
        settings = self.scenario['pickler']
        cls = self.pickler_class
        if settings['subclass'] is not None:
            cls = steps.make_subclass(self, cls, settings['subclass'])
        protocol, options = steps.arguments(self, settings['init'])
        attributes = [(name, steps.attribute(self, name, settings['instance'][name], 'instance',
                                             False))
                      for name in steps.ATTRIBUTES if name in settings['instance']]
        if not attributes and not options:
            return lambda file: cls(file, protocol)

        def make(file):
            pickler = cls(file, protocol, **options)
            for name, value in attributes:
                setattr(pickler, name, value)
            return pickler
        return make


def dump_times(make, value, pickle, loops, samples):
    times = []
    for _ in range(samples):
        with no_collection():
            start = perf_counter_ns()
            for _ in range(loops):
                file = io.BytesIO()
                make(file).dump(value)
            times.append((perf_counter_ns() - start) / loops)
        if file.getvalue() != pickle:
            raise Malformed('the workload gives another pickle when it is dumped again')
    return times


def load_times(unpickler, pickle, loops, samples):
    """Nanoseconds per call, one for each sample, and what the last call gave."""
    times = []
    loaded = None
    for _ in range(samples):
        with no_collection():
            start = perf_counter_ns()
            for _ in range(loops):
                loaded = unpickler(io.BytesIO(pickle)).load()
            times.append((perf_counter_ns() - start) / loops)
    return times, loaded


class no_collection:
    """Collects garbage before, and none within."""

    def __enter__(self):
        gc.collect()
        gc.disable()

    def __exit__(self, *_error):
        gc.enable()


def bench(request):
    """The answer to `bench`: samples, the hash of the pickle they are of, the graph if asked for."""
    scenario, operation = request['scenario'], request['operation']
    if operation not in ('dump', 'load'):
        raise Malformed('dump or load is wanted', 'operation')
    for name in ('loops', 'samples'):
        if request[name] < 1:
            raise Malformed('1 or more is wanted', name)
    plan = plan_of(scenario)
    if [list(step) for step in scenario['steps']] != [['dump']]:
        raise Malformed('a workload has one step, a dump', 'scenario.steps')
    run = Workload(scenario, plan, request['engine'], request['protocol'])
    try:
        times, pickle, graph = run.measure(operation, request['loops'], request['samples'],
                                           request.get('graph', False))
    except Malformed:
        raise
    except Exception as error:
        raise Malformed('the workload is refused: %s: %s' % (type(error).__name__, error))
    found = {'samples': times, 'sha256': hashlib.sha256(pickle).hexdigest(), 'bytes': len(pickle)}
    return {'bench': found if graph is None else {**found, 'graph': graph}}
