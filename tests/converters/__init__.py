"""What other programs make of a filled report, and how it is read: `python -m tests.converters.measure`.

A report is written as a Word file and as a page, given to every converter, printer and extractor that is installed,
and read again; the truth of every cell is known. `sources` makes the reports, each module of tools a family of them.
"""
