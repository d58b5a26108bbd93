"""`explain`, and `rules pages`: what a rule asks, why, under which law, and what to do about it, from its TOML."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.failures import cannot
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.rule_list import lines
from disclosure_lint.cli.run_config import Linters, RunConfig, run_config
from disclosure_lint.cli.sources import add_configuration, settings_for
from disclosure_lint.cli.streams import opened, write_all
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.display import in_markdown
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form, Law
from disclosure_lint.model.output import page_of
from disclosure_lint.model.rule import Pack, Rule
from disclosure_lint.outputs.wording import SEVERITIES, cited
from disclosure_lint.packs.texts import Example, RuleText, rule_texts

INDEX = "index.md"


class Section(NamedTuple):
    """A part of a rule's page."""

    title: str
    lines: Sequence[str]
    verbatim: bool = False
    """Whether the lines are a file's, to be shown as they are."""


class RulePage(NamedTuple):
    """All that a rule's pack says of it, in one language."""

    rule: Rule
    summary: str
    sections: Sequence[Section]
    """Those that have lines."""


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 0; a prefix lists its rules, and an unknown code is a UserError with near ones."""
    parser = CommandParser(
        "disclosure-lint explain",
        say("代码", "CODE"),
        say(
            "说明一条规则（DL301 或 requests-balance）；写前缀（DL3）则列出这一组。",
            "Explains a rule (DL301 or requests-balance); a prefix (DL3) lists its rules.",
        ),
        say,
    )
    add_configuration(parser, say)
    options, codes = parser.parse(words)
    if len(codes) != 1:
        parser.error(say("要写一个规则代码", "exactly one code must be given"))
    asked = run_config(options)
    linters = Linters(say, use_cache=asked.use_cache)
    settings = settings_for(linters, asked, say)
    linter = linters.of(settings.packs)
    rules = _named(codes[0], linter, say)
    pieces = lines(rules, say) if len(rules) > 1 else as_text(rule_page(linter, rules[0], say), say)
    page = page_of(settings.rule_pages, rules[0].code) if len(rules) == 1 else None
    with opened(None, say) as output:
        write_all(output, (f"{piece}\n" for piece in pieces))
        if page is not None:
            output.write(f"\n{page}\n")
    return 0


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
        raise cannot(say, "建不了这个文件夹", "cannot be made", error, write) from None
    for name, page in (*_pages(linter, say), (INDEX, _index(linter, say))):
        path = folder / name
        with opened(str(path), say) as file:
            file.write(page)
        with opened(None, say) as output:
            output.write(path.as_posix() + "\n")
    return 0


def rule_page(linter: Linter, rule: Rule, say: Translator) -> RulePage:
    """Returns the page of a loaded rule."""
    pack, folder = next(
        (pack, folder) for pack, folder in zip(linter.packs, linter.folders, strict=True) if pack.id == rule.pack
    )
    text = rule_texts(folder)[rule.code]
    bad = next((example for example in text.examples if example.finds), None)
    good = next((example for example in text.examples if not example.finds), None)
    forms = {form.id: form for form in (*linter.forms, *pack.forms)}
    sections = (
        Section(say("为什么", "Why"), text.why.text(say.lang).strip().splitlines()),
        Section(say("依据", "Law"), [line for law in text.law for line in _law(law, say)]),
        Section(say("只用于", "Only for"), _when(text, say)),
        Section(say("不合格的例子", "Bad example"), _example(bad, forms, say), verbatim=True),
        Section(say("合格的例子", "Good example"), _example(good, forms, say), verbatim=True),
        Section(say("怎么改", "How to fix"), text.how.text(say.lang).strip().splitlines()),
        Section(say("怎么配置", "How to configure"), _configuration(rule, say), verbatim=True),
        Section(say("规则包", "Pack"), [_origin(pack, text, folder)]),
    )
    return RulePage(rule, rule.summary.text(say.lang), [one for one in sections if one.lines])


def as_text(page: RulePage, say: Translator) -> Iterator[str]:
    """Returns the lines of a page for a terminal."""
    off = page.rule.severity is Severity.off
    yield f"{page.rule.code} {page.rule.name} — {say('默认关闭', 'off by default') if off else page.rule.severity.name}"
    yield page.summary
    for section in page.sections:
        yield ""
        yield section.title
        for line in section.lines:
            yield f"  {line}".rstrip()


def as_markdown(page: RulePage, say: Translator) -> str:
    """Returns a page in Markdown; nothing in a rule file becomes markup."""
    off = page.rule.severity is Severity.off
    severity = say("默认关闭", "off by default") if off else SEVERITIES[page.rule.severity].text(say.lang)
    parts = [f"# {page.rule.code} {in_markdown(page.rule.name)}", f"**{severity}** {in_markdown(page.summary)}"]
    for section in page.sections:
        parts.append(f"## {section.title}")
        if section.verbatim:
            longest = max((len(run) for line in section.lines for run in re.findall("`+", line)), default=0)
            fence = "`" * max(3, longest + 1)
            parts.append("\n".join([f"{fence}text", *section.lines, fence]))
        else:
            parts.append("  \n".join(in_markdown(line) for line in section.lines))
    return "\n\n".join(parts) + "\n"


def _named(word: str, linter: Linter, say: Translator) -> list[Rule]:
    code = word.upper()
    exact = [rule for rule in linter.rules if rule.code == code or rule.name == word.lower()]
    found = exact or [rule for rule in linter.rules if code and rule.code.startswith(code)]
    if found:
        return found
    near = get_close_matches(code, [rule.code for rule in linter.rules], n=3)
    near += get_close_matches(word.lower(), [rule.name for rule in linter.rules], n=3)
    listed = say("、", ", ").join(near)
    hint = say(f"，相近的有：{listed}", f"; near ones: {listed}") if near else ""
    raise UserError(say(f"没有“{word}”这条规则{hint}", f"there is no rule “{word}”{hint}"))


def _law(law: Law, say: Translator) -> Iterator[str]:
    yield cited(law, say.lang)
    if law.text:
        yield f"「{law.text}」"


def _when(text: RuleText, say: Translator) -> list[str]:
    names = {
        "forms": say("表式", "form"),
        "first_year": say("从这一年起", "from the year"),
        "last_year": say("到这一年止", "until the year"),
        "agency": say("机关名称符合", "agency matching"),
    }
    values = {key: ", ".join(value) if isinstance(value, list) else value for key, value in text.when.items()}
    return [f"{names.get(key, key)}{say('：', ': ')}{value}" for key, value in values.items()]


def _example(example: Example | None, forms: dict[str, Form], say: Translator) -> list[str]:
    if example is None:
        return []
    content = [f"（{example.note}）"] if example.note else []
    if example.text is not None:
        content += example.text.strip("\n").splitlines()
    elif example.facts is not None:
        content += [_fact(name, value, forms) for name, value in example.facts.items()]
        content.append(say("其余没有", "no other cells") if example.only else say("其余为 0", "all other cells 0"))
    elif example.problem is not None:
        content.append(example.problem)
    elif example.data is not None:
        content.append(f"{example.name or ''} {example.data.hex(' ')}".strip())
    return content


def _fact(name: str, value: object, forms: dict[str, Form]) -> str:
    for form in reversed(forms.values()):
        for table in form.tables:
            for address in table.addresses():
                if str(address) == name:
                    labels = f"{table.row(address.row).label}，{table.column(address.column).label}"
                    return f"{name} = {value}  # {labels}"
    return f"{name} = {value}"


def _configuration(rule: Rule, say: Translator) -> list[str]:
    choice = "extend-select" if rule.severity is Severity.off else "ignore"
    return [
        say("配置文件 disclosure-lint.toml：", "in disclosure-lint.toml:"),
        f'  {choice} = ["{rule.code}"]',
        f'  severity = {{ {rule.code} = "info" }}',
        say("文件中某一处（写在它的上一行）：", "at one place of a document, on the line before it:"),
        say(
            f"  <!-- disclosure-lint: ignore[{rule.code}] 理由 -->",
            f"  <!-- disclosure-lint: ignore[{rule.code}] why -->",
        ),
    ]


def _origin(pack: Pack, text: RuleText, folder: Path) -> str:
    file = Path(text.file)
    name = file.relative_to(folder).as_posix() if file != folder and file.is_relative_to(folder) else file.as_posix()
    about = dict.fromkeys(word for word in (pack.id, pack.version, pack.title) if word)
    return f"{' '.join(about)}, {name}:{text.line}"


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
