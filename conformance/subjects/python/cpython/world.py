"""The modules, functions and classes of a scenario, put where an import finds them."""

import collections
import dataclasses
import enum
import sys
import types
from sys import intern

from cpython.errors import LIMITS, Unbuildable
from cpython.hooks import function_hook, make_hook
from cpython.quick import quick_hook


def make_world(run):
    """Makes functions, then classes, then puts them into their modules."""
    scenario = run.scenario
    for index, spec in enumerate(scenario['functions']):
        with placed(run, 'functions[%d]' % index):
            run.functions[spec['name']] = make_function(run, spec)
    for index, spec in enumerate(scenario['classes']):
        with placed(run, 'classes[%d]' % index):
            made = make_class(run, spec)
        run.classes[spec['name']] = made
        run.own_classes.add(made)
    for index, spec in enumerate(scenario['classes']):
        with placed(run, 'classes[%d]' % index):
            put(run, spec, run.classes[spec['name']], None)
    for index, spec in enumerate(scenario['functions']):
        with placed(run, 'functions[%d]' % index):
            put(run, spec, run.functions[spec['name']],
                spec['name'] if spec.get('lambda') else None)


class placed:
    """Says where it was that something could not be made."""

    def __init__(self, run, place):
        self.run = run
        self.place = place

    def __enter__(self):
        pass

    def __exit__(self, kind, error, _traceback):
        if isinstance(error, Unbuildable):
            error.place = error.place or self.place
        elif isinstance(error, Exception) and not isinstance(error, LIMITS):
            message = '%s: %s' % (kind.__name__, error)
            raise self.run.cannot(Unbuildable(message, self.place)) from error


def finish_classes(run):
    """Sets what may refer to anything of the scenario: attributes and hooks that are values."""
    for index, spec in enumerate(run.scenario['classes']):
        with placed(run, 'classes[%d]' % index):
            finish_class(run, run.classes[spec['name']], spec)


def finish_class(run, cls, spec):
    for name, value in spec.get('attributes', ()):
        setattr(cls, intern(name), run.builder.evaluate(value))
    for name, hook in spec.get('hooks', {}).items():
        if hook is not None and 'is' in hook and name != '__class__':
            setattr(cls, intern(name), run.builder.evaluate(hook['is']))


def home(run, spec):
    """The module-name object of a class or function, or None."""
    module = spec.get('module', run.scenario['module'])
    return None if module is None else intern(module)


def make_function(run, spec):
    hook = function_hook(run, spec)
    quick = None
    if hook is not None and run.quick and 'call' in spec:
        quick = quick_hook(run, spec['call'], 'function', False, hook.is_reduction, hook.otherwise)
    if quick is not None:
        function = quick
    elif hook is None:
        def function(*arguments, **_keywords):
            return arguments[0] if arguments else None
    else:
        def function(*arguments, **_keywords):
            return hook(arguments)
    name = '<lambda>' if spec.get('lambda') else spec['name']
    function.__module__ = home(run, spec)
    function.__name__ = intern(name)
    function.__qualname__ = intern(spec.get('qualname', name))
    return function


def make_class(run, spec):
    name = intern(spec['name'])
    qualname = intern(spec.get('qualname', name))
    kind = spec.get('kind', 'plain')
    bases = tuple(run.class_of(base) for base in spec.get('bases', ()))
    namespace = {'__module__': home(run, spec), '__qualname__': qualname}
    hooks = {intern(key): make_hook(run, hook, '%s.%s' % (name, key), on_class=True)
             for key, hook in spec.get('hooks', {}).items()
             if hook is None or 'is' not in hook or key == '__class__'}
    if 'slots' in spec:
        namespace['__slots__'] = tuple(intern(slot) for slot in spec['slots'])
    if kind == 'namedtuple':
        return make_namedtuple(namespace, spec, hooks)
    namespace.update(hooks)
    if kind == 'enum':
        return make_enum(run, name, bases or (enum.Enum,), namespace, spec)
    if kind == 'dataclass':
        namespace['__annotations__'] = {intern(field): object for field in spec.get('fields', ())}
    if kind == 'exception' and not bases:
        bases = (Exception,)
    if 'metaclass' in spec:
        metaclass = run.class_of(spec['metaclass'])
    else:
        metaclass = type(bases[0]) if bases else type
        for base in bases:
            if issubclass(type(base), metaclass):
                metaclass = type(base)
    made = metaclass(name, bases, namespace)
    return dataclasses.dataclass(made) if kind == 'dataclass' else made


def make_namedtuple(namespace, spec, hooks):
    made = collections.namedtuple(spec['name'], spec.get('fields', ()))
    for key, item in list(namespace.items()) + list(hooks.items()):
        if key != '__slots__':
            setattr(made, key, item)
    return made


def make_enum(run, name, bases, namespace, spec):
    metaclass = run.class_of(spec['metaclass']) if 'metaclass' in spec else type(bases[-1])
    body = metaclass.__prepare__(name, bases)
    for key, item in namespace.items():
        body[key] = item
    for key, value in spec.get('members', ()):
        body[intern(key)] = run.builder.evaluate(value)
    return metaclass(name, bases, body)


def put(run, spec, made, name):
    """Puts a class or function into its module under its qualified name, or another object."""
    name = name or spec.get('qualname', spec['name'])
    if spec.get('found') is False or '<locals>' in name:
        return
    module = spec.get('module', run.scenario['module'])
    owner = module_of(run, run.scenario['module'] if module is None else module)
    if owner is None:
        return
    *outer, last = name.split('.')
    for part in outer:
        owner = getattr(owner, part)
    found = object() if spec.get('found') == 'other' else made
    run.isolation.bind(owner, intern(last), found)
    run.bound[run.scenario['module'] if module is None else module, name] = found


def module_of(run, name):
    """The module a scenario's things are put into, None for a missing one; parents come along."""
    if name in run.scenario['missingModules']:
        return None
    parent, _, last = name.rpartition('.')
    if '' in name.split('.'):
        parent = ''
    if parent:
        outer = module_of(run, parent)
    module = sys.modules.get(name)
    if module is None:
        module = types.ModuleType(intern(name))
        run.isolation.add_module(intern(name), module)
        if parent and outer is not None:
            run.isolation.bind(outer, intern(last), module)
    return module
