"""`explain`: what a rule asks, why, under which law, and what to do about it."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.rule_list import lines
from disclosure_lint.cli.run_config import run_config
from disclosure_lint.cli.sources import add_configuration, settings_for
from disclosure_lint.cli.streams import opened
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form, Law
from disclosure_lint.model.rule import Pack, Rule
from disclosure_lint.outputs.wording import cited
from disclosure_lint.packs.texts import Example, RuleText, rule_texts


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
    linter = linters.of(settings_for(linters, asked, say).packs)
    rules = _named(codes[0], linter, say)
    pieces = _page(linter, rules[0], say) if len(rules) == 1 else lines(rules, say)
    with opened(None, say) as output:
        for piece in pieces:
            output.write(piece + "\n")
    return 0


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


def _page(linter: Linter, rule: Rule, say: Translator) -> Iterator[str]:
    pack, folder = next(
        (pack, folder) for pack, folder in zip(linter.packs, linter.folders, strict=True) if pack.id == rule.pack
    )
    text = rule_texts(folder)[rule.code]
    severity = say("默认关闭", "off by default") if text.severity == "off" else text.severity
    yield f"{rule.code} {rule.name} — {severity}"
    yield rule.summary.text(say.lang)
    yield from _section(say("为什么", "Why"), text.why.text(say.lang).strip().splitlines())
    yield from _section(say("依据", "Law"), [line for law in text.law for line in _law(law, say)])
    if text.when:
        yield from _section(say("只用于", "Only for"), _when(text, say))
    bad = next((example for example in text.examples if example.finds), None)
    good = next((example for example in text.examples if not example.finds), None)
    forms = {form.id: form for form in (*linter.forms, *pack.forms)}
    yield from _section(say("不合格的例子", "Bad example"), _example(bad, forms, say))
    yield from _section(say("合格的例子", "Good example"), _example(good, forms, say))
    yield from _section(say("怎么改", "How to fix"), text.how.text(say.lang).strip().splitlines())
    yield from _section(say("怎么配置", "How to configure"), _configuration(rule, say))
    yield from _section(say("规则包", "Pack"), [_origin(pack, text, folder)])


def _section(title: str, content: Sequence[str]) -> Iterator[str]:
    if content:
        yield ""
        yield title
        for line in content:
            yield f"  {line}".rstrip()


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
