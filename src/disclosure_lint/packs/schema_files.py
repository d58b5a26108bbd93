"""The JSON Schemas that editors use, by the sort of file that each is for."""

from collections.abc import Callable, Mapping

from disclosure_lint.model.kind import CheckKind
from disclosure_lint.packs.claim_files import claim_schema
from disclosure_lint.packs.forms import form_schema
from disclosure_lint.packs.pack_files import pack_schema, single_file_schema
from disclosure_lint.packs.schema import Schema, rule_schema, schema_text

_SCHEMAS: dict[str, Callable[[Mapping[str, CheckKind]], Schema]] = {
    "rule": rule_schema,
    "pack": lambda _: pack_schema(),
    "form": lambda _: form_schema(),
    "claims": lambda _: claim_schema(),
    "single": single_file_schema,
}
SORTS = tuple(_SCHEMAS)
"""Rule files of a pack, `pack.toml`, files under `forms/` and `claims/`, and single files that are packs."""


def schema_of(sort: str, checks: Mapping[str, CheckKind]) -> str:
    """Returns the text of the JSON Schema of a sort of file, for these kinds of check."""
    return schema_text(schema_data(sort, checks))


def schema_data(sort: str, checks: Mapping[str, CheckKind]) -> Schema:
    """Returns the JSON Schema of a sort of file, for these kinds of check."""
    return _SCHEMAS[sort](checks)


def schema_file(sort: str) -> str:
    """Returns what the file of a schema is called."""
    return f"{sort}.schema.json"


def directive(sort: str) -> str:
    """Returns the first line of a file that lies beside its schema: editors (Taplo, Even Better TOML) follow it."""
    return f"#:schema ./{schema_file(sort)}\n"
