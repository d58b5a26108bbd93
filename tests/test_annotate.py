"""`check --annotate DIR`: where copies stand, what they never take the place of, and what is said."""

import io
import json
from pathlib import Path
from random import Random
from time import process_time
from zipfile import ZipFile

import pytest

from tests.annotated import as_scattered_docx, draft, seen
from tests.command_line import BAD, GOOD, own_place, run, start
from tests.fuzz.docx import DAMAGES
from tests.generation import make
from tests.generation.official import official
from tests.office.docx import document, heading, package, paragraph, word_file
from tests.office.docx import run as run_of
from tests.office.libre_office import converted
from tests.office.official import as_docx
from tests.office.pdf import pdf_file, picture
from tests.office.pdf_pages import as_pdf

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
LIST = ".disclosure-lint-copies.json"


def word(seed: int = 1) -> bytes:
    return as_scattered_docx(draft(seed), Random(seed))


def clean() -> bytes:
    rng = Random(1)
    return as_docx(official(make(rng), rng))


def lay(**files: bytes) -> None:
    """Writes files; a double underscore in a name is a slash, a single one the dot before its ending."""
    for name, data in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def copies(folder: str = "out") -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def test_folders_keep_their_structure_below_the_one_that_is_named() -> None:
    lay(r__a_docx=word(), r__x__a_docx=word(2), r__x__b_md=BAD.read_bytes())
    ended = run(["check", "-q", "--annotate", "out", "r"])
    assert ended.status == 1
    assert copies() == [LIST, "a.docx", "x/a.docx", "x/b.md"]
    assert ended.stderr == ""


def test_several_folders_and_files_keep_what_parts_them() -> None:
    lay(p__a_docx=word(), q__a_docx=word(2), q__z__c_docx=word(3))
    assert run(["check", "--annotate", "out", "p", str(Path("q/a.docx").resolve())]).status == 1
    assert copies() == [LIST, "p/a.docx", "q/a.docx"]
    Path("list").write_text("q/z/c.docx\nq/a.docx\n", encoding="utf-8")
    assert run(["check", "--annotate", "out2", "--files-from", "list"]).status == 1
    assert copies("out2") == [LIST, "a.docx", "z/c.docx"]


def test_a_single_file_stands_in_the_folder_itself() -> None:
    lay(r__x__a_docx=word())
    run(["check", "--annotate", "new/out", "r/x/../x/a.docx"])
    assert copies("new/out") == [LIST, "a.docx"]


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def test_archives_become_folders_of_their_name() -> None:
    data = zipped(**{"甲镇/年报.docx": word(), "b.md": BAD.read_bytes()})
    lay(r__all_zip=data)
    assert run(["check", "--annotate", "out", "r"]).status == 1
    assert copies() == [LIST, "all.zip/b.md", "all.zip/甲镇/年报.docx"]
    assert Path("r/all.zip").read_bytes() == data
    run(["check", "--annotate", "out2", "r/all.zip/b.md"])
    assert copies("out2") == [LIST, "all.zip/b.md"]


def test_names_in_archives_lead_nowhere_else() -> None:
    names = ("../../up.docx", "/etc/root.docx", "a/../../b.docx", "C:\\x\\y.docx", 'q"?*|\n.docx', "./c.docx")
    lay(r__all_zip=zipped(**dict.fromkeys(names, word())))
    assert run(["check", "--annotate", "deep/er/out", "r"]).status == 1
    found = copies("deep/er/out")
    assert len(found) == 4  # hidden folders in archives, such as `..`, are not looked into at all
    assert all(name == LIST or name.startswith("all.zip/") for name in found)
    assert sorted(path.name for path in Path().iterdir()) == ["deep", "r"]
    assert not any(char in name for name in found for char in '"?*|\n\\:')


def test_two_members_of_one_name() -> None:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as file:
        for seed, name in enumerate(("a.docx", "b.docx", "A.docx")):
            file.writestr(name, word(seed))
    lay(all_zip=buffer.getvalue().replace(b"b.docx", b"a.docx"))
    run(["check", "--annotate", "out", "all.zip"])
    assert copies() == [LIST, "all.zip/A.docx", "all.zip/a (2).docx", "all.zip/a (3).docx"]


@pytest.mark.parametrize("folder", [".", "r", "r/../r"])
def test_what_is_read_is_never_overwritten(folder: str) -> None:
    data = word()
    lay(r__a_docx=data)
    paths = ["r"] if "r" in folder else []
    ended = run(["check", "--annotate", folder, *paths])
    assert ended.status == 2
    assert "会覆盖要检查的文件" in ended.stderr
    assert Path("r/a.docx").read_bytes() == data
    assert ended.stdout == ""


def test_a_link_is_no_way_around() -> None:
    lay(r__a_docx=word())
    Path("out").mkdir()
    Path("out/a.docx").symlink_to(Path("r/a.docx").resolve())
    data = Path("r/a.docx").read_bytes()
    assert run(["check", "--annotate", "out", "r"]).status == 2
    assert Path("r/a.docx").read_bytes() == data
    lay(other_docx=word(2))
    Path("out/a.docx").unlink()
    Path("out/a.docx").symlink_to(Path("other.docx").resolve())
    ended = run(["check", "--annotate", "out", "r"])
    assert ended.status == 2
    assert Path("other.docx").read_bytes() == word(2)


def test_a_copy_is_replaced_and_goes_when_nothing_is_found_any_more() -> None:
    lay(r__a_docx=word(1))
    run(["check", "--annotate", "r/out", "r"])
    first = Path("r/out/a.docx").read_bytes()
    lay(r__a_docx=word(2))
    ended = run(["check", "--annotate", "r/out", "r"])
    assert Path("r/out/a.docx").read_bytes() != first
    assert copies("r/out") == [LIST, "a.docx"]  # those in the folder of the copies are no reports of the run
    assert "写了 1 份带批注的副本，在 r/out" in ended.stderr
    lay(r__a_docx=clean())
    ended = run(["check", "--annotate", "r/out", "--ignore", "DL403", "r"])
    assert (ended.status, copies("r/out")) == (0, [LIST])
    assert "1 份没有问题，不需要副本" in ended.stderr


def test_what_is_no_copy_or_was_changed_stays() -> None:
    lay(r__a_docx=word(1), out__a_docx=b"mine")
    ended = run(["check", "--annotate", "out", "r"])
    assert ended.status == 2
    assert "没有覆盖" in ended.stderr
    assert Path("out/a.docx").read_bytes() == b"mine"
    Path("out/a.docx").unlink()
    run(["check", "--annotate", "out", "r"])
    Path("out/a.docx").write_bytes(b"changed")
    assert run(["check", "--annotate", "out", "r"]).status == 2
    lay(r__a_docx=clean())
    assert run(["check", "--annotate", "out", "--ignore", "DL403", "r"]).status == 0
    assert Path("out/a.docx").read_bytes() == b"changed"


@pytest.mark.parametrize("text", ["", "[]", '{"copies": 3}', '{"copies": {"a.docx": 1}}', "[" * 99999, "\0"])
def test_a_list_of_copies_that_somebody_wrote(text: str) -> None:
    lay(r__a_docx=word(1), out__a_docx=b"mine")
    Path("out", LIST).write_text(text, encoding="utf-8")
    assert run(["check", "--annotate", "out", "r"]).status == 2
    assert Path("out/a.docx").read_bytes() == b"mine"


def test_the_same_copy_every_time() -> None:
    lay(r__a_docx=word(1), r__b_md=BAD.read_bytes())  # PDFium gives each PDF that it writes another number
    for folder in ("one", "two"):
        run(["check", "--annotate", folder, "r"])
    assert copies("one") == copies("two")
    for name in copies("one"):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()


def test_a_folder_that_can_be_none() -> None:
    lay(r__a_docx=word(1), file=b"")
    for folder in ("file", "file/out", "a\0b"):
        ended = run(["check", "--annotate", folder, "r"])
        assert ended.status == 2
        assert "不能作为文件夹" in ended.stderr
        assert ended.stdout == ""


def test_options_that_exclude_each_other() -> None:
    for option in ("--fix", "--diff"):
        ended = run(["check", "--annotate", "out", option, str(GOOD)])
        assert ended.status == 2
        assert "不能和 --fix、--diff 一起用" in ended.stderr
    assert not Path("out").exists()


def test_standard_input_needs_a_name() -> None:
    ended = run(["check", "--annotate", "out", "-"], BAD.read_bytes())
    assert ended.status == 2
    assert "--stdin-filename" in ended.stderr
    run(["check", "--annotate", "out", "--stdin-filename", "x/y.txt", "-"], BAD.read_bytes())
    assert copies() == [LIST, "y.txt"]


def test_what_is_silenced_has_no_note() -> None:
    lay(a_docx=word_file(heading("云川县石桥镇人民政府2023年政府信息公开工作年度报告", 1), paragraph("××镇")))
    run(["check", "--annotate", "all", "a.docx"])
    run(["check", "--annotate", "few", "--select", "DL112", "a.docx"])
    assert {one.text[:8] for one in seen(Path("few/a.docx").read_bytes())} == {"错误 DL112："[:8]}
    run(["check", "--write-baseline", "base.json", "--select", "DL112", "a.docx"])
    ended = run(["check", "--baseline", "base.json", "--select", "DL112", "--annotate", "none", "a.docx"])
    assert ended.status == 0
    assert copies("none") == []


def test_english() -> None:
    lay(a_docx=word(1))
    ended = run(["check", "--lang", "en", "--annotate", "out", "a.docx"])
    assert "1 copy with comments in out" in ended.stderr
    text = "\n".join(one.text for one in seen(Path("out/a.docx").read_bytes()))
    assert "error DL" in text
    assert "how to mend it: " in text
    assert "law: " in text


def test_what_has_no_copy_is_counted() -> None:
    lay(
        r__a_docx=word(1),
        r__scan_pdf=pdf_file([picture()]),
        r__cut_docx=word(1)[:300],
        r__note_md="今天的会议改在下午。".encode(),
    )
    ended = run(["check", "--annotate", "out", "r", "r/note.md"])
    assert ended.status == 1
    assert copies() == [LIST, "a.docx"]
    assert "写了 1 份带批注的副本，在 out；3 份没有副本" in ended.stderr


def test_very_many_findings() -> None:
    many = [paragraph("由××镇公开") for _ in range(700)]
    lay(a_docx=word_file(heading("云川县石桥镇人民政府2023年政府信息公开工作年度报告", 1), *many))
    run(["check", "-q", "--annotate", "out", "a.docx"])
    found = list(seen(Path("out/a.docx").read_bytes()))
    assert len(found) <= 500
    assert "个问题没有写在这份副本里" in found[-1].text


def test_the_same_findings_are_reported_with_and_without() -> None:
    lay(r__a_docx=word(1), r__b_pdf=as_pdf(draft(2)))
    with_copies = run(["check", "--format", "json", "--annotate", "out", "r"])
    without = run(["check", "--format", "json", "r"])
    assert json.loads(with_copies.stdout) == json.loads(without.stdout)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.long
def test_damaged_word_files(seed: int) -> None:
    """No traceback, no half of a file, and what is written reads as the file does."""
    rng = Random(seed)
    lay(a_docx=rng.choice([*DAMAGES.values()])(rng))
    ended = run(["check", "--annotate", "out", "a.docx"])
    assert ended.status in (0, 1)
    assert "没有写" in ended.stderr or "没有副本" in ended.stderr or "副本" in ended.stderr
    for name in copies():
        if name != LIST:
            with ZipFile(Path("out", name)) as file:
                assert b"disclosure-lint" in file.read(next(one for one in file.namelist() if "comments" in one))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.long
def test_damaged_pdf(seed: int) -> None:
    rng = Random(seed)
    data = bytearray(as_pdf(draft(1)))
    for _ in range(rng.randrange(1, 40)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    lay(a_pdf=bytes(data))
    assert run(["check", "--annotate", "out", "a.pdf"]).status in (0, 1)
    for name in copies():
        assert name == LIST or Path("out", name).read_bytes().startswith(data)


def test_a_word_file_without_a_list_of_types() -> None:
    whole = package(document(heading("云川县石桥镇人民政府2023年政府信息公开工作年度报告", 1), paragraph("××镇")))
    broken = io.BytesIO()
    with ZipFile(io.BytesIO(whole)) as old, ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<x" if name == "[Content_Types].xml" else old.read(name))
    lay(a_docx=broken.getvalue())
    ended = run(["check", "--annotate", "out", "a.docx"])
    assert "a.docx：没有写带批注的副本：" in ended.stderr
    assert copies() == []


def test_a_run_that_is_ended_leaves_no_half_of_a_file() -> None:
    for seed in range(30):
        lay(**{f"r__{seed}_docx": word(seed)})
    process = start(["check", "-q", "--annotate", "out", "r"])
    while process.poll() is None and len(list(Path("out").glob("*.docx")) if Path("out").exists() else []) < 3:
        pass
    process.terminate()
    process.communicate()
    for path in Path("out").rglob("*"):
        assert path.name == LIST or path.suffix == ".docx"
        with ZipFile(path) as file:
            assert file.testzip() is None
    assert not [path for path in Path("out").iterdir() if path.name.endswith("-new")]


@pytest.mark.long
def test_old_word_files_become_new_ones_with_comments(tmp_path: Path) -> None:
    made = converted({"a.docx": word(1), "b.docx": word(2)}, "doc", tmp_path)
    lay(r__a_doc=made["a.doc"], r__b_doc=made["b.doc"])
    assert run(["check", "-q", "--convert", "--annotate", "out", "r"]).status == 1
    assert copies() == [LIST, "a.doc.docx", "b.doc.docx"]
    assert list(seen(Path("out/a.doc.docx").read_bytes()))


def test_very_many_runs_cost_little_more_than_reading_them() -> None:
    pieces = "".join(run_of("×镇", "<w:b/>") if number % 2 else run_of("×") for number in range(12_000))
    title = "云川县石桥镇人民政府2023年政府信息公开工作年度报告"
    lay(a_docx=word_file(heading(title, 1), paragraph(pieces)))
    costs = []
    for options in ([], ["--annotate", "out"]):
        begin = process_time()
        run(["check", "-q", *options, "a.docx"])
        costs.append(process_time() - begin)
    assert copies() == [LIST, "a.docx"]
    assert costs[1] < 4 * costs[0] + 1
