"""The set-ups of editors, each in the real editor without a screen.

Editors that are not installed are passed over, with a message; on Debian, .ci/install-system-packages installs them.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import own_place
from tests.editor_place import EDITORS, MENDED, ROOT, SCRIPTS, drive, expected, run, shown, wanted, write_report

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]


def home() -> dict[str, str]:
    """Returns an environment in which an editor finds nothing of the user's."""
    return {"HOME": str(Path.cwd()), **{f"XDG_{name}_HOME": str(Path.cwd()) for name in ("CONFIG", "DATA", "STATE")}}


def neovim(mode: str, **environment: str) -> dict[str, Any]:
    command = [wanted("nvim"), "--clean", "--headless", "--cmd", f"set runtimepath^={EDITORS / 'neovim'}"]
    return drive(*command, "-c", f"luafile {SCRIPTS / 'neovim.lua'}", MODE=mode, **home(), **environment)


def emacs(mode: str, **environment: str) -> dict[str, Any]:
    command = [wanted("emacs"), "--batch", "-q", "-L", str(EDITORS / "emacs")]
    eglot = ["--eval", '(progn (package-initialize) (kill-emacs (if (locate-library "eglot") 0 7)))']
    if run(*command, *eglot, environment=home()).returncode:
        pytest.skip("Eglot is not installed")
    return drive(*command, "-l", SCRIPTS / "emacs.el", MODE=mode, **home(), **environment)


def vim(script: str, **environment: str) -> dict[str, Any]:
    command = [wanted("vim"), "-es", "-u", "NONE", "-i", "NONE", "-N", "--cmd", f"set runtimepath^={EDITORS / 'vim'}"]
    if "+quickfix" not in run(command[0], "--version", environment=home()).stdout:
        pytest.skip("this Vim is too small")
    return drive(*command, "-S", SCRIPTS / script, **home(), **environment)


OFFERED = ["change the title to “总体情况”", "Ignore DL103 here", "Ignore DL103 in this file"]


def concerned() -> str:
    """Writes a file of others, and four that the server should look at; returns them as JSON."""
    Path("规则").mkdir()
    names = ("Cargo.toml", "年报.txt", "规则/收费.toml", "规则/pack.toml", "disclosure-lint.toml")
    for name in names:
        Path(name).write_text("", encoding="utf-8")
    return json.dumps([str(Path(name).absolute()) for name in names])


def test_neovim_shows_what_is_wrong_and_mends_it() -> None:
    report = write_report()
    seen = neovim("fix", REPORT=str(report))
    assert shown(seen["before"]) == expected("utf-8")
    assert {one["severity"] for one in seen["before"] if one["code"] == "DL304"} == {1}
    assert seen["offered"][:3] == OFFERED
    assert report.read_text(encoding="utf-8") == MENDED
    assert shown(seen["after"]) == expected("utf-8", "DL304", "DL112")


def test_neovim_mends_when_it_saves() -> None:
    report = write_report()
    assert shown(neovim("save", REPORT=str(report))["after"]) == expected("utf-8", "DL304", "DL112")
    assert report.read_text(encoding="utf-8") == MENDED


def test_the_configuration_for_newer_neovims() -> None:
    Path("disclosure-lint.toml").write_text('lang = "en"\n', encoding="utf-8")
    Path("县").mkdir()
    seen = neovim("config", REPORT=str(write_report("县/年报.md")))
    assert shown(seen["before"]) == expected("utf-8")
    assert seen["root"] == str(Path.cwd())


def test_neovim_leaves_other_files_alone() -> None:
    seen = neovim("concerns", FILES=concerned(), LOOKED_AT="4")
    assert seen["concerns"] == [False, True, True, True, True]


def test_emacs_shows_what_is_wrong_and_mends_it() -> None:
    report = write_report()
    seen = emacs("fix", REPORT=str(report))
    assert shown(seen["before"]) == expected("utf-32-le")
    assert {one["type"] for one in seen["before"] if one["code"] == "DL304"} == {"eglot-error"}
    assert seen["offered"] == OFFERED
    assert report.read_text(encoding="utf-8") == MENDED
    assert shown(seen["after"]) == expected("utf-32-le", "DL304", "DL112")


def test_emacs_mends_when_it_saves() -> None:
    report = write_report()
    assert shown(emacs("save", REPORT=str(report))["after"]) == expected("utf-32-le", "DL304", "DL112")
    # The script has to change something, or Emacs would not save.
    assert report.read_text(encoding="utf-8") == MENDED + "\n"


def test_emacs_leaves_other_files_alone() -> None:
    assert emacs("concerns", FILES=concerned())["concerns"] == [False, True, True, True, True]


def test_the_package_for_emacs_compiles_without_a_warning() -> None:
    emacs("concerns", FILES="[]")  # passes this over where there is no Eglot
    into = f'(lambda (_) "{Path.cwd() / "compiled.elc"}")'
    wishes = f"(setq byte-compile-error-on-warn t byte-compile-dest-file-function {into})"
    command = [wanted("emacs"), "--batch", "-q", "-f", "package-initialize", "--eval", wishes, "-f"]
    ended = run(*command, "batch-byte-compile", EDITORS / "emacs" / "disclosure-lint.el", environment=home())
    assert ended.returncode == 0, ended.stdout
    assert Path("compiled.elc").exists()


def listed(seen: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the entries of a list of Vim's, whose texts begin with the code."""
    return [
        {**one, "code": one["message"][:5], "message": one["message"][5:].lstrip(": ").removeprefix("[*] ")}
        for one in seen["before"]
    ]


def test_vim_counts_columns_in_bytes() -> None:
    Path("disclosure-lint.toml").write_text('lang = "en"\n', encoding="utf-8")
    seen = vim("quickfix.vim", REPORT=str(write_report()), FILES="[]")
    rest = {one["text"] for one in seen["before"]}
    assert len(rest) == 3
    for one, place in zip(listed(seen), sorted(expected("utf-8"), key=lambda place: place.line), strict=True):
        assert (one["code"], one["line"], one["column"]) == (place.code, place.line, place.column)
        assert one["message"].startswith(place.message)
        assert one["text"].startswith(place.text)
    assert seen["cursor"] == [5, 4]


def test_vim_counts_columns_in_the_text_as_it_has_it() -> None:
    first, second, third = write_report(), write_report("二 稿.md", "gb18030"), write_report("三稿.md", "utf-16")
    seen = vim("quickfix.vim", REPORT=str(first), FILES=json.dumps([str(second), str(third)]))
    places = sorted(expected("utf-8"), key=lambda place: place.line)
    assert [one["column"] for one in seen["before"]] == [place.column for place in places] * 3
    # Files that were only looked into are opened as usual when one goes there.
    assert seen["loaded"] == [1, 1, 1] + [0] * 6


def test_ale_shows_what_is_wrong() -> None:
    try:
        seen = vim("ale.vim", REPORT=str(write_report()))
    except AssertionError as failure:
        if "ALE is not installed" in str(failure):
            pytest.skip("ALE is not installed")
        raise
    assert shown(listed(seen)) == expected("utf-8")
    assert sorted(one["type"] for one in seen["before"]) == ["E", "E", "W"]


def test_without_apt_nothing_is_installed_and_nothing_fails() -> None:
    bash = wanted("bash")
    Path("empty").mkdir()
    ended = run(bash, ROOT / ".ci" / "install-system-packages", environment={"PATH": str(Path("empty").absolute())})
    assert (ended.returncode, ended.stdout) == (0, "install-system-packages: no apt, nothing installed\n")
