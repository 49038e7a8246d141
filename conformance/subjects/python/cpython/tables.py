"""Dispatch tables of every kind the language has."""

from collections import ChainMap, UserDict, defaultdict
from types import MappingProxyType

from cpython.hooks import make_hook


def make_table(run, spec, place):
    """The table a setting stands for; ``place`` is its name in the trace."""
    if spec is None:
        return None
    if 'is' in spec:
        return run.builder.evaluate(spec['is'])
    entries = make_entries(run, spec['entries'], place)
    kind = spec['kind']
    if kind == 'ChainMap':
        return ChainMap({}, entries)
    if kind == 'proxy':
        return MappingProxyType(entries)
    if kind == 'UserDict':
        return UserDict(entries)
    if kind == 'defaultdict':
        default = make_hook(run, spec.get('default'), place + '[*]')
        return defaultdict(lambda: default, entries)
    if kind in ('methods', 'subclass'):
        return with_methods(run, spec, entries)
    return entries


def make_entries(run, entries, place):
    """A dict of class to reducer, each reducer named by its place."""
    return {run.class_of(key): make_hook(run, hook, '%s[%s]' % (place, key))
            for key, hook in entries}


def with_methods(run, spec, entries):
    """An object that has only the look-up methods named, over entries nobody else sees."""
    missing = spec.get('missing')

    def look_up(_table, key):
        if key in entries:
            return entries[key]
        if missing is None:
            raise KeyError(key)
        raise run.exception(missing)

    def get(table, key, default=None):
        if key in entries or missing is not None:
            return look_up(table, key)
        return default

    namespace = {name: get if name == 'get' else look_up for name in spec['methods']}
    return type('Table', (dict,) if spec['kind'] == 'subclass' else (), namespace)()
