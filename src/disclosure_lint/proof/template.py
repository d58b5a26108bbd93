"""A rule with its examples, ready to edit: a working one of each kind."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.model.errors import UserError
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.patterns import PatternError, compile_pattern
from disclosure_lint.packs.schema import CODE, KEBAB
from disclosure_lint.packs.schema_files import schema_file, schema_of

_FOLDER = Path(__file__).parent / "templates"
_CODE, _NAME = "XX001", "rule-name"
_KEBAB = lazy_re_compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def template_kinds() -> list[str]:
    """Returns the kinds of check for which there is a template."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def rule_template(kind: str, code: str, name: str) -> str:
    """Returns the text of a rule file with one rule; UserError for a kind, a code or a name that cannot be."""
    if kind not in template_kinds():
        raise UserError(
            f"没有 {kind} 这种检查的样板；有 {'、'.join(template_kinds())}",
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


_TEMPLATE = {"id": "songling", "title": "松岭市", "code": "SL001"}
_REGION = lazy_re_compile(r"[0-9]{2}([0-9]{2}){0,2}")
_FOR_WHOM = lazy_re_compile(r"^agency = .*\n", re.MULTILINE)
_SKIPPED = {"__pycache__"}
_RESERVED = "DL"
"""The letters of the national rules."""


class NewPack(NamedTuple):
    """What is asked of a new pack."""

    id: str
    title: str
    region: str | None = None
    """Beginning of a division code."""
    agency: str | None = None
    """Pattern of the names of agencies."""
    code: str | None = None
    """Of its first rule; made from the id if it is not given."""


def pack_template(asked: NewPack, checks: Mapping[str, CheckKind]) -> dict[str, str]:
    """Returns the files of a new pack by their paths; UserError for names that cannot be.

    Beside the rules lie their schemas, with the kinds of check that there are.
    """
    code = _checked(asked)
    files: dict[str, str] = {}
    for name, text in _files().items():
        if not name.endswith(schema_file("")):
            files[_renamed(name, asked, code)] = _renamed(_for_whom(text, asked), asked, code)
    rules = next(Path(name).parent for name in files if name.endswith("/pack.toml"))
    for sort in ("rule", "pack"):
        files[(rules / schema_file(sort)).as_posix()] = schema_of(sort, checks)
    return files


def rules_folder(key: str) -> str:
    """Returns where in the repository the pack itself lies."""
    return f"src/disclosure_lint_{key.replace('-', '_')}/rules"


def _template() -> Path:
    """Returns the repository in `examples`: inside an installed package, or at the top of a checkout."""
    here = Path(__file__)
    installed = here.parent.parent / "plugin-template"
    return installed if installed.is_dir() else here.parents[3] / "examples" / "plugin-template"


def _files() -> dict[str, str]:
    folder = _template()
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not _SKIPPED.intersection(path.parts))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _renamed(text: str, asked: NewPack, code: str) -> str:
    module = f"disclosure_lint_{_TEMPLATE['id']}"
    text = text.replace(module, f"disclosure_lint_{asked.id.replace('-', '_')}")
    text = text.replace(_TEMPLATE["id"], asked.id).replace(_TEMPLATE["code"], code)
    return text.replace(_TEMPLATE["title"], asked.title)


def _for_whom(text: str, asked: NewPack) -> str:
    """Returns the text with the agencies that were asked for in the line that names them."""
    said = {"region": asked.region, "agency": asked.agency}
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in said.items() if value is not None)
    new = "".join(lines)
    return _FOR_WHOM.sub(lambda _: new, text)


def _checked(asked: NewPack) -> str:
    """Returns the code of the first rule; raises UserError."""
    if not re.fullmatch(KEBAB, asked.id):
        raise UserError(
            f"规则包的 id 写成了“{asked.id}”，应为小写英文，用短横连接，如 our-city",
            en=f"“{asked.id}” is no id of a pack: small letters and hyphens, like our-city",
        )
    if not re.fullmatch(r'[^"\\\n]+', asked.title):
        raise UserError(
            f"规则包的名称写成了“{asked.title}”，里面不能有引号、反斜杠和换行",
            en=f"the title “{asked.title}” has quotes, backslashes or line ends",
        )
    if asked.region is not None and not _REGION.fullmatch(asked.region):
        raise UserError(
            f"区划代码写成了“{asked.region}”，应为前 2、4 或 6 位数字，如 41、4103、410308",
            en=f"“{asked.region}” is no code of a division: 2, 4 or 6 digits, like 41, 4103, 410308",
        )
    if asked.agency is not None:
        try:
            compile_pattern(asked.agency)
        except PatternError as error:
            raise UserError(
                f"机关名称的正则写错了：{error.message}", en=f"the name of the agency is wrong: {error.english}"
            ) from None
    code = asked.code or f"{_letters(asked.id)}001"
    if not re.fullmatch(CODE["pattern"], code):
        raise UserError(
            f"规则代码写成了“{code}”，应为两个大写字母加三位数字，如 XX001",
            en=f"“{code}” is no code of a rule: two capitals and three digits, like XX001",
        )
    if code.startswith(_RESERVED):
        raise UserError(
            f"规则代码 {code} 与全国规则的 {_RESERVED} 相混；请用 --code 另写两个字母，如 XX001",
            en=f"the code {code} is like the national ones of {_RESERVED}; give others by --code, like XX001",
        )
    return code


def _letters(key: str) -> str:
    """Returns two letters for the codes of a pack: the initials of its words, or how its one word begins."""
    words = [word for word in key.split("-") if word[0].isalpha()]
    letters = "".join(word[0] for word in words) if len(words) > 1 else re.sub(r"[^a-z]", "", key)
    return (letters + "x")[:2].upper()
