"""Many files and several processes: the same bytes however many, and what ends a process costs one file."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from disclosure_lint.cli.sources import processes
from disclosure_lint.many import pool
from disclosure_lint.outputs.formats import BUILT_IN
from tests.command_line import BAD, GOOD, Ended, own_place, run
from tests.installed import install

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
EXAMPLES = Path(__file__).parent.parent / "examples"
TEXT = GOOD.read_text(encoding="utf-8")
FORMATS = [one.name for one in BUILT_IN]
READER = """
import os, signal, sys, time

from disclosure_lint import hookimpl


class Reader:
    suffixes = (".txt", ".md")

    def read(self, name, data):
        text = data.decode("utf-8", "ignore")
        if "自尽" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "无尽" in text:
            while True:
                pass
        if "退出" in text:
            os._exit(0)
        pause(data)


@hookimpl
def document_readers():
    return [Reader()]


def pause(data):
    time.sleep(len(data) * 37 % 11 / 1000)
"""
TALKATIVE = READER + "    print('for nobody', flush=True)\n"
SLOW = (
    READER
    + """

def pause(data):
    with open("pids", "a") as file:
        file.write(f"{os.getpid()} ")
    time.sleep(0.05)
"""
)


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def folder() -> None:
    """Reports in all formats and in an archive, of several years, and what is none."""
    for number in range(3):
        for year in (2023, 2024):
            write(
                f"{number}/{year}.md",
                TEXT.replace("杏花坞", "杏花" + "甲乙丙"[number]).replace("2024", str(year)),
            )
    shutil.copytree(
        EXAMPLES,
        "examples",
        ignore=lambda _, names: [name for name in names if name.endswith((".toml", "plugin-template"))],
    )
    shutil.copy(BAD, "坏.txt")
    Path("damaged.docx").write_bytes(b"PK\x03\x04 and no more")
    Path("notes.md").write_text("# 通知\n\n请各单位报送。\n", encoding="utf-8")
    with zipfile.ZipFile("all.zip", "w") as archive:
        archive.write(BAD, "镇/坏.txt")
        archive.write(GOOD, "镇/好.md")


IN_TURN = 0
"""Instead of a number of processes: as few files are looked at, by nothing that is made for many."""


def command(name: str, *arguments: str, jobs: object, stdin: bytes = b"") -> Ended:
    with pytest.MonkeyPatch.context() as patch:
        if jobs == IN_TURN:
            patch.setattr("disclosure_lint.cli.sources._MANY", 1_000_000)
        return run([name, "--jobs", str(jobs or 1), *arguments], stdin)


def check(*arguments: str, jobs: object) -> Ended:
    return command("check", *arguments, jobs=jobs)


def statuses(ended: Ended) -> dict[str, str]:
    return {one["path"]: one["status"] for one in json.loads(ended.stdout)["files"]}


def in_all_formats(folder: Path, *arguments: str, jobs: object) -> tuple[Ended, dict[str, bytes]]:
    """How a run ended, and what it wrote in each format."""
    folder.mkdir()
    formats = [f"--format={name}:{folder / name}" for name in FORMATS]
    ended = check(*formats, *arguments, jobs=jobs)
    return ended, {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("more", [("--statistics", "-v"), ("--lang", "en")])
@pytest.mark.long
def test_the_same_bytes_however_many(more: tuple[str, ...], tmp_path: Path) -> None:
    folder()
    alone = in_all_formats(tmp_path / "0", *more, ".", jobs=IN_TURN)
    assert alone[1].keys() == set(FORMATS)
    for jobs in (1, 2, 3):
        assert in_all_formats(tmp_path / str(jobs), *more, ".", jobs=jobs) == alone


@pytest.mark.long
def test_what_reports_say_of_each_other() -> None:
    folder()
    for more in (["--select", "DL9"], ["--trust", "previous"]):
        one, *others = (check("--format", "json", *more, ".", jobs=jobs) for jobs in (IN_TURN, 1, 2))
        assert others == [one, one]
        assert "DL901" in one.stdout


def test_reports_of_agencies_of_which_there_are_few_others() -> None:
    """Those with nothing beside them are looked at once; what is said of the others is none the less right."""
    for number in range(40):
        write(f"{number:02}.md", TEXT.replace("杏花坞", f"杏{chr(0x4E00 + number)}坞"))
    before = TEXT.replace("2024", "2023").replace("杏花坞", f"杏{chr(0x4E00 + 7)}坞")
    row = next(line for line in before.splitlines() if "结转下年度继续办理" in line and "|" in line)
    write("last.md", before.replace(row, row.replace("0", "3")))
    one, *others = (check("--format", "json", "-v", ".", jobs=jobs) for jobs in (IN_TURN, 1, 2))
    assert others == [one, one]
    found = json.loads(one.stdout)["diagnostics"]
    assert [each["path"] for each in found if each["code"] == "DL901"] == ["07.md"]


def test_the_order_is_that_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is done first: each takes its own time."""
    install(tmp_path / "plugin", monkeypatch, {"our_plugin.py": READER})
    order = list(range(40))
    random.Random(7).shuffle(order)
    for number in order:
        write(f"{number:02}.md", TEXT + "\n附。" * number)
    one, two = (check("--format", "jsonl", ".", jobs=jobs) for jobs in (1, 3))
    assert one == two


def test_a_baseline_and_what_is_accepted() -> None:
    folder()
    write("disclosure-lint.toml", '[[accept]]\npath = "坏.txt"\ncodes = ["DL302"]\nreason = "已核"\n')
    written = [
        (check("--write-baseline", f"{jobs}.json", ".", jobs=jobs), Path(f"{jobs}.json").read_bytes())
        for jobs in (1, 2)
    ]
    assert written[0][1] == written[1][1]
    assert check("--baseline", "1.json", ".", jobs=1) == check("--baseline", "1.json", ".", jobs=2)


def test_standard_input_among_others() -> None:
    folder()
    arguments = ["check", "--format", "json", "--stdin-filename", "x.md", "-", "0", "坏.txt"]
    one, two = (run([*arguments, "--jobs", jobs], stdin=TEXT.encode()) for jobs in ("1", "2"))
    assert one == two
    assert statuses(two)["x.md"] == "linted"


@pytest.mark.long
def test_the_overview() -> None:
    folder()
    for name in ("text", "csv", "json"):
        one, *others = (command("overview", "--format", name, ".", jobs=jobs) for jobs in (IN_TURN, 1, 2))
        assert others == [one, one]


@pytest.mark.parametrize(
    "more",
    [
        ["json"],
        ["csv", "--wide"],
        pytest.param(["csv", "--labels", "zh"], marks=pytest.mark.long),
        pytest.param(["jsonl", "--claims"], marks=pytest.mark.long),
    ],
)
def test_facts(more: list[str]) -> None:
    """Also from a cache that a run with other processes filled, and where it is of another form of output."""
    folder()
    one, *others = (command("facts", "--format", *more, ".", jobs=jobs) for jobs in (IN_TURN, 1, 2, 1))
    assert others == [one, one, one]
    assert "damaged.docx：读不了" in one.stderr
    assert one.status == 1
    assert "notes.md" not in one.stdout


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(["parquet", "--wide"], marks=pytest.mark.long),
        pytest.param(["parquet", "--claims"], marks=pytest.mark.long),
        ["xlsx"],
    ],
)
def test_facts_that_are_no_text(more: list[str]) -> None:
    folder()
    for number, jobs in enumerate((IN_TURN, 2, 1)):
        command("facts", "--output-file", f"out{number}", "--format", *more, ".", jobs=jobs)
    assert Path("out0").read_bytes() == Path("out1").read_bytes() == Path("out2").read_bytes()


def test_facts_of_an_earlier_run_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(24):
        write(f"{number:02}.md", TEXT.replace("杏花坞", f"杏{chr(0x4E00 + number)}坞"))
    first = command("facts", ".", jobs=1)
    monkeypatch.setattr("disclosure_lint.many.work.facts.told_of", lambda *_: 1 / 0)
    assert command("facts", ".", jobs=1) == first
    with pytest.raises(ZeroDivisionError):
        command("facts", "--claims", "--format", "csv", ".", jobs=1)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="only some systems limit processor time")
def test_what_ends_a_process_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "plugin", monkeypatch, {"our_plugin.py": TALKATIVE})
    monkeypatch.setattr(pool, "SECONDS", 0.4)
    for number in range(30):
        write(f"{number:02}.md", TEXT)
    hostile = {"03": "自尽", "04": "自尽", "11": "无尽", "17": "退出", "29": "退出"}
    for name, word in hostile.items():
        write(f"{name}.md", TEXT + word)
    said = check("--format", "json", ".", jobs=2)
    assert said.status == 1
    assert said.stderr == ""
    found = statuses(said)
    assert list(found) == [f"{number:02}.md" for number in range(30)]
    assert {path[:2] for path, status in found.items() if status != "linted"} == set(hostile)
    facts = command("facts", "--claims", "--format", "csv", ".", jobs=2)
    assert (facts.status, facts.stderr.count("读不了")) == (1, len(hostile))
    messages = {
        one["path"][:2]: one["message"] for one in json.loads(said.stdout)["diagnostics"] if one["code"] == "DL001"
    }
    assert messages.keys() == set(hostile)
    assert "太长" in messages["11"]
    assert all("终止" in message for number, message in messages.items() if number != "11")


def test_no_process_stays() -> None:
    folder()
    check(".", jobs=3)
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if children.exists():
        commands = [Path(f"/proc/{one}/cmdline").read_bytes() for one in children.read_text(encoding="utf-8").split()]
        assert not [one for one in commands if b"many.work" in one]


def test_when_processes_pay_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(4)), raising=False)
    assert [processes(None, files, use_cache=True) for files in (1, 99, 100, 150, 10_000)] == [1, 1, 2, 3, 4]
    assert processes(None, 100, use_cache=False) == 1
    assert [processes(8, files, use_cache=True) for files in (1, 3, 100)] == [1, 3, 8]


@pytest.mark.parametrize("word", ["0", "-1", "many", "257", "1.5"])
def test_a_number_that_is_none(word: str) -> None:
    ended = run(["check", "--jobs", word, str(GOOD)])
    assert ended.status == 2
    assert "--jobs" in ended.stderr


def environment(plugin: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(plugin), *filter(None, sys.path)])}


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(os.name == "nt", reason="needs SIGINT and process numbers")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["check", "--select", "DL3", "--format", "jsonl:out"],
            r"中断时检查了 \d+/60 个文件：错误 \d+，警告 \d+，提示 \d+",
        ),
        (["facts", "--output-file", "out"], r"中断时读了 \d+/60 个文件"),
    ],
)
def test_an_interruption_tells_how_far_it_came(
    words: list[str], told: str, jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "plugin", monkeypatch, {"our_plugin.py": SLOW})
    for number in range(60):
        write(f"{number:02}.md", TEXT)
    arguments = [*words, "--jobs", jobs, "."]
    code = (
        # Interruptions may be ignored where the tests run.
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "from disclosure_lint.__main__ import run; sys.exit(run())"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment(tmp_path / "plugin"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    pids = Path("pids")
    while not (pids.exists() and len(pids.read_text(encoding="utf-8").split()) > 8):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1].decode()
    assert process.returncode == 130
    assert re.search(told, said)
    assert "已中断" in said
    assert "Traceback" not in said
    assert not Path("out").exists()
    for pid in set(map(int, pids.read_text(encoding="utf-8").split())):
        while is_there(pid):  # they end when they are done with what they are at
            time.sleep(0.01)


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("more", [[], ["--no-progress"], ["-q"]])
@pytest.mark.long
def test_progress_on_a_terminal(more: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pty

    install(tmp_path / "plugin", monkeypatch, {"our_plugin.py": SLOW})
    for number in range(30):
        write(f"{number:02}.md", TEXT)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "disclosure_lint", "check", "--jobs", "1", *more, "."],
        env=environment(tmp_path / "plugin"), stdout=subprocess.PIPE, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    stdout, _ = process.communicate()
    shown = b""
    with suppress(OSError):  # which is how Linux says that nobody writes any more
        while piece := os.read(ours, 4096):
            shown += piece
    os.close(ours)
    lines = re.findall(r"正在(?:读|检查) \d+/30 \[#*-*\] 每秒 [\d.]+ 个，还要约 \d+ 秒", shown.decode())
    assert bool(lines) == (not more)
    assert shown == b"" if more else shown.endswith(b"\r\x1b[K")
    assert b"\x1b" not in stdout
    assert b"/30" not in stdout


def test_no_progress_in_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "plugin", monkeypatch, {"our_plugin.py": SLOW})
    for number in range(24):
        write(f"{number:02}.md", TEXT)
    assert check(".", jobs=1).stderr == ""
