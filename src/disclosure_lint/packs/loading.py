"""From a folder to a pack: out of the cache where it can be, else compiled."""

from collections.abc import Callable, Mapping
from pathlib import Path

from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.rule import Pack
from disclosure_lint.packs.cache import entry_name, read_entry, write_entry
from disclosure_lint.packs.locate import shipped_rules
from disclosure_lint.packs.sources import read_sources


def load_pack(folder: Path, checks: Mapping[str, CheckKind], cache: Path | None, forms: tuple[Form, ...] = ()) -> Pack:
    """Returns the pack of a folder or of a single file; `cache` is the directory for compiled packs, None for none.

    `forms` are those of the pack that it stands on, which its rules may name as its own.
    Raises UserError with all mistakes of the rule files, each at its place.
    """
    sources = read_sources(folder)
    name = entry_name(folder, sources, checks, forms) if cache else ""
    if cache and (pack := read_entry(cache, name, checks)):
        return pack
    # Imported late: what compiles needs jsonschema and tomli, and a run with a cached pack needs neither.
    from disclosure_lint.packs.compiling import compile_pack

    if folder == shipped_rules():
        pack = compile_pack(folder, sources, checks, forms)
    else:
        pack = _in_time(folder, lambda: compile_pack(folder, sources, checks, forms))
    if cache:
        write_entry(cache, name, pack)
    return pack


def _in_time(folder: Path, compiled: Callable[[], Pack]) -> Pack:
    """Returns the pack of a stranger; UserError if it takes longer than any pack needs."""
    # Imported late, as above.
    from disclosure_lint.deadline import COMPILING, Budget

    try:
        return Budget(COMPILING).spend(compiled)
    except TimeoutError:
        words = f"规则包用了 {COMPILING:g} 秒处理器时间还没有编译完，请拆成几个包，或者简化其中的正则表达式和公式"
        raise UserError(words, str(folder)) from None
