"""`rules pages`: a page in Markdown for each rule, for a site or a folder that `rule-pages` names."""

from collections.abc import Iterator
from pathlib import Path

from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.rule_page import as_markdown, rule_page
from disclosure_lint.cli.run_config import RunConfig
from disclosure_lint.cli.sources import settings_for
from disclosure_lint.cli.streams import opened
from disclosure_lint.engine.linter import Linter
from disclosure_lint.files.reading import why
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.display import in_markdown
from disclosure_lint.model.errors import UserError
from disclosure_lint.outputs.wording import SEVERITIES

INDEX = "index.md"


def run_pages(write: str | None, asked: RunConfig, say: Translator) -> int:
    """Returns 0; prints the pages of all loaded rules, or writes them into a folder with a list of them."""
    linters = Linters(say, use_cache=asked.use_cache)
    linter = linters.of(settings_for(linters, asked, say).packs)
    if write is None:
        with opened(None, say) as output:
            output.write("\n".join(page for _, page in _pages(linter, say)))
        return 0
    folder = Path(write)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(say(f"建不了这个文件夹：{why(error).zh}", f"cannot be made: {why(error).en}"), write) from None
    for name, page in (*_pages(linter, say), (INDEX, _index(linter, say))):
        path = folder / name
        with opened(str(path), say) as file:
            file.write(page)
        with opened(None, say) as output:
            output.write(path.as_posix() + "\n")
    return 0


def _pages(linter: Linter, say: Translator) -> Iterator[tuple[str, str]]:
    for rule in linter.rules:
        yield f"{rule.code}.md", as_markdown(rule_page(linter, rule, say), say)


def _index(linter: Linter, say: Translator) -> str:
    head = say("| 代码 | 默认 | 查什么 |", "| code | default | what |")
    rows = [f"# {say('规则', 'Rules')}", "", head, "| --- | --- | --- |"]
    for rule in linter.rules:
        off = rule.severity is Severity.off
        severity = say("关闭", "off") if off else SEVERITIES[rule.severity].text(say.lang)
        summary = in_markdown(rule.summary.text(say.lang))
        rows.append(f"| [{rule.code}]({rule.code}.md) | {severity} | {summary} |")
    return "\n".join(rows) + "\n"
