"""Makes table.ts: what a pickler can learn about the names of Python's own library.

    python3.8 generate.py > 3.8.json          on each interpreter, pyodide included
    python3.13 generate.py --merge *.json > table.ts

Standard library only, syntax of 3.8. In pyodide: run the text of this file and take `report()`.
"""
import builtins
import collections
import collections.abc  # or only some interpreters have it by now
import importlib
import json
import platform
import sys
import types

NAMES = """
collections: ChainMap Counter OrderedDict UserDict UserList UserString defaultdict deque namedtuple
collections.abc: Iterable Mapping Sequence
copyreg: __newobj__ __newobj_ex__ _reconstructor _reduce_ex add_extension pickle pickle_complex pickle_super pickle_union
codecs: decode encode lookup
_codecs: decode encode lookup
functools: partial partialmethod reduce wraps lru_cache cmp_to_key
_functools: partial reduce
operator: add attrgetter getitem itemgetter mul neg or_ methodcaller
_operator: add attrgetter getitem itemgetter mul neg or_ methodcaller
itertools: accumulate chain count cycle filterfalse islice permutations product repeat starmap takewhile zip_longest
itertools: batched combinations combinations_with_replacement compress dropwhile groupby pairwise tee
datetime: date datetime time timedelta timezone tzinfo
_datetime: date
zoneinfo: ZoneInfo
decimal: Decimal Context Overflow getcontext
decimal: Clamped DecimalTuple DivisionByZero FloatOperation Inexact InvalidOperation Rounded Subnormal Underflow
fractions: Fraction
numbers: Number Integral
uuid: UUID SafeUUID
pathlib: Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath
pathlib._local: Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath
re: Pattern Match _compile _pickle compile escape
enum: Enum EnumMeta EnumType Flag IntEnum IntFlag ReprEnum StrEnum auto
abc: ABC ABCMeta abstractmethod
types: BuiltinFunctionType FunctionType GeneratorType GenericAlias LambdaType MappingProxyType MethodType ModuleType NoneType SimpleNamespace UnionType
typing: Any Generic List NamedTuple Optional TypeVar Union
dataclasses: dataclass field fields replace
array: array _array_reconstructor
math: floor gcd sin sqrt
math.integer: gcd
cmath: sqrt
random: Random
string: Template capwords
struct: Struct calcsize error pack
io: BytesIO StringIO BufferedReader TextIOWrapper
_io: BytesIO StringIO
ipaddress: IPv4Address IPv4Interface IPv4Network IPv6Address IPv6Interface IPv6Network
statistics: NormalDist mean
threading: Lock Thread local
_thread: allocate_lock lock
weakref: ref WeakValueDictionary
queue: Queue
heapq: heappop heappush
bisect: bisect_left
copy: copy deepcopy
json: dumps loads
json.decoder: JSONDecoder
os: fspath getcwd stat_result
posix: getcwd stat_result
os.path: join
posixpath: join
sys: intern getrecursionlimit
time: struct_time sleep time
pickle: PickleBuffer PickleError PicklingError Pickler UnpicklingError Unpickler dumps loads
_pickle: PickleError Pickler PicklingError UnpicklingError
configparser: ConfigParser
html.parser: HTMLParser
http.client: HTTPConnection
http.cookies: Morsel SimpleCookie
http.server: SimpleHTTPRequestHandler
urllib.error: HTTPError URLError
urllib.parse: DefragResult ParseResult ParseResultBytes SplitResult SplitResultBytes quote unquote urlencode urlsplit
urllib.request: Request
reprlib: Repr
socketserver: TCPServer
subprocess: Popen CalledProcessError
xmlrpc.client: DateTime
contextlib: suppress
graphlib: TopologicalSorter
string.templatelib: Template
xml.etree.ElementTree: Element
zlib: error
"""

# Types that have no name in their module: what an object can be, but no scenario can name.
HIDDEN = [
    type(None), type(Ellipsis), type(NotImplemented), types.FunctionType,
    types.BuiltinFunctionType, types.MethodType, types.ModuleType, types.MappingProxyType,
    types.GeneratorType, type(str.upper), type(int.__add__), type([].__len__), type(dict.__dict__['fromkeys']),
    type(iter([])), type(iter(())), type(iter('')), type(iter({})), type(iter({}.values())),
    type(iter({}.items())), type(iter(set())), type(iter(b'')), type(iter(bytearray())),
    type(iter(range(1))), type(iter(range(1 << 70))), type({}.keys()), type({}.values()),
    type({}.items()), type(reversed([])), type(types.FunctionType.__dict__['__code__']),
    types.MemberDescriptorType, type(collections.namedtuple('N', 'x').x),
    type(iter(len, 0)), type((lambda: 0).__code__), type((lambda x: lambda: x)(0).__closure__[0]),
    type(sys._getframe()),
]

# Attributes of classes that can be pickled by themselves.
MEMBERS = """
builtins: str.upper str.join int.__add__ int.from_bytes dict.fromkeys object.__new__ object.__reduce_ex__
builtins: int.__new__ float.__new__ str.__new__ bytes.__new__ tuple.__new__ list.__new__ dict.__new__
builtins: set.__new__ frozenset.__new__ bytearray.__new__ complex.__new__ BaseException.__new__ type.__new__
enum: Enum.__new__ Flag.__new__ IntEnum.__new__ IntFlag.__new__
builtins: object.__init__ list.append
collections: OrderedDict.fromkeys
datetime: datetime.now date.today
decimal: Decimal.from_float
"""

OWN = (
    ('x', '__reduce_ex__'), ('r', '__reduce__'), ('s', '__getstate__'), ('a', '__getnewargs__'),
    ('e', '__getnewargs_ex__'), ('t', '__setstate__'), ('c', '__call__'), ('i', '__iter__'),
    ('m', '__getitem__'), ('q', '__next__'), ('l', '__len__'),
)
LAYOUTS = (
    bool, int, float, complex, str, bytes, bytearray, tuple, list, dict, set, frozenset, type,
)
FUNCTIONS = (
    types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.MethodDescriptorType,
    types.WrapperDescriptorType, types.MethodWrapperType, types.ClassMethodDescriptorType,
)
WORD = 8 if sys.maxsize > 2 ** 32 else 4


def walk(module, path):
    value = module
    for part in path.split('.'):
        value = getattr(value, part)
    return value


def copied(text):
    """The same text as another object, so that interning it tells whether the first one is."""
    return ''.join(list(text)) if len(text) > 1 else text


def is_interned(text):
    return len(text) < 2 or sys.intern(copied(text)) is text


def requested():
    """(name, object) in order: builtins first, then the hidden types, then the lists."""
    absent = {'copyright', 'credits', 'exit', 'help', 'license', 'quit', 'print_exception'}
    for name in sorted(vars(builtins)):
        if not name.startswith('_') and name not in absent:
            yield 'builtins:' + name, getattr(builtins, name), ''
    for cls in HIDDEN:
        yield cls.__module__ + ':' + cls.__qualname__, cls, 'h'
    for text in (NAMES, MEMBERS):
        for line in text.strip().splitlines():
            module_name, paths = line.split(':')
            try:
                # The name is a str made at run time, as one out of a scenario is.
                module = importlib.import_module(copied(module_name))
            except ImportError:
                continue
            for path in paths.split():
                try:
                    yield module_name + ':' + path, walk(module, path), ''
                except AttributeError:
                    pass


def reduced_name(value):
    """The name an object reduces to, if it does."""
    try:
        reduced = value.__reduce_ex__(2)
    except Exception:
        return ''
    return reduced if isinstance(reduced, str) else ''


def layout(cls):
    for base in LAYOUTS:
        if issubclass(cls, base):
            return base.__name__
    if issubclass(cls, BaseException):
        return 'exception'
    if cls in (types.FunctionType, types.BuiltinFunctionType, types.MethodType):
        return 'function'
    size = object.__basicsize__ + (WORD if cls.__dictoffset__ > 0 else 0)
    size += WORD if getattr(cls, '__weakrefoffset__', 0) > 0 else 0
    slots = [s for c in cls.__mro__ for s in slots_of(c) if s not in ('__dict__', '__weakref__')]
    size += WORD * len(slots)
    return 'other' if cls.__basicsize__ > size or cls.__itemsize__ else 'object'


def slots_of(cls):
    slots = cls.__dict__.get('__slots__', ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def class_flags(cls):
    flags = ''
    if cls.__flags__ & (1 << 9):
        flags += 'H'
    new = cls.__dict__.get('__new__')
    if isinstance(new, types.BuiltinFunctionType) and new.__self__ is cls:
        flags += 'N'
    elif new is not None:
        flags += 'P'
    if cls.__dictoffset__ != 0:
        flags += 'D'
    if '__slots__' in cls.__dict__:
        flags += 'S'
    if cls.__dict__.get('__hash__', 0) is None:
        flags += 'U'
    return flags + ''.join(flag for flag, name in OWN if name in cls.__dict__)


def report():
    rows, seen, keep = [], {}, []
    groups = {}

    def group(text):
        """`=` interned, else a number: the same for the same str object."""
        if not isinstance(text, str):
            return None
        keep.append(text)
        if is_interned(text):
            return '='
        return '#%d' % groups.setdefault(id(text), len(groups))

    def key_of(cls):
        """The name under which a class is in the table; one that was not asked for is added."""
        if id(cls) not in seen:
            name = cls.__module__ + ':' + cls.__qualname__
            while any(row[0] == name for row in rows):
                name += "'"
            add(name, cls, 'h' if not found(cls) else '')
        return seen[id(cls)]

    def found(value):
        try:
            module = sys.modules[value.__module__]
            return walk(module, value.__qualname__) is value
        except (AttributeError, KeyError):
            return False

    def add(name, value, flags):
        if any(row[0] == name for row in rows):
            return
        keep.append(value)
        if id(value) in seen:
            rows.append([name, 'same', seen[id(value)]])
            return
        seen[id(value)] = name
        row = [name]
        rows.append(row)
        if isinstance(value, type):
            kind = 'class'
        elif value is Ellipsis or value is NotImplemented or value in (None, True, False):
            kind = 'constant'
        elif isinstance(value, types.ModuleType):
            kind = 'module'
        elif isinstance(value, FUNCTIONS):
            kind = 'function'
        else:
            kind = 'object'
        row.append(kind)
        if kind in ('class', 'function'):
            module = getattr(value, '__module__', '-')
            qualname = value.__qualname__
            fresh = value.__qualname__ is not qualname and len(qualname) > 1
            row += [module, group(module), qualname, '~' if fresh else group(qualname)]
            flags += '' if found(value) else 'z'
        if kind == 'class':
            row += [flags + class_flags(value), layout(value)]
            meta = type(value)
            row.append('' if meta is type else key_of(meta))
            row.append(','.join(key_of(base) for base in value.__bases__))
            row.append(','.join(slots_of(value)))
        elif kind == 'function':
            row += [flags, key_of(type(value))]
            owner = getattr(value, '__self__', None)
            objclass = getattr(value, '__objclass__', None)
            if isinstance(owner, type):
                row.append(key_of(owner))
            elif isinstance(objclass, type):
                row.append(key_of(objclass))
            else:
                row.append('')
        elif kind == 'object':
            row += [key_of(type(value)), getattr(value, '__module__', None), reduced_name(value)]

    for name, value, flags in requested():
        if found(value):
            flags = ''
        add(name, value, flags)
    # MODEL-02: numbers mean nothing but sameness, so a group of one member is only `-` (its own).
    uses = {}
    for row in rows:
        for place in (3, 5):
            if row[1] in ('class', 'function') and str(row[place]).startswith('#'):
                uses[row[place]] = uses.get(row[place], 0) + 1
    names = {}
    for row in rows:
        for place in (3, 5):
            if row[1] in ('class', 'function') and str(row[place]).startswith('#'):
                if uses[row[place]] == 1:
                    row[place] = '-'
                else:
                    same_text = names.setdefault(row[place - 1], {})
                    row[place] = same_text.setdefault(row[place], '#%d' % len(same_text))
    return json.dumps({'version': platform.python_version(), 'rows': rows}, separators=(',', ':'))


def merge(paths):
    tables = []
    for path in paths:
        with open(path, encoding='utf-8') as stream:
            tables.append(json.load(stream))
    tables.sort(key=lambda table: int(table['version'].split('.')[1]))
    order, lines = [], {}
    for table in tables:
        minor = int(table['version'].split('.')[1])
        for row in table['rows']:
            if row[0] not in lines:
                order.append(row[0])
                lines[row[0]] = []
            text = '|'.join('None' if cell is None else str(cell) for cell in row[1:])
            entries = lines[row[0]]
            if entries and entries[-1][2] == text and entries[-1][1] == minor - 1:
                entries[-1][1] = minor
            else:
                entries.append([minor, minor, text])
    print('// Made by generate.py; not to be edited. The columns are explained in known-names.ts.')
    print('// Interpreters: CPython %s.' % ', '.join(table['version'] for table in tables))
    print('')
    print('export const table = `')
    for name in order:
        for since, until, text in lines[name]:
            print('%s|%d-%d|%s' % (name, since, until, text))
    print('`')


if __name__ == '__main__':
    if sys.argv[1:2] == ['--merge']:
        merge(sys.argv[2:])
    else:
        print(report())
