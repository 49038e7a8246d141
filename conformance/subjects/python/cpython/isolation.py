"""Leaves the interpreter as it was: modules, copyreg, extension codes, whatever a run binds."""

import copyreg
import sys

NOTHING = object()


class Isolation:
    """Records what is changed for one run and undoes it, last change first."""

    def __init__(self):
        self.undo = []
        self.table = dict(copyreg.dispatch_table)
        self.codes = []

    def bind(self, owner, name, value):
        """Sets an attribute until the end of the run."""
        before = vars(owner).get(name, NOTHING)
        setattr(owner, name, value)
        self.undo.append((restore_attribute, owner, name, before))

    def remember(self, owner, name):
        """Puts an attribute back at the end, whatever is done to it."""
        self.undo.append((restore_attribute, owner, name, vars(owner).get(name, NOTHING)))

    def add_module(self, name, module):
        """Makes a module importable until the end of the run."""
        self.undo.append((restore_module, name, sys.modules.get(name, NOTHING), None))
        sys.modules[name] = module

    def hide_modules(self, names):
        """Makes these modules impossible to import until the end of the run."""
        if not names:
            return
        if any(name in sys.modules for name in names):
            self.undo.append((restore_modules, dict(sys.modules), None, None))
            for name in names:
                sys.modules.pop(name, None)
        finder = Missing(names)
        sys.meta_path.insert(0, finder)
        self.undo.append((restore_finder, finder, None, None))

    def add_extension(self, module, name, code):
        """Registers an extension code until the end of the run."""
        copyreg.add_extension(module, name, code)
        self.codes.append((module, name, code))

    def end(self):
        """Undoes everything."""
        for restore, target, name, before in reversed(self.undo):
            restore(target, name, before)
        self.undo = []
        if copyreg.dispatch_table != self.table or list(copyreg.dispatch_table) != list(self.table):
            copyreg.dispatch_table.clear()
            copyreg.dispatch_table.update(self.table)
        for module, name, code in self.codes:
            copyreg.remove_extension(module, name, code)
        copyreg._extension_cache.clear()


class Missing:
    """An import finder that knows of modules which cannot be found."""

    def __init__(self, names):
        self.names = frozenset(names)

    def find_spec(self, name, _path=None, _target=None):
        """Refuses as the import system does for a module that is not there."""
        if name in self.names:
            raise ModuleNotFoundError('No module named %r' % name, name=name)
        return None


def restore_attribute(owner, name, before):
    if vars(owner).get(name, NOTHING) is before:
        return
    if before is NOTHING:
        delattr(owner, name)
    else:
        setattr(owner, name, before)


def restore_module(name, before, _unused):
    if before is NOTHING:
        sys.modules.pop(name, None)
    else:
        sys.modules[name] = before


def restore_modules(modules, _unused, _unused_too):
    """Puts hidden modules back to their places: a search for an object goes in this order."""
    added = {name: module for name, module in sys.modules.items() if name not in modules}
    sys.modules.clear()
    sys.modules.update(modules)
    sys.modules.update(added)


def restore_finder(finder, _unused, _unused_too):
    sys.meta_path.remove(finder)
