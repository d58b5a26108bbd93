"""`new`: an empty report to fill in; a file that is there stays as it is."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import CommandParser, whole_number
from disclosure_lint.cli.failures import Failures
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.rewriting import RewriteError, create
from disclosure_lint.cli.run_config import Linters, RunConfig, run_config
from disclosure_lint.cli.streams import opened
from disclosure_lint.drafting.draft import Begun, Draft, begin, title_of
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.errors import UserError
from disclosure_lint.outputs.console import tell

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
"""Of those that a title is searched for."""
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')
FORMATS = {"markdown": ".md", "docx": ".docx"}
"""Each with the suffix that its files get."""
_SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".docx": "docx"}
_STANDARD_OUTPUT = "-"


class Target(NamedTuple):
    """What is to be written."""

    path: str | None
    """None for standard output."""
    format: str

    @property
    def folder(self) -> str:
        """The folder whose configuration holds."""
        return str(Path(self.path or "").parent)


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 0, or 2 if a plugin could not say whether its pack is for the authority; writes the report."""
    parser = _arguments(say)
    options, paths = parser.parse(words)
    if options.agency is None or options.year is None:
        parser.error(say("要写 --agency 机关名称 和 --year 年度", "--agency NAME and --year YEAR are needed"))
    if len(paths) > 1:
        parser.error(say("只能写一个输出文件", "there can be only one output"))
    agency = options.agency.strip()
    _demand_name(agency, parser)
    _demand_year(options.year, parser)
    target = target_of(paths[0] if paths else None, title_of(agency, options.year), options.format, parser)
    begun = _begun(run_config(options), agency, options.year, target, say)
    _demand_title(begun, agency, parser)
    failures = Failures()
    for failure in begun.choice.failures:
        failures.caught(failure)
    _warn(begun, options.year, say)
    write(target, begun.draft, say, force=options.force)
    if target.path is not None:
        _tell(target.path, begun, say)
    failures.say(say)
    return 2 if failures else 0


def _arguments(say: Translator) -> CommandParser:
    parser = CommandParser(
        "disclosure-lint new",
        say("--agency 机关 --year 年度 [选项] [输出文件]", "--agency NAME --year YEAR [OPTIONS] [OUTPUT]"),
        say(
            "按法定格式写一份空白年报：标题、各部分、全部表格；要写文字的地方有【填写…】，数字格空着。"
            "不写输出文件时，写在当前文件夹，文件名同标题；- 是标准输出。",
            "Writes an empty report by the statutory form: title, sections, all tables; 【填写…】 marks words to be "
            "written, cells of numbers are blank. By default it is named like its title; - is standard output.",
        ),
        say,
    )
    parser.add_argument(
        "--agency", metavar="NAME", help=say("机关全称，如 某县青山镇人民政府", "the authority's full name")
    )
    parser.add_argument(
        "--year",
        metavar="YEAR",
        help=say("年报的年度，如 2025", "the report's year, like 2025"),
        type=whole_number(say),
    )
    zh, en = "文件格式，默认看输出文件的后缀", "format of the file, by default that of the output's suffix"
    parser.add_argument("--format", choices=tuple(FORMATS), help=say(zh, en))
    sources.add_form(parser, say)
    zh, en = "用哪个地区的规则包，默认看机关名称", "the regional pack, by default that of the authority"
    parser.add_argument("--region", metavar="NAME|auto|none", help=say(zh, en))
    parser.add_argument(
        "--force", action="store_true", help=say("已有同名文件时覆盖它", "replace a file that is there")
    )
    configuration = parser.add_argument_group(say("配置", "configuration"))
    sources.add_configuration(configuration, say)
    return parser


def target_of(output: str | None, title: str, output_format: str | None, parser: CommandParser) -> Target:
    """Returns where to write, by what the command line names; in a folder, or if nothing is named, by the title."""
    say = parser.say
    if output == _STANDARD_OUTPUT:
        if output_format == "docx":
            parser.error(say("Word 文件不能写到标准输出，请写一个文件名", "a Word file needs the name of a file"))
        return Target(None, "markdown")
    if output is None or Path(output).is_dir():
        output_format = output_format or "markdown"
        return Target(str(Path(output or "") / (title + FORMATS[output_format])), output_format)
    known = _SUFFIXES.get(Path(output).suffix.lower())
    if known is None:
        zh = f"从“{output}”的后缀看不出格式；请写 .md 或 .docx"
        parser.error(say(zh, f"the suffix of “{output}” tells no format; write .md or .docx"))
    if output_format not in (None, known):
        zh = f"--format {output_format} 和“{output}”的后缀不一致"
        parser.error(say(zh, f"--format {output_format} and the suffix of “{output}” differ"))
    return Target(output, known)


def write(target: Target, draft: Draft, say: Translator, *, force: bool) -> None:
    """Writes the report; raises UserError if that cannot be done, or if a file is there and is not to be replaced."""
    path = target.path
    if path is None:
        with opened(None, say) as output:
            output.write(draft.text())
        return
    try:
        create(path, _data(target.format, draft), replace=force)
    except FileExistsError:
        zh, en = "已经有这个文件，没有改动；要覆盖请加", "the file exists and was left as it is; to replace it, add"
        raise UserError(f"{say(zh, en)} --force", path) from None
    except FileNotFoundError:
        raise UserError(say("没有这个文件夹，请先建立", "there is no such folder; make it first"), path) from None
    except RewriteError as error:
        raise UserError(error.words.text(say.lang), path) from None
    except OSError as error:
        said = error.strerror or str(error)
        raise UserError(say(f"写不进去：{said}", f"cannot write it: {said}"), path) from None


def _demand_name(agency: str, parser: CommandParser) -> None:
    say = parser.say
    if not agency:
        parser.error(say("--agency：机关名称是空的", "--agency: the name is empty"))
    if not agency.isprintable() or set(agency) & _NOT_IN_NAMES:
        shown = escape_controls(agency)
        zh = f"--agency：“{shown}”里有机关名称不会有的符号"
        parser.error(say(zh, f"--agency: “{shown}” has signs that no name of an authority has"))


def _demand_year(year: int, parser: CommandParser) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        zh = f"--year：“{year}”不像年报的年度，请写四位数，如 2025"
        parser.error(parser.say(zh, f"--year: “{year}” is no year of a report, like 2025"))


def _begun(asked: RunConfig, agency: str, year: int, target: Target, say: Translator) -> Begun:
    """Returns the report, made for the rules by which a check would judge the file."""
    linters = Linters(say, use_cache=asked.use_cache)
    settings = sources.settings_for(linters, asked, say, target.folder)
    linter = linters.of(settings.packs)
    begun = begin(linter, agency, year, settings)
    if begun.report.known_form:
        return begun
    # Of a year without a form a report is written as that form has it, which is said.
    nearest = begin(linter, agency, year, settings._replace(form=begun.report.form.id))
    return nearest._replace(report=nearest.report._replace(known_form=False))


def _demand_title(begun: Begun, agency: str, parser: CommandParser) -> None:
    if not begun.is_of(agency):
        zh = f"--agency：从标题里认不出“{agency}”，请写机关全称，不写“本机关”“关于”一类的字样"
        en = f"--agency: “{agency}” is not recognised in the title; give the full name of the authority"
        parser.error(parser.say(zh, en))


def _warn(begun: Begun, year: int, say: Translator) -> None:
    if not begun.report.known_form:
        form = begun.report.form.id
        zh = f"提示：不知道 {year} 年度的年报用哪种格式，先按 {form} 年的格式写；请核对年度"
        en = f"note: no form is known for the reports of {year}; the form of {form} was used. Check the year"
        tell(say(zh, en))


def _tell(path: str, begun: Begun, say: Translator) -> None:
    form, region, path = begun.report.form.id, begun.choice.region, escape_controls(path)
    zh, en = (f"，规则包 {region}", f", pack {region}") if region else ("", "")
    with opened(None, say) as output:
        zh = f"写好了 {path}（{form} 年格式{zh}）\n填完后检查：disclosure-lint check {path}\n"
        en = f"wrote {path} (form of {form}{en})\nwhen it is filled in: disclosure-lint check {path}\n"
        output.write(say(zh, en))


def _data(output_format: str, draft: Draft) -> bytes:
    if output_format == "markdown":
        return draft.text().encode()
    # Only for those who ask for a Word file.
    from disclosure_lint.drafting.word import word_file

    return word_file(draft)
