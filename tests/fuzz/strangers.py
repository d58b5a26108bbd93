"""Configurations, rule packs, baselines and comments of strangers, changed at random; a report is linted under them."""

import json
import os
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

import tomli

from tests.command_line import BAD, Ended, run
from tests.fuzz.mutations import torn
from tests.fuzz.trees import changed, document
from tests.own_pack import PACK, rule

_CONFIGURATION: dict[str, Any] = {
    "select": ["DL3", "DL401"],
    "ignore": ["DL1"],
    "form": "2021",
    "exclude": ["drafts/**", "*.txt~"],
    "severity": {"DL302": "warning"},
    "per-file-ignores": {"a*": ["DL2"]},
    "accept": [{"path": "*.txt", "codes": ["DL302"], "cell": "requests[new,total]", "reason": "已核对"}],
    "trusted": ["requests[new,*]"],
    "trust": "text",
    "fail-on": "error",
    "lang": "zh",
    "max-undetermined": 3,
}
EXAMPLES = '[[rule.example]]\ntext = "⟦甲⟧"\nfinds = ["ZZ001"]\n[[rule.example]]\ntext = "无。"\nok = true\n'
_KINDS = (
    '[rule.pattern]\nforbid = ["甲", "(乙)\\\\1"]\nunless = ["甲乙"]\ninstead = "丙"\n',
    '[rule.claim]\ncell = "requests[new,total]"\nstatement = ["收到申请{number}件"]\nunless = ["上年"]\n',
    '[rule.equation]\nformula = "requests[new,total] = requests[new,natural] + 1"\n',
    '[rule.section]\nfind = "length"\nmax = 20\nsections = ["overview"]\n',
    '[rule.statement]\nsection = "overview"\nfind = "missing-aspect"\n'
    '[[rule.statement.aspects]]\nname = { zh = "甲", en = "a" }\nany = ["甲|乙"]\n',
)
_MARKS = (b'"', b"[", b"]", b"=", b"'''", b"\\", b"\n[[rule]]\n", b"{", b"\xff", b"9" * 40, b"(", b")")


def configuration(rng: Random) -> bytes:
    """A configuration whose values are others, or whose bytes are torn."""
    data = document(changed(_CONFIGURATION, rng, rng.choice((1, 1, 2, 5))))
    return torn(data, rng, _MARKS) if rng.random() < 0.2 and data else data


def pack(rng: Random) -> bytes:
    """A pack in one file whose rules are others."""
    parsed = tomli.loads(PACK + rule(rng.choice(_KINDS), EXAMPLES))
    data = document(changed(parsed, rng, rng.choice((1, 1, 2, 5))))
    return torn(data, rng, _MARKS) if rng.random() < 0.2 else data


def baseline(rng: Random) -> bytes:
    """A baseline with entries that are none."""
    entry = {"path": "a.txt", "code": "DL302", "address": "requests[new,total]", "count": 1, "reason": "x"}
    data = json.dumps(changed({"version": 1, "entries": [entry] * 3}, rng, rng.choice((1, 2, 5)))).encode()
    return torn(data, rng, (b"{", b"[" * 3000, b'"', b"9" * 5000)) if rng.random() < 0.3 else data


def comments(rng: Random) -> bytes:
    """A report with comments to the tool anywhere."""
    text = BAD.read_text("utf-8")
    for _ in range(rng.choice((1, 5, 60))):
        at = rng.randrange(len(text))
        words = "".join(
            rng.choices(("DL3", "DL", "，", ",", "[", "]", "【", "\n", " ", "-->", "file", "x" * 40, "|"), k=6)
        )
        text = f"{text[:at]}<!-- disclosure-lint: {rng.choice(('ignore', 'ignore-file', 'x'))}[{words} -->{text[at:]}"
    return text.encode()


def check(kind: str, data: bytes) -> str:
    """Lints a report beside a file of that kind; returns how that ended. AssertionError if it is not sound."""
    before = Path.cwd()
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            return _check(kind, data)
        finally:
            os.chdir(before)


def _check(kind: str, data: bytes) -> str:
    Path("a.txt").write_bytes(data if kind == "comments" else BAD.read_bytes())
    arguments = ["check", "a.txt"]
    os.environ.setdefault("DISCLOSURE_LINT_CACHE_DIR", str(Path(gettempdir(), "disclosure-lint-fuzz")))
    if kind == "baseline":
        Path("baseline.json").write_bytes(data)
        arguments += ["--baseline", "baseline.json"]
    if kind == "pack":
        Path("own.toml").write_bytes(data)
    if kind != "comments":
        named = b'packs = ["own.toml"]' if kind == "pack" else b""
        Path("disclosure-lint.toml").write_bytes(data if kind == "configuration" else named)
    ended = run(arguments)
    assert ended.status in (0, 1, 2), ended
    assert "Traceback" not in ended.stderr, ended.stderr
    assert len(ended.stderr) < 40_000, len(ended.stderr)
    if kind == "comments":
        _fix()
    return str(ended.status)


def _fix() -> Ended:
    ended = run(["check", "--fix", "-q", "a.txt"])
    assert ended.status in (0, 1) or "没有修正" in ended.stderr, ended
    return ended


DAMAGES = {"configuration": configuration, "pack": pack, "baseline": baseline, "comments": comments}
