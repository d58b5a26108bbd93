"""The plugin of pytest that ships with the tool: cases as tests, for packs that are nothing but TOML and cases."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_lint.proof.case_texts import CaseError, numbered, unmarked
from disclosure_lint.proof.cases import read_case
from tests.case_files import CASES
from tests.own_pack import PACK, rule

pytest_plugins = ["pytester"]

RULE = rule(
    '[rule.pattern]\nforbid = ["据说"]',
    '[[rule.example]]\nok = true\ntext = "公开。"\n[[rule.example]]\nfinds = ["ZZ001"]\ntext = "⟦据说⟧公开。"',
    message="“{text}”没有根据",
)
WHOLE = (CASES / "whole.md").read_text(encoding="utf-8")
FINDS = "note: 写了传闻\ninto: whole.md\n---\n=== overview ~ （一）\n（一）主动公开。⟦据说⟧{ZZ001:warning}公开85条。\n"
SILENT = "note: 没有传闻\ninto: whole.md\n---\n=== overview ~ （一）\n（一）主动公开。公开85条。\n"


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCLOSURE_LINT_LANG", raising=False)


@pytest.fixture
def town(pytester: pytest.Pytester) -> Path:
    """A repository of a pack without any Python or configuration."""
    write(pytester.path, {"pack.toml": PACK, "own.toml": RULE, "tests/whole.md": WHOLE})
    return pytester.path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def tried(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Runs pytest as it is where the tool is installed."""
    return pytester.runpytest("-p", "no:asyncio", "-p", "disclosure_lint.pytest_plugin", *arguments)


def failure(pytester: pytest.Pytester, text: str) -> str:
    """Returns what is printed about a case that fails."""
    write(pytester.path, {"tests/a.case": text})
    result = tried(pytester)
    assert result.ret != pytest.ExitCode.OK
    return "\n".join(result.outlines)


def test_a_pack_of_toml_and_cases_needs_nothing_else(pytester: pytest.Pytester, town: Path) -> None:
    write(town, {"tests/finds.case": FINDS, "tests/silent.case": SILENT})
    tried(pytester).assert_outcomes(passed=2)


@pytest.mark.long
def test_a_setting_names_packs_that_lie_elsewhere(pytester: pytest.Pytester) -> None:
    files = {"src/rules/pack.toml": PACK, "src/rules/own.toml": RULE, "tests/a.case": FINDS, "tests/whole.md": WHOLE}
    write(pytester.path, files)
    tried(pytester).assert_outcomes(failed=1)
    pytester.makeini("[pytest]\ndisclosure_lint_packs = src/rules")
    tried(pytester).assert_outcomes(passed=1)
    pytester.makepyprojecttoml('[tool.pytest.ini_options]\ndisclosure_lint_packs = ["src/rules"]')
    (pytester.path / "tox.ini").unlink()
    tried(pytester).assert_outcomes(passed=1)


def test_a_single_file_is_a_pack_too(pytester: pytest.Pytester) -> None:
    write(pytester.path, {"city.toml": RULE, "a.case": FINDS, "whole.md": WHOLE})
    pytester.makeini("[pytest]\ndisclosure_lint_packs = city.toml")
    tried(pytester).assert_outcomes(passed=1)


def test_without_a_pack_the_national_rules_are_tried(pytester: pytest.Pytester) -> None:
    case = "note: 传闻不归全国规则管\ninto: whole.md\n---\n=== other\n⟦据说一切照旧。⟧{DL401}\n"
    write(pytester.path, {"a.case": case, "whole.md": WHOLE})
    tried(pytester).assert_outcomes(passed=1)


@pytest.mark.long
def test_the_pack_on_trial_is_on_wherever_it_is_for(pytester: pytest.Pytester, town: Path) -> None:
    write(town, {"pack.toml": PACK + 'region = "4113"\n', "tests/a.case": FINDS})
    tried(pytester).assert_outcomes(passed=1)
    write(town, {"tests/a.case": SILENT.replace("\n---", "\nregion: auto\nverdicts: ZZ001 passed\n---")})
    assert "规则 ZZ001 应为 passed，实际是 没有运行" in "\n".join(tried(pytester).outlines)


def test_of_several_packs_the_place_decides(pytester: pytest.Pytester) -> None:
    other = PACK.replace("own", "other") + 'region = "99"\n'
    write(pytester.path, {"one.toml": RULE, "two/pack.toml": other, "whole.md": WHOLE, "a.case": FINDS})
    twice = "\n[[change]]\ncode = 'DL401'\nseverity = 'off'\nreason = '试'\n"
    write(pytester.path, {"two/pack.toml": other + twice})
    write(pytester.path, {"b.case": "note: 关掉了\ninto: whole.md\nregion: other\n---\n=== other\n无。\n"})
    pytester.makeini("[pytest]\ndisclosure_lint_packs = one.toml two")
    tried(pytester).assert_outcomes(passed=2)


@pytest.mark.usefixtures("town")
def test_what_is_not_found_is_shown_at_its_mark(pytester: pytest.Pytester) -> None:
    said = failure(pytester, FINDS.replace("据说", "听说"))
    assert "tests/a.case:5: 应查出 ZZ001，没有查出" in said
    assert "    7 | （一）主动公开。听说公开85条。\n      |                 ^^^^" in said
    assert "Traceback" not in said


@pytest.mark.usefixtures("town")
def test_what_is_found_without_a_mark_is_shown_with_its_message(pytester: pytest.Pytester) -> None:
    said = failure(pytester, SILENT.replace("公开85条", "据说公开85条"))
    assert "tests/a.case: 不该查出 ZZ001 warning：“据说”没有根据" in said
    assert "    7 | （一）主动公开。据说公开85条。\n      |                 ^^^^" in said


@pytest.mark.usefixtures("town")
@pytest.mark.long
def test_another_place_and_another_severity_are_one_difference_each(pytester: pytest.Pytester) -> None:
    said = failure(pytester, FINDS.replace("⟦据说⟧{ZZ001:warning}公开", "据说⟦公开⟧{ZZ001}"))
    assert "应标在第一处，实际标在第二处" in said
    assert "不该查出" not in said
    assert "tests/a.case:5: ZZ001 应为 error，实际是 warning" in failure(pytester, FINDS.replace("warning", "error"))


@pytest.mark.usefixtures("town")
def test_verdicts_and_numbers_are_compared(pytester: pytest.Pytester) -> None:
    head = "verdicts: ZZ001 passed, DL301 failed\nfacts: requests[new,total] 6, requests[new,natural] 4\n---"
    said = failure(pytester, SILENT.replace("---", head))
    assert "规则 DL301 应为 failed，实际是 passed" in said
    assert "requests[new,natural] 应是 4，实际是 5" in said
    assert "ZZ001" not in said
    assert "requests[new,total]" not in said


@pytest.mark.usefixtures("town")
def test_it_speaks_english(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_LINT_LANG", "en")
    assert "a.case:5: ZZ001 should be found and was not" in failure(pytester, FINDS.replace("据说", "听说"))


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("line", ["select: ZZ002", "verdicts: ZZ002 passed", "form: 2031", "region: elsewhere"])
@pytest.mark.long
def test_what_nobody_knows_is_no_silent_success(pytester: pytest.Pytester, line: str) -> None:
    said = failure(pytester, SILENT.replace("---", f"{line}\n---"))
    assert "没有装入规则" in said or "没有 2031 这种年报格式" in said


def test_a_known_fault_of_the_tool_is_expected(pytester: pytest.Pytester, town: Path) -> None:
    write(town, {"tests/a.case": FINDS.replace("据说", "听说").replace("into", "bug: 不认识听说\ninto")})
    write(town, {"tests/b.case": SILENT.replace("into", "bug: 已经好了\ninto")})
    tried(pytester).assert_outcomes(xfailed=1, failed=1)


def test_a_broken_pack_is_said_without_a_traceback(pytester: pytest.Pytester, town: Path) -> None:
    write(town, {"own.toml": RULE.replace("why", "wy")})
    said = failure(pytester, FINDS)
    assert "own.toml:7:1: 规则 ZZ001 有不认识的键 “wy”" in said
    assert "pack_registry.py" not in said


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("note: 写了传闻\n", "", 1, "缺少 note"),
        ("note: 写", "nota: 写", 1, "没有 nota 这个键，是否想写 note？"),
        ("into: whole.md", "into：whole.md", 2, "应写成“键: 值”"),
        ("into: whole.md", "note: 又一个", 2, "note 写了两次"),
        ("into: whole.md", "into: hole.md", 2, "上级文件夹里都没有 hole.md"),
        ("into: whole.md\n", "into: whole.md\nnewline: dos\n", 3, "newline 写成了“dos”，应写成“crlf”这样"),
        ("into: whole.md\n", "into: whole.md\nverdicts: DL301 fine\n", 3, "verdicts 写成了“DL301 fine”"),
        ("into: whole.md\n", "into: whole.md\nfacts: requests 3\n", 3, "facts 写成了“requests 3”"),
        ("into: whole.md\n", "into: whole.md\nencoding: klingon\n", 3, "没有 klingon 这种编码"),
        ("into: whole.md\n", "into: whole.md\nencoding: ascii\n", 3, "ascii 编码写不出“云”"),
        ("\n---\n", "\n--\n", 1, "再写一行 ---"),
        ("=== overview ~ （一）\n", "", 4, "文字应从 === overview 这样的一行开始"),
        ("overview ~", "overvew ~", 4, "没有叫 overvew 的一段，有 title、h1、overview"),
        ("~ （一）", "~ 全年", 4, "overview 里有 2 行写着“全年”，应当恰好一行"),
        ("⟦据说⟧{ZZ001:warning}", "⟦据说", 5, "⟦ 后面没有 ⟧"),
        ("⟦据说⟧{ZZ001:warning}", "据说⟧{ZZ001}", 5, "⟧ 前面没有 ⟦"),
        ("⟧{ZZ001:warning}", "⟧", 5, "⟧ 后面要紧跟着写应查出的代码"),
        ("⟧{ZZ001:warning}", "⟧{ZZ001:fatal}", 5, "⟧ 后面要紧跟着写应查出的代码"),
        ("⟧{ZZ001:warning}公开85条。", "\n=== h2\n公开⟧{ZZ001}", 4, "⟦ 和 ⟧ 要在同一段里"),
    ],
)
@pytest.mark.long
def test_a_case_that_is_badly_written_is_told_by_file_and_line(
    pytester: pytest.Pytester, old: str, new: str, line: int, said: str
) -> None:
    assert old in FINDS
    printed = failure(pytester, FINDS.replace(old, new, 1))
    assert f"tests/a.case:{line}: " in printed
    assert said in printed


def test_other_mistakes_name_their_file(pytester: pytest.Pytester, town: Path) -> None:
    write(town, {"tests/whole.md": WHOLE.replace("逐件", "⟦逐件⟧")})
    assert "tests/whole.md:14: 完整的年报里不能有 ⟦" in failure(pytester, FINDS)
    write(town, {"tests/whole.md": "# 年报\n"})
    assert "tests/whole.md:1: 完整的年报应从 === title 这样的一行开始" in failure(pytester, FINDS)
    (town / "tests" / "a.case").write_bytes(b"note: x\n---\n\xff\n")
    assert "tests/a.case:3: 文件要用 UTF-8 编码保存" in "\n".join(tried(pytester).outlines)


def test_nothing_is_imported_where_there_are_no_cases(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        "import sys\n"
        "def pytest_terminal_summary(terminalreporter):\n"
        "    own = sorted(name for name in sys.modules if name.startswith('disclosure_lint'))\n"
        "    terminalreporter.write_line(f'loaded: {own}')\n"
    )
    pytester.makepyfile("def test_something(): assert True")
    result = pytester.runpytest_subprocess("-p", "disclosure_lint.pytest_plugin")
    small = ["disclosure_lint.model", "disclosure_lint.model.version"]
    assert f"loaded: {['disclosure_lint', *small, 'disclosure_lint.pytest_plugin']}" in result.outlines


_WORDS = st.text(st.sampled_from("公开 \n（一）。|0"), max_size=12)


@given(st.lists(st.tuples(_WORDS, _WORDS), max_size=5), _WORDS)
def test_marks_leave_the_text_as_it_is(parts: list[tuple[str, str]], end: str) -> None:
    marked = "".join(f"{before}⟦{inside}⟧{{DL401}}" for before, inside in parts) + end
    text, expected = unmarked(numbered(marked, 1))
    assert text == "".join(before + inside for before, inside in parts) + end
    assert [text[one.start : one.end] for one in expected] == [inside for _, inside in parts]


@given(st.text(st.sampled_from("note: ainto\n-=⟦⟧{}DL401~@"), max_size=60))
def test_whatever_stands_there_is_a_case_or_a_mistake(text: str) -> None:
    path = Path(__file__).parent / "no.case"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_text", lambda *_, **__: "note: x\n" + text)
        assert all(_read(path))


def _read(path: Path) -> tuple[str, ...]:
    try:
        return (read_case(path).path,)
    except CaseError as error:
        return error.words
