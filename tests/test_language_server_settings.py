"""The language server and what surrounds a text: configurations, the editor's settings, folders, rule files."""

from pathlib import Path

import pytest
from lsprotocol import types

from tests.command_line import own_place, run
from tests.editor import Editor, capabilities, editing, uri_of
from tests.own_pack import PACK, rule
from tests.test_language_server import BAD, GOOD, SILENT

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.asyncio, pytest.mark.long]

CONFIGURATION = Path("disclosure-lint.toml")
ZZ = rule(
    '[rule.pattern]\nforbid = ["青槐"]',
    '[[rule.example]]\nok = true\ntext = "无"\n[[rule.example]]\nfinds = ["ZZ001"]\ntext = "⟦青槐⟧"\n',
)
SUM = rule(
    '[rule.equation]\neach = "requests.columns"\nformula = "本年新收 + carried_in = sum(outcomes) + carried_out"',
    '[[rule.example]]\nok = true\nfacts = { "requests[new,natural]" = 0 }\n'
    '[[rule.example]]\nfinds = ["ZZ001"]\nfacts = { "requests[new,natural]" = 1 }\n',
)


def _messages(editor: Editor) -> list[str]:
    return [message.message for message in editor.client.messages]


def _row(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n")


async def _shows(editor: Editor, uri: str, *codes: str) -> None:
    await editor.until(lambda: [one.code for one in editor.client.diagnostics.get(uri, ())] == list(codes))


async def test_a_configuration_that_changes() -> None:
    CONFIGURATION.write_text('ignore = ["DL304"]\n', encoding="utf-8")
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), BAD)
        assert await editor.codes(uri) == []
        await editor.until(lambda: types.WORKSPACE_DID_CHANGE_WATCHED_FILES in editor.registered)
        editor.saved(CONFIGURATION, 'severity = { DL304 = "info" }\n')
        await _shows(editor, uri, "DL304")
        assert editor.client.diagnostics[uri][0].severity == types.DiagnosticSeverity.Information


async def test_a_broken_configuration_is_told_once_and_shown_at_its_place() -> None:
    CONFIGURATION.write_text('ignore = ["DL304"]\n', encoding="utf-8")
    place = uri_of(CONFIGURATION)
    async with editing(Path.cwd()) as editor:
        first, second = (editor.write(Path(name), BAD) for name in ("甲.md", "乙.md"))
        assert await editor.codes(first) == await editor.codes(second) == []
        editor.saved(CONFIGURATION, '\nignore = ["DL999"]\n')
        await editor.until(lambda: editor.client.diagnostics.get(place))
        (mistake,) = editor.client.diagnostics[place]
        assert (mistake.range.start.line, mistake.range.start.character) == (1, 10)
        assert "DL999" in mistake.message
        # What held before goes on holding, and one mistake is told once, whatever depends on it.
        editor.replace(first, BAD + "\n")
        editor.replace(second, BAD + "\n")
        assert await editor.codes(first) == await editor.codes(second) == []
        assert len(_messages(editor)) == 1
        editor.saved(CONFIGURATION, "")
        await _shows(editor, first, "DL304")
        await _shows(editor, second, "DL304")
        assert list(editor.client.diagnostics[place]) == []
        editor.saved(CONFIGURATION, 'ignore = ["DL999"]\n')
        await editor.until(lambda: len(_messages(editor)) == 2)


async def test_a_configuration_that_is_broken_from_the_start() -> None:
    CONFIGURATION.write_text("select = 3\n", encoding="utf-8")
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), BAD)
        assert await editor.codes(uri) == ["DL304"]
        assert len(_messages(editor)) == 1


async def test_a_configuration_is_judged_while_it_is_written() -> None:
    async with editing(Path.cwd()) as editor:
        uri = editor.write(CONFIGURATION, "ignore = []\n", "toml")
        assert await editor.diagnostics(uri) == []
        for text, column in (('ignore = ["DL3", "DL999"]\n', 17), ("ignore = [\n", 0), ("ingore = []\n", 0)):
            editor.replace(uri, text)
            (mistake,) = await editor.diagnostics(uri)
            assert mistake.range.start.character == column
        editor.replace(uri, 'ignore = ["DL301"]\n')
        assert await editor.diagnostics(uri) == []
        assert "**DL301** `requests-balance`" in await editor.hover(uri, "DL301", 1)


async def test_known_mistakes_are_not_shown() -> None:
    CONFIGURATION.write_text('baseline = "known.json"\n', encoding="utf-8")
    path, known = Path("报告.md"), Path("known.json")
    path.write_text(BAD, encoding="utf-8")
    assert run(["check", "--isolated", "--write-baseline", str(known), str(path)]).status == 0
    async with editing(Path.cwd()) as editor:
        uri = editor.open(path, BAD)
        assert await editor.codes(uri) == []
        editor.replace(uri, BAD.replace("本年度未收取信息处理费。", "无。"))
        assert await editor.codes(uri) == ["DL401"]
        editor.saved(known, "{")
        await editor.until(lambda: editor.client.diagnostics.get(uri_of(known)))
        editor.saved(known, '{"version": 1, "entries": []}')
        await _shows(editor, uri, "DL304", "DL401")


async def test_profiles() -> None:
    text = GOOD.replace("### （五）", "（待补充）\n\n### （五）")
    for profile, severity in (("draft", types.DiagnosticSeverity.Warning), ("review", types.DiagnosticSeverity.Error)):
        async with editing(Path.cwd(), settings={"": {"profile": profile}}) as editor:
            uri = editor.write(Path("报告.md"), text)
            await editor.until(lambda: [one.severity for one in editor.client.diagnostics.get(uri, ())] == [severity])  # noqa: B023
    async with editing(Path.cwd(), settings={"": {"profile": "sketch"}}) as editor:
        uri = editor.write(Path("报告.md"), text)
        await editor.until(lambda: any("sketch" in message for message in _messages(editor)))


async def test_excluded_files_are_left_alone() -> None:
    CONFIGURATION.write_text('exclude = ["drafts"]\n', encoding="utf-8")
    async with editing(Path.cwd()) as editor:
        assert await editor.codes(editor.write(Path("drafts/报告.md"), BAD)) == []
        assert await editor.codes(editor.write(Path("final/报告.md"), BAD)) == ["DL304"]


async def test_settings_of_the_editor() -> None:
    text = BAD.replace("本年度未收取信息处理费。", "无。")
    async with editing(Path.cwd(), settings={"": {"ignore": ["DL304"], "lang": "en"}}) as editor:
        uri = editor.write(Path("报告.md"), text)
        await _shows(editor, uri, "DL401")
        assert editor.client.diagnostics[uri][0].message.startswith("section 6")
        editor.client.set_configuration({"disclosure-lint": {"select": ["DL304"]}})
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await _shows(editor, uri, "DL304")


async def test_settings_that_the_editor_sends() -> None:
    options = {"disclosure-lint": {"ignore": ["DL304"]}}
    async with editing(Path.cwd(), able=capabilities(asks=False), options=options) as editor:
        uri = editor.write(Path("报告.md"), BAD)
        assert await editor.codes(uri) == []
        sent: dict[str, dict[str, list[str]]] = {"disclosure-lint": {"ignore": []}}
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(sent))
        await _shows(editor, uri, "DL304")


async def test_settings_that_cannot_be_used() -> None:
    wishes = {"region": "atlantis", "inlayHints": "yes", "lang": "fr", "unheard-of": 1}
    async with editing(Path.cwd(), settings={"": wishes}) as editor:
        uri = editor.write(Path("报告.md"), BAD)
        await editor.until(lambda: len(_messages(editor)) == 3)
        for word in ("atlantis", "disclosure-lint.inlayHints", "disclosure-lint.lang"):
            assert any(word in message for message in _messages(editor))
        await _shows(editor, uri, "DL304")


async def test_several_folders_each_with_its_own_rules() -> None:
    north, south = Path("north").absolute(), Path("south").absolute()
    for folder, codes in ((north, '["DL304"]'), (south, "[]")):
        folder.mkdir()
        (folder / "disclosure-lint.toml").write_text(f"ignore = {codes}\n", encoding="utf-8")
    settings = {uri_of(south): {"ignore": ["DL401"]}}
    text = BAD.replace("本年度未收取信息处理费。", "无。")
    async with editing(north, south, settings=settings) as editor:
        await _shows(editor, editor.write(north / "报告.md", text), "DL401")
        await _shows(editor, editor.write(south / "报告.md", text), "DL304")
        await _shows(editor, editor.write(Path("outside.md"), text), "DL304", "DL401")
        removed = types.WorkspaceFolder(uri_of(south), "south")
        event = types.WorkspaceFoldersChangeEvent(added=[], removed=[removed])
        editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        await _shows(editor, uri_of(south / "报告.md"), "DL304", "DL401")


async def test_the_language_of_the_command_line() -> None:
    async with editing(Path.cwd(), arguments=["--lang", "en"]) as editor:
        uri = editor.write(Path("报告.md"), SILENT)
        (found,) = await editor.diagnostics(uri)
        titles = [action.title for action in await editor.actions(uri, found.range)]
        assert "Ignore DL401 here" in titles
        assert "**DL401**" not in found.message
        assert "信息处理费" not in await editor.hover(uri, "二、主动公开政府信息情况", 1)


async def test_a_rule_pack_while_it_is_written() -> None:
    folder = Path("our").absolute()
    CONFIGURATION.write_text('packs = ["our"]\n', encoding="utf-8")
    folder.mkdir()
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    async with editing(Path.cwd()) as editor:
        uri = editor.write(folder / "own.toml", ZZ, "toml")
        assert await editor.diagnostics(uri) == []
        report = editor.write(Path("报告.md"), GOOD)
        assert "ZZ001" in await editor.codes(report)
        editor.replace(uri, ZZ.replace('severity = "warning"', 'severity = "wrong"').replace('"青槐"', '"("'))
        mistakes = await editor.diagnostics(uri)
        assert [one.range.start.line for one in mistakes] == [_row(ZZ, "severity")]
        editor.replace(uri, ZZ.replace('"青槐"', '"(青槐"'))
        (mistake,) = await editor.diagnostics(uri)
        assert mistake.range.start.line == _row(ZZ, "forbid")
        editor.replace(uri, ZZ + "[[")
        assert [one.range.start.line for one in await editor.diagnostics(uri)] == [ZZ.count("\n")]
        # The report is judged by what is saved.
        editor.replace(report, GOOD + "\n")
        assert "ZZ001" in await editor.codes(report)


async def test_a_broken_rule_pack_is_told_and_mended() -> None:
    CONFIGURATION.write_text('packs = ["own.toml"]\n', encoding="utf-8")
    pack = Path("own.toml").absolute()
    pack.write_text(ZZ.replace("warning", "wrong"), encoding="utf-8")
    async with editing(Path.cwd()) as editor:
        report = editor.write(Path("报告.md"), BAD)
        assert await editor.codes(report) == ["DL304"]
        await editor.until(lambda: editor.client.diagnostics.get(uri_of(pack)))
        assert editor.client.diagnostics[uri_of(pack)][0].range.start.line == _row(ZZ, "severity")
        assert len(_messages(editor)) == 1
        editor.saved(pack, ZZ)
        await editor.until(lambda: "ZZ001" in [one.code for one in editor.client.diagnostics[report]])
        assert list(editor.client.diagnostics[uri_of(pack)]) == []


async def test_a_pattern_that_never_ends_does_not_end_the_session() -> None:
    CONFIGURATION.write_text('packs = ["own.toml"]\n', encoding="utf-8")
    Path("own.toml").write_text(ZZ.replace('"青槐"', '"(?:.|..)+(?!)"'), encoding="utf-8")
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), BAD)
        assert await editor.codes(uri) == ["DL007", "DL304"]
        assert "ZZ001" in (await editor.diagnostics(uri))[0].message


async def test_examples_that_fail_are_shown_once_the_file_is_saved() -> None:
    text = SUM.replace(
        'finds = ["ZZ001"]\nfacts = { "requests[new,natural]" = 1 }',
        'ok = true\nfacts = { "requests[new,natural]" = 1 }',
    )
    text += '[[rule.example]]\nfinds = ["ZZ001"]\nfacts = { "requests[new,natural]" = 2 }\n'
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("own.toml"), text, "toml")
        failed = [one for one in await editor.diagnostics(uri) if one.severity == types.DiagnosticSeverity.Warning]
        assert [one.range.start.line for one in failed] == [
            _row(text, '[[rule.example]]\nok = true\nfacts = { "requests[new,natural]" = 1')
        ]
        editor.replace(uri, text + "# …")
        assert await editor.diagnostics(uri) == []


async def test_hover_over_what_a_rule_names() -> None:
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("own.toml"), SUM, "toml")
        said = await editor.hover(uri, "requests[new,natural]", 11)
        assert "一、本年新收政府信息公开申请数量" in said
        assert "自然人" in said
        assert "`new`" in await editor.hover(uri, "本年新收 +", 1)
        assert "上年结转" in await editor.hover(uri, "carried_in", 3)
        said = await editor.hover(uri, "outcomes", 3)
        assert "予以公开" in said
        assert "属于国家秘密" in said
        assert await editor.hover(uri, "summary") == ""
