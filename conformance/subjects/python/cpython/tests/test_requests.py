"""Requests that are wrong get an error with a place, and the adapter goes on."""

import json
import unittest

from cpython import engines
from cpython.engines import ENGINES
from cpython.serve import answer_line
from cpython.tests.scenarios import ask, canonical

ENGINE = next(iter(ENGINES))


def lines(text):
    """The answers to a raw line, and whether the adapter goes on."""
    found = []
    goes_on = answer_line(text, found.append)
    return [json.loads(line) for line in found], goes_on


def changed(place, value, scenario=None):
    """A scenario with something else at a place, given as a list of keys."""
    scenario = canonical(value={'list': [1]}) if scenario is None else scenario
    found = scenario
    for key in place[:-1]:
        found = found[key]
    found[place[-1]] = value
    return scenario


class Lines(unittest.TestCase):
    def test_what_is_no_request_is_answered_with_id_0(self):
        for line, place in [
                (b'', 'character 0'), (b'{"id":3', 'character 7'), (b'nonsense', 'character 0'),
                (b'[1]', None), (b'5', None), (b'\xff\xfe', 'byte 0'), (b'{"id":NaN}', None),
                (b'{"request":"hello","protocol":1}', 'id'), (b'{"id":"1"}', 'id')]:
            with self.subTest(line=line):
                answers, goes_on = lines(line)
                self.assertTrue(goes_on)
                self.assertEqual(answers[0]['id'], 0)
                self.assertEqual(answers[0]['error'].get('place'), place)
                self.assertEqual(len(answers), 1)

    def test_only_stop_stops(self):
        self.assertEqual(lines(b'{"id":1,"request":"stop"}'), ([], False))
        self.assertEqual(lines('{"id":1,"request":"hello","protocol":1}')[1], True)


class Requests(unittest.TestCase):
    def refused(self, **request):
        answers = ask({'id': 7, **request})
        self.assertEqual(len(answers), 1)
        self.assertEqual(answers[0]['id'], 7)
        self.assertNotIn('index', answers[0])
        return answers[0]['error'].get('place')

    def test_the_place_of_what_is_wrong(self):
        run = dict(request='run', engines=[ENGINE], protocols=[2], observe=[], scenarios=[])
        bench = dict(request='bench', engine=ENGINE, protocol=2, operation='dump', loops=1,
                     samples=1, scenario=canonical(value=1))
        for request, place in [
                (dict(request='dance'), 'request'), (dict(), 'request'),
                (dict(request=['run']), 'request'),
                (dict(request='hello'), 'request'), (dict(request='hello', protocol=2), 'protocol'),
                (dict(request='hello', protocol=True), 'protocol'),
                (dict(request='hello', protocol=1, colour=1), 'request'),
                (dict(run, engines=['rust']), 'engines[0]'),
                (dict(run, engines=[[]]), 'engines[0]'),
                (dict(run, protocols=[2, 6]), 'protocols[1]'),
                (dict(run, protocols=2), 'protocols'),
                (dict(run, protocols=[True]), 'protocols[0]'),
                (dict(run, observe=['colour']), 'observe[0]'),
                (dict(run, scenarios={}), 'scenarios'), (dict(run, more=1), 'request'),
                (dict(bench, loops=0), 'loops'), (dict(bench, operation='fly'), 'operation'),
                (dict(bench, engine='rust'), 'engine'), (dict(bench, protocol=9), 'protocol'),
                (dict(bench, scenario=canonical(steps=[])), 'scenario.steps'),
                (dict(request='load', engines=[ENGINE], world='all', pickles=[]), 'world'),
                (dict(request='tool', tool='saw', pickles=[]), 'tool')]:
            with self.subTest(request=request):
                self.assertEqual(self.refused(**request), place)

    def test_a_workload_that_is_refused_is_an_error(self):
        answers = ask(dict(id=1, request='bench', engine=ENGINE, protocol=2, operation='dump',
                           loops=1, samples=1, scenario=canonical(value={'buffer': {'bytes': ''}})))
        self.assertIn('the workload is refused: PicklingError', answers[0]['error']['message'])


class Scenarios(unittest.TestCase):
    def places(self, scenarios):
        answers = ask(dict(id=1, request='run', engines=[ENGINE], protocols=[2], observe=[],
                           scenarios=scenarios))
        self.assertEqual([answer['index'] for answer in answers], list(range(len(scenarios))))
        return [answer['error'].get('place') if 'error' in answer else None for answer in answers]

    def test_a_scenario_that_is_wrong_does_not_hold_up_the_next(self):
        good = canonical(value=1)
        self.assertEqual(self.places([5, good, {}, good]), ['scenario', None, 'scenario', None])

    def test_the_place_of_what_is_wrong(self):
        dump = ['steps', 0, 'dump']
        for place, value, said in [
                (dump, {}, 'steps[0].dump'), (dump, [1], 'steps[0].dump'),
                (dump, 1.5, 'steps[0].dump'), (dump, {'set': 5}, 'steps[0].dump.set'),
                (dump, {'list': [1], 'colour': 2}, 'steps[0].dump'),
                (dump, {'list': [None, {'int': 'x'}]}, 'steps[0].dump.list[1].int'),
                (dump, {'float': '3ff0'}, 'steps[0].dump.float'),
                (dump, {'bytes': '6'}, 'steps[0].dump.bytes'),
                (dump, {'bytes': ['61', {'fill': 2}]}, 'steps[0].dump.bytes[1]'),
                (dump, {'str': [0x110000]}, 'steps[0].dump.str[0]'),
                (dump, {'dict': [[1]]}, 'steps[0].dump.dict[0]'),
                (dump, {'list': [{'range': [0]}]}, 'steps[0].dump.list[0].range'),
                (dump, {'list': [{'repeat': '2', 'of': 1}]}, 'steps[0].dump.list[0].repeat'),
                (dump, {'ref': 'nobody'}, 'steps[0].dump'),
                (dump, {'instance': 'Nobody'}, 'steps[0].dump.instance'),
                (dump, {'class': 'Nobody'}, 'steps[0].dump.class'),
                (dump, {'function': 'nobody'}, 'steps[0].dump.function'),
                (dump, {'global': 'builtins:nobody'}, 'steps[0].dump.global'),
                (dump, {'global': 'no_such_module:x'}, 'steps[0].dump.global'),
                (dump, {'singleton': 'None'}, 'steps[0].dump.singleton'),
                (dump, {'nest': 0, 'in': 'list', 'of': 1}, 'steps[0].dump.nest'),
                (dump, {'nest': 2, 'in': 'set', 'of': 1}, 'steps[0].dump.in'),
                (dump, {'opaque': 'builtins:range', 'reductions': []}, 'steps[0].dump'),
                (dump, {'list': [{'repeat': 2, 'of': {'list': [], 'id': 'x'}}]},
                 'steps[0].dump.list[0].of'),
                (['steps', 0], {'fly': 1}, 'steps[0]'), (['steps', 0], 5, 'steps[0]'),
                (['steps', 0], {'load': '8'}, 'steps[0].load'),
                (['steps', 0], {'put': {'table': 'all', 'key': 'A', 'to': None}},
                 'steps[0].put.table'),
                (['steps', 0], {'set': {'on': 'me', 'name': 'fast', 'to': {'is': 1}}},
                 'steps[0].set.on'),
                (['steps'], {}, 'scenario.steps'), (['scenario'], 2, 'scenario'),
                (['module'], None, 'scenario.module'), (['colour'], 1, 'scenario'),
                (['classes'], [{'name': 'A', 'bases': ['B']}], 'classes[0].bases[0]'),
                (['classes'], [{'name': 'A', 'kind': 'odd'}], 'classes[0].kind'),
                (['classes'], [{'name': 'A', 'hooks': {'__reduce__': 5}}],
                 'classes[0].hooks.__reduce__'),
                (['classes'], [{'name': 'A', 'hooks': {'__reduce__': {'rules': [{}]}}}],
                 'classes[0].hooks.__reduce__.rules[0]'),
                (['classes'], [{'name': 'A', 'hooks': {'__reduce__': {'rules': [
                    {'match': {'object': 'x'}, 'returns': 1}]}}}],
                 'classes[0].hooks.__reduce__.rules[0].match.object'),
                (['functions'], [{}], 'functions[0]'),
                (['pickler', 'init', 'protocol'], {'list': 1}, 'pickler.init.protocol.list'),
                (['pickler', 'instance', 'dispatch_table'], {'kind': 'odd', 'entries': []},
                 'pickler.instance.dispatch_table.kind'),
                (['copyreg', 'extensions'], [['m', 'n']], 'copyreg.extensions[0]')]:
            with self.subTest(place=place, value=value):
                self.assertEqual(self.places([changed(place, value)]), [said])

    def test_a_scenario_that_is_nested_too_deeply_does_not_hold_up_the_next(self):
        depth = 5000 if engines.IS_PYPY else 300
        deep = '{"tuple":[' * depth + ']}' * depth
        request = json.dumps(dict(id=1, request='run', engines=[ENGINE], protocols=[2], observe=[],
                                  scenarios=[canonical(value='deep'), canonical(value=1)]))
        answers, _ = lines(request.replace('"deep"', deep))
        self.assertIn('nested too deeply', answers[0]['error']['message'])
        # The whole request is refused where reading it is what goes too deep.
        self.assertEqual(len(answers), 1 if engines.IS_PYPY else 2)
        self.assertEqual('results' in answers[-1], not engines.IS_PYPY)

    def test_ids_are_given_once(self):
        twice = canonical(value={'list': [{'id': 'x', 'list': []}, {'id': 'x', 'list': []}]})
        self.assertEqual(self.places([twice]), ['steps[0].dump.list[1]'])

    def test_what_cannot_be_built_is_said(self):
        for scenario, message, place in [
                (canonical(value={'set': [{'list': []}]}), 'unhashable', 'steps[0]'),
                (canonical(value={'instance': 'S', 'attributes': [['x', 1]]},
                           classes=[{'name': 'S', 'slots': []}]), 'AttributeError', 'steps[0]'),
                (canonical(value={'opaque': 'decimal:Decimal', 'arguments': ['x'],
                                  'reductions': []}), 'InvalidOperation', 'steps[0]'),
                (canonical(value={'instance': 'A'}, classes=[{'name': 'A', 'hooks': {'__reduce__': {
                    'rules': [], 'else': {'set': [{'list': []}]}}}}]), 'unhashable', 'steps[0]'),
                (canonical(classes=[{'name': 'B', 'bases': ['builtins:int', 'builtins:str']}]),
                 'conflict', 'classes[0]'),
                (canonical(functions=[{'name': 'f', 'qualname': 'No.f'}]), "no attribute 'No'",
                 'functions[0]')]:
            with self.subTest(message=message):
                answers = ask(dict(id=1, request='run', engines=list(ENGINES), protocols=[2],
                                   observe=[], scenarios=[scenario]))
                self.assertIn(message, answers[0]['error']['message'])
                self.assertEqual(answers[0]['error']['place'], place)

    def test_a_hook_that_cannot_answer_is_no_refusal_of_the_engine(self):
        scenario = canonical(value={'instance': 'A'}, classes=[{'name': 'A', 'hooks': {
            '__reduce__': {'rules': [{'do': [{'call': {
                'on': {'object': 'x'}, 'method': 'append',
                'arguments': [
                    {'opaque': 'decimal:Decimal', 'arguments': ['?'], 'reductions': []}]}}],
                'returns': None}]}}}], unpickler={'buffers': [{'list': [], 'id': 'x'}]})
        answers = ask(dict(id=1, request='run', engines=list(ENGINES), protocols=[2],
                           observe=[], scenarios=[scenario]))
        self.assertIn('InvalidOperation', answers[0]['error']['message'])


class Hello(unittest.TestCase):
    def test_it_names_its_engines_and_the_profiles_they_follow(self):
        hello = ask({'id': 1, 'request': 'hello', 'protocol': 1})[0]['hello']
        for engine in hello['engines']:
            # PyPy was asked in one release of 3.9, whose profile is that of them all.
            wanted = 'pypy-3.9' if engines.IS_PYPY else 'cpython-%s-%s' % (
                hello['version'], engine['id'])
            self.assertEqual(engine['follows'], wanted)
        self.assertEqual([engine['id'] for engine in hello['engines']], list(ENGINES))
        self.assertIn(hello['wordSize'], (32, 64))
        self.assertEqual(hello['protocols'], [0, 1, 2, 3, 4, 5])


if __name__ == '__main__':
    unittest.main()
