"""Packs on the shelf: those of plugins, and those that configurations name; each is loaded once."""

from collections.abc import Sequence
from pathlib import Path

from disclosure_lint.model.errors import MistakesError, UserError
from disclosure_lint.model.rule import Pack
from disclosure_lint.packs.cache import default_cache_dir
from disclosure_lint.packs.loading import load_pack
from disclosure_lint.plugins import load_plugins


class Shelf:
    """What plugins offer, ready for any number of linters."""

    def __init__(self, *, use_cache: bool = True):
        """Finds the installed plugins; UserError if one is broken."""
        plugins = load_plugins()
        self.checks = plugins.checks()
        self.readers = plugins.readers()
        self.outputs = plugins.outputs()
        self.document_hooks = plugins.document_hooks()
        self._installed = plugins.packs()
        self._cache = default_cache_dir() if use_cache else None
        self._loaded: dict[Path, Pack] = {}

    def packs(self, own: Sequence[Path] = ()) -> dict[Path, Pack]:
        """Returns all packs by folder or file: the national one, those of plugins, and a user's own.

        Raises UserError with the mistakes of a pack, or with what is wrong between packs.
        """
        loaded: dict[Path, Pack] = {}
        mistakes: list[UserError] = []
        for folder in (*self._installed, *own):
            try:
                loaded[folder] = self._load(folder)
            except UserError as error:
                mistakes.append(self._of_plugin(error, folder))
        if mistakes:
            raise _together(mistakes)
        return self._checked(loaded)

    def alone(self, *folders: Path) -> dict[Path, Pack]:
        """Returns some packs, each after those that it stands on, and no others; raises UserError as `packs` does.

        One of them goes before an installed one with its id, which is an older state of it.
        """
        own = {folder: self._load(folder) for folder in folders}
        known: dict[str | None, Path] = {}
        if any(pack.extends for pack in own.values()):
            known.update((self._load(path).id, path) for path in self._installed)
        known.update((pack.id, folder) for folder, pack in own.items())
        chain: dict[Path, Pack] = {}
        for folder in folders:
            line: dict[Path, Pack] = {}
            below: Path | None = folder
            while below is not None and below not in chain and below not in line:
                line[below] = self._load(below)
                below = known.get(line[below].extends)
            chain.update(reversed(line.items()))
        return self._checked(chain)

    def _load(self, folder: Path) -> Pack:
        if folder not in self._loaded:
            national = next(iter(self._installed))
            forms = () if folder == national else self._load(national).forms
            self._loaded[folder] = load_pack(folder, self.checks, self._cache, forms)
        return self._loaded[folder]

    def _checked(self, loaded: dict[Path, Pack]) -> dict[Path, Pack]:
        if len(loaded) > 1:
            # Only for those who have packs besides the national one.
            from disclosure_lint.packs.standing import check_standing

            try:
                check_standing(loaded)
            except UserError as error:
                path = Path(error.path or "")
                owner = next((folder for folder in self._installed if path.is_relative_to(folder)), path)
                raise self._of_plugin(error, owner) from None
        return loaded

    def _of_plugin(self, error: UserError, folder: Path) -> UserError:
        """Returns a mistake in a pack with the name of the plugin that brings it."""
        plugin = self._installed.get(folder)
        if plugin is None:
            return error
        words = f"{error.message}\n（规则包 {folder} 是插件 {plugin} 带来的；请修好它，或者卸载这个插件）"
        return UserError(words, error.path, error.line, error.column)


def _together(mistakes: Sequence[UserError]) -> UserError:
    return MistakesError(list({str(mistake): mistake for mistake in mistakes}.values()))
