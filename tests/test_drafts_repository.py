"""The walk through the example of a repository of drafts prints what its README shows.

With DISCLOSURE_LINT_UPDATE=1 what is shown is written anew.
"""

import os
import re
import sys
from pathlib import Path

import pytest

from tests.command_line import settled
from tests.hook_place import EXAMPLE, Repository, drafts, hooks

__all__ = ["drafts", "hooks"]

README = EXAMPLE / "README.md"
_BLOCK = re.compile(r"^```shellsession\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What pre-commit says while it installs, which depends on where from and on what was there before.
_INSTALLING = re.compile(r"^(\[INFO\] .*|[^\n]* was deleted: .*)\n", re.MULTILINE)


@pytest.mark.long
def test_the_walk(drafts: Repository, tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    walked = _walked(drafts, text, tmp_path)
    if settled(text) == settled(walked):
        return
    if os.environ.get("DISCLOSURE_LINT_UPDATE") == "1":
        README.write_text(walked, encoding="utf-8")
        return
    assert text == walked


def _walked(drafts: Repository, text: str, place: Path) -> str:
    """Returns the page with what its commands really print, which are run in order."""
    commands = place / "commands"
    commands.mkdir()
    (commands / "pre-commit").write_text(f'#!/bin/sh\nexec {sys.executable} -m pre_commit "$@"\n')
    (commands / "pre-commit").chmod(0o755)
    path = f"{commands}{os.pathsep}{drafts.environment['PATH']}"
    walker = Repository(drafts.folder, {**drafts.environment, "PATH": path})

    def block(found: re.Match[str]) -> str:
        asked = re.findall(r"^\$ (.+)$", found[1], re.MULTILINE)
        assert asked
        return "```shellsession\n" + "".join(f"$ {one}\n{_said(walker, one)}" for one in asked) + "```"

    return _BLOCK.sub(block, text)


def _said(walker: Repository, command: str) -> str:
    lines = _INSTALLING.sub("", walker.run("sh", "-c", command).stdout).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)
