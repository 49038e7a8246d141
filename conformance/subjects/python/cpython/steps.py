"""The steps of a scenario: the pickler is built, then each action in turn."""

import copyreg
from sys import intern

from cpython.hooks import make_hook
from cpython.loading import load_step
from cpython.plan import TABLE_PLACES, target_place
from cpython.tables import make_table


def make_pickler(run):
    """Step 0: the class, `__init__`, then the instance's attributes."""
    settings = run.scenario['pickler']
    cls = run.pickler_class
    if settings['subclass'] is not None:
        cls = make_subclass(run, cls, settings['subclass'])
    run.pickler = construct(run, cls, settings['init'])
    for name in ATTRIBUTES:
        if name in settings['instance']:
            setattr(run.pickler, name, attribute(run, name, settings['instance'][name],
                                                 'instance', False))


ATTRIBUTES = ('fast', 'dispatch_table', 'reducer_override', 'persistent_id')


def make_subclass(run, base, attributes):
    """A subclass of the engine's pickler with these attributes in its body."""
    namespace = {'__module__': intern(run.scenario['module'])}
    for name in ATTRIBUTES:
        if name in attributes:
            namespace[name] = attribute(run, name, attributes[name], 'subclass', True)
    return type('Pickler', (base,), namespace)


def construct(run, cls, init):
    """Calls the class with a protocol (the scenario's, else the one asked for) and options."""
    protocol, options = arguments(run, init)
    return cls(run.file, protocol, **options)


def arguments(run, init):
    """The protocol and the keyword arguments of the pickler."""
    protocol = run.builder.evaluate(init['protocol']) if 'protocol' in init else run.protocol
    options = {}
    if 'fix_imports' in init:
        options['fix_imports'] = init['fix_imports']
    if 'buffer_callback' in init:
        options['buffer_callback'] = make_hook(
            run, init['buffer_callback'], 'init.buffer_callback')
    return protocol, options


def attribute(run, name, given, where, on_class):
    """The value of one of a pickler's attributes."""
    place = '%s.%s' % (where, name)
    if name == 'fast':
        return run.builder.evaluate(given)
    if name == 'dispatch_table':
        return make_table(run, given, place)
    return make_hook(run, given, place, on_class=on_class)


def act(run, action):
    """Carries out one action; what it raises is the engine's answer."""
    for kind, carry_out in ACTIONS.items():
        if kind in action:
            carry_out(run, action[kind], action)
            return


def dump(run, value, _action):
    run.pickler.dump(run.builder.evaluate(value))


def set_attribute(run, given, _action):
    target, name = target_of(run, given['on']), intern(given['name'])
    on_class = given['on'] == 'class'
    if type(given['on']) is dict:
        place = '%s.%s' % (target_place(given['on']), name)
        value = make_hook(run, given['to'], place, owner=target)
    elif name == 'fast' and given['to'] is not None and 'is' in given['to']:
        value = run.builder.evaluate(given['to']['is'])
    else:
        value = attribute(run, name, given['to'], target_place(given['on']), on_class)
    keep_engine(run, target, name)
    setattr(target, name, value)


def delete_attribute(run, given, _action):
    target, name = target_of(run, given['on']), intern(given['name'])
    keep_engine(run, target, name)
    delattr(target, name)


def keep_engine(run, target, name):
    """An engine's own class is shared by all runs, so what is done to it is undone."""
    if target is run.pickler_class:
        run.isolation.remember(target, name)


def put(run, given, _action):
    place = '%s[%s]' % (TABLE_PLACES[given['table']], given['key'])
    reducer = make_hook(run, given['to'], place)
    table_of(run, given['table'])[run.class_of(given['key'])] = reducer


def remove(run, given, _action):
    del table_of(run, given['table'])[run.class_of(given['key'])]


def call(run, given, _action):
    values = [run.builder.evaluate(argument) for argument in given['arguments']]
    getattr(target_of(run, given['on']), given['method'])(*values)


def load(run, given, action):
    run.given['graph'] = load_step(run, given, action.get('from', 'bytes'))


ACTIONS = {
    'dump': dump, 'load': load, 'set': set_attribute, 'delete': delete_attribute,
    'put': put, 'remove': remove, 'call': call,
}


def target_of(run, target):
    """The pickler, its class, or the object with an id."""
    if type(target) is dict:
        return run.objects[target['object']]
    return run.pickler if target == 'pickler' else type(run.pickler)


def table_of(run, name):
    """The dispatch table of the pickler, of its class, or of copyreg."""
    if name == 'copyreg':
        return copyreg.dispatch_table
    return target_of(run, name).dispatch_table
