"""What the editor's settings say: the section `disclosure-lint`."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.settings.keys import KEYS, Key
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


def parsed_settings(data: Any) -> tuple[ClientSettings, list[LocalizedText]]:
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


class _Expected(NamedTuple):
    field: str
    fits: Callable[[Any], bool]
    words: LocalizedText
    """What is expected."""


def _camel_case(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(map(str.capitalize, others))


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _is_choice(choices: tuple[str, ...]) -> Callable[[Any], bool]:
    return lambda value: value in ("", *choices)


def _expected(key: Key) -> _Expected:
    """Returns what an editor may say for a key of the configuration; whether it refers to something is seen later."""
    if key.choices:
        quoted = [f'"{choice}"' for choice in key.choices]
        return _Expected(
            key.field, _is_choice(key.choices), LocalizedText(f" {' 或 '.join(quoted)}", " or ".join(quoted))
        )
    return _Expected(key.field, *(_TEXTS if key.type is list else _TEXT))


_TEXT = (lambda value: isinstance(value, str), LocalizedText("文字", "a text"))
_TEXTS = (_is_texts, LocalizedText("文字的列表", "a list of texts"))
_SWITCH = (lambda value: isinstance(value, bool), LocalizedText(" true 或 false", "true or false"))
_KEYS = {
    **{_camel_case(key.name): _expected(key) for key in KEYS.values() if key.editor},
    "configuration": _Expected("configuration", *_TEXT),
    "inlayHints": _Expected("inlay_hints", *_SWITCH),
    "reviewRules": _Expected("review_rules", *_SWITCH),
}
