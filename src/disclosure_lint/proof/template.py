"""A rule with its examples, ready to edit: a working one of each kind."""

import re
from collections.abc import Iterable
from pathlib import Path

from disclosure_lint.model.errors import UserError
from disclosure_lint.packs.schema import CODE

_FOLDER = Path(__file__).parent / "templates"
_CODE, _NAME = "XX001", "rule-name"
_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def template_kinds() -> list[str]:
    """Returns the kinds of check for which there is a template."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def rule_template(kind: str, code: str, name: str) -> str:
    """Returns the text of a rule file with one rule; UserError for a kind, a code or a name that cannot be."""
    if kind not in template_kinds():
        raise UserError(
            f"没有 {kind} 这种检查的样板；有 {_listed(template_kinds())}",
            en=f"there is no template for {kind}; there are {', '.join(template_kinds())}",
        )
    if not re.fullmatch(CODE["pattern"], code):
        raise UserError(
            f"规则代码写成了“{code}”，应为两个大写字母加三位数字，如 XX001",
            en=f"“{code}” is no code of a rule: two capitals and three digits, like XX001",
        )
    if not _KEBAB.fullmatch(name):
        raise UserError(
            f"规则名称写成了“{name}”，应为小写英文，用短横连接，如 no-draft-mark",
            en=f"“{name}” is no name of a rule: small letters and hyphens, like no-draft-mark",
        )
    text = (_FOLDER / f"{kind}.toml").read_text(encoding="utf-8")
    return text.replace(_CODE, code).replace(_NAME, name)


def _listed(words: Iterable[str]) -> str:
    return "、".join(words)
