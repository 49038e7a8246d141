"""What the scenario lets Python call: rules, their answers, and the trace of every call."""

import functools
import struct
import types
from sys import intern

from cpython.quick import quick_hook
from cpython.values import NO_SUBJECT

TRACE_LENGTH = 64

# Hooks asked about their last argument; all others are methods, asked about their instance.
ASKED_ABOUT_ARGUMENT = (
    'reducer_override', 'persistent_id', 'buffer_callback', 'persistent_load')
REDUCTIONS = ('reducer_override', '__reduce__', '__reduce_ex__')
BOUND_KINDS = ('function', 'lambda')


class Hook:
    """One installed callable: where it stands, what it answers, whom it is asked about."""

    __slots__ = ('run', 'place', 'rules', 'otherwise', 'asks', 'is_reduction', 'owner', 'callback')

    def __init__(self, run, place, spec, asks, owner=None):
        self.run = run
        self.place = place
        self.rules = spec['rules']
        name = name_of(place)
        self.otherwise = spec.get('else', NO_SUBJECT)
        if self.otherwise is NO_SUBJECT and asks != 'name':
            self.otherwise = ({'singleton': 'NotImplemented'} if name == 'reducer_override'
                              else None)
        self.asks = asks
        self.is_reduction = name in REDUCTIONS or name == ''
        self.owner = owner
        self.callback = name == 'buffer_callback'

    def __call__(self, arguments):
        """Answers a call, with its place in the trace."""
        run = self.run
        subject = self.owner
        if self.asks == 'last':
            subject = arguments[-1] if arguments else None
        elif self.asks == 'first':
            subject = arguments[0] if arguments else None
        elif self.asks == 'name':
            subject = '%s:%s' % arguments[-2:]
        entry = run.trace_call(self.place, subject)
        try:
            answer = self.answer(subject, arguments)
        except BaseException as error:
            if entry is not None:
                entry[2] = '!' + type(error).__name__
            raise
        if entry is not None:
            entry[2] = run.labels.label(answer)
        if self.callback and not answer:
            run.out_of_band(subject)
        return answer

    def answer(self, subject, arguments):
        run = self.run
        chosen = None
        for rule in self.rules:
            if 'match' in rule and not matches(run, rule['match'], subject):
                continue
            if 'nth' in rule:
                key = id(rule)
                run.counts[key] = run.counts.get(key, 0) + 1
                if run.counts[key] != rule['nth']:
                    continue
            if chosen is None:
                chosen = rule
        if chosen is None:
            if self.asks == 'name' and self.otherwise is NO_SUBJECT:
                return run.find_class(*arguments[-2:])
            return self.given(self.otherwise, subject)
        for action in chosen.get('do', ()):
            run.act(action)
        if 'raises' in chosen:
            raise run.exception(chosen['raises'])
        return self.given(chosen['returns'], subject)

    def given(self, value, subject):
        answer = self.run.builder.evaluate(value, subject)
        if self.is_reduction and type(answer) is str:
            # A copy: what was built keeps its label, whatever was interned before.
            return intern(chr(ord(answer)) if len(answer) == 1 else answer[:1] + answer[1:])
        return answer


def asks_of(name, otherwise):
    """Which argument a hook is asked about: `name` is the str of the last two, module:name."""
    if name == 'find_class':
        return 'name'
    return 'last' if name in ASKED_ABOUT_ARGUMENT or name == '' else otherwise


def name_of(place):
    """The attribute name at the end of a place; nothing for the entry of a table."""
    return '' if place.endswith(']') else place.rpartition('.')[2]


def matches(run, match, subject):
    """Whether a rule is about this object."""
    if 'class' in match:
        return type(subject) is run.class_of(match['class'])
    if 'object' in match:
        return subject is run.objects[match['object']]
    wanted = run.builder.evaluate(match['value'])
    if type(subject) is not type(wanted):
        return False
    if type(wanted) is float:
        return struct.pack('>d', subject) == struct.pack('>d', wanted)
    if type(wanted) in (int, str, bytes):
        return subject == wanted
    return subject is wanted


def make_hook(run, spec, place, on_class=False, owner=None):
    """The attribute a hook stands for; ``on_class`` where Python binds plain functions."""
    if spec is None:
        return None
    if 'is' in spec:
        return run.builder.evaluate(spec['is'])
    name = name_of(place)
    if 'property' in spec:
        given = spec['property']
        if 'raises' in given:
            def getter(self):
                raise run.exception(given['raises'])
        else:
            def getter(self):
                return callable_of(Hook(run, place, given['hook'], asks_of(name, 'owner'), self),
                                   run, name, given['hook'].get('as', 'function'))
        return property(getter)
    kind = spec.get('as', 'function')
    asks = asks_of(name, 'first' if on_class and kind in BOUND_KINDS else 'owner')
    hook = Hook(run, place, spec, asks, owner)
    if run.quick:
        quick = quick_hook(run, spec, asks, on_class, hook.is_reduction, hook.otherwise)
        if quick is not None:
            return quick
    return callable_of(hook, run, name, kind)


def callable_of(hook, run, name, kind):
    """A callable of the kind asked for that hands its calls to the hook."""
    def function(*arguments, **_keywords):
        return hook(arguments)
    called = name or 'reducer'
    run.name_function(function, '<lambda>' if kind == 'lambda' else called)
    if kind in BOUND_KINDS:
        return function
    if kind == 'partial':
        return functools.partial(function)
    if kind == 'method':
        holder = type('Holder', (), {})()
        return types.MethodType(lambda _holder, *arguments: hook(arguments), holder)
    if kind == 'class':
        return type('Answer', (), {'__new__': lambda _cls, *arguments: hook(arguments)})
    return type('Callable', (), {'__call__': lambda _self, *arguments: hook(arguments)})()


def function_hook(run, spec):
    """How a scenario's function answers calls: (hook or None)."""
    place = run.plan.function_places.get(spec['name'])
    if place is None and 'call' not in spec:
        return None
    where = place or spec['name']
    asks = asks_of(name_of(where), 'first') if place else 'first'
    if 'call' in spec:
        return Hook(run, where, spec['call'], asks)
    return FirstArgument(run, where, {'rules': []}, asks)


class FirstArgument(Hook):
    """A function without rules that stands where a hook is."""

    __slots__ = ('given_arguments',)

    def __call__(self, arguments):
        self.given_arguments = arguments
        return Hook.__call__(self, arguments)

    def answer(self, subject, arguments):
        return self.given_arguments[0] if self.given_arguments else None
