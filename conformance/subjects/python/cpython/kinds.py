"""What an object is, whatever it says of itself."""


def is_a(obj, kind):
    """As ``isinstance``, but an attribute ``__class__`` is not asked: it may lie, and raise."""
    return issubclass(type(obj), kind)
