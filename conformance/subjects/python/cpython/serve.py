"""Requests in, answers out: one line of JSON each; nothing a request says ends the process."""

import json
import re

from cpython import engines, tools
from cpython.bench import bench
from cpython.errors import Malformed, Unbuildable
from cpython.isolation import Isolation
from cpython.loading import load_pickles
from cpython.plan import plan_of, raw, said
from cpython.run import Run

OBSERVABLES = ('trace', 'memo', 'writes', 'orders')
ADDRESS = re.compile('0x[0-9a-fA-F]+')
# The id of an answer to a line in which no id can be read.
UNKNOWN_ID = 0


def answer_line(line, write):
    """Answers one line of input through ``write(text)``; False when it says stop."""
    request_id = UNKNOWN_ID
    try:
        request = parse(line)
        if type(request.get('id')) is int:
            request_id = request['id']
        else:
            raise Malformed('an integer is wanted, not %s' % said(request.get('id')), 'id')
        name = request.get('request')
        if type(name) is not str or name not in REQUESTS:
            raise Malformed('%s is none of %s' % (said(name), ', '.join(REQUESTS)), 'request')
        fields, carry_out = REQUESTS[name]
        check_fields(request, fields)
        return carry_out(request, lambda answer: write(encode({'id': request_id, **answer})))
    except (Malformed, Unbuildable) as error:
        write(encode({'id': request_id, 'error': failure(error)}))
    except RecursionError:
        write(encode({'id': request_id, 'error': {'message': 'the request is nested too deeply'}}))
    except Exception as error:
        write(encode({'id': request_id, 'error': {'message': surprise(error)}}))
    return True


def encode(answer):
    return json.dumps(answer, ensure_ascii=True, separators=(',', ':'))


def parse(line):
    """The request on a line, an object of JSON."""
    try:
        text = line if type(line) is str else line.decode('utf-8')
        request = json.loads(text, parse_constant=no_constant)
    except UnicodeDecodeError as error:
        raise Malformed('the line is not UTF-8: %s' % error.reason, 'byte %d' % error.start)
    except json.JSONDecodeError as error:
        raise Malformed('the line is not JSON: %s' % error.msg, 'character %d' % error.pos)
    except ValueError as error:
        raise Malformed('the line is not JSON: %s' % error)
    if type(request) is not dict:
        raise Malformed('an object is wanted, not %s' % said(request))
    return request


def no_constant(text):
    raise ValueError('%s is no number of JSON' % text)


def check_fields(request, fields):
    for name in request:
        if name not in fields and name not in ('id', 'request'):
            raise Malformed('unknown field %s' % name, 'request')
    for name, (kind, needed) in fields.items():
        if name not in request:
            if needed:
                raise Malformed('the field %s is missing' % name, 'request')
        elif type(request[name]) is not kind:
            raise Malformed('%s is not a %s' % (said(request[name]), kind.__name__), name)


def failure(error):
    """The error part of an answer."""
    return {'message': error.message, 'place': error.place} if error.place else {
        'message': error.message}


def surprise(error):
    """What is said of a fault of the adapter itself."""
    return 'the adapter failed: %s: %s' % (type(error).__name__, error)


def chosen(names, known, place):
    """Refuses what is not known."""
    for index, name in enumerate(names):
        chosen_one(name, known, '%s[%d]' % (place, index))
    return names


def chosen_one(name, known, place):
    """Refuses a name that is not known."""
    if type(name) not in (str, int) or name not in known:
        raise Malformed('%s is none of %s' % (said(name), ', '.join(map(str, known))), place)


def say_hello(request, send):
    if request['protocol'] != 1:
        raise Malformed('protocol 1 is spoken here, not %s' % said(request['protocol']), 'protocol')
    send({'hello': engines.hello()})
    return True


def run_scenarios(request, send):
    """One answer per scenario, written before the next one starts."""
    names = chosen(request['engines'], list(engines.ENGINES), 'engines')
    protocols = chosen(request['protocols'], engines.hello()['protocols'], 'protocols')
    observe = frozenset(chosen(request['observe'], OBSERVABLES, 'observe'))
    for index, scenario in enumerate(request['scenarios']):
        send(one_by_one(index, lambda: {
            'results': results_of(scenario, names, protocols, observe)}))
    return True


def one_by_one(index, carry_out):
    """The answer for one item of a batch; what goes wrong with it is said in its answer."""
    try:
        return {'index': index, **carry_out()}
    except (Malformed, Unbuildable) as error:
        return {'index': index, 'error': failure(error)}
    except RecursionError:
        return {'index': index, 'error': {'message': 'the scenario is nested too deeply'}}
    except Exception as error:
        return {'index': index, 'error': {'message': surprise(error)}}


def results_of(scenario, names, protocols, observe):
    """All engines and protocols of a scenario; a result met before is only referred to."""
    plan = plan_of(scenario)
    if 'protocol' in scenario['pickler']['init']:
        protocols = (None,)
    results = []
    seen = {}
    for engine in names:
        for protocol in protocols:
            found = Run(scenario, plan, engine, protocol, observe).observe_all()
            result = {'engine': engine, 'protocol': protocol}
            # Addresses in messages are no difference.
            key = ADDRESS.sub('0x', encode(found))
            earlier = seen.setdefault(key, len(results))
            result.update(found if earlier == len(results) else {'same': earlier})
            results.append(result)
    return results


def load_batch(request, send):
    """One answer per pickle, written before the next one is loaded."""
    names = chosen(request['engines'], list(engines.ENGINES), 'engines')
    chosen_one(request['world'], ('symbols', 'names'), 'world')
    for index, item in enumerate(request['pickles']):
        send(one_by_one(index, lambda: {'loads': loads_of(item, names, request['world'], index)}))
    return True


def loads_of(item, names, world, index):
    """What each engine makes of a pickle and its buffers."""
    place = 'pickles[%d]' % index
    if type(item) is not dict:
        raise Malformed('an object is wanted, not %s' % said(item), place)
    check_fields(item, {'pickle': (str, True), 'buffers': (list, False)})
    data = raw(item['pickle'], place + '.pickle')
    results = []
    for engine in names:
        buffers = None
        if 'buffers' in item:
            buffers = [raw(text, place + '.buffers') for text in item['buffers']]
        isolation = Isolation()
        try:
            results.append(load_pickles(engine, world, data, buffers))
        finally:
            isolation.end()
    return results


def run_bench(request, send):
    """One answer with all samples."""
    chosen_one(request['engine'], list(engines.ENGINES), 'engine')
    chosen_one(request['protocol'], engines.hello()['protocols'], 'protocol')
    send(bench(request))
    return True


def dump_batch(request, send):
    """One answer per value, for implementations without Python's object model, and for us."""
    names = chosen(request['engines'], list(engines.ENGINES), 'engines')
    protocols = chosen(request['protocols'], engines.hello()['protocols'], 'protocols')
    for index, value in enumerate(request['values']):
        send(one_by_one(index, lambda: {'dumps': dumps_of(value, names, protocols)}))
    return True


def dumps_of(value, names, protocols):
    """The pickles of a value, by every engine and protocol."""
    scenario = {
        'scenario': 1, 'module': 'scenario', 'functions': [], 'classes': [], 'missingModules': [],
        'copyreg': {'dispatch_table': [], 'extensions': []},
        'pickler': {'init': {}, 'subclass': None, 'instance': {}}, 'unpickler': {},
        'steps': [{'dump': value}]}
    plan = plan_of(scenario)
    dumps = []
    for engine in names:
        for protocol in protocols:
            step = Run(scenario, plan, engine, protocol, ()).observe_all()['steps'][1]
            kept = 'refused' if 'refused' in step else 'bytes'
            dumps.append({'engine': engine, 'protocol': protocol, kept: step[kept]})
    return dumps


def tool_batch(request, send):
    """One answer per pickle."""
    chosen_one(request['tool'], list(tools.TOOLS), 'tool')
    for index, text in enumerate(request['pickles']):
        send(one_by_one(index, lambda: {
            'tool': tools.use(request['tool'], raw(text, 'pickles[%d]' % index))}))
    return True


def stop(_request, _send):
    return False


REQUESTS = {
    'hello': ({'protocol': (int, True)}, say_hello),
    'run': ({'engines': (list, True), 'protocols': (list, True), 'observe': (list, True),
             'scenarios': (list, True), 'orders': (list, False)}, run_scenarios),
    'load': ({'engines': (list, True), 'world': (str, True), 'pickles': (list, True)}, load_batch),
    'dump': ({'engines': (list, True), 'protocols': (list, True), 'values': (list, True)},
             dump_batch),
    'bench': ({'engine': (str, True), 'protocol': (int, True), 'operation': (str, True),
               'scenario': (dict, True), 'loops': (int, True), 'samples': (int, True),
               'graph': (bool, False)}, run_bench),
    'tool': ({'tool': (str, True), 'pickles': (list, True)}, tool_batch),
    'stop': ({}, stop),
}
