"""Starts the adapter on the standard streams, whether the folder or the package is run."""

import os
import sys

if not __package__:
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from cpython.streams import main  # noqa: E402

main()
