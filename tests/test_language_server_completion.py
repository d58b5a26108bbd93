"""What the language server offers while somebody types in rule files and configurations, which seldom parse then."""

from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from disclosure_lint.lsp.toml_names import FORMATS
from disclosure_lint.lsp.toml_place import typed_place
from disclosure_lint.model.source import Source
from disclosure_lint.packs.sources import shipped_rules
from disclosure_lint.packs.toml_files import Keys, parse_toml
from disclosure_lint.settings.keys import KEYS
from tests.command_line import own_place, run
from tests.editor import Editor, editing, offset, position
from tests.own_pack import PACK, rule

__all__ = ["own_place"]

RULE = '[[rule]]\ncode = "ZZ001"\n'
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]


class Offered:
    """What is offered where `|` stands in a text."""

    def __init__(self, text: str, items: list[types.CompletionItem]):
        self._text = text
        self.items = {item.label: item for item in items}

    @property
    def labels(self) -> list[str]:
        """The choices, best first."""
        return [item.label for item in sorted(self.items.values(), key=lambda item: item.sort_text or "")]

    def detail(self, label: str) -> str:
        """Returns what a choice is said to be."""
        return self.items[label].detail or ""

    def accepted(self, label: str) -> str:
        """Returns the text with a choice taken."""
        edit = self.items[label].text_edit
        assert isinstance(edit, types.TextEdit)
        start, end = offset(self._text, edit.range.start), offset(self._text, edit.range.end)
        return self._text[:start] + edit.new_text + self._text[end:]


async def offered(editor: Editor, path: Path | str, text: str) -> Offered:
    """Opens a text and asks for what may stand at its `|`."""
    at = text.index("|")
    text = text.replace("|", "", 1)
    uri = editor.open(Path(path).absolute(), text, "toml")
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), position(text, at))
    found = await editor.client.text_document_completion_async(params)
    editor.close(uri)
    assert isinstance(found, list)
    return Offered(text, found)


CONFIGURATION = "disclosure-lint.toml"
CONFIGURATIONS = [
    # what is typed, what is among the choices and what it is, the text with that choice
    ("|", "select", "只查这些", "select = "),
    ('fa|\nlang = "zh"\n', "fail-on", "算不合格", 'fail-on = \nlang = "zh"\n'),
    ("fail-on = |", "warning", "", 'fail-on = "warning"'),
    ('lang = "|"', "en", "", 'lang = "en"'),
    ('lang = "|\n\nselect = ["DL3"]', "en", "", 'lang = "en"\n\nselect = ["DL3"]'),
    ("convert = t|", "true", "", "convert = true"),
    ('ignore = ["DL301", "|', "DL304", "表四每一块", 'ignore = ["DL301", "DL304"'),
    ("ignore = |", "review-total", "表四每一块", 'ignore = ["review-total"]'),
    ("ignore = [\n  |\n]\n", "DL304", "表四每一块", 'ignore = [\n  "DL304"\n]\n'),
    ("ignore = [\n[severity]\n|", "DL304", "表四每一块", "ignore = [\n[severity]\nDL304 = "),
    ("[severity]\nDL304 = '|'", "info", "", "[severity]\nDL304 = 'info'"),
    ('severity = { DL304 = "o|', "off", "", 'severity = { DL304 = "off"'),
    ("[se|]", "[severity]", "改变轻重", "[severity]"),
    ("[|", "[[accept]]", "不再报", "[[accept]]"),
    ('[[accept]]\npath = "x"\n|', "reason", "为什么", '[[accept]]\npath = "x"\nreason = '),
    (
        '[[accept]]\ncell = "requests[gr|]"',
        "requests[granted,total]",
        "表三「（一）予以公开」的「总计」",
        '[[accept]]\ncell = "requests[granted,total]"',
    ),
    ('[[accept]]\nsection = "|', "problems", "五、存在的主要问题及改进情况", '[[accept]]\nsection = "problems"'),
    ('form = "|"', "2021", "格式", 'form = "2021"'),
    ('region = "|"', "auto", "机关所在地", 'region = "auto"'),
    ("profile = |", "draft", "起草", 'profile = "draft"'),
    ('[per-file-ignores]\n"a/*" = [|]', "DL304", "表四每一块", '[per-file-ignores]\n"a/*" = ["DL304"]'),
    ('trusted = ["|', "requests[new,total]", "本年新收", 'trusted = ["requests[new,total]"'),
]


@pytest.mark.asyncio
async def test_configurations() -> None:
    async with editing(Path.cwd()) as editor:
        for text, label, detail, result in CONFIGURATIONS:
            found = await offered(editor, CONFIGURATION, text)
            assert label in found.labels, text
            assert detail in found.detail(label)
            assert found.accepted(label) == result


@pytest.mark.asyncio
async def test_every_key_of_the_configuration_is_offered_with_what_it_means() -> None:
    for lang in ("zh", "en"):
        async with editing(Path.cwd(), arguments=["--lang", lang]) as editor:
            found = await offered(editor, CONFIGURATION, 'lang = "en"\n|')
            assert found.labels == [name for name in KEYS if name != "lang"]
            assert all(found.detail(name) == KEYS[name].meaning.text(lang) for name in found.labels)


@pytest.mark.asyncio
async def test_pyproject_is_ours_in_one_table_only() -> None:
    async with editing(Path.cwd()) as editor:
        for text in ("|", "[project]\n|", '[project]\nname = "|"', "[tool]\n|", "[tool.other]\nselect = [|]"):
            assert (await offered(editor, "pyproject.toml", text)).labels == []
        found = await offered(editor, "pyproject.toml", "[tool.dis|]\n")
        assert found.accepted("[tool.disclosure-lint]") == "[tool.disclosure-lint]\n"
        found = await offered(editor, "pyproject.toml", "[project]\nname = \n[tool.disclosure-lint]\nign|")
        assert found.accepted("ignore").endswith("[tool.disclosure-lint]\nignore = ")


@pytest.mark.asyncio
async def test_a_configuration_offers_the_rules_of_its_packs() -> None:
    Path(CONFIGURATION).write_text('packs = ["own.toml"]\n', encoding="utf-8")
    finds = '[[rule.example]]\nok = true\ntext = "无"\n[[rule.example]]\nfinds = ["ZZ001"]\ntext = "⟦青槐⟧"\n'
    Path("own.toml").write_text(rule('[rule.pattern]\nforbid = ["青槐"]', finds), encoding="utf-8")
    async with editing(Path.cwd()) as editor:
        found = await offered(editor, CONFIGURATION, 'packs = ["own.toml"]\nignore = ["|')
        assert "ZZ001" in found.labels


RULES = [
    ("|", "rule", "规则", "[[rule]]"),
    ("[[ru|]]", "[[rule]]", "规则", "[[rule]]"),
    (RULE + "[ru|", "[rule.equation]", "等式", RULE + "[rule.equation]"),
    (RULE + "sev|", "severity", "严重程度", RULE + "severity = "),
    (RULE + "severity = |", "error", "", RULE + 'severity = "error"'),
    (RULE + "equ|", "equation", "等式", RULE + "[rule.equation]"),
    (RULE + "summary = |", '{ zh = "", en = "" }', "要求什么", RULE + 'summary = { zh = "", en = "" }'),
    (RULE + "law = [|]", '{ document = "", clause = "" }', "依据", RULE + 'law = [{ document = "", clause = "" }]'),
    (RULE + 'law = [{ document = "x", |', "clause", "第几条", RULE + 'law = [{ document = "x", clause = '),
    (RULE + '[rule.equation]\nformula = "new + ca|"\neach = "requests.columns"\n', "carried_in", "上年结转", None),
    (RULE + '[rule.equation]\nformula = "x|\neach = "requests.columns"', "outcomes", "一组", None),
    (
        RULE + '[rule.equation]\nformula = "1 = requests[gr|]"',
        "requests[granted,total]",
        "予以公开",
        RULE + '[rule.equation]\nformula = "1 = requests[granted,total]"',
    ),
    (
        RULE + "[rule.equation]\neach = |",
        "requests.columns",
        "每一列",
        RULE + '[rule.equation]\neach = "requests.columns"',
    ),
    (RULE + '[rule.cells]\ntables = ["|"]', "requests", "表三", RULE + '[rule.cells]\ntables = ["requests"]'),
    (RULE + "[rule.section]\nfind = |", "missing", "", RULE + '[rule.section]\nfind = "missing"'),
    (
        RULE + '[rule.pattern]\nsection = "|',
        "other",
        "六、其他需要报告的事项",
        RULE + '[rule.pattern]\nsection = "other"',
    ),
    (
        '[[vocabulary]]\nid = "fee"\n' + RULE + '[rule.statement]\nvocabulary = "|"',
        "fee",
        "",
        '[[vocabulary]]\nid = "fee"\n' + RULE + '[rule.statement]\nvocabulary = "fee"',
    ),
    (RULE + "[[rule.example]]\nok = |", "true", "", RULE + "[[rule.example]]\nok = true"),
    (RULE + "[[rule.example]]\nfinds = |", "ZZ001", "", RULE + '[[rule.example]]\nfinds = ["ZZ001"]'),
    (
        RULE + '[[rule.example]]\nfacts = { "requests[ne|',
        "requests[new,natural]",
        "本年新收",
        RULE + '[[rule.example]]\nfacts = { "requests[new,natural]" = ',
    ),
    (
        RULE + '[[rule.example]]\nfacts = { "requests[|]" = 3 }',
        "requests[new,natural]",
        "本年新收",
        RULE + '[[rule.example]]\nfacts = { "requests[new,natural]" = 3 }',
    ),
]


@pytest.mark.asyncio
async def test_rule_files() -> None:
    Path("our").mkdir()
    Path("our/pack.toml").write_text(PACK, encoding="utf-8")
    async with editing(Path.cwd()) as editor:
        for text, label, detail, result in RULES:
            found = await offered(editor, "our/own.toml", text)
            assert label in found.labels, text
            assert detail in found.detail(label)
            if result:
                assert found.accepted(label) == result


@pytest.mark.asyncio
async def test_what_is_there_or_excluded_is_not_offered_again() -> None:
    Path("our").mkdir()
    Path("our/pack.toml").write_text(PACK, encoding="utf-8")
    async with editing(Path.cwd()) as editor:
        labels = (
            await offered(editor, "our/own.toml", RULE + '|\nname = "x"\n[rule.pattern]\nforbid = ["x"]\n')
        ).labels
        assert {"severity", "example"} <= set(labels)
        # Of kinds of check a rule has one.
        assert not {"code", "name", "pattern", "equation"} & set(labels)
        labels = (await offered(editor, "our/own.toml", RULE + "[[rule.example]]\nok = true\n|")).labels
        assert not {"ok", "finds"} & set(labels)
        # The next rule may be of any kind.
        two = RULE + "[rule.pattern]\nforbid = []\n[[rule]]\n|"
        assert "equation" in (await offered(editor, "our/own.toml", two)).labels


@pytest.mark.asyncio
async def test_other_files_of_a_pack() -> None:
    Path("our/forms").mkdir(parents=True)
    Path("our/pack.toml").write_text(PACK, encoding="utf-8")
    async with editing(Path.cwd()) as editor:
        found = await offered(editor, "our/pack.toml", '[[change]]\ncode = "|')
        assert found.accepted("DL304") == '[[change]]\ncode = "DL304"'
        found = await offered(editor, "our/pack.toml", "[[alias]]\nsection = |")
        assert found.detail("overview") == "一、总体情况"
        assert "side_by_side" in (await offered(editor, "our/forms/2030.toml", "[[form.table]]\n|")).labels
        single = '#:schema ./single.schema.json\n[[rule]]\ncode = "ZZ001"\n[pack]\n|'
        assert "title" in (await offered(editor, "own.toml", single)).labels


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "text",
    [
        "# sel|",
        'lang = "zh" |',
        "lang |",
        "select = [] # |",
        "nothing = |",
        "[nothing]\n|",
        'baseline = """\n[|',
        "max-undetermined = |",
    ],
)
async def test_where_nothing_is_known_nothing_is_offered(text: str) -> None:
    async with editing(Path.cwd()) as editor:
        assert (await offered(editor, CONFIGURATION, text)).labels == []


_PIECES = st.lists(
    st.sampled_from(
        ['"', "'", '"""', "[", "]", "{", "}", "=", ",", ".", "\n", "\r\n", " ", "#", "\\", "a", "b-1", "中"]
    ),
    max_size=30,
).map("".join)


@given(_PIECES, st.data())
def test_any_text_can_be_typed_in(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    place = typed_place(text, at)
    if place:
        assert place.span.start <= at <= place.span.end <= len(text)
        assert "\n" not in text[place.span.start : place.span.end]
        assert text[:at].endswith(place.word)


@given(_PIECES)
def test_what_is_broken_above_does_not_reach_below_a_header(broken: str) -> None:
    text = broken.replace('"""', '"') + "\n[rule.pattern]\nsection = "
    if "'''" in text or '"""' in text:
        return
    place = typed_place(text, len(text))
    assert place is not None
    assert place.keys == ("rule", "pattern", "section")


_LONG = ["a.", "[[vocabulary]]\n", '"""', "[", "{ a = ", "\n \t", "a=", "'", "[a]\n", "[a.", "a.\n", "\nx = [\n", '"\\']


@pytest.mark.parametrize("piece", _LONG)
def test_a_long_file_takes_work_in_proportion_to_its_length(piece: str) -> None:
    def work(count: int) -> float:
        before = process_time()
        for part in (1, 2):
            typed_place(piece * count, len(piece) * count // part)
        return process_time() - before

    assert work(16_000) < 6 * work(4_000) + 0.2


def test_formats_of_the_schemas_are_such_as_can_be_offered() -> None:
    """What a schema calls a code, an editor must offer."""
    for sort in ("rule", "pack", "form", "single"):
        schema = run(["rules", "schema", sort]).stdout
        for line in schema.splitlines():
            if '"format": ' in line:
                assert line.split('"')[3] in FORMATS


def _ways(value: Any, way: Keys = ()) -> Iterator[Keys]:
    """Yields the keys that lead to each value within another."""
    for key, inside in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield (*way, key)
        yield from _ways(inside, (*way, key))


@pytest.mark.parametrize("path", sorted(shipped_rules().rglob("*.toml")), ids=lambda path: path.stem)
def test_the_place_in_a_whole_file_is_that_of_the_parser(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    source, file = Source("", text), parse_toml(str(path), text.encode())
    ways = [way for way in _ways(file.data) if isinstance(way[-1], str)]
    for way in ways[:: len(ways) // 40 + 1]:
        line, column = file.positions.key(way)
        at = source.line_span(line).start + column - 1
        word = str(way[-1])
        if not text.startswith(word, at) or text[source.line_span(line).start] == "[":
            continue  # quoted, or in a header
        place = typed_place(text, at + len(word))
        assert place is not None
        assert (place.kind, place.word) == ("key", word)
        assert (*place.keys, word) == tuple(key for key in way if isinstance(key, str))
