"""A pack of somebody's own on disk, for tests of what rule authors use."""

from pathlib import Path

PACK = """\
[pack]
id = "own"
title = "自己的规则"
version = "1"
licence = "Apache-2.0"
"""


def rule(options: str, examples: str, *, code: str = "ZZ001", message: str = "请核对", more: str = "") -> str:
    """Returns the text of a rule."""
    return f"""\
[[rule]]
code = "{code}"
name = "rule-{code.lower()}"
severity = "warning"
summary = {{ zh = "要求", en = "what is asked" }}
message = {{ zh = "{message}", en = "{message}" }}
why = "因为。"
how = "改。"
law = [{{ document = "custom", clause = "习惯" }}]
{more}
{options}
{examples}
"""


def write_own(folder: Path, *rules: str) -> str:
    """Writes a pack of these rules; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    (folder / "own.toml").write_text("\n".join(rules), encoding="utf-8")
    return str(folder)
