"""The adapter's own tests: ``python3 -m unittest discover -s cpython/tests -t .`` one folder up."""
