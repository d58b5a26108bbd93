"""Plugins for tests, put where installed distributions are found."""

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

PACK = """\
[pack]
id = "our-city"
title = "本市规则"
version = "1"
licence = "Apache-2.0"
"""
RULE = """\
[[rule]]
code = "ZZ001"
name = "rumour"
severity = "warning"
summary = { zh = "不写据说", en = "no rumours" }
message = { zh = "不要写“{text}”", en = "do not write {text}" }
why = "报告写事实。"
how = "删去或查实。"
law = [{ document = "custom", clause = "本市做法" }]
[rule.pattern]
forbid = ["据说"]
[[rule.example]]
ok = true
text = "全年公开信息 3 条。"
[[rule.example]]
finds = ["ZZ001"]
text = "⟦据说⟧全年公开信息 3 条。"
"""
CODE = """\
from pathlib import Path

from disclosure_lint import hookimpl


@hookimpl
def rule_packs():
    return [Path(__file__).parent / "our_rules"]
"""
FILES = {"our_plugin.py": CODE, "our_rules/pack.toml": PACK, "our_rules/rumour.toml": RULE}
"""A plugin with a pack of one rule."""
REPORT = "# 云川县石桥镇人民政府2023年政府信息公开工作年度报告\n\n## 一、总体情况\n\n据说公开了 3 条。\n"
"""A report in which that rule finds something."""


def install(
    folder: Path,
    patch: pytest.MonkeyPatch,
    files: Mapping[str, str] = FILES,
    name: str = "our-city",
    module: str = "our_plugin",
) -> Path:
    """Puts a plugin of those files into a folder that Python imports from; returns the folder.

    `name` is that of its entry point, which names the module.
    """
    for file, text in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    about = folder / f"{module}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(f"[disclosure_lint]\n{name} = {module}\n", encoding="utf-8")
    patch.syspath_prepend(str(folder))
    patch.delitem(sys.modules, module, raising=False)
    importlib.invalidate_caches()
    return folder
