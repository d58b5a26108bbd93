"""What all plugins together offer: built-in packs, checks and readers come through the same door as strangers' ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure_lint.checks.cells import CellsCheck
from disclosure_lint.checks.claim import ClaimCheck
from disclosure_lint.checks.division import DivisionCheck
from disclosure_lint.checks.equation import EquationCheck
from disclosure_lint.checks.heading import HeadingCheck
from disclosure_lint.checks.input import InputCheck
from disclosure_lint.checks.pattern import PatternCheck
from disclosure_lint.checks.section import SectionCheck
from disclosure_lint.checks.statement import StatementCheck
from disclosure_lint.extensions.discovery import EntryPoint, entry_points
from disclosure_lint.extensions.hooks import HOOKS, PROJECT, DocumentHooks
from disclosure_lint.model.document import Reader
from disclosure_lint.model.errors import PluginError, UserError
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.output import OutputFormat
from disclosure_lint.outputs.formats import BUILT_IN
from disclosure_lint.packs.locate import shipped_rules
from disclosure_lint.readers.docx import DocxReader
from disclosure_lint.readers.html import HtmlReader
from disclosure_lint.readers.lines import LineReader
from disclosure_lint.readers.pdf import PdfReader

if TYPE_CHECKING:
    from disclosure_lint.extensions.registration import Implementation


class BuiltIn:
    """What ships with the tool."""

    def rule_packs(self) -> list[Path]:
        """The national pack."""
        return [shipped_rules()]

    def check_kinds(self) -> list[CheckKind]:
        """The kinds of check that the national pack names, and others may."""
        kinds = (
            InputCheck,
            SectionCheck,
            HeadingCheck,
            CellsCheck,
            EquationCheck,
            ClaimCheck,
            StatementCheck,
            PatternCheck,
        )
        return [*(kind() for kind in kinds), DivisionCheck()]

    def document_readers(self) -> list[Reader]:
        """Word files, PDF, web pages, plain text, Markdown; the last one refuses what none of the others wanted."""
        return [DocxReader(), PdfReader(), HtmlReader(), LineReader()]

    def output_formats(self) -> list[OutputFormat]:
        """The formats of the contract."""
        return list(BUILT_IN)


_BUILT_IN = BuiltIn()


class Plugins:
    """What all plugins together offer."""

    def __init__(self, strangers: Mapping[str, Sequence[Implementation]]):
        """Takes by hook what plugins that do not ship with the tool implement, in the order in which they are asked."""
        self._strangers = strangers

    def packs(self) -> dict[Path, str | None]:
        """Returns the folders of all rule packs, the national one first, each with its plugin's name."""
        offered = [(Path(folder), plugin) for plugin, folder in self._offered("rule_packs")]
        return dict([*((folder, None) for folder in _BUILT_IN.rule_packs()), *reversed(offered)])

    def checks(self) -> dict[str, CheckKind]:
        """Returns all kinds of check by name; UserError if two plugins offer one name."""
        return self._named(
            "check_kinds", "GuardedCheck", _BUILT_IN.check_kinds(), "kind", ("检查种类", "kind of check")
        )

    def outputs(self) -> dict[str, OutputFormat]:
        """Returns all output formats by name; UserError if two plugins offer one name."""
        return self._named(
            "output_formats", "GuardedFormat", _BUILT_IN.output_formats(), "name", ("输出格式", "output format")
        )

    def readers(self) -> list[Reader]:
        """Returns all readers in the order in which they are tried."""
        return [*self._wrapped("document_readers", "GuardedReader"), *_BUILT_IN.document_readers()]

    def document_hooks(self) -> DocumentHooks:
        """Returns what plugins want to be asked and told for each document."""
        if not any(self._strangers.get(hook) for hook in ("regions", "report_bound", "diagnostics_ready")):
            return DocumentHooks()
        from disclosure_lint.extensions.proxies import guarded_change, guarded_observer

        bound, ready = self._strangers["report_bound"], self._strangers["diagnostics_ready"]
        return DocumentHooks(
            tuple(self._wrapped("regions", "guarded_region")),
            tuple(guarded_observer(one.plugin, one.call) for one in bound),
            tuple(guarded_change(one.plugin, one.call) for one in ready),
        )

    def _named(
        self, hook: str, guard: str, built_in: Sequence[Any], name: str, noun: tuple[str, str]
    ) -> dict[str, Any]:
        known: dict[str, Any] = {}
        for item in [*self._wrapped(hook, guard), *built_in]:
            if getattr(item, name) in known:
                same, (zh, en) = getattr(item, name), noun
                zh = f"有两个插件都提供名为 “{same}” 的{zh}；请卸载其中一个"
                raise UserError(zh, en=f"two plugins offer the {en} “{same}”; uninstall one of them")
            known[getattr(item, name)] = item
        return known

    def _wrapped(self, hook: str, guard: str) -> Iterator[Any]:
        for plugin, item in self._offered(hook):
            # Imported late: what ships with the tool is not guarded.
            from disclosure_lint.extensions import proxies

            yield getattr(proxies, guard)(plugin, item)

    def _offered(self, hook: str) -> Iterator[tuple[str, Any]]:
        for one in self._strangers.get(hook, ()):
            from disclosure_lint.extensions.proxies import guarded

            items: list[Any] = guarded(one.plugin, hook, lambda one=one: list(one.call()))  # type: ignore[misc]
            yield from ((one.plugin, item) for item in items)


def load_plugins() -> Plugins:
    """Returns the plugins that are installed and built in; UserError naming every plugin that is broken."""
    points = entry_points(PROJECT)
    if not points:
        return Plugins({})
    # Only for those who have plugins.
    from disclosure_lint.extensions.proxies import guarded
    from disclosure_lint.extensions.registration import implementations, ordered

    plugins: dict[str, object] = {}
    found: list[Implementation] = []
    mistakes: list[PluginError] = []
    for point in points:
        try:
            plugin = guarded(point.name, f"import {point.module}", point.load)
            _single(point, plugin, plugins)
            found += implementations(point.name, plugin)
        except PluginError as error:
            mistakes.append(error)
    if mistakes:
        zh, en = "\n".join(one.zh for one in mistakes), "\n".join(one.en for one in mistakes)
        raise PluginError(mistakes[0].owner, zh, en)
    asked = ordered(list(plugins.items()), found)
    return Plugins({hook.__name__: [one for one in asked if one.hook == hook.__name__] for hook in HOOKS})


def _single(point: EntryPoint, plugin: object, plugins: dict[str, object]) -> None:
    """Adds a plugin; PluginError if there is one of that name, or the same under another name."""
    name = point.name
    if name in plugins:
        zh, en = f"有两个插件都叫 {name}；请卸载其中一个", f"two plugins are called {name}; uninstall one of them"
        raise PluginError(name, zh, en)
    for other, known in plugins.items():
        if known is plugin:
            zh = f"插件 {other} 和 {name} 是同一个模块 {point.module}；请去掉一个"
            raise PluginError(name, zh, f"{other} and {name} are one module, {point.module}; remove one of them")
    plugins[name] = plugin
