"""Reads a scenario once: refuses what is malformed with its place, gathers what a run needs.

The scenario is the parser's canonical output; what is checked here is that nothing can be
misunderstood: unknown fields, wrong types, dangling names.
"""

import importlib
import types
from functools import reduce

from cpython.errors import Malformed

TEXT, COUNT, FLAG, LIST, OBJECT = str, int, bool, list, dict

# tag -> (other fields and their types)
TAGS = {
    'int': {}, 'float': {}, 'str': {}, 'bytes': {}, 'bytearray': {}, 'tuple': {}, 'list': {},
    'set': {}, 'frozenset': {}, 'dict': {}, 'singleton': {}, 'global': {}, 'class': {},
    'function': {}, 'ref': {}, 'self': {}, 'iterator': {},
    'nest': {'in': TEXT, 'of': None},
    'instance': {'of': None, 'member': TEXT, 'attributes': LIST, 'slots': LIST, 'items': LIST,
                 'entries': LIST, 'hooks': OBJECT},
    'buffer': {'readonly': FLAG, 'stride': COUNT, 'released': FLAG},
    'opaque': {'arguments': LIST, 'reductions': LIST},
}
NODELESS = ('singleton', 'global', 'class', 'function', 'ref', 'self')
SEQUENCES = ('tuple', 'list', 'set', 'frozenset', 'iterator')
# Types that are no attribute of the module they name as theirs.
UNBOUND = {'%s:%s' % (cls.__module__, cls.__qualname__): cls for cls in (
    type(None), type(Ellipsis), type(NotImplemented), types.FunctionType, types.MethodType,
    types.ModuleType, types.MappingProxyType)}
# Whatever the interpreter calls it: PyPy has another name.
UNBOUND['builtins:builtin_function_or_method'] = types.BuiltinFunctionType
KINDS = ('function', 'lambda', 'partial', 'method', 'class', 'instance')
TABLES = ('dict', 'ChainMap', 'proxy', 'UserDict', 'defaultdict', 'methods', 'subclass')
METHODS = ('get', '__getitem__', '__missing__')
PICKLER_HOOKS = ('reducer_override', 'persistent_id')
UNPICKLER_HOOKS = ('find_class', 'persistent_load')
ACTION_FIELDS = {
    'set': {'on': None, 'name': str, 'to': None}, 'delete': {'on': None, 'name': str},
    'put': {'table': str, 'key': str, 'to': None}, 'remove': {'table': str, 'key': str},
    'call': {'on': None, 'method': str, 'arguments': list},
}
ACTIONS = ('dump', 'load', *ACTION_FIELDS)


class Plan:
    """What a run needs to know of a scenario before it starts."""

    def __init__(self):
        self.ids = {}
        self.globals = {}
        self.function_places = {}


def plan_of(scenario):
    """The plan of a scenario; raises Malformed with the place of what is wrong."""
    reader = Reader(scenario)
    reader.scenario(scenario)
    for name, place in reader.refs:
        if name not in reader.plan.ids:
            raise Malformed('no object has the id %s' % name, place)
    return reader.plan


class Reader:
    """Walks a scenario in the order of its text."""

    def __init__(self, scenario):
        self.plan = Plan()
        self.refs = []
        self.repeated = 0
        self.classes = set()
        self.functions = set()

    # Small checks.

    def fields(self, found, allowed, place):
        if type(found) is not dict:
            raise Malformed('an object is wanted, not %s' % said(found), place)
        for name, item in found.items():
            if name not in allowed:
                raise Malformed('unknown field %s' % name, place)
            self.of_type(item, allowed[name], '%s.%s' % (place, name))

    def of_type(self, found, wanted, place):
        if wanted is not None and type(found) is not wanted:
            raise Malformed('%s is wanted, not %s' % (NAMES[wanted], said(found)), place)
        return found

    def needs(self, found, names, place):
        for name in names:
            if name not in found:
                raise Malformed('the field %s is missing' % name, place)

    def one_of(self, found, allowed, place):
        if found not in allowed:
            raise Malformed('%s is none of %s' % (said(found), ', '.join(allowed)), place)

    def each(self, found, read, place):
        self.of_type(found, list, place)
        for index, item in enumerate(found):
            read(item, '%s[%d]' % (place, index))

    def pair(self, found, place):
        if type(found) is not list or len(found) != 2:
            raise Malformed('a pair is wanted, not %s' % said(found), place)
        return found

    def class_ref(self, found, place):
        self.of_type(found, str, place)
        if ':' in found:
            self.global_ref(found, place)
        elif found not in self.classes:
            raise Malformed('no class is named %s' % found, place)

    def global_ref(self, found, place):
        self.of_type(found, str, place)
        if found in self.plan.globals:
            return
        if found in UNBOUND:
            self.plan.globals[found] = UNBOUND[found]
            return
        module, _, name = found.partition(':')
        try:
            owner = importlib.import_module(module)
            self.plan.globals[found] = reduce(getattr, name.split('.'), owner)
        except Exception as error:
            raise Malformed('%s is not here: %s' % (found, error), place)

    # Values.

    def value(self, found, place):
        kind = type(found)
        if kind is not dict:
            if kind in (list, float):
                raise Malformed('%s is not a value' % said(found), place)
            return
        tag = next((name for name in found if name in TAGS), None)
        if tag is None:
            raise Malformed('no tag among the fields %s' % ', '.join(found), place)
        others = TAGS[tag]
        for name, item in found.items():
            if name == tag:
                continue
            if name in ('id', 'node') and tag not in NODELESS:
                self.of_type(item, str if name == 'id' else int, '%s.%s' % (place, name))
            elif name not in others:
                raise Malformed('unknown field %s beside %s' % (name, tag), place)
            else:
                self.of_type(item, others[name], '%s.%s' % (place, name))
        if 'id' in found:
            self.identified(found, place)
        self.content(tag, found, '%s.%s' % (place, tag), place)

    def identified(self, found, place):
        name = found['id']
        if self.repeated:
            raise Malformed('the id %s on a value that is made again and again' % name, place)
        if name in self.plan.ids:
            raise Malformed('the id %s is given twice' % name, place)
        self.plan.ids[name] = found

    def content(self, tag, found, inside, place):
        content = found[tag]
        if tag in SEQUENCES:
            self.each(content, self.item, inside)
        elif tag == 'dict':
            self.each(content, self.entry, inside)
        elif tag == 'int':
            number(self.of_type(content, str, inside), inside)
        elif tag == 'float':
            if len(raw(self.of_type(content, str, inside), inside)) != 8:
                raise Malformed('16 hex digits are wanted', inside)
        elif tag == 'str':
            self.each(content, self.str_part, inside)
        elif tag in ('bytes', 'bytearray'):
            if type(content) is str:
                raw(content, inside)
            else:
                self.each(content, self.bytes_part, inside)
        elif tag == 'singleton':
            self.one_of(content, ('Ellipsis', 'NotImplemented'), inside)
        elif tag == 'global':
            self.global_ref(content, inside)
        elif tag == 'class':
            self.class_ref(content, inside)
        elif tag == 'function':
            self.one_of(content, self.functions, inside)
        elif tag == 'ref':
            self.refs.append((self.of_type(content, str, inside), place))
        elif tag == 'self':
            if content is not True:
                self.one_of(content, ('__dict__',), inside)
        elif tag == 'nest':
            self.nest(found, content, inside, place)
        elif tag == 'instance':
            self.instance(found, content, place)
        elif tag == 'buffer':
            self.value(content, inside)
        else:
            self.needs(found, ('arguments',), place)
            self.global_ref(content, inside)
            self.each(found['arguments'], self.value, place + '.arguments')

    def nest(self, found, content, inside, place):
        self.needs(found, ('in', 'of'), place)
        if type(content) is not int or content < 1:
            raise Malformed('a depth of 1 or more is wanted, not %s' % said(content), inside)
        kind = found['in']
        if kind.startswith('instance:'):
            self.class_ref(kind[len('instance:'):], place + '.in')
        else:
            self.one_of(kind, ('list', 'dict', 'tuple', 'frozenset'), place + '.in')
        self.again(found['of'], self.value, place + '.of')

    def instance(self, found, content, place):
        self.class_ref(content, place + '.instance')
        if 'of' in found:
            self.value(found['of'], place + '.of')
        for name in ('attributes', 'slots'):
            self.each(found.get(name, []), self.named_value, '%s.%s' % (place, name))
        self.each(found.get('items', []), self.item, place + '.items')
        self.each(found.get('entries', []), self.entry, place + '.entries')
        label = found['id'] if 'id' in found else '#%s' % found.get('node')
        self.hooks(found.get('hooks', {}), label, place + '.hooks')

    def again(self, found, read, place):
        """Reads what is evaluated again and again, where no id may stand."""
        self.repeated += 1
        read(found, place)
        self.repeated -= 1

    def item(self, found, place):
        if type(found) is dict and 'repeat' in found:
            self.fields(found, {'repeat': int, 'of': None}, place)
            self.needs(found, ('of',), place)
            self.again(found['of'], self.value, place + '.of')
        elif type(found) is dict and 'range' in found:
            self.fields(found, {'range': list}, place)
            self.range(found['range'], place + '.range')
        else:
            self.value(found, place)

    def entry(self, found, place):
        if type(found) is dict:
            self.fields(found, {'range': list, 'value': None}, place)
            self.needs(found, ('range', 'value'), place)
            self.range(found['range'], place + '.range')
            self.again(found['value'], self.value, place + '.value')
            return
        key, item = self.pair(found, place)
        self.value(key, place + '[0]')
        self.value(item, place + '[1]')

    def range(self, found, place):
        first, before = self.pair(found, place)
        self.of_type(first, int, place + '[0]')
        self.of_type(before, int, place + '[1]')

    def str_part(self, found, place):
        if type(found) is dict:
            self.fields(found, {'fill': int, 'of': str}, place)
            self.needs(found, ('fill', 'of'), place)
        elif type(found) is int:
            if not 0 <= found < 0x110000:
                raise Malformed('%d is no code point' % found, place)
        else:
            self.of_type(found, str, place)

    def bytes_part(self, found, place):
        if type(found) is dict:
            self.fields(found, {'fill': int, 'of': str}, place)
            self.needs(found, ('fill', 'of'), place)
            found, place = found['of'], place + '.of'
        raw(self.of_type(found, str, place), place)

    def named_value(self, found, place):
        name, item = self.pair(found, place)
        self.of_type(name, str, place + '[0]')
        self.value(item, place + '[1]')

    # Hooks and tables. `where` is the name a hook has in the trace.

    def hooks(self, found, owner, place):
        self.of_type(found, dict, place)
        for name, hook in found.items():
            self.hook(hook, '%s.%s' % (owner, name), '%s.%s' % (place, name))

    def hook(self, found, where, place):
        if found is None:
            return
        self.of_type(found, dict, place)
        if 'is' in found:
            self.fields(found, {'is': None}, place)
            self.value(found['is'], place + '.is')
            self.found_function(found['is'], where)
        elif 'property' in found:
            self.fields(found, {'property': dict}, place)
            given, inside = found['property'], place + '.property'
            self.fields(given, {'raises': dict, 'hook': dict}, inside)
            if 'raises' in given:
                self.raises(given['raises'], inside + '.raises')
            else:
                self.needs(given, ('hook',), inside)
                self.rules(given['hook'], inside + '.hook')
        else:
            self.rules(found, place)

    def found_function(self, found, where):
        if type(found) is dict and 'function' in found:
            self.plan.function_places.setdefault(found['function'], where)

    def rules(self, found, place):
        self.fields(found, {'rules': list, 'else': None, 'as': str}, place)
        self.needs(found, ('rules',), place)
        self.one_of(found.get('as', 'function'), KINDS, place + '.as')
        self.each(found['rules'], self.rule, place + '.rules')
        self.again(found.get('else'), self.value, place + '.else')

    def rule(self, found, place):
        self.fields(found, {'match': dict, 'nth': int, 'do': list, 'returns': None,
                            'raises': dict}, place)
        if ('returns' in found) == ('raises' in found):
            raise Malformed('a rule returns or raises', place)
        if 'match' in found:
            match, inside = found['match'], place + '.match'
            self.fields(match, {'class': str, 'object': str, 'value': None}, inside)
            if len(match) != 1:
                raise Malformed('one of class, object, value is wanted', inside)
            if 'class' in match:
                self.class_ref(match['class'], inside + '.class')
            elif 'object' in match:
                self.refs.append((match['object'], inside + '.object'))
            else:
                self.again(match['value'], self.value, inside + '.value')
        self.again(found.get('do', []), self.actions, place + '.do')
        if 'returns' in found:
            self.again(found['returns'], self.value, place + '.returns')
        else:
            self.raises(found['raises'], place + '.raises')

    def raises(self, found, place):
        self.fields(found, {'type': str, 'message': str}, place)
        self.needs(found, ('type', 'message'), place)
        self.class_ref(found['type'], place + '.type')

    def table(self, found, where, place):
        if found is None:
            return
        self.of_type(found, dict, place)
        if 'is' in found:
            self.fields(found, {'is': None}, place)
            self.value(found['is'], place + '.is')
            return
        self.fields(found, {'kind': str, 'entries': list, 'default': None, 'methods': list,
                            'missing': dict}, place)
        self.needs(found, ('kind', 'entries'), place)
        self.one_of(found['kind'], TABLES, place + '.kind')
        self.table_entries(found['entries'], where, place + '.entries')
        if 'default' in found:
            self.hook(found['default'], where + '[*]', place + '.default')
        self.each(found.get('methods', []), lambda name, inside: self.one_of(
            name, METHODS, inside), place + '.methods')
        if 'missing' in found:
            self.raises(found['missing'], place + '.missing')

    def table_entries(self, found, where, place):
        def entry(item, inside):
            key, hook = self.pair(item, inside)
            self.class_ref(key, inside + '[0]')
            self.hook(hook, '%s[%s]' % (where, key), inside + '[1]')
        self.each(found, entry, place)

    # Steps.

    def actions(self, found, place):
        self.each(found, self.action, place)

    def action(self, found, place):
        self.of_type(found, dict, place)
        kind = next((name for name in ACTIONS if name in found), None)
        if kind is None:
            raise Malformed('none of the actions %s' % ', '.join(ACTIONS), place)
        inside = '%s.%s' % (place, kind)
        if kind == 'load':
            self.fields(found, {'load': None, 'from': str}, place)
            self.one_of(found.get('from', 'bytes'), ('bytes', 'stream', 'short-reads'),
                        place + '.from')
            if type(found['load']) is dict:
                self.fields(found['load'], {'step': int, 'next': bool}, inside)
                if len(found['load']) != 1:
                    raise Malformed('one of step, next is wanted', inside)
            else:
                raw(self.of_type(found['load'], str, inside), inside)
            return
        self.fields(found, {kind: None}, place)
        given = found[kind]
        if kind == 'dump':
            self.value(given, inside)
            return
        wanted = ACTION_FIELDS[kind]
        self.fields(given, wanted, inside)
        self.needs(given, wanted, inside)
        if 'on' in given:
            self.target(given['on'], inside + '.on')
        if 'table' in given:
            self.one_of(given['table'], tuple(TABLE_PLACES), inside + '.table')
            self.class_ref(given['key'], inside + '.key')
        if kind == 'put':
            self.hook(given['to'], '%s[%s]' % (TABLE_PLACES[given['table']], given['key']),
                      inside + '.to')
        elif kind == 'set':
            where = '%s.%s' % (target_place(given['on']), given['name'])
            read = self.table if given['name'] == 'dispatch_table' else self.hook
            read(given['to'], where, inside + '.to')
        elif kind == 'call':
            self.each(given['arguments'], self.value, inside + '.arguments')

    def target(self, found, place):
        if type(found) is dict:
            self.fields(found, {'object': str}, place)
            self.needs(found, ('object',), place)
            self.refs.append((found['object'], place + '.object'))
        else:
            self.one_of(found, ('pickler', 'class'), place)

    # The whole.

    def scenario(self, found):
        place = 'scenario'
        self.of_type(found, dict, place)
        self.fields(found, {
            'scenario': int, 'module': str, 'functions': list, 'classes': list,
            'missingModules': list, 'copyreg': dict, 'pickler': dict, 'unpickler': dict,
            'steps': list}, place)
        self.needs(found, ('scenario', 'module', 'functions', 'classes', 'missingModules',
                           'copyreg', 'pickler', 'unpickler', 'steps'), place)
        if found['scenario'] != 1:
            raise Malformed('version 1 is known, not %s' % said(found['scenario']), 'scenario')
        for kind, names in (('functions', self.functions), ('classes', self.classes)):
            for index, spec in enumerate(found[kind]):
                where = '%s[%d]' % (kind, index)
                self.of_type(spec, dict, where)
                self.needs(spec, ('name',), where)
                names.add(self.of_type(spec['name'], str, where + '.name'))
        self.each(found['functions'], self.function, 'functions')
        self.each(found['classes'], self.klass, 'classes')
        self.each(found['missingModules'], lambda name, inside: self.of_type(name, str, inside),
                  'missingModules')
        self.copyreg(found['copyreg'])
        self.pickler(found['pickler'])
        self.unpickler(found['unpickler'])
        self.actions(found['steps'], 'steps')

    def function(self, found, place):
        self.fields(found, {'name': str, 'qualname': str, 'module': None, 'found': None,
                            'lambda': bool, 'call': dict}, place)
        self.home(found, place)
        if 'call' in found:
            self.rules(found['call'], place + '.call')

    def home(self, found, place):
        if found.get('module') is not None:
            self.of_type(found['module'], str, place + '.module')
        if 'found' in found and found['found'] is not False:
            self.one_of(found['found'], ('other',), place + '.found')

    def klass(self, found, place):
        self.fields(found, {
            'name': str, 'qualname': str, 'module': None, 'found': None, 'kind': str, 'bases': list,
            'metaclass': str, 'slots': list, 'fields': list, 'members': list, 'attributes': list,
            'hooks': dict}, place)
        self.home(found, place)
        self.one_of(found.get('kind', 'plain'),
                    ('plain', 'enum', 'namedtuple', 'dataclass', 'exception'), place + '.kind')
        self.each(found.get('bases', []), self.class_ref, place + '.bases')
        if 'metaclass' in found:
            self.class_ref(found['metaclass'], place + '.metaclass')
        for name in ('slots', 'fields'):
            self.each(found.get(name, []), lambda item, inside: self.of_type(item, str, inside),
                      '%s.%s' % (place, name))
        for name in ('members', 'attributes'):
            self.each(found.get(name, []), self.named_value, '%s.%s' % (place, name))
        self.hooks(found.get('hooks', {}), found['name'], place + '.hooks')

    def copyreg(self, found):
        self.fields(found, {'dispatch_table': list, 'extensions': list}, 'copyreg')
        self.needs(found, ('dispatch_table', 'extensions'), 'copyreg')
        self.table_entries(found['dispatch_table'], 'copyreg', 'copyreg.dispatch_table')

        def extension(item, place):
            if type(item) is not list or [type(part) for part in item] != [str, str, int]:
                raise Malformed('a module, a name and a code are wanted', place)
        self.each(found['extensions'], extension, 'copyreg.extensions')

    def pickler(self, found):
        self.fields(found, {'init': dict, 'subclass': None, 'instance': dict}, 'pickler')
        self.needs(found, ('init', 'subclass', 'instance'), 'pickler')
        init, place = found['init'], 'pickler.init'
        self.fields(init, {'protocol': None, 'fix_imports': bool, 'buffer_callback': None}, place)
        self.value(init.get('protocol'), place + '.protocol')
        self.hook(init.get('buffer_callback'), 'init.buffer_callback', place + '.buffer_callback')
        if found['subclass'] is not None:
            self.attributes(found['subclass'], 'subclass')
        self.attributes(found['instance'], 'instance')

    def attributes(self, found, where):
        place = 'pickler.' + where
        self.fields(found, {'fast': None, 'dispatch_table': None, 'reducer_override': None,
                            'persistent_id': None}, place)
        self.value(found.get('fast'), place + '.fast')
        self.table(found.get('dispatch_table'), where + '.dispatch_table',
                   place + '.dispatch_table')
        for name in PICKLER_HOOKS:
            self.hook(found.get(name), '%s.%s' % (where, name), '%s.%s' % (place, name))

    def unpickler(self, found):
        self.fields(found, {'fix_imports': bool, 'encoding': str, 'errors': str, 'buffers': list,
                            'subclass': dict, 'instance': dict}, 'unpickler')
        self.each(found.get('buffers', []), self.value, 'unpickler.buffers')
        for where in ('subclass', 'instance'):
            place = 'unpickler.' + where
            self.fields(found.get(where, {}), {'find_class': None, 'persistent_load': None}, place)
            for name in UNPICKLER_HOOKS:
                self.hook(found.get(where, {}).get(name), '%s.%s' % (where, name),
                          '%s.%s' % (place, name))


TABLE_PLACES = {
    'pickler': 'instance.dispatch_table', 'class': 'subclass.dispatch_table', 'copyreg': 'copyreg'}


def target_place(target):
    """The trace's name for what an action is on."""
    if type(target) is dict:
        return target['object']
    return 'instance' if target == 'pickler' else 'subclass'


NAMES = {str: 'a text', int: 'an integer', bool: 'true or false', list: 'an array',
         dict: 'an object'}


def said(found):
    """A short wording of what was found."""
    if found is None:
        return 'null'
    return {list: 'an array', dict: 'an object'}.get(type(found)) or repr(found)[:60]


def raw(text, place):
    """The bytes of a hex text."""
    try:
        return bytes.fromhex(text)
    except (TypeError, ValueError):
        raise Malformed('%s is not hex' % said(text), place)


def number(text, place):
    """Refuses what is not decimal digits with a sign."""
    digits = text[1:] if text[:1] == '-' else text
    if not (digits.isascii() and digits.isdigit()):
        raise Malformed('%s is not a decimal number' % said(text), place)
