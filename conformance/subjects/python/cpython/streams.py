"""Lines in on descriptor 0, lines out on what was descriptor 1, everything else to stderr."""

import os
import sys
import threading

from cpython import serve

# Deep values are built and destroyed on this stack; from 3.14 the stack itself is the limit of the
# C pickler's recursion, so there the usual main thread is used.
STACK_BYTES = 512 * 1024 * 1024


def main():
    """Serves until ``stop`` or the end of the input."""
    answers = os.dup(1)
    os.dup2(2, 1)
    if sys.version_info >= (3, 14):
        loop(answers)
        return
    size = STACK_BYTES
    while size:
        try:
            threading.stack_size(size)
            thread = threading.Thread(target=loop, args=(answers,))
            thread.start()
        except (ValueError, RuntimeError, MemoryError):
            size //= 2
            continue
        thread.join()
        return
    loop(answers)


def loop(answers):
    """Reads a line, answers it, until told to stop."""
    with open(0, 'rb', closefd=False) as lines:
        for line in lines:
            if not serve.answer_line(line, lambda text: write_all(answers, text)):
                break


def write_all(descriptor, text):
    """Writes one line through, whatever the pipe takes at a time."""
    data = memoryview((text + '\n').encode('ascii'))
    while data:
        data = data[os.write(descriptor, data):]
