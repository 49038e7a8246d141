"""Between the JSON of the protocol and what codec.py works with: None, bool, int, str, list.

Floats, bytes, tuples, dicts and sets are yours to add.
"""

from codec import Refused

SAFE = 2 ** 53 - 1


def built(json):
    """The value that a request describes."""
    if json is None or isinstance(json, (bool, int, str)):
        return json
    if 'int' in json:
        return int(json['int'])
    if 'list' in json:
        return [built(item) for item in json['list']]
    raise Refused('PicklingError', 'cannot write %s yet' % next(iter(json)))


def described(value):
    """The graph of a value: objects in a table, breadth first, and what stands at the top."""
    found = {}
    waiting = []

    def leaf(one):
        if isinstance(one, int) and not isinstance(one, bool):
            return one if -SAFE <= one <= SAFE else {'int': str(one)}
        if not isinstance(one, list):
            return one
        if id(one) not in found:
            found[id(one)] = len(found)
            waiting.append(one)
        return {'at': found[id(one)]}

    top = leaf(value)
    objects = []
    for one in waiting:
        objects.append({'list': [leaf(item) for item in one]})
    return {'value': top, 'objects': objects}
