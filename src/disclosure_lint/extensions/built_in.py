"""What ships with the tool: a plugin like those of others, asked after all of them."""

from __future__ import annotations

from pathlib import Path

from disclosure_lint.checks.agency import AgencyCheck
from disclosure_lint.checks.aggregate import AggregateCheck
from disclosure_lint.checks.cells import CellsCheck
from disclosure_lint.checks.citation import CitationCheck
from disclosure_lint.checks.copied import CopiedCheck
from disclosure_lint.checks.deadline import DeadlineCheck
from disclosure_lint.checks.division import DivisionCheck
from disclosure_lint.checks.document_number import DocumentNumberCheck
from disclosure_lint.checks.equation import EquationCheck
from disclosure_lint.checks.growth import GrowthCheck
from disclosure_lint.checks.heading import HeadingCheck
from disclosure_lint.checks.input import InputCheck
from disclosure_lint.checks.measure import MeasureCheck
from disclosure_lint.checks.other_reports import PreviousCheck, SameCheck
from disclosure_lint.checks.parts import PartsCheck
from disclosure_lint.checks.pattern import PatternCheck
from disclosure_lint.checks.personal import PersonalCheck
from disclosure_lint.checks.section import SectionCheck
from disclosure_lint.checks.statement import StatementCheck
from disclosure_lint.checks.year import YearCheck
from disclosure_lint.extensions.hooks import hookimpl
from disclosure_lint.model.document import Reader
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.output import OutputFormat
from disclosure_lint.outputs.formats import BUILT_IN
from disclosure_lint.packs.sources import shipped_rules
from disclosure_lint.readers.docx import DocxReader
from disclosure_lint.readers.html import HtmlReader
from disclosure_lint.readers.lines import LineReader
from disclosure_lint.readers.pdf import PdfReader


class BuiltIn:
    """The plugin that ships with the tool."""

    @hookimpl(trylast=True)
    def rule_packs(self) -> list[Path]:
        """The national pack."""
        return [shipped_rules()]

    @hookimpl(trylast=True)
    def check_kinds(self) -> list[CheckKind]:
        """The kinds of check that the national pack names, and others may."""
        kinds = (
            InputCheck,
            SectionCheck,
            HeadingCheck,
            CellsCheck,
            EquationCheck,
            MeasureCheck,
            StatementCheck,
            PatternCheck,
            PersonalCheck,
            YearCheck,
            CitationCheck,
            DocumentNumberCheck,
            AgencyCheck,
            PartsCheck,
        )
        more = (DivisionCheck, DeadlineCheck, PreviousCheck, SameCheck, AggregateCheck, CopiedCheck, GrowthCheck)
        return [kind() for kind in (*kinds, *more)]

    @hookimpl(trylast=True)
    def document_readers(self) -> list[Reader]:
        """Word files, PDF, web pages, plain text, Markdown; the last one refuses what none of the others wanted."""
        return [DocxReader(), PdfReader(), HtmlReader(), LineReader()]

    @hookimpl(trylast=True)
    def output_formats(self) -> list[OutputFormat]:
        """The formats of the contract."""
        return list(BUILT_IN)
