"""How packs stand on each other: what one extends, changes and replaces must be there, and no code may come twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.rule import Pack
from disclosure_lint.packs.sources import PACK_FILE, SINGLE, read_sources

if TYPE_CHECKING:
    from disclosure_lint.packs.positions import Keys
    from disclosure_lint.packs.toml_files import TomlFile


def check_standing(loaded: Mapping[Path, Pack]) -> None:
    """Raises UserError with all conflicts between packs, by the folders they are from, each at its place."""
    packs = {pack.id: pack for pack in loaded.values()}
    owners: dict[str, Pack] = {}
    names: dict[str, Path] = {}
    mistakes: list[UserError] = []
    for folder, pack in loaded.items():
        author = Author(folder)
        if pack.id in names:
            zh = f"规则包 “{pack.id}” 已经装入，在 {names[pack.id]}；请改用另一个 id"
            en = f"a pack “{pack.id}” is loaded already, at {names[pack.id]}; use another id"
            mistakes.append(author.pack("id", LocalizedText(zh, en)))
        names[pack.id] = folder
        mistakes += _repeated_codes(author, pack, owners)
        below = _below(pack, packs)
        if isinstance(below, LocalizedText):
            mistakes.append(author.pack("extends", below))
        else:
            mistakes += _unknown_codes(author, pack, {rule.code for base in below for rule in base.rules})
    if mistakes:
        # Only where something is wrong: it reads TOML, which a run with cached packs need not.
        from disclosure_lint.packs.toml_files import raise_mistakes

        raise_mistakes(mistakes)


class Author:
    """The files of a pack as its author wrote them: read to say where in them a mistake is.

    Takes a pack that `load_pack` accepts.
    """

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
            # Only where something is wrong, as above.
            from disclosure_lint.packs.toml_files import parse_toml

            sources = read_sources(self._folder)
            self._files = {name: parse_toml(str(self._folder / name), data) for name, data in sources.items()}
        return self._files


def _repeated_codes(author: Author, pack: Pack, owners: dict[str, Pack]) -> Iterator[UserError]:
    for rule in pack.rules:
        owner = owners.setdefault(rule.code, pack)
        if owner is not pack:
            zh = f"规则代码 {rule.code} 在规则包 {owner.id} 和 {pack.id} 里都有；每个代码只能用一次"
            en = f"the packs {owner.id} and {pack.id} both have a rule {rule.code}; use each code once"
            yield author.rule(rule.code, ("code",), LocalizedText(zh, en))


def _below(pack: Pack, packs: Mapping[str, Pack]) -> list[Pack] | LocalizedText:
    """Returns the packs that a pack stands on, or what is wrong with what it extends."""
    below: list[Pack] = []
    name = pack.extends
    while name is not None:
        if name not in packs:
            others = [key for key in packs if key != pack.id]
            zh = f"没有装入规则包 “{name}”，装入的有：{'、'.join(others)}"
            return LocalizedText(zh, f"no pack “{name}” is loaded; loaded are: {', '.join(others)}")
        if name == pack.id or packs[name] in below:
            zh = f"规则包 “{pack.id}” 所扩展的规则包又扩展回来，绕成了圈"
            return LocalizedText(zh, f"what the pack “{pack.id}” extends extends it in turn")
        below.append(packs[name])
        name = packs[name].extends
    return below


def _unknown_codes(author: Author, pack: Pack, known: set[str]) -> Iterator[UserError]:
    for index, change in enumerate(pack.changes):
        if change.code not in known:
            yield author.change(index, _unknown(change.code, pack, known))
    for rule in pack.rules:
        for number, code in enumerate(rule.replaces):
            if code not in known:
                yield author.rule(rule.code, ("replaces", number), _unknown(code, pack, known))


def _unknown(code: str, pack: Pack, known: set[str]) -> LocalizedText:
    # Only where something is wrong.
    from difflib import get_close_matches

    near = get_close_matches(code, sorted(known), n=1)
    hint = LocalizedText(f"，是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else LocalizedText("", "")
    zh = f"规则包 “{pack.extends}” 里没有规则 {code}{hint.zh}"
    return LocalizedText(zh, f"the pack “{pack.extends}” has no rule {code}{hint.en}")
