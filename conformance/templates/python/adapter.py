"""An adapter: requests on standard input, answers on standard output, one line of JSON each.

What it speaks for is in codec.py, which is a toy: put your implementation there.
"""

import json
import platform
import sys

from codec import Refused, decode, encode
from values import built, described

HELLO = {
    'protocol': 1,
    'name': 'my-adapter',
    'version': '0.1.0',
    'wordSize': 64,
    'language': 'Python',
    'runtime': '%s %s' % (platform.python_implementation(), platform.python_version()),
    'homepage': 'https://example.org',
    'issues': 'https://example.org/issues',
    # The profile it wants to equal, such as cpython-3.13.0-c; None: it is held to the documentation.
    'engines': [{'id': 'only', 'follows': None}],
    'roles': ['load', 'dump'],
    'protocols': [0, 1, 2, 3, 4, 5],
    # What it has: values:sets, values:sharing, load:names, ... Cases that need more are not asked.
    'capabilities': [],
    # What it can tell apart: leave out what your language has only one thing for.
    'distinguishes': ['bytes-str', 'int-bool', 'int-float', 'tuple-list', 'dict-order'],
}


def say(answer):
    sys.stdout.write(json.dumps(answer) + '\n')
    sys.stdout.flush()


def attempt(work):
    """What the implementation did, or how it refused. Any other error is the adapter's own."""
    try:
        return work()
    except Refused as error:
        mro = [error.type, 'PickleError', 'Exception', 'BaseException']
        return {'refused': {'class': error.type, 'mro': mro, 'message': str(error),
                            'notes': [], 'cause': None}}


def each_item(request, items, work):
    """One line for each item, in order, before the next one starts."""
    for index, item in enumerate(items):
        try:
            answer = work(item)
        except Exception as error:
            answer = {'error': {'message': '%s: %s' % (type(error).__name__, error)}}
        say({'id': request['id'], 'index': index, **answer})


def load(request):
    each_item(request, request['pickles'], lambda item: {'loads': [
        {'engine': engine,
         **attempt(lambda: {'graph': described(decode(bytes.fromhex(item['pickle'])))})}
        for engine in request['engines']]})


def dump(request):
    each_item(request, request['values'], lambda value: {'dumps': [
        {'engine': engine, 'protocol': protocol,
         **attempt(lambda: {'bytes': encode(built(value), protocol).hex()})}
        for engine in request['engines'] for protocol in request['protocols']]})


REQUESTS = {
    'hello': lambda request: say({'id': request['id'], 'hello': HELLO}),
    'load': load,
    'dump': dump,
    'stop': lambda request: sys.exit(0),
}


def unknown(request):
    message = 'there is no request %s here' % request['request']
    say({'id': request['id'], 'error': {'message': message}})


if __name__ == '__main__':
    # Newer Pythons refuse to read or print ints of more than 4300 digits.
    getattr(sys, 'set_int_max_str_digits', lambda digits: None)(0)
    for line in sys.stdin.buffer:
        asked = json.loads(line.decode('utf-8'))
        REQUESTS.get(asked['request'], unknown)(asked)
