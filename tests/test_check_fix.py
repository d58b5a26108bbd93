"""`check --fix` and `--diff` on files: what is written, what is refused, and that no file is ever half written."""

import os
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from disclosure_lint.cli.rewriting import RewriteError, rewrite
from disclosure_lint.files import writing
from disclosure_lint.fixes.applying import RefusedError, encoded
from tests.command_line import Ended, own_place, run

__all__ = ["own_place"]

DRAFT = """# 青禾县石桥镇人民政府2023年政府信息公开工作年度报告

## 一、总体工作情况

全年主动公开信息85条。

### 二、主动公开政府信息情况

<!-- disclosure-lint: ignore[DL306] 已核对 -->
## 三、收到和处理政府信息公开申请情况

## 四、政府信息公开行政复议、行政诉讼情况

## 五、存在的主要问题及改进情况

公开内容还不够细，下一步将加强培训。

## 六、其他需要报告的事项

无。
"""
FIXED = (
    DRAFT.replace("总体工作情况", "总体情况")
    .replace("### 二", "## 二")
    .replace("<!-- disclosure-lint: ignore[DL306] 已核对 -->\n", "")
)
FILLED = FIXED.replace("事项\n", "事项\n\n本年度____收取信息处理费，金额____元。\n")


@pytest.fixture
def draft(own_place: Path) -> Path:
    path = own_place / "石桥镇.md"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_safe_fixes_are_written_and_the_rest_is_reported(draft: Path) -> None:
    ended = run(["check", "--fix", str(draft)])
    assert draft.read_text(encoding="utf-8") == FIXED
    assert ended.status == 1
    assert "已修正 3 处\n1 处可用 --fix --unsafe-fixes 修正" in ended.stdout
    assert "DL103" not in ended.stdout
    assert "DL401" in ended.stdout


def test_fixing_twice_changes_nothing(draft: Path) -> None:
    run(["check", "--fix", "--unsafe-fixes", str(draft)])
    assert draft.read_text(encoding="utf-8") == FILLED
    before = draft.stat()
    ended = run(["check", "--fix", "--unsafe-fixes", str(draft)])
    assert draft.stat().st_mtime_ns == before.st_mtime_ns
    assert draft.stat().st_ino == before.st_ino
    assert "修正" not in ended.stdout.replace("改正", "")


def test_a_difference_is_shown_and_nothing_written(draft: Path) -> None:
    ended = run(["check", "--diff", "--fix", draft.name])
    assert draft.read_text(encoding="utf-8") == DRAFT
    assert ended.status == 1
    assert ended.stderr == "会改 1 个文件，修正 3 处\n"
    assert "-## 一、总体工作情况\n+## 一、总体情况\n" in ended.stdout
    applied = subprocess.run(["patch", "-s", "-p0"], input=ended.stdout.encode(), cwd=draft.parent, check=False)
    assert applied.returncode == 0
    assert draft.read_text(encoding="utf-8") == FIXED
    assert run(["check", "--diff", draft.name]) == Ended(0, "", "会改 0 个文件，修正 0 处\n")


@pytest.mark.usefixtures("own_place")
def test_standard_input_is_passed_on_mended() -> None:
    ended = run(["check", "--fix", "--stdin-filename", "石桥镇.md", "-"], DRAFT.encode())
    assert ended.stdout == FIXED
    assert "已修正 3 处" in ended.stderr
    assert ended.status == 1


@pytest.mark.usefixtures("own_place")
@pytest.mark.parametrize("text", ["", "会议通知\r\n没有换行结尾", "# 会议通知\n"])
def test_standard_input_that_is_no_report_is_passed_on_as_it_is(text: str) -> None:
    assert run(["check", "--fix", "-"], text.encode()).stdout == text


@pytest.mark.usefixtures("own_place")
def test_undecodable_standard_input_is_passed_on_as_it_is() -> None:
    data = b"PK\x03\x04" + bytes(range(256))
    passed = subprocess.run(
        [sys.executable, "-m", "disclosure_lint", "check", "--fix", "-"], input=data, capture_output=True, check=False
    )
    assert (passed.returncode, passed.stdout) == (1, data)


def test_unsafe_fixes_alone_do_nothing_and_say_so(draft: Path) -> None:
    ended = run(["check", "--unsafe-fixes", str(draft)])
    assert draft.read_text(encoding="utf-8") == DRAFT
    assert ended.stderr == "--unsafe-fixes 要和 --fix 或 --diff 一起用，这次没有修正\n"


ENCODED = {
    "utf-8": DRAFT.encode(),
    "utf-8 with a mark": b"\xef\xbb\xbf" + DRAFT.encode(),
    "gb18030": DRAFT.encode("gb18030"),
    "utf-16 le": b"\xff\xfe" + DRAFT.encode("utf-16-le"),
    "utf-16 be": b"\xfe\xff" + DRAFT.encode("utf-16-be"),
    "utf-16 without a mark": DRAFT.encode("utf-16-le"),
    "crlf": DRAFT.replace("\n", "\r\n").encode(),
    "old mac": DRAFT.replace("\n", "\r").encode(),
    "mixed": DRAFT.replace("\n", "\r\n", 6).encode(),
    "no last line end": DRAFT.rstrip("\n").encode(),
}
CHANGES = (("总体工作情况", "总体情况"), ("### 二", "## 二"), ("<!-- disclosure-lint: ignore[DL306] 已核对 -->", ""))


@pytest.mark.parametrize("name", ENCODED)
def test_bytes_outside_the_edits_stay(draft: Path, name: str) -> None:
    data = ENCODED[name]
    draft.write_bytes(data)
    run(["check", "--fix", str(draft)])
    encoding = "gb18030" if name == "gb18030" else "utf-16-be" if name.endswith("be") else "utf-8"
    encoding = "utf-16-le" if "le" in name.split() or "without" in name else encoding
    expected = data
    for old, new in CHANGES:
        expected = expected.replace(old.encode(encoding), new.encode(encoding))
    end = next(end for end in ("\r\n", "\r", "\n") if (end * 2).encode(encoding) in expected or end == "\n")
    blank = f"{end * 3}##" if name != "mixed" else "\n\n\n##"
    expected = expected.replace(blank.encode(encoding), blank[len(end) if name != "mixed" else 1 :].encode(encoding))
    assert draft.read_bytes() == expected


def test_an_inserted_line_ends_as_the_others(draft: Path) -> None:
    draft.write_bytes(DRAFT.replace("\n", "\r\n").encode())
    run(["check", "--fix", "--unsafe-fixes", str(draft)])
    assert draft.read_bytes().replace(b"\r\n", b"\n").decode() == FILLED
    assert draft.read_bytes().count(b"\n") == draft.read_bytes().count(b"\r\n")


def test_links_are_followed_and_modes_kept(draft: Path, own_place: Path) -> None:
    draft.chmod(0o640)
    link = own_place / "链接.md"
    link.symlink_to(draft)
    run(["check", "--fix", str(link)])
    assert link.is_symlink()
    assert draft.read_text(encoding="utf-8") == FIXED
    assert stat.S_IMODE(draft.stat().st_mode) == 0o640


def test_a_file_that_cannot_be_written_is_an_error_and_the_others_are_done(draft: Path, own_place: Path) -> None:
    other = own_place / "云川镇.md"
    other.write_text(DRAFT, encoding="utf-8")
    draft.chmod(0o444)
    ended = run(["check", "--fix", "石桥镇.md", "云川镇.md"])
    assert ended.status == 2
    assert ended.stderr == "错误：石桥镇.md：没有修正：文件是只读的，没有改动\n"
    assert draft.read_text(encoding="utf-8") == DRAFT
    assert other.read_text(encoding="utf-8") == FIXED
    assert "石桥镇.md:3:4: 警告 DL103" in ended.stdout


def test_a_file_that_vanishes_or_changes_meanwhile_is_left(draft: Path) -> None:
    with pytest.raises(RewriteError, match="changed meanwhile"):
        rewrite(str(draft), b"other", b"new")
    assert draft.read_text(encoding="utf-8") == DRAFT
    draft.unlink()
    with pytest.raises(RewriteError, match="vanished"):
        rewrite(str(draft), DRAFT.encode(), b"new")
    assert not draft.exists()


def test_what_is_no_ordinary_file_is_not_rewritten() -> None:
    with pytest.raises(RewriteError, match="no ordinary file"):
        rewrite(os.devnull, b"", b"new")


@pytest.mark.parametrize("step", ["open", "fdopen", "fsync", "fchown", "replace"])
@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_crash_leaves_the_whole_file_and_nothing_beside_it(
    draft: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: BaseException
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(os, step, crash)
    with suppress(KeyboardInterrupt, RewriteError):
        rewrite(str(draft), DRAFT.encode(), FIXED.encode())
    monkeypatch.undo()
    whole = FIXED if step == "fchown" and isinstance(fault, OSError) else DRAFT
    assert draft.read_text(encoding="utf-8") == whole
    writing._swept.clear()
    writing.sweep(str(draft.parent))
    assert os.listdir(draft.parent) == [draft.name]  # noqa: PTH208


def test_a_killed_process_leaves_the_file_whole(draft: Path) -> None:
    script = (
        "import os, sys; from disclosure_lint.cli import rewriting\n"
        "os.fsync = lambda _: os._exit(9)\n"
        "rewriting.rewrite(sys.argv[1], open(sys.argv[1], 'rb').read(), b'new')"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(draft)], check=False)
    assert ended.returncode == 9
    assert draft.read_text(encoding="utf-8") == DRAFT


def test_characters_that_the_encoding_lacks_are_refused(draft: Path, own_place: Path) -> None:
    (own_place / "pack.toml").write_text(PACK, encoding="utf-8")
    (own_place / "disclosure-lint.toml").write_text('packs = ["pack.toml"]', encoding="utf-8")
    draft.write_bytes(DRAFT.encode("gbk"))
    ended = run(["check", "--fix", str(draft)])
    assert ended.status == 2
    assert "修正要用的字在文件的编码 gbk 里没有，没有改动" in ended.stderr
    assert draft.read_bytes() == DRAFT.encode("gbk")
    draft.write_text(DRAFT, encoding="utf-8")
    assert run(["check", "--fix", str(draft)]).status == 1
    assert draft.read_text(encoding="utf-8") == FIXED.replace("培训", "𬭎训")


def test_bytes_that_do_not_come_back_are_refused() -> None:
    assert encoded(b"\xff\xfe\x00N", "一", "二", "utf-16") == b"\xff\xfe\x8cN"
    with pytest.raises(RefusedError, match="byte by byte"):
        encoded("另一段".encode(), "一", "二", "utf-8")
    with pytest.raises(RefusedError, match="byte by byte"):
        encoded("一".encode(), "\ud800", "二", "utf-8")


PACK = """
[[rule]]
code = "ZZ001"
name = "rare-word"
severity = "warning"
summary = { zh = "不写培训", en = "no training" }
message = { zh = "“{text}”应写作别的", en = "write “{text}” otherwise" }
why = "测试。"
how = "改。"
law = [{ document = "custom", clause = "测试" }]
[rule.pattern]
forbid = ['培训']
instead = "𬭎训"
safe = true
[[rule.example]]
ok = true
text = "无"
[[rule.example]]
finds = ["ZZ001"]
text = "⟦培训⟧"
"""
