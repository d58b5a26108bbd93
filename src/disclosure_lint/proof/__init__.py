"""Proof that rules bite: their examples and their mutants, run as tests; and what a reader of rule files would ask."""

from disclosure_lint.proof.examples import Failure, linter_on_trial, run_examples

__all__ = ["Failure", "linter_on_trial", "run_examples"]
