"""What pickletools says of a pickle, without running it."""

import io
import pickletools

from cpython.observe import refusal_of

STRINGS = ('UNICODE', 'BINUNICODE', 'SHORT_BINUNICODE', 'BINUNICODE8',
           'STRING', 'BINSTRING', 'SHORT_BINSTRING')
PUTS = ('PUT', 'BINPUT', 'LONG_BINPUT')
GETS = ('GET', 'BINGET', 'LONG_BINGET')
SILENT = ('PROTO', 'FRAME')


def use(tool, data):
    """The result of a tool, or how it refuses."""
    try:
        return TOOLS[tool](data)
    except BaseException as error:
        return {'refused': refusal_of(error)}


def disassemble(data):
    text = io.StringIO()
    pickletools.dis(data, text)
    return {'text': text.getvalue()}


def optimize(data):
    return {'bytes': pickletools.optimize(data).hex()}


def global_names(data):
    """The names a pickle asks for, as `module:name`, each once, in order."""
    names, memo, pushed = [], {}, []
    for opcode, argument, _ in pickletools.genops(data):
        code = opcode.name
        if code in ('GLOBAL', 'INST'):
            names.append(argument.replace(' ', ':', 1))
            pushed.append(None)
        elif code == 'STACK_GLOBAL':
            names.append(':'.join([part or '?' for part in ([None, None] + pushed)[-2:]]))
            pushed.append(None)
        elif code in STRINGS:
            pushed.append(argument if type(argument) is str else None)
        elif code == 'MEMOIZE':
            memo[len(memo)] = pushed[-1] if pushed else None
        elif code in PUTS:
            memo[argument] = pushed[-1] if pushed else None
        elif code in GETS:
            pushed.append(memo.get(argument))
        elif code not in SILENT:
            pushed.append(None)
    return {'globals': list(dict.fromkeys(names))}


TOOLS = {'disassemble': disassemble, 'optimize': optimize, 'globals': global_names}
