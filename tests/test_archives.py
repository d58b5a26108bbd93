"""ZIP archives: the reports in them are checked where they are, within limits, and nothing is written."""

import json
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint.files.zipped import Archive
from tests.command_line import own_place, run
from tests.scale import some

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
EXAMPLES = Path(__file__).parent.parent / "examples"
REPORT = (EXAMPLES / "bad" / "wrong-total.md").read_bytes()
CLEAN = (EXAMPLES / "good" / "township-pipes.md").read_bytes()


def pack(path: str, files: dict[str, bytes], method: int = ZIP_DEFLATED) -> None:
    with ZipFile(path, "w", method) as file:
        for name, data in files.items():
            file.writestr(name, data)


def found(*arguments: str) -> list[tuple[str, str]]:
    """The path and code of each finding."""
    said = json.loads(run(["check", "--format", "json", *arguments]).stdout)
    return [(one["path"], one["code"]) for one in said["diagnostics"]]


def checked(*arguments: str) -> list[str]:
    return [one["path"] for one in json.loads(run(["check", "--format", "json", *arguments]).stdout)["files"]]


@pytest.mark.parametrize("named", ["全县.zip", "."])
def test_reports_in_an_archive_are_checked_like_those_of_a_folder(named: str) -> None:
    pack("全县.zip", {"二〇二四/苇泊镇.md": REPORT, "好.md": CLEAN, "说明.txt": "请查收".encode(), "空/": b""})
    assert found(named) == [("全县.zip/二〇二四/苇泊镇.md", "DL302")]
    assert checked(named) == ["全县.zip/二〇二四/苇泊镇.md", "全县.zip/好.md"]
    assert [path.name for path in Path().iterdir()] == ["全县.zip"]


def test_a_file_in_an_archive_can_be_named() -> None:
    pack("全县.zip", {"苇泊镇.md": REPORT, "说明.txt": b"text"})
    assert found("全县.zip/苇泊镇.md") == [("全县.zip/苇泊镇.md", "DL302")]
    assert run(["show", "全县.zip/说明.txt"]).stdout == "   1 | text\n"
    assert run(["show", "全县.zip"]).stderr == "错误：这是压缩包，要写其中的一个文件，如：全县.zip/苇泊镇.md\n"
    assert "压缩包里没有 别的.md" in run(["check", "全县.zip/别的.md"]).stdout


def test_names_that_windows_wrote_in_gbk_can_be_read() -> None:
    class Gbk(ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 (the module's own name)
            return self.filename.encode("gbk"), self.flag_bits

    with ZipFile("乡镇.zip", "w") as file:
        file.writestr(Gbk("城关镇/年报.md"), REPORT)
    assert checked("乡镇.zip") == ["乡镇.zip/城关镇/年报.md"]


def test_a_word_file_with_the_name_of_an_archive_is_a_word_file() -> None:
    shutil.copy(EXAMPLES / "good" / "automatic-numbers.docx", "年报.zip")
    assert checked("年报.zip") == ["年报.zip"]


def test_what_is_no_report_is_passed_over_and_what_cannot_be_read_is_told() -> None:
    pack(
        "混杂.zip",
        {
            "__MACOSX/甲.md": b"x",
            ".git/乙.md": REPORT,
            "~$丙.docx": b"",
            "丁.ofd": b"x",
            "戊.zip": b"x",
            "己.exe": b"MZ",
        },
    )
    ended = run(["check", "."])
    assert (ended.status, ended.stdout.splitlines()[0]) == (2, "共检查 0 个文件：错误 0，警告 0，提示 0")
    assert "2 个文件没有检查，这种格式读不了（.ofd 1 个、.zip 1 个）" in ended.stderr
    assert "压缩包请先解压" in ended.stderr


def test_the_configuration_excludes_files_in_archives() -> None:
    pack("全县.zip", {"归档/甲.md": REPORT, "乙.md": CLEAN})
    Path("disclosure-lint.toml").write_text('exclude = ["归档/"]\n', encoding="utf-8")
    assert checked(".") == ["全县.zip/乙.md"]


def test_files_in_archives_are_never_changed() -> None:
    pack("全县.zip", {"甲.md": REPORT})
    before = Path("全县.zip").read_bytes()
    ended = run(["check", "--fix", "--unsafe-fixes", "全县.zip"])
    assert (ended.status, ended.stderr) == (
        2,
        "错误：全县.zip/甲.md：没有修正：压缩包里的文件不改，请解压后再修正\n",
    )
    assert Path("全县.zip").read_bytes() == before
    assert (
        "+| （一）予以公开 | 7 | 2 | 0 | 0 | 0 | 0 | 9 |"
        in run(["check", "--diff", "--unsafe-fixes", "全县.zip"]).stdout
    )


def test_two_archives_take_turns() -> None:
    for name in ("甲.zip", "乙.zip"):
        pack(name, {"年报.md": REPORT})
    archives = [Archive(name) for name in ("甲.zip", "乙.zip")]
    for archive in archives * 2:
        assert archive.start(archive.members[0], 10) == REPORT[:10]


def encrypted() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as file:
        file.writestr("甲.md", REPORT)
    data = bytearray(buffer.getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def bomb() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        file.writestr("甲.md", bytes(30 << 20))
    return buffer.getvalue()


def crowd() -> bytes:
    return b"PK\x01\x02" * 20_001


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (encrypted(), "压缩包加了密码，请解压后再检查"),
        (bomb(), "压缩包里的内容大得不合情理，没有读取"),
        (crowd(), "压缩包里有 20000 个以上的文件"),
        (b"PK\x03\x04 cut off", "压缩包损坏"),
        (b"", "压缩包损坏"),
    ],
)
def test_what_an_archive_does_not_give_is_a_finding(data: bytes, words: str) -> None:
    Path("全县.zip").write_bytes(data)
    ended = run(["check", "全县.zip" if data[:4] != b"PK\x03\x04" or b"cut" in data else "全县.zip/甲.md"])
    assert (ended.status, "DL001" in ended.stdout, words in ended.stdout) == (1, True, True)


def test_a_method_that_office_does_not_use_is_not_tried() -> None:
    pack("全县.zip", {"甲.md": REPORT}, ZIP_BZIP2)
    assert "压缩包损坏" in run(["check", "全县.zip/甲.md"]).stdout


@settings(max_examples=some(200), deadline=None)
@given(st.data())
def test_damage_ends_in_a_finding_or_in_nothing(data: st.DataObject) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        file.writestr("年报.md", REPORT)
        file.writestr("二/好.md", CLEAN)
    damaged = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    Path("全县.zip").write_bytes(bytes(damaged[: data.draw(st.integers(1, len(damaged)))]))
    ended = run(["check", "--format", "json", "全县.zip"])
    assert ended.status in {0, 1, 2}
    assert all(one["path"].startswith("全县.zip") for one in json.loads(ended.stdout)["files"])
