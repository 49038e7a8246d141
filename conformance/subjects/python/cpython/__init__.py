"""The picklespec adapter for Python: this interpreter's picklers behind the adapter protocol.

Run the folder itself: ``python3 -X utf8 -W ignore -B conformance/subjects/python/cpython``.
One concern a file; standard library only; Python 3.8 syntax.
"""
