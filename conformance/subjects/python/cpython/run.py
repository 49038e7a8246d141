"""One scenario under one engine and protocol, from an untouched interpreter to another."""

import copyreg
from sys import intern

from cpython import steps
from cpython.engines import ENGINES
from cpython.errors import Unbuildable
from cpython.hooks import TRACE_LENGTH, make_hook
from cpython.isolation import Isolation
from cpython.labels import Labels
from cpython.loading import free
from cpython.observe import File, memo_labels, positions, refusal_of
from cpython.tables import make_entries
from cpython.values import Builder, dismantle
from cpython.world import finish_classes, make_world, placed


class Run:
    """The state of a run; the other modules work on it."""

    # Whether hooks are functions of their own, see quick.py.
    quick = False

    def __init__(self, scenario, plan, engine, protocol, observe):
        self.scenario = scenario
        self.plan = plan
        self.pickler_class, self.unpickler_class = ENGINES[engine]
        self.protocol = protocol
        self.observe = observe
        self.labels = Labels()
        self.builder = Builder(self)
        self.functions = {}
        self.classes = {}
        self.own_classes = set()
        self.objects = {}
        self.counts = {}
        self.nests = []
        self.views = []
        self.bound = {}
        self.written = []
        self.file = File()
        self.buffers = []
        self.pickler = None
        self.given = {}
        self.loading = None
        self.loaded = []
        self.broken = None
        self.traced = [] if 'trace' in observe else None
        self.trace_kept = 0
        self.trace_more = 0
        self.orders = [] if 'orders' in observe else None
        self.isolation = None

    # What values and hooks ask for.

    def class_of(self, ref):
        """The class a reference names."""
        if ':' in ref:
            return self.plan.globals[ref]
        if ref not in self.classes:
            raise self.cannot(Unbuildable('the class %s is used before it is made' % ref))
        return self.classes[ref]

    def global_of(self, ref):
        """The object a `module:qualified.name` names."""
        return self.plan.globals[ref]

    def cannot(self, failure):
        """Notes that the scenario cannot be built here; gives what to raise."""
        if self.broken is None:
            self.broken = failure
        return failure

    def exception(self, raises):
        """A new exception as a rule describes it."""
        return self.class_of(raises['type'])(raises['message'])

    def instance_hook(self, owner, name, hook):
        """A hook as attribute of one object, named by its label."""
        place = '%s.%s' % (self.labels.label(owner), name)
        return make_hook(self, hook, place, owner=owner)

    def name_function(self, function, name):
        """Gives a hook the names it would have in source code."""
        function.__module__ = intern(self.scenario['module'])
        function.__name__ = function.__qualname__ = intern(name)

    def names(self):
        """How a description calls the scenario's own classes and functions."""
        names = {id(cls): {'class': name} for name, cls in self.classes.items()}
        names.update((id(function), {'function': name})
                     for name, function in self.functions.items())
        return names

    def act(self, action):
        """Carries out an action from within a hook."""
        loading = self.loading
        try:
            steps.act(self, action)
        finally:
            self.loading = loading

    def find_class(self, module, name):
        """What the unpickler that is loading finds where no hook says otherwise."""
        return self.loading.find_class(module, name)

    # What is observed.

    def trace_call(self, place, subject):
        """A new entry of the trace, its answer still open; None when it is not kept."""
        if self.traced is None:
            return None
        if self.trace_kept >= TRACE_LENGTH:
            self.trace_more += 1
            return None
        self.trace_kept += 1
        entry = [place, self.labels.label(subject), '']
        self.traced.append(entry)
        return entry

    def out_of_band(self, buffer):
        """Notes a buffer that was taken out of band."""
        with buffer.raw() as view:
            self.buffers.append({'bytes': view.hex(), 'readonly': view.readonly})

    def order_slot(self, made):
        """Keeps the place of a set in the order of creation."""
        if self.orders is None:
            return None
        self.orders.append([made, []])
        return self.orders[-1]

    def order_of(self, made, members, slot=None):
        """Notes in which order a set has its members."""
        if self.orders is not None and len(made) > 1:
            (slot or self.order_slot(made))[1] = positions(members, made)

    def step(self, act, is_load=False):
        """Carries out one step and gives its observation."""
        self.file.pieces = []
        self.buffers = []
        self.given = {}
        if self.traced is not None:
            self.traced, self.trace_more = [], 0
        seen = {}
        refused = None
        try:
            act()
        except Unbuildable:
            raise
        except BaseException as error:
            refused = refusal_of(error)
        if self.broken is not None:
            raise self.broken
        pieces = self.file.pieces
        written = b''.join([piece for _, piece in pieces])
        if written:
            seen['bytes'] = written.hex()
        if refused is not None:
            seen['refused'] = refused
            if is_load and self.loading is not None and self.loading.offset() is not None:
                seen['offset'] = self.loading.offset()
        if self.buffers:
            seen['buffers'] = self.buffers
        if self.traced is not None:
            seen['trace'] = self.traced
            if self.trace_more:
                seen['traceMore'] = self.trace_more
        if 'memo' in self.observe and self.pickler is not None:
            seen['memo'] = memo_labels(self.pickler, self.labels)
        if 'writes' in self.observe:
            seen['writes'] = [[kind, len(piece)] for kind, piece in pieces]
        seen.update(self.given)
        return seen, written

    # The whole.

    def prepare(self):
        """Builds everything that is there before step 0."""
        scenario = self.scenario
        self.isolation.hide_modules(scenario['missingModules'])
        make_world(self)
        self.builder.evaluate_all(self.plan.ids)
        finish_classes(self)
        entries = make_entries(self, scenario['copyreg']['dispatch_table'], 'copyreg')
        copyreg.dispatch_table.update(entries)
        for module, name, code in scenario['copyreg']['extensions']:
            self.isolation.add_extension(intern(module), intern(name), code)

    def observe_all(self):
        """The observations of all steps, and the orders of sets if asked for."""
        self.isolation = Isolation()
        try:
            self.prepare()
            with placed(self, 'pickler'):
                seen, written = self.step(lambda: steps.make_pickler(self))
            results = [seen]
            self.written.append(written)
            if 'refused' not in seen:
                for index, action in enumerate(self.scenario['steps']):
                    with placed(self, 'steps[%d]' % index):
                        seen, written = self.step(lambda: steps.act(self, action),
                                                  'load' in action)
                    results.append(seen)
                    self.written.append(written)
            found = {'steps': results}
            if self.orders is not None:
                found['orders'] = [[self.labels.label(made), order]
                                   for made, order in self.orders if order]
            return found
        finally:
            self.isolation.end()
            self.end()

    def end(self):
        """Lets go of everything the run made, deep things last and level by level."""
        self.pickler = None
        self.loading = None
        while self.loaded:
            free(self.loaded.pop())
        self.orders = None
        self.objects.clear()
        self.functions.clear()
        self.classes.clear()
        self.bound.clear()
        self.own_classes.clear()
        self.labels = None
        self.builder.queue.clear()
        # Up to 3.12.6 a loop with a memoryview that is exported crashes the collector.
        while self.views:
            self.views.pop().release()
        while self.nests:
            dismantle(self.nests.pop())
