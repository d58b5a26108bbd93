"""Settings: configuration files, the command line over them, and the choice of rules."""

from pathlib import Path

import pytest

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.result import AcceptedFinding
from disclosure_lint.packs.toml_files import TomlFile, parse_toml
from disclosure_lint.settings import Settings
from disclosure_lint.settings.files import Search, load
from disclosure_lint.settings.model import Override, overridden
from disclosure_lint.settings.validation import ValidationContext

_NOTHING = LocalizedText("", "")
_KNOWN = ValidationContext(("DL301", "DL302", "DL401", "DL801"), ("balance", "total", "fee", "marks"), ("2021", "2019"))


def _load(folder: Path, text: str, name: str = "disclosure-lint.toml") -> Settings:
    (folder / name).write_text(text, encoding="utf-8")
    return load(folder / name, _KNOWN, parse_toml)


def test_everything_that_a_file_may_say(tmp_path: Path) -> None:
    settings = _load(
        tmp_path,
        """
select = ["DL3", "fee"]
ignore = ["DL302"]
extend-select = ["DL8"]
form = "2019"
region = "none"
fail-on = "warning"
max-undetermined = 2
lang = "en"
exclude = ["old/**"]
baseline = "../known.json"
accept = [{ path = "a/*.txt", codes = ["DL4"], cell = "x", section = "y", reason = "z" }]
[severity]
DL301 = "info"
marks = "off"
[per-file-ignores]
"*.txt" = ["DL4"]
""",
    )
    assert settings == Settings(
        select=("DL3", "fee"),
        ignore=("DL302",),
        extend_select=("DL8",),
        severity={"DL301": Severity.info, "marks": Severity.off},
        form="2019",
        region="none",
        fail_on=Severity.warning,
        max_undetermined=2,
        lang="en",
        exclude=("old/**",),
        per_file_ignores={"*.txt": ("DL4",)},
        root=tmp_path.as_posix(),
        file=(tmp_path / "disclosure-lint.toml").as_posix(),
        baseline=(tmp_path.parent / "known.json").as_posix(),
        accept=(AcceptedFinding("a/*.txt", ("DL4",), "z", "x", "y"),),
    )


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ('selct = ["DL3"]', 1, 1, "没有“selct”这个配置项，是不是“select”？"),
        ('\nlang = "zh"\nfail_on = "error"', 3, 1, "是不是“fail-on”？"),
        ('zzz = 1', 1, 1, "没有“zzz”这个配置项"),
        ('select = "DL3"', 1, 1, "列表"),
        ('select = [\n  "DL3",\n  "DL9",\n]', 3, 3, "没有代码或名称为“DL9”的规则"),
        ('ignore = ["DL301", ""]', 1, 20, "不空的文字"),
        ('ignore = ["balence"]', 1, 11, "是不是“balance”？"),
        ('ignore = [3]', 1, 11, "文字"),
        ('[severity]\nDL301 = "fatal"', 2, 1, '"error" / "warning" / "info" / "off"'),
        ('severity = { DL999 = "info" }', 1, 14, "DL999"),
        ('severity = "info"', 1, 1, "一张表"),
        ('form = "2020"', 1, 1, "可用的有：auto、2021、2019"),
        ('form = 2021', 1, 1, "加引号"),
        ('region = "henan"', 1, 1, "没有“henan”这个地区的规则包；可写 auto、none"),
        ('fail-on = "off"', 1, 1, '"error" / "warning" / "info"'),
        ('max-undetermined = -1', 1, 1, "不小于 0"),
        ('max-undetermined = true', 1, 1, "不小于 0"),
        ('lang = "fr"', 1, 1, '"zh" / "en"'),
        ('[per-file-ignores]\n"*.md" = ["DL3", "XX"]', 2, 18, "XX"),
        ('a = [', 1, 6, "TOML"),
        ('a = 1\na = 2', 2, 6, "写了两次"),
    ],
)  # fmt: skip
def test_mistakes_have_a_place(tmp_path: Path, text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(UserError) as caught:
        _load(tmp_path, text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.path is not None
    assert caught.value.path.endswith("disclosure-lint.toml")
    assert words in caught.value.message


def test_mistakes_in_english(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text('selct = ["DL3"]')
    with pytest.raises(UserError, match=r"unknown key “selct”; did you mean “select”\?"):
        load(tmp_path / "c.toml", _KNOWN._replace(lang="en"), parse_toml)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_bytes("lang = 'zh'\n# 说明".encode("gbk"))
    with pytest.raises(UserError, match="UTF-8") as caught:
        load(tmp_path / "c.toml", _KNOWN, parse_toml)
    assert caught.value.line == 2
    with pytest.raises(UserError, match="读不了"):
        load(tmp_path / "none.toml", _KNOWN, parse_toml)


def test_the_table_in_pyproject(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.disclosure-lint]\nselect = ["DL3"]\n'
    assert _load(tmp_path, text, "pyproject.toml").select == ("DL3",)
    with pytest.raises(UserError) as caught:
        _load(tmp_path, text + 'lang = "fr"\n', "pyproject.toml")
    assert (caught.value.line, caught.value.column) == (5, 1)


class _Folders:
    """A tree of folders with configuration files, and what is read of them."""

    def __init__(self, root: Path, files: dict[str, str]):
        self.root = root
        self.parsed: list[str] = []
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)

    def parse(self, path: str, data: bytes) -> TomlFile:
        self.parsed.append(path)
        return parse_toml(path, data)


def test_the_nearest_file_upwards_holds(tmp_path: Path) -> None:
    folders = _Folders(
        tmp_path,
        {
            "disclosure-lint.toml": 'select = ["DL3"]',
            "a/pyproject.toml": '[project]\nname = "disclosure-lint-of-others"\n',
            "a/b/pyproject.toml": '[tool.disclosure-lint]\nselect = ["DL4"]\n',
            "a/b/c/disclosure-lint.toml": 'select = ["DL8"]',
            "a/b/c/pyproject.toml": '[tool.disclosure-lint]\nselect = ["DL4"]\n',
            "z/pyproject.toml": "not TOML at all",
        },
    )
    search = Search(_KNOWN, folders.parse, Override())
    expected = {".": "DL3", "a": "DL3", "a/b": "DL4", "a/b/c": "DL8", "a/b/c/d": "DL8", "z": "DL3"}
    for folder, code in expected.items():
        assert search.settings(str(tmp_path / folder)).select == (code,), folder
    read = len(folders.parsed)
    assert search.settings(str(tmp_path / "a/b/c/d")).root == (tmp_path / "a/b/c").as_posix()
    assert len(folders.parsed) == read


def test_a_pyproject_that_mentions_us_must_be_toml(tmp_path: Path) -> None:
    folders = _Folders(tmp_path, {"pyproject.toml": "[tool.disclosure-lint\n"})
    with pytest.raises(UserError, match="TOML"):
        Search(_KNOWN, folders.parse, Override()).settings(str(tmp_path))


def test_fixed_settings_look_for_no_file(tmp_path: Path) -> None:
    folders = _Folders(tmp_path, {"disclosure-lint.toml": "wrong"})
    search = Search(_KNOWN, folders.parse, Override(lang="en"), fixed=Settings())
    assert search.settings(str(tmp_path)) == Settings(lang="en")


def test_no_toml_is_parsed_where_there_is_no_file(tmp_path: Path) -> None:
    folders = _Folders(tmp_path, {"pyproject.toml": "[project]\n"})
    settings = Search(_KNOWN, folders.parse, Override()).settings(str(tmp_path))
    # Above the temporary folder there may be files of the machine's own.
    assert settings == Settings() or folders.parsed


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        (Override(), Settings(select=("DL3",), ignore=("DL301",), extend_select=("DL8",))),
        (Override(select=("DL4",)), Settings(select=("DL4",))),
        (
            Override(ignore=("DL302",)),
            Settings(select=("DL3",), ignore=("DL301", "DL302"), extend_select=("DL8",)),
        ),
        (Override(extend_select=("DL3",)), Settings(select=("DL3",), extend_select=("DL8", "DL3"))),
        (Override(extend_select=("DL4",)), Settings(("DL3",), ("DL301",), ("DL8", "DL4"))),
    ],
)
def test_the_command_line_over_a_choice_of_codes(override: Override, expected: Settings) -> None:
    assert overridden(Settings(select=("DL3",), ignore=("DL301",), extend_select=("DL8",)), override) == expected


def test_the_command_line_over_other_settings() -> None:
    settings = Settings(form="2019", region="none", fail_on=Severity.info, max_undetermined=3, lang="en")
    assert overridden(settings, Override()) == settings
    override = Override(form="2021", region="auto", fail_on=Severity.error, max_undetermined=0, lang="zh")
    changed = overridden(settings, override)
    assert changed == Settings(form="2021", region="auto", fail_on=Severity.error, max_undetermined=0, lang="zh")
