"""Old Word files, OpenDocument and RTF: read by way of LibreOffice with --convert, and named where it is not asked for.

Tests with LibreOffice are passed over where it is not, with a message; on Debian, .ci/install-system-packages
installs it.
"""

import json
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest

from disclosure_lint import lint_bytes
from disclosure_lint.readers import libre_office
from tests.command_line import own_place, run
from tests.generation import make
from tests.generation.official import official
from tests.generation.official_changes import changed
from tests.office.foreign import linking_document, ole
from tests.office.libre_office import converted
from tests.office.official import as_docx

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
WORD = as_docx(changed(official(make(Random("old"), "county"), Random("old")), Random(7), 2))


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One report in each of the formats, by their suffixes."""
    return {
        suffix: converted({"a.docx": WORD}, suffix, tmp_path_factory.mktemp(suffix))[f"a.{suffix}"]
        for suffix in ("doc", "odt", "rtf")
    }


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def found(*arguments: str) -> dict[str, Any]:
    """What a check says of files, without the names."""
    result = json.loads(run(["check", "--format", "json", *arguments]).stdout)
    for one in [*result["diagnostics"], *result["files"]]:
        del one["path"]
    return {key: result[key] for key in ("diagnostics", "files", "summary")}


def facts(path: str) -> list[Any]:
    """The numbers of a file, without the columns of the grid: an old Word file knows only how wide its cells are."""
    found: list[Any] = json.loads(run(["facts", "--convert", path]).stdout)["facts"]
    for one in found:
        del one["location"]["column"]
    return found


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("年报.doc", "doc"),
        ("年报.wps", "doc"),
        ("年报.docx", "doc"),
        ("年报.odt", "odt"),
        ("年报.rtf", "rtf"),
        ("年报.doc", "rtf"),
    ],
)
def test_what_is_converted_is_read_like_the_word_file_that_it_was(
    name: str, suffix: str, old: dict[str, bytes], temporary: Path
) -> None:
    Path("new.docx").write_bytes(WORD)
    Path(name).write_bytes(old[suffix])
    said = found("--convert", name)
    assert said == found("new.docx")
    assert said["diagnostics"]
    assert all(one["location"] for one in said["diagnostics"])
    assert said["files"][0]["format"] == "docx"
    assert facts(name) == facts("new.docx")
    assert run(["show", "--convert", name]).stdout == run(["show", "new.docx"]).stdout
    assert list(temporary.iterdir()) == []


@pytest.mark.long
def test_without_being_asked_nothing_is_converted(old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(libre_office, "converted")
    for suffix, data in old.items():
        Path(f"年报.{suffix}").write_bytes(data)
        ended = run(["check", f"年报.{suffix}"])
        assert ended.status == 1
        assert "DL001" in ended.stdout
        assert "另存为 Word 文档（.docx）再检查，或安装 LibreOffice 后加 --convert" in ended.stdout


@pytest.mark.long
def test_in_folders(old: dict[str, bytes]) -> None:
    Path("乡镇/归档").mkdir(parents=True)
    Path("乡镇/甲.doc").write_bytes(old["doc"])
    Path("乡镇/归档/乙.odt").write_bytes(old["odt"])
    Path("乡镇/丙.ofd").write_bytes(b"PK\x03\x04")
    Path("乡镇/丁.xlsx").write_bytes(b"PK\x03\x04")
    Path("乡镇/~$甲.doc").write_bytes(b"")
    left_out = run(["check", "--lang", "en", "乡镇"])
    assert (left_out.status, left_out.stdout.splitlines()[0]) == (2, "0 files checked: 0 errors, 0 warnings, 0 infos")
    assert left_out.stderr.splitlines() == [
        "3 files in folders not looked at, of formats that are not read (1 .doc, 1 .odt, 1 .ofd); "
        "save as .docx, or install LibreOffice and add --convert",
    ]
    assert "跳过 乡镇/归档/乙.odt：这种格式读不了\n" in run(["check", "-v", "乡镇"]).stderr
    assert "3 个文件没有检查" in run(["facts", "乡镇"]).stderr
    assert run(["check", "--only-reports", "乡镇"]).stderr == ""
    assert "2 files" in run(["check", "--lang", "en", "乡镇", "乡镇/丙.ofd"]).stderr
    looked_at = run(["check", "--convert", "--lang", "en", "乡镇"])
    assert "2 files checked" in looked_at.stdout
    assert looked_at.stderr == "1 file in folders not looked at, of formats that are not read (1 .ofd); save as .docx\n"
    assert [one["path"] for one in json.loads(run(["facts", "--convert", "乡镇"]).stdout)] == [
        "乡镇/归档/乙.odt",
        "乡镇/甲.doc",
    ]


@pytest.mark.long
def test_many_files_are_converted_by_one_start(
    old: dict[str, bytes], temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts: list[int] = []
    ran = libre_office._run

    def counted(command: list[str], folder: Path, files: int) -> int:
        starts.append(files)
        return ran(command, folder, files)

    monkeypatch.setattr(libre_office, "_run", counted)
    for number, suffix in enumerate(["doc", "odt", "rtf"] * 3):
        # No two alike, or one would stand for both.
        Path(f"{number}.{suffix}").write_bytes(old[suffix] + b"\n" * number)
    alone = [found("--convert", f"{number}.rtf") for number in (2, 5, 8)]
    starts.clear()
    together = json.loads(run(["check", "--convert", "--format", "json", "."]).stdout)
    assert [one["status"] for one in together["files"]] == ["linted"] * 9
    assert starts == [9]
    for one in together["diagnostics"]:
        del one["path"]
    assert all(one in together["diagnostics"] for each in alone for one in each["diagnostics"])
    # A file that cannot be converted keeps none of the others from it.
    Path("3a.rtf").write_bytes(b"{\\rtf1\\ansi\\bin99999999 {{{{{{")
    starts.clear()
    with_bad = json.loads(run(["check", "--convert", "--format", "json", "."]).stdout)
    assert [one["status"] for one in with_bad["files"]].count("linted") == 9
    assert starts == [10, 5, 1]
    assert list(temporary.iterdir()) == []


@pytest.mark.long
def test_the_configuration_may_ask_for_it(old: dict[str, bytes]) -> None:
    Path("旧").mkdir()
    Path("旧/年报.doc").write_bytes(old["doc"])
    Path("年报.doc").write_bytes(old["doc"])
    Path("旧/disclosure-lint.toml").write_text("convert = true\n", encoding="utf-8")
    ended = run(["facts", "--format", "csv", "."])
    assert {line.split(",")[0] for line in ended.stdout.splitlines()[1:]} == {"旧/年报.doc"}
    assert "1 个文件没有检查" in ended.stderr
    assert run(["show", "旧/年报.doc"]).status == 0
    assert run(["show", "年报.doc"]).status == 1
    Path("旧/disclosure-lint.toml").write_text('convert = "yes"\n', encoding="utf-8")
    wrong = run(["check", "旧"])
    assert (wrong.status, wrong.stderr) == (2, "错误：旧/disclosure-lint.toml:1:1: 这里应是 true 或 false\n")


def test_excluded_files_are_not_missed() -> None:
    Path("年报.doc").write_bytes(ole("WordDocument"))
    Path("disclosure-lint.toml").write_text('exclude = ["*.doc"]\n', encoding="utf-8")
    said = run(["check", "."]).stderr
    assert said.startswith("没有找到可以检查的文件：文件夹里有 .doc 1 个、.toml 1 个；能检查的是 .csv、")
    assert said.endswith("（配置里 exclude 排除的不算）\n")


@pytest.mark.long
def test_from_python(old: dict[str, bytes]) -> None:
    assert lint_bytes(old["doc"], "年报.doc", convert=True).status == "linted"
    assert lint_bytes(old["doc"], "年报.doc").status == "unreadable"


def test_without_libre_office_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libre_office, "libre_office", lambda: None)
    Path("年报.doc").write_bytes(ole("WordDocument"))
    Path("年报.docx").write_bytes(WORD)
    for lang, words in (("zh", "请安装 LibreOffice"), ("en", "--convert needs LibreOffice")):
        ended = run(["check", "--convert", "--lang", lang, "年报.doc"])
        assert (ended.status, "DL001" in ended.stdout, words in ended.stdout) == (1, True, True)
    assert found("--convert", "年报.docx") == found("年报.docx")


@pytest.mark.long
def test_what_cannot_be_converted_is_a_finding_and_leaves_nothing_behind(
    old: dict[str, bytes], temporary: Path
) -> None:
    Path("1.doc").write_bytes(ole("WordDocument"))
    Path("2.doc").write_bytes(old["doc"][:3000])
    Path("3.odt").write_bytes(old["odt"][:2000])
    Path("4.rtf").write_bytes(b"{\\rtf1\\ansi\\bin99999999 {{{{{{")
    Path("5.doc").write_bytes(old["doc"])
    ended = run(["check", "--convert", "--format", "json", "--select", "DL0", "."])
    assert ended.status == 1
    statuses = {one["path"]: one["status"] for one in json.loads(ended.stdout)["files"]}
    assert (statuses["1.doc"], statuses["3.odt"], statuses["5.doc"]) == ("unreadable", "unreadable", "linted")
    assert all(
        "LibreOffice" in one["message"] for one in json.loads(ended.stdout)["diagnostics"] if one["path"] == "1.doc"
    )
    assert list(temporary.iterdir()) == []


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="no limit of processor time")
@pytest.mark.parametrize("data", [b"{\\rtf1\\ansi\\bin99999999 {{{{{{", b"{\\rtf1 " + b"{" * 200_000])
def test_what_libre_office_never_finishes_is_ended_soon(data: bytes, temporary: Path) -> None:
    if libre_office.libre_office() is None:
        pytest.skip("LibreOffice is not installed")
    Path("年报.rtf").write_bytes(data)
    before = os.times()
    ended = run(["check", "--convert", "年报.rtf"])
    after = os.times()
    assert (ended.status, "DL001" in ended.stdout, "另存为 .docx 再检查" in ended.stdout) == (1, True, True)
    # Six seconds, and what the system takes to notice.
    assert after.children_user + after.children_system - before.children_user - before.children_system < 7.5
    assert list(temporary.iterdir()) == []


@pytest.mark.long
def test_a_password_is_seen_before_anything_is_converted(
    old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(libre_office, "converted")
    data = bytearray(old["doc"])
    text = next(at for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5")
    data[text + 11] |= 1
    Path("年报.doc").write_bytes(data)
    Path("年报.docx").write_bytes(ole("EncryptedPackage"))
    for name in ("年报.doc", "年报.docx"):
        assert "去掉密码" in run(["check", "--convert", name]).stdout


@pytest.fixture
def net() -> Iterator[tuple[str, list[str]]]:
    """An address in the net, and what was fetched from it."""
    fetched: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fetched.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, output_format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", fetched
        server.shutdown()


@pytest.mark.long
def test_nothing_is_fetched_for_the_sake_of_a_document(net: tuple[str, list[str]], tmp_path: Path) -> None:
    url, fetched = net
    Path("a.odt").write_bytes(linking_document(url))
    assert "外地的图" in run(["show", "--convert", "a.odt"]).stdout
    assert fetched == []
    # LibreOffice as it is set up by itself would have done so.
    (tmp_path / "plain").mkdir()
    converted({"a.odt": linking_document(url)}, "docx", tmp_path / "plain")
    assert "/picture.png" in fetched


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand for LibreOffice")
def test_what_takes_too_long_is_ended_with_all_that_it_started(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started, late = tmp_path / "started", tmp_path / "late"
    program = tmp_path / "soffice"
    program.write_text(
        f"#!/bin/sh\nsleep 500 &\necho $! > {started}.new\nmv {started}.new {started}\nsleep 500\necho > {late}\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(libre_office, "libre_office", lambda: str(program))
    monkeypatch.setattr(libre_office, "SECONDS", 1)
    Path("年报.doc").write_bytes(ole("WordDocument"))
    ended = run(["check", "--convert", "--lang", "en", "年报.doc"])
    assert not late.exists()
    assert "LibreOffice was not done in 1 seconds" in ended.stdout
    assert not is_running(int(started.read_text()))
    assert list(temporary.iterdir()) == []


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="nothing says how long others have computed")
@pytest.mark.parametrize(("script", "ended"), [("(while :; do :; done) & wait", True), ("sleep 3; exit 1", False)])
def test_what_computes_and_computes_is_ended_before_what_waits(
    script: str, ended: bool, temporary: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(libre_office, "libre_office", lambda: str(program))
    monkeypatch.setattr(libre_office, "_SECONDS_BUSY", 2)
    monkeypatch.setattr(libre_office, "_BUSY", 0.1)
    Path("年报.doc").write_bytes(ole("WordDocument"))
    said = run(["check", "--convert", "--lang", "en", "年报.doc"]).stdout
    assert ("LibreOffice was not done in 2 seconds" in said, "LibreOffice could not convert it" in said) == (
        ended,
        not ended,
    )
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand for LibreOffice")
@pytest.mark.parametrize(
    "script", ["while :; do :; done", "mkdir out; head -c 100000000 /dev/zero > out/report.docx; sleep 0"]
)
def test_what_takes_too_much_is_ended(
    script: str, temporary: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(libre_office, "libre_office", lambda: str(program))
    monkeypatch.setattr(libre_office, "_PROCESSOR_SECONDS", 1)
    monkeypatch.setattr(libre_office, "_MOST", 1 << 20)
    Path("年报.doc").write_bytes(ole("WordDocument"))
    ended = run(["check", "--convert", "年报.doc"])
    assert (ended.status, "DL001" in ended.stdout) == (1, True)
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_socket_at_which_nobody_listens_is_removed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pipes = [tmp_path / "left", tmp_path / "in use"]
    monkeypatch.setattr(libre_office, "_pipes", lambda: iter(one for one in pipes if one.exists()))
    program = tmp_path / "soffice"
    monkeypatch.setattr(libre_office, "libre_office", lambda: str(program))
    code = "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])"
    program.write_text(f"#!/bin/sh\n{sys.executable} -c '{code}' {pipes[0]}\n")
    program.chmod(0o755)
    Path("年报.doc").write_bytes(ole("WordDocument"))
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(pipes[1]))
        listening.listen()
        run(["check", "--convert", "年报.doc"])
        assert [one.name for one in pipes if one.exists()] == ["in use"]


def is_running(process: int) -> bool:
    """Says whether a process is still there after a while that the system needs to clear it away."""
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        if Path(f"/proc/{process}/stat").exists() and ") Z " in Path(f"/proc/{process}/stat").read_text():
            return False
        sleep(0.05)
    return True


def test_a_program_that_cannot_be_started_is_a_finding(
    monkeypatch: pytest.MonkeyPatch, temporary: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(libre_office, "libre_office", lambda: str(tmp_path / "nowhere"))
    Path("年报.doc").write_bytes(ole("WordDocument"))
    ended = run(["check", "--convert", "--lang", "en", "年报.doc"])
    assert (ended.status, "could not convert it (the system says: No such file" in ended.stdout) == (1, True)
    assert list(temporary.iterdir()) == []


def test_a_program_in_the_working_directory_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    program = Path("soffice")
    program.write_text("#!/bin/sh\ntouch ran\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{os.pathsep}.{os.pathsep}")
    assert libre_office.libre_office() not in ("soffice", "./soffice")
