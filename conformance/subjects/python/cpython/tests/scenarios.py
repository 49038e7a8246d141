"""Canonical scenarios from short ones, and the answers of the adapter to them."""

import json
import os
import sys

from cpython.engines import ENGINES
from cpython.serve import answer_line

FOLDER = os.path.dirname(os.path.abspath(__file__))
MADE = ('int', 'float', 'str', 'bytes', 'bytearray', 'tuple', 'list', 'set', 'frozenset', 'dict',
        'nest', 'instance', 'iterator', 'buffer', 'opaque')
VERSION = tuple(sys.version_info[:3])


def canonical(value=None, steps=None, **given):
    """A scenario with every default, and every object-making value numbered."""
    scenario = {
        'scenario': 1, 'module': 'sm', 'functions': [], 'classes': [], 'missingModules': [],
        'copyreg': {'dispatch_table': [], 'extensions': []},
        'pickler': {'init': {}, 'subclass': None, 'instance': {}}, 'unpickler': {},
        'steps': [{'dump': value}] if steps is None else steps}
    pickler = {**scenario['pickler'], **given.pop('pickler', {})}
    # Setting a field that is there keeps its place, and the places say how nodes are numbered.
    scenario.update(given, pickler=pickler)
    scenario = json.loads(json.dumps(scenario))
    number(scenario, [0])
    return scenario


def number(found, count):
    """Gives a node to each value that makes an object, in the order of the text."""
    if type(found) is list:
        for item in found:
            number(item, count)
    elif type(found) is dict:
        if any(is_made(tag, found) for tag in MADE if tag in found):
            found['node'] = count[0]
            count[0] += 1
        for name, item in found.items():
            if name != 'match':
                number(item, count)


def is_made(tag, found):
    """Whether a key is the tag of a value, and not the name of an action or a setting."""
    if tag in ('instance', 'opaque'):
        return type(found[tag]) is str and 'member' not in found
    if tag == 'set':
        return type(found[tag]) is list
    return True


def ask(request):
    """The answers to a request, decoded."""
    lines = []
    answer_line(json.dumps(request), lines.append)
    return [json.loads(line) for line in lines]


def run(scenarios, engines=None, protocols=(4,), observe=()):
    """The results of scenarios: for each, a list of results with `same` replaced."""
    answers = ask({'id': 1, 'request': 'run', 'engines': list(engines or ENGINES),
                   'protocols': list(protocols), 'observe': list(observe), 'scenarios': scenarios})
    found = []
    for answer in answers:
        if 'error' in answer:
            raise AssertionError(answer['error'])
        results = answer['results']
        found.append([dict(results[result['same']], **{
            'engine': result['engine'], 'protocol': result['protocol']})
            if 'same' in result else result for result in results])
    return found


def run_one(engine='c', protocol=4, observe=('trace',), **given):
    """The result of one scenario under one engine; `py` where there is no other."""
    engine = engine if engine in ENGINES else 'py'
    return run([canonical(**given)], [engine], [protocol], observe)[0][0]


def dumped(engine='c', protocol=4, **given):
    """The hex of the last dump."""
    return run_one(engine, protocol, (), **given)['steps'][-1]['bytes']


def is_in(versions):
    """Whether this interpreter is in a range: `*`, `3.8`, `3.8-3.10`, `3.11.2`, `3.11.7+`."""
    if versions == '*':
        return True
    first, _, last = versions.rstrip('+').partition('-')
    low = tuple(map(int, first.split('.')))
    high = (9,) if versions.endswith('+') else tuple(map(int, (last or first).split('.')))
    return VERSION[:len(low)] >= low and VERSION[:len(high)] <= high


def data(name):
    """The content of a file of JSON beside the tests."""
    with open(os.path.join(FOLDER, name), encoding='utf-8') as file:
        return json.load(file)
