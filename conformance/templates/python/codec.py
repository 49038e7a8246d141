"""REPLACE THIS: a toy for None, booleans, ints, strs and lists that refuses the rest.

``encode`` gives the pickle of a value, ``decode`` the value of a pickle; both raise Refused.
"""

import struct


class Refused(Exception):
    """The implementation refuses; ``type`` is the class that Python would raise."""

    def __init__(self, type, message):
        super().__init__(message)
        self.type = type


def written(value):
    if value is None:
        return b'N'
    if isinstance(value, bool):
        return b'I01\n' if value else b'I00\n'
    if isinstance(value, int):
        return b'L%dL\n' % value
    if isinstance(value, str):
        text = value.encode('utf-8')
        return b'X' + struct.pack('<I', len(text)) + text
    return b'(' + b''.join(written(item) for item in value) + b'l'


def encode(value, protocol):
    """The pickle of a value."""
    return written(value) + b'.'


MARK = object()


def integer(line):
    digits = line[:-1] if line.endswith('L') else line
    try:
        return int(digits)
    except ValueError as error:
        raise Refused('ValueError', str(error))


def text_of(utf8):
    try:
        return utf8.decode('utf-8')
    except UnicodeDecodeError as error:
        raise Refused('UnicodeDecodeError', str(error))


def decode(pickle):
    """The value of a pickle."""
    stack = []
    at = 0

    def take(count):
        nonlocal at
        if at + count > len(pickle):
            raise Refused('EOFError', 'the pickle ends too early')
        at += count
        return pickle[at - count:at]

    def take_line():
        end = pickle.find(b'\n', at)
        if end == -1:
            raise Refused('EOFError', 'the pickle ends within a line')
        return take(end + 1 - at)[:-1].decode('latin-1')

    while True:
        opcode = take(1)
        if opcode == b'\x80':
            take(1)
        elif opcode == b'N':
            stack.append(None)
        elif opcode == b'K':
            stack.append(take(1)[0])
        elif opcode == b'I':
            line = take_line()
            stack.append({'00': False, '01': True}[line] if line in ('00', '01') else integer(line))
        elif opcode == b'L':
            stack.append(integer(take_line()))
        elif opcode == b'X':
            stack.append(text_of(take(struct.unpack('<I', take(4))[0])))
        elif opcode == b'(':
            stack.append(MARK)
        elif opcode == b'l':
            if MARK not in stack:
                raise Refused('UnpicklingError', 'there is no mark')
            start = len(stack) - 1 - stack[::-1].index(MARK)
            stack[start:] = [stack[start + 1:]]
        elif opcode == b'.':
            if not stack or stack[-1] is MARK:
                raise Refused('UnpicklingError', 'there is no value on the stack')
            return stack.pop()
        else:
            raise Refused('UnpicklingError', 'no instruction %r here' % opcode)
