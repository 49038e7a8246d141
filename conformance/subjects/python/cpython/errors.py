"""What is wrong with a question, as opposed to what an engine does with it."""


class Malformed(Exception):
    """A request or scenario that does not keep to the protocol, and where."""

    def __init__(self, message, place=''):
        super().__init__(message)
        self.message = message
        self.place = place


class Unbuildable(BaseException):
    """A value this interpreter cannot make.

    Not an Exception, so that it passes through an engine unchanged when a hook's answer is the
    value in question.
    """

    def __init__(self, message, place=''):
        super().__init__(message)
        self.message = message
        self.place = place


# Exceptions that a hook may raise by being called near a limit: they belong to the observation.
LIMITS = (RecursionError, MemoryError)
