"""What the editor's settings say, the section `disclosure-lint`, for each folder of its workspace."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from disclosure_lint.lsp.buffers import path_of
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.settings.keys import KEYS, Key
from disclosure_lint.settings.model import Override

SECTION = "disclosure-lint"
_TEXT = (lambda value: isinstance(value, str), LocalizedText("文字", "a text"))
_SWITCH = (lambda value: isinstance(value, bool), LocalizedText(" true 或 false", "true or false"))
EVERYWHERE = ""
"""The scope of what holds outside all folders."""


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


class Scopes:
    """Says which settings hold for a text, and where an unsaved one is taken to lie."""

    def __init__(self) -> None:
        self._folders: dict[str, Path] = {}
        self._settings: dict[str, ClientSettings] = {}

    def set_folders(self, uris: Sequence[str]) -> None:
        """Takes the folders of the workspace."""
        self._folders = {uri: path for uri in uris if (path := path_of(uri))}

    @property
    def uris(self) -> list[str]:
        """The scopes to ask settings for: everything, then each folder."""
        return [EVERYWHERE, *self._folders]

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders of the workspace."""
        return tuple(self._folders.values())

    def set_client_settings(self, scopes: Mapping[str, Any]) -> tuple[bool, list[LocalizedText]]:
        """Takes settings by scope; returns whether something is different now, and what cannot be used."""
        found: dict[str, ClientSettings] = {}
        complaints: list[LocalizedText] = []
        for scope, data in scopes.items():
            found[scope], sentences = parsed_settings(data)
            complaints += [words for words in sentences if words not in complaints]
        changed = found != self._settings
        self._settings = found
        return changed, complaints

    def client_settings(self, uri: str) -> ClientSettings:
        """Returns the settings for a text: those of the innermost folder that holds it."""
        path = path_of(uri)
        around = [(scope, folder) for scope, folder in self._folders.items() if path and folder in path.parents]
        for scope, _ in sorted(around, key=lambda one: len(one[1].parts), reverse=True):
            if scope in self._settings:
                return self._settings[scope]
        return self._settings.get(EVERYWHERE, ClientSettings())

    def folder(self, uri: str) -> Path:
        """Returns the folder that a text lies in; for one that was never saved, the first of the workspace."""
        path = path_of(uri)
        return path.parent if path else next(iter(self._folders.values()), Path.cwd())


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


_TEXTS = (_is_texts, LocalizedText("文字的列表", "a list of texts"))

_KEYS = {
    **{_camel_case(key.name): _expected(key) for key in KEYS.values() if key.editor},
    "configuration": _Expected("configuration", *_TEXT),
    "inlayHints": _Expected("inlay_hints", *_SWITCH),
    "reviewRules": _Expected("review_rules", *_SWITCH),
}
