"""The table of configuration keys is what the command line, editors and the documentation say of them."""

import os
import re
from pathlib import Path

import pytest

from disclosure_lint.lsp.client_settings import ClientSettings, parsed_settings
from disclosure_lint.settings.keys import KEYS, Key
from disclosure_lint.settings.model import Override, Settings
from tests.command_line import own_place, run

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

PAGE = Path(__file__).resolve().parents[1] / "docs" / "configuration.md"
_UPDATE = os.environ.get("DISCLOSURE_LINT_UPDATE") == "1"
_ROWS = re.compile(r"(?<=\| key · 配置项 \| value · 值 \| meaning · 含义 \|\n\| --- \| --- \| --- \|\n)(?:\|.*\n)+")


def test_the_documentation_is_made_of_the_table() -> None:
    rows = [f"| `{key.name}` | {key.values} | {key.meaning.en} · {key.meaning.zh} |\n" for key in KEYS.values()]
    text = PAGE.read_text(encoding="utf-8")
    made = _ROWS.sub(lambda _: "".join(rows), text)
    if _UPDATE and made != text:
        PAGE.write_text(made, encoding="utf-8")
        return
    assert text == made


def test_every_key_is_a_setting() -> None:
    own = {"root", "file", "profile_severity"}
    """What follows from where a configuration lies, and from its profile."""
    assert {key.field for key in KEYS.values()} == set(Settings._fields) - own


def test_options_that_go_over_the_configuration() -> None:
    assert {key.field for key in KEYS.values() if key.option} == set(Override._fields)
    page = run(["check", "-h"]).stdout
    for key in KEYS.values():
        assert bool(re.search(rf"^  --{key.name}\b(?!-)", page, re.MULTILINE)) == key.option, key.name


def test_settings_of_editors() -> None:
    said = {"extendSelect" if key.name == "extend-select" else key.name for key in KEYS.values() if key.editor}
    values = {name: ["DL3"] if KEYS.get(name, KEYS["select"]).type is list else "en" for name in said}
    found, complaints = parsed_settings(values)
    assert complaints == []
    unset = ClientSettings()
    assert {field for field in found._fields if getattr(found, field) != getattr(unset, field)} == {
        key.field for key in KEYS.values() if key.editor
    }


@pytest.mark.parametrize("key", KEYS.values(), ids=lambda key: key.name)
def test_a_value_of_another_type_is_a_mistake_at_its_place(key: Key) -> None:
    Path("disclosure-lint.toml").write_text(f"{key.name} = 1.5\n", encoding="utf-8")
    for lang, start in (("zh", "错误："), ("en", "error: ")):
        ended = run(["check", "--lang", lang])
        assert ended.status == 2
        assert ended.stderr.startswith(f"{start}disclosure-lint.toml:1:")
