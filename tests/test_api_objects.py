"""docs/api-objects.md: the fields of the public objects with their types, written from the code.

With DISCLOSURE_LINT_UPDATE=1 the page is written anew.
"""

import ast
import inspect
import os
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import disclosure_lint

PAGE = Path(__file__).resolve().parents[1] / "docs" / "api-objects.md"
HEAD = """\
# Objects and their fields

What `lint_text`, `lint_bytes` and `lint_path` return, and what stands in it ([api.md](api.md)). All are read-only.
A `Span` counts in code points of `result.source.text`, lines and columns begin with 1, years are numbers such as 2024.

<!-- Written from the code by tests/test_api_objects.py. -->
"""
OBJECTS = [
    *("FileResult", "Diagnostic", "LocalizedText", "Related", "Suggestion", "Fix", "Edit", "Suppressed"),
    *("RuleOutcome", "PluginFailure", "Report", "Title", "Section", "BoundTable", "Unclear", "NumberedLine", "Fact"),
    "OtherReport",
    *("Address", "Location", "Span", "Position", "Form", "SectionForm", "TableForm", "FormRow", "Column", "Law"),
    *("Rule", "Finding", "Verdict"),
]


def fields(name: str) -> Iterator[tuple[str, str, str]]:
    """Yields name, type and what is said of each field of a named tuple or data class."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(getattr(disclosure_lint, name)))).body
    assert isinstance(tree, ast.ClassDef)
    for number, node in enumerate(tree.body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id[0] != "_":
            after = tree.body[number + 1] if number + 1 < len(tree.body) else None
            said = after.value if isinstance(after, ast.Expr) else None
            words = said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else ""
            yield node.target.id, ast.unparse(node.annotation).strip("'\""), " ".join(words.split())


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")


def written() -> str:
    parts = [HEAD]
    for name in OBJECTS:
        said = inspect.getdoc(getattr(disclosure_lint, name)) or ""
        rows = [f"| `{field}` | `{_in_table(kind)}` | {words} |" for field, kind, words in fields(name)]
        parts.append(f"\n## {name}\n\n{said.splitlines()[0]}\n\n| field | type | |\n| --- | --- | --- |\n")
        parts.append("\n".join(rows) + "\n")
    return "".join(parts)


def test_the_page_says_what_the_code_does() -> None:
    if os.environ.get("DISCLOSURE_LINT_UPDATE") == "1":
        PAGE.write_text(written(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written()


@pytest.mark.parametrize("name", OBJECTS)
def test_objects_are_public_and_have_fields(name: str) -> None:
    assert name in disclosure_lint.__all__
    assert list(fields(name))
