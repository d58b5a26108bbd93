"""A small pack of fake kinds, to be broken at places that are marked in the text."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.packs import load_pack
from tests.small_kinds import CHECKS

PACK = """\
[pack]
id = "small"
title = "小规则包"
version = "1.0"
licence = "Apache-2.0"
"""

FORM = """\
[form]
id = "2021"
title = "某某格式"
first_year = 2021
law = [{ document = "某办〔2021〕1号", clause = "附件" }]

[[form.section]]
id = "overview"
number = 1
title = "总体情况"

[[form.section]]
id = "requests"
number = 2
title = "申请情况"
aliases = ["依申请情况"]

[[form.table]]
id = "requests"
title = "申请情况"
section = "requests"
headers = ["申请人情况"]

[[form.table.column]]
id = "natural"
label = "自然人"

[[form.table.column]]
id = "total"
label = "总计"
aliases = ["合计"]

[[form.table.row]]
id = "new"
label = "一、本年新收"

[[form.table.row]]
id = "granted"
label = "（一）予以公开"
columns = ["natural"]
groups = ["三、办理结果"]

[form.table.row_groups]
outcomes = ["granted"]

[form.table.column_groups]
people = ["natural"]
"""

RULES = """\
#:schema ./rule.schema.json
[[rule]]
code = "DL301"
name = "requests-balance"
severity = "error"
summary = { zh = "一列的数要平", en = "A column must balance" }
message = { zh = "{column}不平", en = "{column} does not balance" }
why = "不平就是错。"
how = { zh = "改数。", en = "Change the number." }
law = [{ document = "某办〔2021〕1号", clause = "附件", text = "应当相等" }]
[rule.when]
forms = ["2021"]
first_year = 2021
[rule.variant.long]
severity = "info"
[rule.equation]
each = "requests.columns"
formula = "new = granted"
[[rule.example]]
ok = true
facts = { "requests[new,natural]" = 3 }
[[rule.example]]
note = "差一"
finds = ["DL301"]
text = "一、本年新收 ⟦4⟧"

[[rule]]
code = "DL112"
name = "placeholder"
severity = "warning"
summary = { zh = "没有占位符", en = "No placeholders" }
message = { zh = "“{text}”还没有填", en = "“{text}” is a placeholder" }
why = "模板没填完。"
how = "填上。"
law = [{ document = "custom", clause = "模板里的字不该公布" }]
[rule.words]
any = ["X{2,}镇", 'TODO']
[[rule.example]]
finds = []
text = "青山镇"
[[rule.example]]
finds = ["DL112"]
text = "⟦XX镇⟧"

[[vocabulary]]
id = "fee"
about = ["信息处理费"]
"""


class Expected(NamedTuple):
    """The place that was marked with ▶."""

    file: str
    line: int
    column: int


@dataclass
class PackFolder:
    """A pack on disk that a test may break."""

    path: Path
    checks: dict[str, CheckKind] = field(default_factory=lambda: dict(CHECKS))
    forms: tuple[Form, ...] = ()

    def write(self, name: str, text: str) -> None:
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_bytes(text.encode())

    def change(self, name: str, old: str, new: str) -> Expected | None:
        """Replaces a text that stands there once; returns the place that the new text marks."""
        text = (self.path / name).read_bytes().decode()
        assert text.count(old) == 1, old
        text = text.replace(old, new)
        before, mark, _ = text.partition("▶")
        self.write(name, text.replace("▶", ""))
        lines = before.split("\n")
        return Expected(str(self.path / name), len(lines), len(lines[-1]) + 1) if mark else None

    def load(self, cache: Path | None = None) -> Any:
        return load_pack(self.path, self.checks, cache, self.forms)

    def error(self) -> UserError:
        with pytest.raises(UserError) as caught:
            self.load()
        return caught.value


def write_pack(folder: Path) -> PackFolder:
    """Writes the small pack, which has no mistakes."""
    pack = PackFolder(folder)
    pack.write("pack.toml", PACK)
    pack.write("forms/2021.toml", FORM)
    pack.write("rules.toml", RULES)
    return pack
