"""The output for people: diagnostics with the underlined place, and the counts."""

from typing import Any

import pytest

from disclosure_lint.model.diagnostic import LocalizedText, Related, Severity
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.form import Law
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult, RuleOutcome
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs import text
from disclosure_lint.outputs.console import total_width
from disclosure_lint.outputs.excerpt import excerpt
from disclosure_lint.outputs.formats import rendered
from tests.samples import FAILED, NOT_APPLICABLE, PASSED, UNDETERMINED, diagnostic, result, span


def _text(found: FileResult, style: OutputStyle) -> str:
    return "".join(rendered(text.Writer(style), [found]))


def test_a_diagnostic_with_everything() -> None:
    related = (
        Related(span("一、"), LocalizedText("这里", "here")),
        Related(span("1,5"), LocalizedText("和这里", "and here")),
    )
    found = result([diagnostic("12", related=related, also=("DL303", "DL304"))], FAILED)
    assert _text(found, OutputStyle()) == (
        "枫桥镇.md:3:4: 错误 DL302 总计应为 11\n"
        "     3 | 总计    12  1,5\n"
        "       |         ^^  ---\n"
        "  关联：枫桥镇.md:2:1: 这里\n"
        "  关联：枫桥镇.md:3:7: 和这里\n"
        "  同一处错误也不符合：DL303；DL304\n"
        "  依据：国办公开办函〔2021〕30号 附件 表三\n"
        "\n"
        "共检查 1 个文件：错误 1，警告 0，提示 0\n"
        "规则 1 条：通过 0，未通过 1，不适用 0，无法判定 0\n"
    )


def test_the_same_in_english() -> None:
    related = (
        Related(span("1,5"), LocalizedText("和这里", "and here")),
        Related(span("总计"), LocalizedText("列", "column")),
    )
    found = result([diagnostic("12", related=related, also=("DL303",), law=(Law("custom", "habit"),))], FAILED)
    assert _text(found, OutputStyle(lang="en")) == (
        "枫桥镇.md:3:4: error DL302 the total should be 11\n"
        "     3 | 总计    12  1,5\n"
        "       | ----    ^^  ---\n"
        "  also: 枫桥镇.md:3:7: and here; column\n"
        "  the same mistake also breaks: DL303\n"
        "  law: custom, not law (habit)\n"
        "\n"
        "1 file checked: 1 error, 0 warnings, 0 infos\n"
        "1 rule: 0 passed, 1 failed, 0 not applicable, 0 undetermined\n"
    )


def test_quiet_says_one_line_a_diagnostic() -> None:
    found = result([diagnostic("12"), diagnostic("总计", severity=Severity.info)], FAILED)
    assert _text(found, OutputStyle(quiet=True)) == (
        "枫桥镇.md:3:4: error DL302 总计应为 11\n枫桥镇.md:3:1: info DL302 总计应为 11\n"
    )


def test_verbose_says_what_was_not_checked() -> None:
    partly = RuleOutcome("DL304", "failed", LocalizedText("一列是空的", "a column is blank"))
    shown = _text(result([], PASSED, UNDETERMINED, NOT_APPLICABLE, partly), OutputStyle(verbose=True))
    assert shown == (
        "枫桥镇.md 没有检查或没有查全：\n"
        "  DL303 无法判定：有一行分不清\n"
        "  DL401 不适用：2020 年\n"
        "  DL304 未通过：一列是空的\n"
        "\n"
        "共检查 1 个文件：错误 0，警告 0，提示 0\n"
        "规则 4 条：通过 1，未通过 1，不适用 1，无法判定 1\n"
    )
    assert _text(result([], PASSED), OutputStyle(verbose=True)).startswith("共检查")


def test_several_files_and_statistics() -> None:
    results = [
        result([diagnostic("12"), diagnostic("总计"), diagnostic("一、", code="DL103", name="a-title")], FAILED),
        FileResult("空.txt", "unreadable", (diagnostic("12", code="DL001", name="a-file"),), (FAILED, PASSED)),
    ]
    shown = "".join(rendered(text.Writer(OutputStyle(statistics=True)), iter(results)))
    assert shown.endswith(
        "2  DL302  outcomes-total\n"
        "1  DL001  a-file\n"
        "1  DL103  a-title\n"
        "共检查 2 个文件：错误 4，警告 0，提示 0\n"
        "规则 2 条，判定 3 次：通过 1，未通过 2，不适用 0，无法判定 0\n"
    )
    assert "枫桥镇.md:1:1: 错误 DL001 总计应为 11\n  依据：" in shown


def test_a_file_is_written_before_the_next_is_read() -> None:
    def results() -> Any:
        yield result([diagnostic("12")])
        raise LookupError

    pieces = rendered(text.Writer(OutputStyle(quiet=True)), results())
    assert next(pieces) == ""
    assert next(pieces).startswith("枫桥镇.md:3:4")
    with pytest.raises(LookupError):
        next(pieces)


def test_colours() -> None:
    shown = _text(result([diagnostic("12")]), OutputStyle(color=True))
    assert shown.splitlines()[0] == (
        "\033[1m枫桥镇.md:3:4\033[0m: \033[1;31m错误\033[0m \033[1mDL302\033[0m 总计应为 11"
    )
    assert "\033" not in _text(result([diagnostic("12")]), OutputStyle())


def test_codes_are_links_to_their_pages() -> None:
    style = OutputStyle(color=True, links=True, rule_pages="https://rules.example.cn/{code}/")
    shown = _text(result([diagnostic("12")]), style)
    link = "\033]8;;https://rules.example.cn/DL302/\033\\\033[1mDL302\033[0m\033]8;;\033\\"
    assert f" {link} " in shown.splitlines()[0]
    assert "\033]8" not in _text(result([diagnostic("12")]), style._replace(rule_pages=None))


def test_nothing_of_a_document_reaches_the_terminal_unseen() -> None:
    message = LocalizedText("“\033]0;x\a\u202e”写错了", "")
    found = result([diagnostic("12", message=message)._replace(path="a\033[2J\n.md")])
    shown = _text(found, OutputStyle())
    assert shown.isprintable() or set(shown) - {"\n"} == {char for char in shown if char.isprintable()}
    assert "a␛[2J␊.md:3:4: 错误 DL302 “␛]0;x␇<U+202E>”写错了\n" in shown


@pytest.mark.parametrize(
    ("line", "part", "shown", "marks"),
    [
        ("甲 12", "12", "甲 12", "   ^^"),
        ("甲 12", "甲", "甲 12", "^^"),
        ("一\t二", "二", "一  二", "    ^^"),
        ("abcd\te", "e", "abcd    e", "        ^"),
        ("e\u0301a", "a", "e\u0301a", " ^"),
        ("𬭁镇", "镇", "𬭁镇", "  ^^"),
        ("０１a", "a", "０１a", "    ^"),
        ("“a”b", "b", "“a”b", "   ^"),
        ("a\u200bb", "b", "a<U+200B>b", "         ^"),
        ("a\x00b", "b", "a␀b", "  ^"),
        ("a\u0085b", "b", "a<U+0085>b", "         ^"),
        ("한글", "글", "한글", "  ^^"),
        ("12   ", "12", "12", "^^"),
    ],
)
def test_marks_stand_under_their_place(line: str, part: str, shown: str, marks: str) -> None:
    assert excerpt(Source("a", line), span(part, line), 80) == (shown, marks)


def test_an_empty_place_is_marked_once() -> None:
    source = Source("a", "甲乙\n\n丙")
    assert excerpt(source, Span(2, 2), 80) == ("甲乙", "    ^")
    assert excerpt(source, Span(3, 3), 80) == ("", "^")
    assert excerpt(source, Span(5, 5), 80) == ("丙", "  ^")
    assert excerpt(source, Span(0, 0), 80) == ("甲乙", "^^")
    assert excerpt(Source("a", ""), Span(0, 0), 80) == ("", "^")


def test_a_place_of_several_lines_is_marked_in_the_first() -> None:
    assert excerpt(Source("a", "甲乙\n丙"), Span(1, 4), 80) == ("甲乙", "  ^^")


def test_a_long_line_is_cut_around_the_place() -> None:
    source = Source("a", "长" * 100 + "错" + "尾" * 100)
    assert excerpt(source, Span(100, 101), 24) == ("…" + "长" * 4 + "错" + "尾" * 7 + "…", " " * 9 + "^^")
    assert excerpt(source, Span(3, 4), 24) == ("长" * 12 + "…", " " * 6 + "^^")
    assert excerpt(source, Span(100, 201), 24) == ("…" + "长" * 4 + "错" + "尾" * 7 + "…", " " * 9 + "^" * 16)
    assert excerpt(source, Span(200, 201), 24) == ("…" + "尾" * 5, " " * 9 + "^^")
    assert excerpt(source, Span(201, 201), 24) == ("…" + "尾" * 4, " " * 9 + "^")


def test_a_line_of_ten_million_characters_is_cut_fast() -> None:
    source = Source("a", "0\t" * 5_000_000)
    shown, marks = excerpt(source, Span(9_000_000, 9_000_001), 100)
    assert total_width(shown) <= 102
    assert marks.strip() == "^"


def test_other_places_outside_the_line_or_the_window_are_not_marked() -> None:
    source = Source("a", "前\n" + "一" * 20 + "甲乙" + "二" * 40 + "\n后")
    others = [Span(0, 1), Span(5, 8), Span(23, 24), Span(60, 62), Span(65, 66)]
    assert excerpt(source, Span(22, 23), 24, others) == ("…一一一一甲乙" + "二" * 6 + "…", "         ^^--")


def test_text_without_surprises_stays_as_it_is() -> None:
    assert escape_controls("甲 12，“乙”") == "甲 12，“乙”"
    assert escape_controls("\udc80\t\u2028") == "<U+DC80>    <U+2028>"
