"""The language server as an editor meets it: texts, findings, actions, hovers, the outline."""

import asyncio
import json
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.command_line import own_place, run
from tests.editor import Editor, capabilities, editing, offset, position, units
from tests.scale import part

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.asyncio]

EXAMPLES = Path(__file__).parents[1] / "examples"
GOOD = (EXAMPLES / "good" / "township-pipes.md").read_text(encoding="utf-8")
BLOCKS = "| 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
WRONG_BLOCKS = "| 1 | 0 | 0 | 0 | 2 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
BAD = GOOD.replace(BLOCKS, WRONG_BLOCKS)
FEES = "本年度未收取信息处理费。"
SILENT = GOOD.replace(FEES, "无。")


def _at(diagnostic: types.Diagnostic, text: str) -> str:
    """Returns what a diagnostic on one line is about, in an editor that counts in UTF-16."""
    line = text.split("\n")[diagnostic.range.start.line].encode("utf-16-le")
    assert diagnostic.range.start.line == diagnostic.range.end.line
    return line[2 * diagnostic.range.start.character : 2 * diagnostic.range.end.character].decode("utf-16-le")


async def test_findings_come_and_go_with_the_text() -> None:
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), GOOD)
        assert await editor.codes(uri) == []
        editor.swap(uri, BLOCKS, WRONG_BLOCKS)
        (found,) = await editor.diagnostics(uri)
        assert (found.code, found.source, found.severity) == (
            "DL304",
            "disclosure-lint",
            types.DiagnosticSeverity.Error,
        )
        assert _at(found, editor.texts[uri]) == "2"
        related = found.related_information or ()
        assert {one.location.uri for one in related} == {uri}
        assert "改法② 「行政复议」的「结果维持」由 1 改为 2" in [one.message for one in related]
        editor.swap(uri, WRONG_BLOCKS, BLOCKS)
        assert await editor.codes(uri) == []
        editor.swap(uri, FEES, "无。")
        assert await editor.codes(uri) == ["DL401"]
        editor.close(uri)
        await editor.until(lambda: editor.client.diagnostics[uri] == ())


async def test_a_finding_links_to_the_page_of_its_rule() -> None:
    Path("disclosure-lint.toml").write_text('rule-pages = "https://rules.example.cn/{code}/"\n', encoding="utf-8")
    async with editing(Path.cwd()) as editor:
        (found,) = await editor.diagnostics(editor.write(Path("报告.md"), SILENT))
        assert found.code_description == types.CodeDescription("https://rules.example.cn/DL401/")


@pytest.mark.parametrize(("lang", "why", "law"), [("zh", "为什么：", "依据："), ("en", "Why: ", "Law: ")])
async def test_a_finding_says_below_its_message_why_the_rule_is_there(lang: str, why: str, law: str) -> None:
    async with editing(Path.cwd(), arguments=["--lang", lang]) as editor:
        uri = editor.write(Path("报告.md"), SILENT)
        (found,) = await editor.diagnostics(uri)
        message, reason, source = found.message.splitlines()
        page = run(["--lang", lang, "explain", "DL401"]).stdout
        assert reason.removeprefix(why) in page
        assert source.removeprefix(law).startswith("国办公开办函〔2021〕30号 ")
        assert reason.startswith(why)
        assert source.startswith(law)
        # Lists of findings show the first line alone.
        checked = json.loads(run(["--lang", lang, "check", "--format", "json", "报告.md"]).stdout)
        assert [message] == [one["message"] for one in checked["diagnostics"]]


async def test_a_message_shows_no_number_of_a_person() -> None:
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), GOOD.replace(FEES, f"{FEES}联系人手机13900001234。"))
        (found,) = await editor.diagnostics(uri)
        assert _at(found, editor.texts[uri]) == "13900001234"
        assert "139****1234" in found.message
        assert "13900001234" not in found.message


async def test_a_text_that_was_never_saved() -> None:
    async with editing(Path.cwd()) as editor:
        for language in ("markdown", "plaintext"):
            uri = editor.open(f"untitled:Untitled-{language}", SILENT, language)
            assert await editor.codes(uri) == ["DL401"]
        uri = editor.open("untitled:Untitled-3", SILENT, "python")
        assert await editor.codes(uri) == []


async def test_other_texts_are_left_alone() -> None:
    async with editing(Path.cwd()) as editor:
        for name, text in (("README.md", "# 说明\n\n随便写写。\n"), ("a.md", ""), ("Cargo.toml", "[package]\nx = 1\n")):
            uri = editor.write(Path(name), text, "toml" if name.endswith(".toml") else "markdown")
            assert await editor.codes(uri) == []


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        (types.PositionEncodingKind.Utf16, "utf-16-le"),
        pytest.param(types.PositionEncodingKind.Utf8, "utf-8", marks=pytest.mark.long),
        pytest.param(types.PositionEncodingKind.Utf32, "utf-32-le", marks=pytest.mark.long),
    ],
)
async def test_columns_beyond_the_basic_plane(kind: types.PositionEncodingKind, encoding: str) -> None:
    # A form feed, as PDF readers leave it behind, ends no line of an editor.
    text = GOOD.replace("陌桑县青槐镇", "陌桑县𬭁镇").replace("## 五、", "\x0c\u2028## 五、").replace(FEES, "𬭁镇无。")
    async with editing(Path.cwd(), able=capabilities(encodings=[kind])) as editor:
        assert editor.server.position_encoding == kind
        uri = editor.write(Path("𬭁镇.md"), text)
        before = await editor.codes(uri)
        at = text.index("𬭁镇无。") + 1
        place = position(text, at, encoding)
        wrong = "镇的手机号是 𬭁 TODO，"
        editor.change(uri, types.TextDocumentContentChangePartial(types.Range(place, place), wrong))
        found = [one for one in await editor.diagnostics(uri) if one.code not in before]
        assert [one.code for one in found] == ["DL112"]
        line = text[:at].rsplit("\n", 1)[1]
        start = place.line, units(line + wrong[: wrong.index("TODO")], encoding)
        assert (found[0].range.start.line, found[0].range.start.character) == start
        assert found[0].range.end.character == start[1] + 4


async def test_an_editor_that_asks_is_not_sent_anything() -> None:
    async with editing(Path.cwd(), able=capabilities(pulls=True)) as editor:
        uri = editor.write(Path("报告.md"), BAD)
        report = await editor.pull(uri)
        assert [one.code for one in report.items] == ["DL304"]
        again = await editor.pull(uri, report.result_id)
        assert (again.kind, again.result_id) == ("unchanged", report.result_id)
        editor.swap(uri, WRONG_BLOCKS, BLOCKS)
        report = await editor.pull(uri, report.result_id)
        assert (report.kind, list(report.items)) == ("full", [])
        assert editor.client.diagnostics == {}
        assert list((await editor.pull("file:///nowhere.md")).items) == []


async def test_the_answer_is_about_the_newest_text() -> None:
    async with editing(Path.cwd(), able=capabilities(pulls=True)) as editor:
        uri = editor.write(Path("报告.md"), GOOD)
        asked = []
        for turn in range(30):
            editor.replace(uri, (BAD, GOOD)[turn % 2])
            asked.append(asyncio.ensure_future(editor.pull(uri)))
        await asyncio.gather(*asked)
        assert list((await editor.pull(uri)).items) == []


async def _cancelled(editor: Editor, uri: str, key: str) -> int | None:
    """Returns the error that a request ends with which is cancelled at once; None if it was answered already."""
    editor.client.protocol.send_request(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri)),
        msg_id=key,
    )
    waiting = editor.client.protocol._request_futures[key]
    editor.client.cancel_request(types.CancelParams(key))
    try:
        await asyncio.wrap_future(waiting)
    except JsonRpcException as error:
        return error.code
    return None


async def test_a_cancelled_request() -> None:
    async with editing(Path.cwd(), able=capabilities(pulls=True)) as editor:
        uri = editor.write(Path("报告.md"), BAD)
        # A server may have answered before it hears that nobody waits any more.
        said = [await _cancelled(editor, uri, f"request {number}") for number in range(30)]
        assert {code for code in said if code is not None} == {types.LSPErrorCodes.RequestCancelled}
        assert [one.code for one in (await editor.pull(uri)).items] == ["DL304"]


async def test_hover_over_a_number() -> None:
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), BAD)
        said = await editor.hover(uri, WRONG_BLOCKS, WRONG_BLOCKS.index("2"))
        assert "表四「行政复议」的「总计」" in said
        assert "`review[reconsideration,total]` = 2" in said
        assert "DL304 1 + 0 + 0 + 0 ≠ 2 ✗，差 1" in said
        said = await editor.hover(uri, "二、上年结转政府信息公开申请数量 | | | 1", 24)
        assert "`requests[carried_in,natural]` = 1" in said
        assert "DL301 6 + 1 = 6 + 1 ✓" in said
        assert await editor.hover(uri, "本年度未收取") == ""


async def test_hover_over_a_number_that_is_not_certain() -> None:
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), GOOD.replace("（一）予以公开 | ", "（一）予以公开 | 9 | "))
        said = await editor.hover(uri, "（一）予以公开 | 9", 11)
        assert "表三「（一）予以公开」" in said
        assert "这一行有 8 个数，格式要 7 个，分不清哪个数属于哪一列" in said


async def test_hover_over_headings_rows_and_codes() -> None:
    text = GOOD.replace("## 六、", "<!-- disclosure-lint: ignore[DL401] 理由 -->\n## 六、")
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), text)
        said = await editor.hover(uri, "三、收到和处理", 2)
        assert "三、收到和处理政府信息公开申请情况" in said
        assert "法定名称" in said
        assert "`requests`" in said
        said = await editor.hover(uri, "（一）予以公开", 3)
        assert "`requests[granted,…]`" in said
        said = await editor.hover(uri, "DL401", 2)
        assert "**DL401** `fee-statement`" in said
        assert "国办公开办函〔2021〕30号" in said


async def test_the_outline() -> None:
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), GOOD)
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        found = await editor.client.text_document_document_symbol_async(params)
        symbols = [symbol for symbol in found or () if isinstance(symbol, types.DocumentSymbol)]
        assert [symbol.name[:2] for symbol in symbols] == ["陌桑", "一、", "二、", "三、", "四、", "五、", "六、"]
        (table,) = symbols[3].children or ()
        assert table.name == "表三 收到和处理政府信息公开申请情况"
        rows = [(row.name, row.detail) for row in table.children or ()]
        assert len(rows) == 25
        assert rows[0] == ("一、本年新收政府信息公开申请数量", "6 1 0 0 0 0 7")


@pytest.mark.parametrize("name", part(["township-pipes.md", "county-flow.txt", "district-2020.txt"]))
async def test_the_blocks_of_table_four_stand_in_the_outline_in_order_at_their_numbers(name: str) -> None:
    text = (EXAMPLES / "good" / name).read_text(encoding="utf-8-sig")
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path(name), text)
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        found = await editor.client.text_document_document_symbol_async(params)
        sections = [symbol for symbol in found or () if isinstance(symbol, types.DocumentSymbol)]
        (table,) = next(symbol.children or () for symbol in sections if symbol.name.startswith("四、"))
        rows = table.children or ()
        assert [row.name for row in rows] == ["行政复议", "未经复议直接起诉", "复议后起诉"]
        assert [row.range.start for row in rows] == sorted(row.range.start for row in rows)
        for row in rows:
            shown = text[offset(text, row.range.start) : offset(text, row.range.end)]
            assert shown.replace("|", " ").split() == (row.detail or "").split()


async def test_the_outline_for_an_editor_without_trees() -> None:
    able = capabilities()
    assert able.text_document is not None
    able.text_document.document_symbol = None
    async with editing(Path.cwd(), able=able) as editor:
        uri = editor.write(Path("报告.md"), GOOD)
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        found = await editor.client.text_document_document_symbol_async(params)
        names = {one.name: one.container_name for one in found or () if isinstance(one, types.SymbolInformation)}
        assert names["四、结转下年度继续办理"] == "表三 收到和处理政府信息公开申请情况"


async def _action(editor: Editor, uri: str, stretch: types.Range, title: str) -> types.CodeAction:
    actions = {action.title: action for action in await editor.actions(uri, stretch)}
    return actions[title]


@pytest.mark.parametrize("title", ["忽略 {}（这一处）", "忽略 {}（整个文件）"])
@pytest.mark.parametrize("head", ["", "---\ntitle: x\n---\n"])
@pytest.mark.long
async def test_silencing_a_finding(title: str, head: str) -> None:
    silent = head + BAD.replace(FEES, "无。").replace("\n", "\r\n" if head else "\n")
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), silent)
        first = [one for one in await editor.diagnostics(uri) if one.code in ("DL304", "DL401")]
        assert len(first) == 2
        for code in ("DL304", "DL401"):
            one = next(one for one in await editor.diagnostics(uri) if one.code == code)
            action = await _action(editor, uri, one.range, title.format(code))
            assert [given.code for given in action.diagnostics or ()] == [code]
            await editor.apply(action)
        assert await editor.codes(uri) == []
        assert "理由" in editor.texts[uri]
        assert ("\r\n" in editor.texts[uri]) == bool(head)


async def test_mending_a_finding() -> None:
    text = SILENT.replace("五、存在的主要问题及改进情况", "五、存在问题及改进情况").replace(
        "四、政府信息公开行政", "四、行政"
    )
    text = text.replace("## 二、", "<!-- disclosure-lint: ignore[DL301] 理由 -->\n## 二、")
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), text)
        assert await editor.codes(uri) == ["DL005", "DL103", "DL103", "DL401"]
        title = (await editor.diagnostics(uri))[2]
        (first, *_) = await editor.actions(uri, title.range)
        assert first.is_preferred
        assert "存在的主要问题及改进情况" in first.title
        await editor.apply(first)
        assert await editor.codes(uri) == ["DL005", "DL103", "DL401"]
        nowhere = types.Range(types.Position(0, 0), types.Position(0, 0))
        (everything,) = await editor.actions(uri, nowhere, [types.CodeActionKind.SourceFixAll])
        assert everything.kind == "source.fixAll.disclosure-lint"
        await editor.apply(everything)
        # What says something is left to people.
        assert await editor.codes(uri) == ["DL401"]
        assert await editor.actions(uri, nowhere, [types.CodeActionKind.SourceFixAll]) == []
        assert await editor.actions(uri, nowhere, [types.CodeActionKind.Refactor]) == []


async def test_plain_text_has_no_comments() -> None:
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.txt"), BAD, "plaintext")
        (found,) = await editor.diagnostics(uri)
        assert await editor.actions(uri, found.range) == []


async def test_a_comment_that_silences_nothing_is_dimmed() -> None:
    text = GOOD.replace("## 六、", "<!-- disclosure-lint: ignore[DL304] 理由 -->\n## 六、")
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), text)
        (found,) = await editor.diagnostics(uri)
        assert (found.code, list(found.tags or ())) == ("DL005", [types.DiagnosticTag.Unnecessary])
        titles = [action.title for action in await editor.actions(uri, found.range)]
        assert not [title for title in titles if title.startswith("忽略")]


async def test_codes_are_offered_inside_a_comment() -> None:
    text = GOOD + "\n<!-- disclosure-lint: ignore[DL301,"
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), text)
        params = types.CompletionParams(types.TextDocumentIdentifier(uri), position(text, len(text)))
        found = await editor.client.text_document_completion_async(params)
        assert isinstance(found, list)
        offered = {one.label: one.detail for one in found}
        assert offered["DL304"] is not None
        params = types.CompletionParams(types.TextDocumentIdentifier(uri), position(text, 3))
        assert not await editor.client.text_document_completion_async(params)


async def test_computed_totals_are_shown_to_those_who_want_them() -> None:
    for wish, expected in ((True, ["各项之和 1"]), (False, [])):
        async with editing(Path.cwd(), settings={"": {"inlayHints": wish}}) as editor:
            uri = editor.write(Path("报告.md"), BAD)
            await editor.diagnostics(uri)
            whole = types.Range(types.Position(0, 0), types.Position(10_000, 0))
            params = types.InlayHintParams(types.TextDocumentIdentifier(uri), whole)
            found = list(await editor.client.text_document_inlay_hint_async(params) or ())
            assert [hint.label for hint in found] == expected
            for hint in found:
                line = editor.texts[uri].split("\n")[hint.position.line]
                assert line[: hint.position.character].endswith("| 2")
