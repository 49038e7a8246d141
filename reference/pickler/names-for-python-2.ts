/** The names of Python 3 that Python 2 has elsewhere (Appendix A). */

import type { BehaviourValues } from '../profiles.ts'

type Name = readonly [module: string, name: string]

/** Modules, by their name in Python 3. */
// biome-ignore format: a table reads best as a table
const modules: ReadonlyMap<string, string> = new Map([
  ['_bz2', 'bz2'],
  ['_dbm', 'dbm'],
  ['_dummy_thread', 'dummy_thread'],
  ['_functools', 'functools'],
  ['_gdbm', 'gdbm'],
  ['_markupbase', 'markupbase'],
  ['_pickle', 'pickle'],
  ['_thread', 'thread'],
  ['builtins', '__builtin__'],
  ['collections.abc', '_abcoll'],
  ['configparser', 'ConfigParser'],
  ['copyreg', 'copy_reg'],
  ['dbm', 'anydbm'],
  ['dbm.bsd', 'dbhash'],
  ['dbm.dumb', 'dumbdbm'],
  ['dbm.gnu', 'gdbm'],
  ['dbm.ndbm', 'dbm'],
  ['html.entities', 'htmlentitydefs'],
  ['html.parser', 'HTMLParser'],
  ['http.client', 'httplib'],
  ['http.cookiejar', 'cookielib'],
  ['http.cookies', 'Cookie'],
  ['http.server', 'BaseHTTPServer'],
  ['queue', 'Queue'],
  ['reprlib', 'repr'],
  ['socketserver', 'SocketServer'],
  ['subprocess', 'commands'],
  ['test.support', 'test.test_support'],
  ['tkinter', 'Tkinter'],
  ['tkinter.colorchooser', 'tkColorChooser'],
  ['tkinter.commondialog', 'tkCommonDialog'],
  ['tkinter.constants', 'Tkconstants'],
  ['tkinter.dialog', 'Dialog'],
  ['tkinter.dnd', 'Tkdnd'],
  ['tkinter.filedialog', 'tkFileDialog'],
  ['tkinter.font', 'tkFont'],
  ['tkinter.messagebox', 'tkMessageBox'],
  ['tkinter.scrolledtext', 'ScrolledText'],
  ['tkinter.simpledialog', 'tkSimpleDialog'],
  ['tkinter.ttk', 'ttk'],
  ['urllib.parse', 'urlparse'],
  ['urllib.request', 'urllib2'],
  ['urllib.robotparser', 'robotparser'],
  ['winreg', '_winreg'],
  ['xmlrpc.client', 'xmlrpclib'],
  ['xmlrpc.server', 'SimpleXMLRPCServer'],
])

/** Names in modules, `module.name`, with their module and name in Python 2. */
// biome-ignore format: a table reads best as a table
const names: readonly (readonly [string, Name])[] = [
  ['_functools.reduce', ['__builtin__', 'reduce']],
  ['_socket.socket', ['socket', '_socketobject']],
  ['builtins.chr', ['__builtin__', 'unichr']],
  ['builtins.filter', ['itertools', 'ifilter']],
  ['builtins.int', ['__builtin__', 'long']],
  ['builtins.map', ['itertools', 'imap']],
  ['builtins.range', ['__builtin__', 'xrange']],
  ['builtins.str', ['__builtin__', 'unicode']],
  ['builtins.zip', ['itertools', 'izip']],
  ['collections.UserDict', ['UserDict', 'IterableUserDict']],
  ['collections.UserList', ['UserList', 'UserList']],
  ['collections.UserString', ['UserString', 'UserString']],
  ['dbm.whichdb', ['whichdb', 'whichdb']],
  ['functools.reduce', ['__builtin__', 'reduce']],
  ['http.server.CGIHTTPRequestHandler', ['CGIHTTPServer', 'CGIHTTPRequestHandler']],
  ['http.server.SimpleHTTPRequestHandler', ['SimpleHTTPServer', 'SimpleHTTPRequestHandler']],
  ['itertools.filterfalse', ['itertools', 'ifilterfalse']],
  ['itertools.zip_longest', ['itertools', 'izip_longest']],
  ['multiprocessing.connection.Connection', ['_multiprocessing', 'Connection']],
  ['multiprocessing.context.AuthenticationError', ['multiprocessing', 'AuthenticationError']],
  ['multiprocessing.context.BufferTooShort', ['multiprocessing', 'BufferTooShort']],
  ['multiprocessing.context.Process', ['multiprocessing.process', 'Process']],
  ['multiprocessing.context.ProcessError', ['multiprocessing', 'ProcessError']],
  ['multiprocessing.context.TimeoutError', ['multiprocessing', 'TimeoutError']],
  ['multiprocessing.popen_fork.Popen', ['multiprocessing.forking', 'Popen']],
  ['socket.fromfd', ['_socket', 'fromfd']],
  ['sys.intern', ['__builtin__', 'intern']],
  ['tkinter.filedialog.FileDialog', ['FileDialog', 'FileDialog']],
  ['tkinter.filedialog.LoadFileDialog', ['FileDialog', 'LoadFileDialog']],
  ['tkinter.filedialog.SaveFileDialog', ['FileDialog', 'SaveFileDialog']],
  ['tkinter.simpledialog.SimpleDialog', ['SimpleDialog', 'SimpleDialog']],
  ['urllib.error.ContentTooShortError', ['urllib', 'ContentTooShortError']],
  ['urllib.error.HTTPError', ['urllib2', 'HTTPError']],
  ['urllib.error.URLError', ['urllib2', 'URLError']],
  ['urllib.parse.quote', ['urllib', 'quote']],
  ['urllib.parse.quote_plus', ['urllib', 'quote_plus']],
  ['urllib.parse.unquote', ['urllib', 'unquote']],
  ['urllib.parse.unquote_plus', ['urllib', 'unquote_plus']],
  ['urllib.parse.urlencode', ['urllib', 'urlencode']],
  ['urllib.request.getproxies', ['urllib', 'getproxies']],
  ['urllib.request.pathname2url', ['urllib', 'pathname2url']],
  ['urllib.request.url2pathname', ['urllib', 'url2pathname']],
  ['urllib.request.urlcleanup', ['urllib', 'urlcleanup']],
  ['urllib.request.urlopen', ['urllib', 'urlopen']],
  ['urllib.request.urlretrieve', ['urllib', 'urlretrieve']],
  ['xmlrpc.server.DocCGIXMLRPCRequestHandler', ['DocXMLRPCServer', 'DocCGIXMLRPCRequestHandler']],
  ['xmlrpc.server.DocXMLRPCRequestHandler', ['DocXMLRPCServer', 'DocXMLRPCRequestHandler']],
  ['xmlrpc.server.DocXMLRPCServer', ['DocXMLRPCServer', 'DocXMLRPCServer']],
  ['xmlrpc.server.ServerHTMLDoc', ['DocXMLRPCServer', 'ServerHTMLDoc']],
  ['xmlrpc.server.XMLRPCDocGenerator', ['DocXMLRPCServer', 'XMLRPCDocGenerator']],
]

/** The built-in exceptions that Python 2 has under the same name. */
const exceptions = `
  ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning
  DeprecationWarning EOFError EnvironmentError Exception FloatingPointError FutureWarning
  GeneratorExit IOError ImportWarning IndentationError IndexError KeyError KeyboardInterrupt
  LookupError MemoryError NameError NotImplementedError OverflowError PendingDeprecationWarning
  ReferenceError RuntimeError RuntimeWarning StopIteration SyntaxError SyntaxWarning SystemError
  SystemExit TabError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError
  UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning
  ZeroDivisionError
`

/** Those that are all OSError there. */
const osErrors = `
  BrokenPipeError ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
  ConnectionResetError FileExistsError FileNotFoundError InterruptedError IsADirectoryError
  NotADirectoryError OSError PermissionError ProcessLookupError TimeoutError
`

/** Those that are both ImportError there. */
const importErrors = 'ImportError ModuleNotFoundError'

const words = (text: string): string[] => text.trim().split(/\s+/)

const allNames: ReadonlyMap<string, Name> = new Map<string, Name>([
  ...names,
  ...words(exceptions).map((name) => named(name, name)),
  ...words(osErrors).map((name) => named(name, 'OSError')),
  ...words(importErrors).map((name) => named(name, 'ImportError')),
])

const namesOf315: ReadonlyMap<string, Name> = new Map(
  [...allNames, named('ImportCycleError', 'ImportError')].filter(
    ([name]) => name !== 'http.server.CGIHTTPRequestHandler',
  ),
)

/** Which of the names a pickler knows. */
type KnownNames = BehaviourValues['namesForPython2']

function named(name: string, nameThere: string): readonly [string, Name] {
  return [`builtins.${name}`, ['exceptions', nameThere]]
}

/**
 * The module and the name under which Python 2 knows a global; the same ones if it does.
 *
 * The mapping loses: every kind of OSError becomes OSError.
 *
 * @clause GLOB-21
 */
export function nameForPython2(module: string, name: string, known: KnownNames): Name {
  const dotted = `${module}.${name}`
  const found = (known === 'of 3.15' ? namesOf315 : allNames).get(dotted)
  if (found !== undefined) return found
  if (known === 'of 3.8' && module === 'tkinter.tix') return ['Tix', name]
  return [modules.get(module) ?? module, name]
}
