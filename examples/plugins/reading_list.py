"""Notes on standard error whose report was read, and how many of its numbers were found."""

import sys

from disclosure_lint import Report, hookimpl


@hookimpl
def report_bound(report: Report, path: str) -> None:
    print(f"{path}: {report.agency}, {report.year}, {len(report.facts)} numbers", file=sys.stderr)
