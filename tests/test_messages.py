"""All that rules say stands on one page, which is read as a whole; it is written anew with DISCLOSURE_LINT_UPDATE=1."""

import os
import re

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import LocalizedText
from tests.messages_page import PAGE, examples_of, page

_UPDATE = os.environ.get("DISCLOSURE_LINT_UPDATE") == "1"


def test_the_page_of_messages_is_what_the_rules_say() -> None:
    made = page()
    if _UPDATE:
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made


def templates() -> dict[str, LocalizedText]:
    """Returns every message of every rule by its code and variant."""
    found = {}
    for rule in Linter.default().rules:
        found[rule.code] = rule.message
        found |= {f"{rule.code} {key}": one.message for key, one in rule.variants.items()}
    return found


@pytest.mark.parametrize("name", templates())
def test_both_languages_say_the_same_things(name: str) -> None:
    """A placeholder that one language lacks is something that its readers are not told."""
    message = templates()[name]
    zh, en = (set(re.findall(r"\{([\w-]+)\}", text)) for text in message)
    assert zh - en <= {"columns", "row"}, message
    assert en <= zh, message


@pytest.mark.parametrize("name", templates())
def test_a_clerk_is_not_spoken_to_in_words_of_programs(name: str) -> None:
    if not name.startswith("DL0"):
        zh = re.sub(r"\{[\w-]+\}", "", templates()[name].zh)
        assert not re.search(r"等式|第 \{line\}|渲染|解析|字段|控件|[A-Za-z]{2,}", zh.replace("Word", "")), zh
        assert not zh.endswith("。"), zh


def test_a_template_knows_what_it_has_said() -> None:
    template = LocalizedText("{row}有 {count} 格", "{row} has {count} cells")
    said = [LocalizedText(text, "") for text in ("表三有 3 格", "表三有 4 格", "表四有 3 格", "表四没有格")]
    assert [one.zh for one in examples_of(template, said)] == ["表三有 4 格", "表四有 3 格"]
