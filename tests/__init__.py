"""Tests of disclosure-lint; the generator of synthetic reports is in `tests.generation`."""
