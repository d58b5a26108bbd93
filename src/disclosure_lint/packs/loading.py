"""From a folder to a pack: out of the cache where it can be, else compiled."""

from collections.abc import Callable, Mapping
from pathlib import Path

from disclosure_lint.model.form import Form
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.rule import Pack
from disclosure_lint.packs.cache import entry_name, read_entry, write_entry
from disclosure_lint.packs.sources import read_sources, shipped_rules


def load_pack(
    folder: Path,
    checks: Mapping[str, CheckKind],
    cache: Path | None,
    forms: tuple[Form, ...] = (),
    in_time: Callable[[Path, Callable[[], Pack]], Pack] | None = None,
) -> Pack:
    """Returns the pack of a folder or of a single file; `cache` is the directory for compiled packs, None for none.

    `forms` are those of the pack that it stands on, which its rules may name as its own. `in_time` calls what compiles
    a pack that does not ship with the tool, and raises UserError if that takes too long.
    Raises UserError with all mistakes of the rule files, each at its place.
    """
    sources = read_sources(folder)
    name = entry_name(folder, sources, checks, forms) if cache else ""
    if cache and (pack := read_entry(cache, name, checks)):
        return pack
    # Imported late: what compiles needs jsonschema and tomli, and a run with a cached pack needs neither.
    from disclosure_lint.packs.compiling import compile_pack

    def compiled() -> Pack:
        return compile_pack(folder, sources, checks, forms)

    pack = in_time(folder, compiled) if in_time and folder != shipped_rules() else compiled()
    if cache:
        write_entry(cache, name, pack)
    return pack
