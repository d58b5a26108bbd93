"""Brings a rule pack: a folder with pack.toml, or as here a single file."""

from pathlib import Path

from disclosure_lint import hookimpl


@hookimpl
def rule_packs() -> list[Path]:
    return [Path(__file__).with_name("slogans.toml")]
