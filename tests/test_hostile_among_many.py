"""Ten files that mean harm among many reports: all others are checked, and an ended run goes on where it was."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.command_line import own_place, run
from tests.generation import LAYOUTS, Place, report
from tests.installed import install
from tests.test_jobs import READER

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]
COUNT = 60
UGLY = {"020_brackets.md", "025_words.md"}
"""Of what means harm, these are reports nevertheless."""
TEXT = report("hostile", "pipes", "township").text
PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{PARTS}"/></Types>'
)
WORDS = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'

END = "</w:t></w:r></w:p></w:body></w:document>"
PAGES = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[2 0 R]/Count 999>>"


def zipped(**files: str | bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return made.getvalue()


def word(document: str) -> bytes:
    return zipped(**{"[Content_Types].xml": TYPES, "word/document.xml": document})


def laughs() -> str:
    entities = "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(10))
    return (
        f'<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">{entities}]>{WORDS}&k;</w:t></w:r></w:p></w:body></w:document>'
    )


def folder() -> set[str]:
    """Writes the reports, and between them what means harm; returns the names of the reports."""
    names = set()
    for number in range(COUNT):
        rendered = report(f"many/{number}", LAYOUTS[number % len(LAYOUTS)], "township", place=Place(number))
        names.add(f"{number:03}{rendered.suffix}")
        Path(f"{number:03}{rendered.suffix}").write_bytes(rendered.encoded("utf-8"))
    Path("005_bomb.docx").write_bytes(word(WORDS + "0" * (200 << 20)))
    Path("010_bomb.zip").write_bytes(zipped(**{f"{number}__md": b"\0" * (100 << 20) for number in range(2)}))
    with Path("015_line.txt").open("wb") as file:
        file.truncate(200 << 20)
    Path("020_brackets.md").write_text(TEXT + "（一）（" * 200_000 + "1,234" * 100_000, encoding="utf-8")
    Path("025_words.md").write_text(TEXT.replace("|", "|||||||||") + "比上年增长" * 100_000, encoding="utf-8")
    Path("030_laughs.docx").write_bytes(word(laughs()))
    Path("035_cut.docx").write_bytes(word(WORDS)[:150])
    Path("040_bad.pdf").write_bytes(
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[2 0 R]/Count 999>>"
    )
    Path("045_deep.html").write_text("<div>" * 300_000 + "政府信息公开工作年度报告", encoding="utf-8")
    if os.name != "nt":
        Path("050_a.md").symlink_to("050_b.md")
        Path("050_b.md").symlink_to("050_a.md")
        Path("055_loop").symlink_to(".")
        Path("056_gone.md").symlink_to("nowhere")
    return names


def test_all_others_are_checked() -> None:
    names = folder()
    said = [run(["check", "--format", "json", "-v", "--jobs", jobs, "."]) for jobs in ("1", "2")]
    assert said[0] == said[1]
    assert "Traceback" not in said[0].stderr
    statuses = {one["path"]: one["status"] for one in json.loads(said[0].stdout)["files"]}
    assert {name for name in names if statuses.get(name) != "linted"} == set()
    assert all(status != "linted" for name, status in statuses.items() if name not in names | UGLY)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_run_that_was_killed_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run says what one without a cache says; what was kept by then is not looked at again."""
    folder()
    monkeypatch.setenv("DISCLOSURE_LINT_CACHE_DIR", str(tmp_path / "cache"))
    code = "from disclosure_lint.many import cache; cache._TOGETHER = 5\n"
    code += "from disclosure_lint.cli.main import main; main(['check', '--jobs', '2', '.'])"
    database = tmp_path / "cache" / "results" / "results.sqlite"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not database.exists() or database.stat().st_size < 60_000:
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    expected = run(["check", "--format", "json", "-v", "--no-cache", "--jobs", "1", "."])
    assert run(["check", "--format", "json", "-v", "--jobs", "2", "."]) == expected
    assert run(["check", "--format", "json", "-v", "--jobs", "1", "."]) == expected


def test_one_that_ends_each_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "plugin", monkeypatch, {"our_plugin.py": READER})
    names = folder()
    Path("007_kills.md").write_text(TEXT + "自尽", encoding="utf-8")
    said = json.loads(run(["check", "--format", "json", "--jobs", "2", "."]).stdout)
    statuses = {one["path"]: one["status"] for one in said["files"]}
    assert statuses["007_kills.md"] == "unreadable"
    assert {name for name in names if statuses.get(name) != "linted"} == set()
