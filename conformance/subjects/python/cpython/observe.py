"""What is seen of an engine: the bytes it wrote, how it refused, what its memo holds."""

MESSAGE_LENGTH = 1000


class File:
    """Takes what a pickler writes, and remembers each call."""

    def __init__(self):
        self.pieces = []

    def write(self, data):
        """Copies what is written; gives its length, as files do."""
        piece = bytes(data)
        self.pieces.append((type(data).__name__, piece))
        return len(piece)


def refusal_of(error):
    """The observation of an exception."""
    cause = error.__cause__
    if cause is None and not error.__suppress_context__:
        cause = error.__context__
    notes = getattr(error, '__notes__', ())
    return {
        'class': type(error).__name__,
        'mro': [cls.__name__ for cls in type(error).__mro__ if cls is not object],
        'message': message_of(error)[:MESSAGE_LENGTH],
        'notes': [str(note)[:MESSAGE_LENGTH] for note in notes] if type(notes) is list else [],
        'cause': None if cause is None else type(cause).__name__,
    }


def message_of(error):
    """The text of an exception, nothing where it cannot be told."""
    try:
        return str(error)
    except Exception:
        return ''


def memo_labels(pickler, labels):
    """Labels of what the memo holds in order of index."""
    held = sorted(pickler.memo.copy().values(), key=lambda entry: entry[0])
    return [labels.label(obj) for _, obj in held]


def positions(members, made):
    """Where in the text the members of a set stand, in the order of the set."""
    place = {}
    for member in members:
        place.setdefault(member, len(place))
    return [place[member] for member in made]
