"""Tests that need a large stack; where a test process has none, they are not run."""
