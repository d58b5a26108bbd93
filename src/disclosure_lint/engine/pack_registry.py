"""Packs on the registry: those of plugins, and those that configurations name; each is loaded once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.extensions.registry import load_plugins
from disclosure_lint.model.document import Reader
from disclosure_lint.model.errors import MistakesError, UserError
from disclosure_lint.model.form import Form
from disclosure_lint.model.rule import NATIONAL, Pack
from disclosure_lint.packs.cache import default_cache_dir, distrusted, load_pack
from disclosure_lint.packs.dependencies import amended_forms, check_standing
from disclosure_lint.packs.sources import extended_by
from disclosure_lint.readers.conversion import ConvertingReader

_FEW = 2


class _Stack(NamedTuple):
    """Packs that were loaded together."""

    packs: dict[Path, Pack]
    below: dict[Path, tuple[Path, ...]]
    """The packs that each stands on, the undermost first."""
    named: dict[str, Path]
    """The first pack of each id."""
    mistakes: list[UserError]


class PackRegistry:
    """What plugins offer, ready for any number of linters."""

    def __init__(self, *, use_cache: bool = True):
        """Finds the installed plugins; UserError if one is broken."""
        plugins = load_plugins()
        self.checks = plugins.checks()
        self.readers = plugins.readers()
        self.converting = ConvertingReader()
        """The reader that has other formats converted, for those who ask for it."""
        self.outputs = plugins.outputs()
        self.document_hooks = plugins.document_hooks()
        self._installed = plugins.packs()
        self.cache = default_cache_dir() if use_cache else None
        """The user's cache folder, None if there is none, or it is not wanted."""
        self.distrusted = self.cache if self.cache and distrusted(self.cache) else None
        """The directory for compiled packs, if it is not used since others can write there."""
        self._loaded: dict[tuple[Path, ...], Pack] = {}

    def readers_for(self, *, convert: bool) -> list[Reader]:
        """Returns the readers in their order, with the one that has other formats converted if it is asked for."""
        if not convert:
            return self.readers
        # The last one refuses what none of the others wanted.
        return [*self.readers[:-1], self.converting, self.readers[-1]]

    def packs(self, own: Sequence[Path] = ()) -> dict[Path, Pack]:
        """Returns all packs by folder or file: the national one, those of plugins, and a user's own.

        Raises UserError with the mistakes of a pack, or with what is wrong between packs.
        """
        stack = self._stacked((*self._installed, *own))
        if stack.mistakes:
            raise _together(stack.mistakes)
        return self._checked(stack.packs)

    def alone(self, *folders: Path) -> dict[Path, Pack]:
        """Returns some packs, each after those that it stands on, and no others; raises UserError as `packs` does.

        One of them goes before an installed one with its id, which is an older state of it.
        """
        installed = self._installed if any(map(extended_by, folders)) else ()
        stack = self._stacked((*folders, *installed))
        if stack.mistakes:
            raise stack.mistakes[0]
        chain = dict.fromkeys(one for folder in folders for one in (*stack.below[folder], folder))
        return self._checked({folder: stack.packs[folder] for folder in chain})

    def forms_below(self, folder: Path) -> tuple[Form, ...]:
        """Returns the forms that the rules of a pack may name as its own, by the installed packs."""
        name = extended_by(folder)
        if name is None:
            return ()
        stack = self._stacked(self._installed)
        base = stack.named.get(name) or next(iter(self._installed))
        return self._forms((*stack.below[base], base), stack.packs)

    def _stacked(self, folders: Iterable[Path]) -> _Stack:
        """Loads packs, each with the forms of those that it stands on, and so after them."""
        order = list(dict.fromkeys(folders))
        stack = _Stack({}, {}, {}, [])
        waiting = {folder: self._extended(folder) for folder in order}
        while waiting:
            ready = [folder for folder, name in waiting.items() if name is None or name in stack.named]
            # What is left extends something that is not there, or itself: told when all are loaded.
            for folder in ready or list(waiting):
                self._stack(stack, folder, waiting.pop(folder))
        packs = {folder: stack.packs[folder] for folder in order if folder in stack.packs}
        return stack._replace(packs=packs)

    def _extended(self, folder: Path) -> str | None:
        return None if folder == next(iter(self._installed)) else extended_by(folder)

    def _stack(self, stack: _Stack, folder: Path, name: str | None) -> None:
        base = stack.named.get(name or "") or stack.named.get(NATIONAL)
        below = (*stack.below[base], base) if base and name else ()
        try:
            key = (*below, folder)
            if key not in self._loaded:
                forms = self._forms(below, stack.packs)
                self._loaded[key] = load_pack(folder, self.checks, self.cache, forms, _in_time)
            stack.packs[folder] = self._loaded[key]
        except UserError as error:
            stack.mistakes.append(self._of_plugin(error, folder))
        else:
            stack.below[folder] = below
            stack.named.setdefault(stack.packs[folder].id, folder)

    def _forms(self, folders: Sequence[Path], packs: Mapping[Path, Pack]) -> tuple[Form, ...]:
        if len(folders) < _FEW:
            return packs[folders[0]].forms if folders else ()
        return amended_forms([packs[folder] for folder in folders])

    def _checked(self, loaded: dict[Path, Pack]) -> dict[Path, Pack]:
        if len(loaded) > 1:
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
        en = f"{error.english}\n(the plugin {plugin} brings the pack {folder}; mend it, or uninstall the plugin)"
        return UserError(words, error.path, error.line, error.column, en=en)


def _in_time(folder: Path, compiled: Callable[[], Pack]) -> Pack:
    # Only where a pack of strangers is compiled.
    from disclosure_lint.extensions.limits import compiled_in_time

    return compiled_in_time(folder, compiled)


def _together(mistakes: Sequence[UserError]) -> UserError:
    return MistakesError(list({str(mistake): mistake for mistake in mistakes}.values()))
