"""Hooks as Python functions of their own, for benchmarks: no rule is looked at while time runs.

A hook is written as source text and compiled, so that a workload costs what a user's own hook
would cost. What a hook makes is new at each call here too; what cannot be written (`nth`, `do`,
`raises`, odd callables) is left to the rules.
"""

from sys import intern

from cpython.values import fresh_text

# How a hook's arguments are named, by whom it is asked about.
SIGNATURES = {
    ('last', True): '_pickler, subject', ('last', False): 'subject',
    ('first', True): 'subject, *_rest', ('function', False): '*_all',
}


class Unwritable(Exception):
    """A hook that has no quick form."""


def quick_hook(run, spec, asks, on_class, is_reduction, otherwise):
    """A function that answers as the rules do, or None."""
    signature = SIGNATURES.get((asks, on_class))
    if signature is None or spec.get('as', 'function') not in ('function', 'lambda'):
        return None
    writer = Writer(run, is_reduction)
    lines = ['def hook(%s):' % signature]
    if asks == 'function':
        lines.append(' subject = _all[0]')
    try:
        for rule in spec['rules']:
            if 'nth' in rule or 'do' in rule or 'raises' in rule:
                return None
            if 'match' in rule:
                lines.append(' if %s:' % writer.match(rule['match']))
                lines.append('  return %s' % writer.answer(rule['returns']))
            else:
                lines.append(' return %s' % writer.answer(rule['returns']))
        lines.append(' return %s' % writer.answer(otherwise))
    except Unwritable:
        return None
    exec('\n'.join(lines), writer.names)
    return writer.names['hook']


class Writer:
    """Writes values as expressions; constants are names, so that nothing is folded and shared."""

    def __init__(self, run, is_reduction):
        self.run = run
        self.is_reduction = is_reduction
        self.names = {}

    def name(self, value):
        name = 'c%d' % len(self.names)
        self.names[name] = value
        return name

    def later(self, find):
        """A name for what is not there yet when the hook is written."""
        name = self.name(None)
        self.run.later.append(lambda: self.names.__setitem__(name, find()))
        return name

    def match(self, match):
        run = self.run
        if 'class' in match:
            return 'type(subject) is %s' % self.later(lambda: run.class_of(match['class']))
        if 'object' in match:
            return 'subject is %s' % self.later(lambda: run.objects[match['object']])
        raise Unwritable

    def answer(self, value):
        if self.is_reduction and type(value) is str:
            return self.name(intern(value))
        return self.value(value)

    def value(self, value):
        kind = type(value)
        if kind is str:
            name = self.name(fresh_text(value))
            return '%s[:1] + %s[1:]' % (name, name) if len(value) > 1 else name
        if kind is not dict:
            return self.name(value)
        for tag in value:
            if tag in WRITERS:
                return WRITERS[tag](self, value)
        raise Unwritable

    def items(self, items):
        parts = []
        for item in items:
            if type(item) is dict and ('repeat' in item or 'range' in item):
                raise Unwritable
            parts.append(self.value(item) + ', ')
        return ''.join(parts)

    def entries(self, entries):
        parts = []
        for entry in entries:
            if type(entry) is dict:
                raise Unwritable
            parts.append('%s: %s, ' % (self.value(entry[0]), self.value(entry[1])))
        return ''.join(parts)

    def built(self, value):
        """A name for what is the same at each call."""
        return self.later(lambda: self.run.builder.evaluate(value))


WRITERS = {
    'tuple': lambda writer, value: '(%s)' % writer.items(value['tuple']),
    'list': lambda writer, value: '[%s]' % writer.items(value['list']),
    'dict': lambda writer, value: '{%s}' % writer.entries(value['dict']),
    'iterator': lambda writer, value: 'iter([%s])' % writer.items(value['iterator']),
    'self': lambda writer, value: 'subject' if value['self'] is True else 'subject.__dict__',
    'class': Writer.built, 'function': Writer.built, 'global': Writer.built, 'ref': Writer.built,
    'singleton': Writer.built,
}
