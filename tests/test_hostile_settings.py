"""Configurations of strangers: globs, numbers, depths and lengths of any size."""

import re
from itertools import product
from pathlib import Path
from random import Random
from time import process_time

import pytest

from disclosure_lint.settings.globs import matches
from disclosure_lint.settings.values import trusted_cells
from tests.command_line import BAD, own_place, run
from tests.fuzz import strangers

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
LIMIT = 2.0
"""Seconds of processor time; what grows faster than it should takes minutes."""
STARS = ("*a" * 40 + "b", "**a" * 40 + "b", "**/" * 60 + "b", "*" * 4000 + "b", "[!b]*" * 60 + "b", "?*" * 60 + "b")


@pytest.mark.parametrize("glob", STARS, ids=lambda glob: glob[:5])
def test_globs_full_of_stars(glob: str) -> None:
    start = process_time()
    for path in ("a" * 4000, "a/" * 2000, "aab" * 1300 + "c"):
        matches(path, [glob])
    assert process_time() - start < LIMIT


@pytest.mark.parametrize("stars", [30, 900])
def test_names_of_numbers_full_of_stars(stars: int) -> None:
    start = process_time()
    assert trusted_cells(["*" * stars + "x[*,total]"], ["requests[new,total]", "x[new,total]"]) == {"x[new,total]"}
    assert process_time() - start < LIMIT


def plainly(glob: str, path: str) -> bool:
    """Whether a glob of letters, `*` and `?` names a name, tried in every way."""
    if not glob:
        return not path
    if glob[0] == "*":
        return any(plainly(glob[1:], path[at:]) for at in range(len(path) + 1))
    return bool(path) and glob[0] in ("?", path[0]) and plainly(glob[1:], path[1:])


def test_globs_mean_what_they_say() -> None:
    rng = Random(12)
    for _ in range(3000):
        glob = re.sub(r"\*+", "*", "".join(rng.choices("ab*?", k=rng.randrange(1, 6))))
        path = "".join(rng.choices("ab", k=rng.randrange(1, 7)))
        assert matches(path, [glob]) == plainly(glob, path), (glob, path)
        assert matches(f"x/{path}/y", [glob]) == any(plainly(glob, name) for name in ("x", path, "y")), (glob, path)


@pytest.mark.parametrize("key", ["exclude = [{}]", "[per-file-ignores]\n{} = ['DL3']", "[[accept]]\npath = {}"])
def test_a_configuration_with_such_a_glob(key: str) -> None:
    rest = "\ncodes = ['DL3']\nreason = 'x'" if "accept" in key else ""
    name = "a" * 200
    Path(f"{name}.txt").write_bytes(BAD.read_bytes())
    for glob in ("*a" * 90 + "b", "**/" * 90 + "b"):
        Path("disclosure-lint.toml").write_text(key.format(f"'{glob}'") + rest, "utf-8")
        start = process_time()
        ended = run(["check", "."])
        assert process_time() - start < LIMIT
        assert (ended.status, ended.stderr) == (1, "")


LONG = "9" * 5000
WRONG = {
    "a whole number of 5,000 digits": (f"max-undetermined = {LONG}", 1),
    "a hexadecimal one": (f"lang = 'zh'\nmax-undetermined = 0x{'F' * 5000}", 2),
    "one in a list": (f"select = [\n{LONG}]", 2),
    "one of 20 digits": ("max-undetermined = 99999999999999999999", 1),
    "brackets in brackets": ("select = " + "[" * 5000 + "]" * 5000, 1),
    "tables in tables": ("select = " + "{a=" * 5000 + "1" + "}" * 5000, 1),
    "dots upon dots": ("a" + ".a" * 100_000 + " = 1", 1),
    "quoted dots": ("lang = 'zh'\n[''" + ".''" * 100_000 + "]", 2),
    "a key of a megabyte": ("a" * 990_000 + " = 1", 1),
    "a word of a megabyte": ("select = ['" + "D" * 990_000 + "']", 1),
    "many words": ("select = [" + "'DL3'," * 100_000 + "'DZ9']", 1),
    "a glob that no path can be": ("exclude = ['" + "*a" * 4000 + "']", 1),
    "a megabyte of a comment": ("lang = 'zh'\n#" + "x" * 1_000_000, None),
    "a text of 5 MB": ("baseline = '" + "x" * 5_000_000 + "'", None),
}


@pytest.mark.parametrize(("name", "lang"), [*product(WRONG, ("zh", "en"))])
def test_wrong_configurations(name: str, lang: str) -> None:
    text, line = WRONG[name]
    Path("disclosure-lint.toml").write_text(text, "utf-8")
    start = process_time()
    ended = run(["check", "--lang", lang, str(BAD), "--config", "disclosure-lint.toml"])
    assert process_time() - start < LIMIT
    assert (ended.status, ended.stdout) == (2, "")
    place = "disclosure-lint.toml" + (f":{line}" if line else "")
    assert place in ended.stderr
    assert len(ended.stderr) < 3000


@pytest.mark.parametrize("kind", strangers.DAMAGES)
def test_files_changed_at_random(kind: str) -> None:
    for seed in range(8):
        strangers.check(kind, strangers.DAMAGES[kind](Random(f"few {seed}")))


@pytest.mark.parametrize("count", ["9" * 5000, "9" * 4000, "0", "-1", "1e400", "NaN", "[" * 9000])
def test_numbers_of_baselines(count: str) -> None:
    entry = f'{{"path": "a", "code": "DL302", "address": "x", "count": {count}}}'
    Path("base.json").write_text(f'{{"version": 1, "entries": [\n{entry}\n]}}', "utf-8")
    ended = run(["check", str(BAD), "--baseline", "base.json"])
    assert (ended.status, ended.stdout) == (2, "")
    assert "base.json" in ended.stderr
    assert len(ended.stderr) < 1000
