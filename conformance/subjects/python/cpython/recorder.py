"""What stands for a name that is not to be run: it takes whatever is done to it and remembers."""


class Recording:
    """A method that records its calls, on a symbol as well as on what was made from one."""

    def __init__(self, name):
        self.name = name

    def __get__(self, obj, owner):
        done = owner.symbol_done if obj is None else obj.picklespec_done

        def record(*arguments):
            done.append((self.name, arguments))
        return record


class Symbol(type):
    """The class of recording classes; calling one makes a recorded object."""

    def __new__(mcs, name):
        made = type.__new__(mcs, 'Symbol', (Recorded,), {'__slots__': ()})
        made.symbol_name = name
        made.symbol_done = []
        return made

    def __init__(cls, _name):
        type.__init__(cls, 'Symbol', (), {})

    def __call__(cls, *arguments, **keywords):
        return recorded(cls, cls, 'call', arguments, keywords)

    def __setitem__(cls, key, value):
        cls.symbol_done.append(('setitem', (key, value)))


class Recorded:
    """An object made from a symbol, or by a call of such an object."""

    __slots__ = ('picklespec_from', 'picklespec_by', 'picklespec_arguments',
                 'picklespec_keywords', 'picklespec_done')

    def __new__(cls, *arguments, **keywords):
        return recorded(cls, cls, 'new', arguments, keywords)

    def __call__(self, *arguments, **keywords):
        return recorded(Made, self, 'call', arguments, keywords)

    __setstate__ = Recording('state')
    append = Recording('append')
    add = Recording('add')
    __setitem__ = Recording('setitem')


def recorded(cls, maker, way, arguments, keywords):
    made = object.__new__(cls)
    made.picklespec_from = maker
    made.picklespec_by = way
    made.picklespec_arguments = arguments
    made.picklespec_keywords = keywords
    made.picklespec_done = []
    return made


class Made(Recorded):
    """What the call of a recorded object gives."""

    __slots__ = ()


class Persistent:
    """What stands for an object that the pickle names by a persistent id."""

    __slots__ = ('pid',)

    def __init__(self, pid):
        self.pid = pid
