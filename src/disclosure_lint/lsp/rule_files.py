"""TOML of ours that is open in the editor: configurations, and the files of rule packs."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.engine.linter import Linter
from disclosure_lint.lsp.buffers import Buffer
from disclosure_lint.lsp.effective_config import EffectiveConfigs
from disclosure_lint.lsp.placing import each
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.rule import Condition
from disclosure_lint.packs.compiling import compile_pack
from disclosure_lint.packs.sources import CLAIMS, FORMS, PACK_FILE, SINGLE, read_sources
from disclosure_lint.packs.toml_files import parse_toml
from disclosure_lint.proof import run_examples
from disclosure_lint.proof.review import review
from disclosure_lint.settings.files import OWN_FILE, SHARED_FILE, TABLE, settings_in
from disclosure_lint.settings.validation import ValidationContext

_RULE = lazy_re_compile(r"^\[\[rule\]\]", re.MULTILINE)
_CODE = lazy_re_compile(r"^code\s*=\s*[\"'][A-Z]{2}\d{3}[\"']|rule\.schema\.json", re.MULTILINE)


class Remark(NamedTuple):
    """A question about a line of a rule file, or an example in it that fails."""

    path: Path
    line: int
    """From 1."""
    text: str
    severe: bool


def is_configuration(path: Path | None) -> bool:
    """Returns whether settings are looked for in a file of that name."""
    return path is not None and path.name in (OWN_FILE, SHARED_FILE)


def pack_of(buffer: Buffer) -> Path | None:
    """Returns the folder of the pack that a TOML file belongs to, or the file if it is a pack by itself."""
    path = buffer.path
    if path is None or is_configuration(path):
        return None
    folder = path.parent.parent if path.parent.name in (CLAIMS, FORMS) else path.parent
    if path.name == PACK_FILE or (folder / PACK_FILE).is_file():
        return folder
    return path if _RULE.search(buffer.text) and _CODE.search(buffer.text) else None


def sort_of(path: Path) -> str:
    """Returns the sort of a file of a pack, as its JSON Schema is named."""
    if path.name == PACK_FILE:
        return "pack"
    if path.parent.name == FORMS and (path.parent.parent / PACK_FILE).is_file():
        return "form"
    return "rule" if (path.parent / PACK_FILE).is_file() else "single"


def configuration_mistakes(path: Path, data: bytes, known: ValidationContext) -> list[UserError]:
    """Returns what is wrong in a configuration, or in a pack that it names."""
    if path.name == SHARED_FILE and TABLE.encode() not in data:
        return []
    try:
        settings_in(path, data, known, parse_toml)
    except UserError as error:
        return each(error)
    return []


def pack_mistakes(folder: Path, unsaved: Mapping[Path, Buffer], configs: EffectiveConfigs) -> list[UserError]:
    """Returns what is wrong in a pack as the editor has it, and if it is as on disk, in what it says of other packs."""
    try:
        saved = read_sources(folder)
        sources = {**saved, **{name: buffer.data for name, buffer in _parts(folder, unsaved)}}
        base = configs.linter()
        own = _same(folder, base.folders[0])
        compile_pack(folder, sources, configs.registry.checks, () if own else configs.registry.forms_below(folder))
        if _texts(sources) == _texts(saved):
            configs.registry.alone(_installed(folder, base))
    except UserError as error:
        return each(error)
    return []


def remarks(folder: Path, configs: EffectiveConfigs) -> list[Remark]:
    """Returns the examples that fail of a pack on disk without mistakes; if none does, the questions about it."""
    folder = _installed(folder, configs.linter())
    loaded = configs.registry.alone(folder)
    packs = [pack._replace(region=None, condition=Condition()) for pack in loaded.values()]
    linter = Linter(packs, configs.registry.checks, configs.registry.readers, tuple(loaded))
    failures, lang = run_examples(linter, folder)[1], configs.lang
    if failures:
        return [Remark(Path(one.example.file), one.example.line, one.words.text(lang), severe=True) for one in failures]
    return [Remark(Path(one.file), one.line, one.words.text(lang), one.severe) for one in review(linter, folder)]


def _parts(folder: Path, unsaved: Mapping[Path, Buffer]) -> Iterator[tuple[str, Buffer]]:
    places = (folder, folder / FORMS, folder / CLAIMS)
    for path, buffer in unsaved.items():
        if path == folder:
            yield SINGLE, buffer
        elif path.suffix == ".toml" and path.parent in places and not is_configuration(path):
            yield path.relative_to(folder).as_posix(), buffer


def _texts(sources: Mapping[str, bytes]) -> dict[str, str]:
    return {name: data.decode("utf-8-sig", "replace") for name, data in sources.items()}


def _installed(folder: Path, linter: Linter) -> Path:
    """Returns the folder as the linter calls it: a pack that is installed must not be loaded twice."""
    return next((known for known in linter.folders if _same(known, folder)), folder)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
