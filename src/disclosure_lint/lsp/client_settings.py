"""What the editor's settings say: the section `disclosure-lint`."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.settings.model import Override

SECTION = "disclosure-lint"


class ClientSettings(NamedTuple):
    """The settings of an editor for a folder; they go over a configuration file as the command line does."""

    lang: str | None = None
    """`zh` or `en`."""
    region: str | None = None
    form: str | None = None
    profile: str | None = None
    """`draft`, `review` or `publish`."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    configuration: str | None = None
    """The configuration file to use for all files, instead of the nearest one."""
    inlay_hints: bool = False
    """Whether to show the computed total beside a wrong one."""
    review_rules: bool = True
    """Whether to ask questions about rule files when they are saved, as `rules lint` does."""

    @property
    def override(self) -> Override:
        """What goes over a configuration file."""
        return Override(
            select=self.select,
            ignore=self.ignore,
            extend_select=self.extend_select,
            form=self.form,
            region=self.region,
            lang=self.lang,
            profile=self.profile,
        )


def wishes(data: Any) -> tuple[ClientSettings, list[LocalizedText]]:
    """Returns what settings say, and a sentence for each that cannot be used and so is left out."""
    values: dict[str, Any] = {}
    complaints = []
    given = data if isinstance(data, Mapping) else {}
    for key, value in given.items():
        # Editors send what is not set as null, and settings of the extension itself besides.
        if value is None or key not in _KEYS:
            continue
        field, fits, expected = _KEYS[key]
        if not fits(value):
            place = f"{SECTION}.{key}"
            complaints.append(
                LocalizedText(f"设置 {place} 没有用：应为{expected.zh}", f"{place} ignored: expected {expected.en}")
            )
        elif isinstance(value, list):
            values[field] = tuple(value)
        elif value != "":
            values[field] = value
    return ClientSettings(**values), complaints


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _is_switch(value: Any) -> bool:
    return isinstance(value, bool)


_TEXT = LocalizedText("文字", "a text")
_TEXTS = LocalizedText("文字的列表", "a list of texts")
_SWITCH = LocalizedText(" true 或 false", "true or false")
_KEYS: dict[str, tuple[str, Callable[[Any], bool], LocalizedText]] = {
    "lang": ("lang", lambda value: value in ("zh", "en", ""), LocalizedText(' "zh" 或 "en"', '"zh" or "en"')),
    "region": ("region", _is_text, _TEXT),
    "form": ("form", _is_text, _TEXT),
    "profile": ("profile", _is_text, _TEXT),
    "select": ("select", _is_texts, _TEXTS),
    "ignore": ("ignore", _is_texts, _TEXTS),
    "extendSelect": ("extend_select", _is_texts, _TEXTS),
    "configuration": ("configuration", _is_text, _TEXT),
    "inlayHints": ("inlay_hints", _is_switch, _SWITCH),
    "reviewRules": ("review_rules", _is_switch, _SWITCH),
}
