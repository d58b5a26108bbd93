"""The files of a pack as its author wrote them: read to say where in them a mistake is."""

from pathlib import Path
from typing import Any

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError
from disclosure_lint.packs.positions import Keys
from disclosure_lint.packs.sources import PACK_FILE, SINGLE, read_sources
from disclosure_lint.packs.toml_files import TomlFile, parse_toml


class Author:
    """Says mistakes at their places; takes a pack that `load_pack` accepts."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._files: dict[str, TomlFile] | None = None

    def pack(self, key: str, words: LocalizedText) -> UserError:
        """Returns the error at a key of `[pack]`."""
        return self._about().mistake(("pack", key), *words)

    def change(self, index: int, words: LocalizedText) -> UserError:
        """Returns the error at the code of a change."""
        return self._about().mistake(("change", index, "code"), *words)

    def rule(self, code: str, keys: Keys, words: LocalizedText) -> UserError:
        """Returns the error at a place in a rule."""
        for file in self._read().values():
            rules: list[dict[str, Any]] = file.data.get("rule", [])
            for index, rule in enumerate(rules):
                if rule["code"] == code:
                    return file.mistake(("rule", index, *keys), *words)
        return UserError(words.zh, str(self._folder), en=words.en)

    def _about(self) -> TomlFile:
        files = self._read()
        return files[SINGLE if SINGLE in files else PACK_FILE]

    def _read(self) -> dict[str, TomlFile]:
        if self._files is None:
            sources = read_sources(self._folder)
            self._files = {name: parse_toml(str(self._folder / name), data) for name, data in sources.items()}
        return self._files
