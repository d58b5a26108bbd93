"""The cache of compiled packs: it hits, it never serves what is stale or damaged, and nobody notices its faults."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Annotated, Any, Literal, TypedDict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint.extensions.registry import load_plugins
from disclosure_lint.model.claim import ClaimTables
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.form import Form
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.rule import Pack, Rule
from disclosure_lint.packs import default_cache_dir, load_pack, shipped_rules
from disclosure_lint.packs.cache import _checksum, distrusted, entry_name, read_entry, write_entry
from disclosure_lint.packs.encoding import WrongShapeError, decode, decode_pack, encode_pack
from tests.command_line import BAD, GOOD, own_place
from tests.command_line import run as command
from tests.scale import some
from tests.small_kinds import CHECKS, Equation
from tests.small_pack import PackFolder, write_pack

__all__ = ["own_place"]
pytestmark = pytest.mark.long


class Counting(Equation):
    """A kind that counts how often a rule is compiled."""

    version: object = ""

    def __init__(self) -> None:
        self.compiled = 0

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        self.compiled += 1
        return super().compile(options, context)


@pytest.fixture
def pack(tmp_path: Path) -> PackFolder:
    return write_pack(tmp_path / "pack")


@pytest.fixture
def counting(pack: PackFolder) -> Counting:
    counting = Counting()
    pack.checks["equation"] = counting
    return counting


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "new" / "cache"


def entries(cache: Path) -> list[Path]:
    return sorted((cache / "packs").iterdir())


# Hits and misses


def test_the_second_load_compiles_nothing(pack: PackFolder, counting: Counting, cache: Path) -> None:
    compiled = pack.load(cache)
    assert pack.load(cache) == compiled == pack.load(None)
    assert counting.compiled == 2
    assert len(entries(cache)) == 1


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rules.toml", '"warning"', '"info"'),
        ("forms/2021.toml", "总体情况", "总的情况"),
        ("pack.toml", "1.0", "1.1"),
    ],
)
def test_a_changed_file_is_compiled_anew(
    pack: PackFolder, counting: Counting, cache: Path, name: str, old: str, new: str
) -> None:
    before = pack.load(cache)
    pack.change(name, old, new)
    after = pack.load(cache)
    assert after != before
    assert counting.compiled == 2


def test_a_new_file_and_a_renamed_one_are_noticed(pack: PackFolder, counting: Counting, cache: Path) -> None:
    pack.load(cache)
    pack.write("more.toml", "")
    pack.load(cache)
    (pack.path / "more.toml").rename(pack.path / "less.toml")
    pack.load(cache)
    assert counting.compiled == 3


def test_text_that_moves_from_one_file_to_the_next_is_noticed(pack: PackFolder) -> None:
    first = {"a.toml": b"xy", "b.toml": b"z"}
    second = {"a.toml": b"x", "b.toml": b"yz"}
    assert entry_name(pack.path, first, pack.checks) != entry_name(pack.path, second, pack.checks)


def test_other_kinds_of_check_or_another_version_of_one_compile_anew(
    pack: PackFolder, counting: Counting, cache: Path
) -> None:
    pack.load(cache)
    counting.version = "2"
    pack.load(cache)
    assert counting.compiled == 2
    pack.checks["more"] = Equation()
    pack.load(cache)
    assert counting.compiled == 3


def test_other_forms_to_stand_on_compile_anew(pack: PackFolder, counting: Counting, cache: Path) -> None:
    forms = pack.load(cache).forms
    pack.forms = forms
    pack.load(cache)
    assert counting.compiled == 2


def test_another_version_of_the_tool_compiles_anew(
    pack: PackFolder, counting: Counting, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack.load(cache)
    monkeypatch.setattr("disclosure_lint.packs.cache.__version__", "999")
    pack.load(cache)
    assert counting.compiled == 2


def test_a_pack_with_mistakes_is_not_cached(pack: PackFolder, cache: Path) -> None:
    pack.change("rules.toml", '"warning"', '"bad"')
    for _ in range(2):
        pack.error()
    assert not cache.exists()


# Damage


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 10)


def _other_severity(path: Path) -> None:
    data = path.read_bytes()
    assert b'"placeholder",2' in data
    path.write_bytes(data.replace(b'"placeholder",2', b'"placeholder",0'))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [_truncate, _empty, _binary, _other_severity, _folder, Path.unlink])
def test_a_damaged_entry_is_compiled_anew(pack: PackFolder, counting: Counting, cache: Path, damage: Any) -> None:
    compiled = pack.load(cache)
    damage(entries(cache)[0])
    assert pack.load(cache) == compiled
    assert counting.compiled == 2
    if damage is not _folder:
        pack.load(cache)
        assert counting.compiled == 2, "the damaged entry was replaced"


def test_an_entry_of_another_content_under_this_name_is_not_taken(
    pack: PackFolder, counting: Counting, cache: Path
) -> None:
    pack.load(cache)
    stale = entries(cache)[0].read_bytes()
    pack.change("rules.toml", '"warning"', '"info"')
    fresh = pack.load(cache)
    entries(cache)[0].write_bytes(stale)
    assert pack.load(cache) == fresh
    assert counting.compiled == 3


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="permissions of POSIX")
def test_a_cache_that_cannot_be_written_does_no_harm(pack: PackFolder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert pack.load(tmp_path / "file" / "cache") == pack.load(None)
    assert pack.load(Path("/proc/nowhere")) == pack.load(None)


def test_a_full_disk_leaves_nothing_behind(pack: PackFolder, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert pack.load(cache) == pack.load(None)
    assert entries(cache) == []


# Growth


def test_old_contents_of_a_folder_are_removed(pack: PackFolder, cache: Path) -> None:
    other = write_pack(pack.path.parent / "other")
    other.load(cache)
    for version in range(5):
        pack.change("pack.toml", "1.0" if version == 0 else f"v{version - 1}", f"v{version}")
        pack.load(cache)
    assert len(entries(cache)) == 2


def test_no_more_than_64_entries_are_kept_and_the_oldest_go_first(pack: PackFolder, cache: Path) -> None:
    loaded = pack.load(cache)
    for number in range(70):
        write_entry(cache, f"{number:012x}-{number:040x}.json", loaded)
        os.utime(cache / "packs" / f"{number:012x}-{number:040x}.json", (number, number))
    write_entry(cache, f"{99:012x}-{99:040x}.json", loaded)
    names = [path.name for path in entries(cache)]
    assert len(names) == 64
    assert f"{0:012x}-{0:040x}.json" not in names
    assert f"{69:012x}-{69:040x}.json" in names


def test_what_a_killed_run_left_is_removed_and_foreign_files_never(pack: PackFolder, cache: Path) -> None:
    (cache / "packs").mkdir(parents=True, mode=0o700)
    left, foreign = (cache / "packs" / name for name in (f".x.json.{'0' * 16}.disclosure-lint-new", "notes.json"))
    for path in (left, foreign):
        path.write_text("")
    pack.load(cache)
    assert (left.exists(), foreign.exists()) == (False, True)


# Trust


@pytest.fixture
def planted(pack: PackFolder, counting: Counting, cache: Path) -> Path:
    """An entry that is in the cache already."""
    pack.load(cache)
    assert counting.compiled == 1
    return entries(cache)[0]


def forge(entry: Path, body: bytes) -> None:
    """Puts a body into an entry, with the checksum that belongs to it."""
    entry.write_bytes(_checksum(entry.name, body) + b"\n" + body)


posix = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of POSIX")


@posix
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_a_cache_that_others_can_write_to_is_not_used(
    pack: PackFolder, counting: Counting, cache: Path, planted: Path, mode: int
) -> None:
    before = planted.read_bytes()
    (cache / "packs").chmod(mode)
    assert distrusted(cache)
    assert pack.load(cache) == pack.load(None)
    assert counting.compiled == 3
    assert planted.read_bytes() == before
    (cache / "packs").chmod(0o755)
    pack.load(cache)
    assert counting.compiled == 3


@posix
def test_a_cache_of_somebody_else_is_not_used(
    pack: PackFolder, counting: Counting, cache: Path, planted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert planted.exists()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert distrusted(cache)
    pack.load(cache)
    assert counting.compiled == 2


@posix
def test_a_cache_is_made_for_the_user_alone(pack: PackFolder, cache: Path) -> None:
    mask = os.umask(0)
    try:
        pack.load(cache)
    finally:
        os.umask(mask)
    assert not distrusted(cache)


@posix
@pytest.mark.usefixtures("own_place")
def test_a_check_says_once_that_the_cache_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_LINT_CACHE_DIR", str(tmp_path / "open"))
    (tmp_path / "open" / "packs").mkdir(parents=True)
    (tmp_path / "open" / "packs").chmod(0o777)
    assert command(["check", str(GOOD)]).stderr == ""
    said = command(["check", "-v", str(GOOD), str(BAD)]).stderr
    assert said.count("没有用缓存文件夹") == 1
    assert list((tmp_path / "open" / "packs").iterdir()) == []


_OTHERS: tuple[Any, ...] = (None, True, 7, -1, 1.5, "x", [], {}, [[]], {"x": 1}, "\ud800")


def _leaves(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Returns the ways to all parts of some JSON."""
    yield way
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in parts:
        yield from _leaves(part, (*way, key))


def _with(data: Any, way: tuple[Any, ...], part: Any) -> Any:
    if not way:
        return part
    changed = data.copy()
    changed[way[0]] = _with(data[way[0]], way[1:], part)
    return changed


def _wrong_types(whole: Any, ways: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, Any]]:
    """Yields data of which a part is of another type, and what was changed."""
    for way in ways:
        part = whole
        for key in way:
            part = part[key]
        for other in _OTHERS:
            # None is the absence of many things, and an empty list or table is one of its kind.
            if type(other) is not type(part) and other is not None and part is not None:
                yield _with(whole, way, other), (way, other)


_RULES_AT, _OPTIONS_AT = Pack._fields.index("rules"), Rule._fields.index("options")


def test_an_entry_of_wrong_types_is_a_miss(pack: PackFolder, cache: Path, planted: Path) -> None:
    """Each part of an entry in turn is of another type; but what kinds without a shape made of options."""
    whole = json.loads(planted.read_bytes().partition(b"\n")[2])
    ways = [way for way in _leaves(whole) if not (way[:1] == (_RULES_AT,) and way[2:3] == (_OPTIONS_AT,) and way[3:])]
    assert len(ways) > 100
    for data, changed in _wrong_types(whole, ways):
        forge(planted, json.dumps(data).encode())
        assert read_entry(cache, planted.name, pack.checks) is None, changed


# Options of the kinds of check that come with the tool


OWN_KINDS = load_plugins().checks()
NATIONAL = load_pack(shipped_rules(), OWN_KINDS, None)


def test_each_of_our_kinds_says_what_it_compiles() -> None:
    used = {rule.kind for rule in NATIONAL.rules}
    assert used == {kind for kind, check in OWN_KINDS.items() if getattr(check, "compiled_type", None)}


def test_compiled_options_come_back_as_they_were() -> None:
    assert decode_pack(json.loads(encode_pack(NATIONAL)), OWN_KINDS) == NATIONAL


def _options() -> list[tuple[str, Any]]:
    """One rule's options of each kind and shape, as JSON, with the kind."""
    context = CompileContext(NATIONAL.forms, {}, ("2021",))
    silence = {"find": "absent", "section": "overview", "measures": ["requests.received"]}
    found = {"silence": ("measure", OWN_KINDS["measure"].compile(silence, context))}
    sums = "sum(requests[new,*]) * 0.5 = requests[new,total]"
    for name, formula in (("half", f"{sums} - 1"), ("product", f"{sums} * requests[carried_in,total]")):
        found[name] = ("equation", OWN_KINDS["equation"].compile({"formula": formula}, context))
    for rule in NATIONAL.rules:
        found[f"{rule.kind} {sorted(rule.options)}"] = (rule.kind, rule.options)
    return [(kind, json.loads(json.dumps(options))) for kind, options in found.values()]


@pytest.mark.parametrize(("kind", "options"), _options(), ids=lambda value: value if isinstance(value, str) else "")
def test_options_of_wrong_types_are_refused(kind: str, options: Any) -> None:
    shape = OWN_KINDS[kind].compiled_type  # type: ignore[attr-defined]
    assert json.loads(json.dumps(decode(shape, options))) == options
    ways = list(_leaves(options))
    for data, changed in _wrong_types(options, ways if len(ways) < 300 else Random(kind).sample(ways, 300)):
        if type(changed[1]) is int and _is_fraction(options, changed[0]):
            continue
        assert _is_refused(shape, data), changed
    for key in {"statement", "cell", "forms", "find", "event", "since"} & set(options):
        assert _is_refused(shape, {name: value for name, value in options.items() if name != key}), key


def _is_refused(shape: Any, data: Any) -> bool:
    try:
        decode(shape, data)
    except WrongShapeError:
        return True
    return False


def _is_fraction(options: Any, way: tuple[Any, ...]) -> bool:
    """Whether a number stands there that is written as a text, so that another may stand there."""
    for key in way:
        options = options[key]
    return isinstance(options, str) and options.replace(".", "").lstrip("-").isdigit()


@pytest.mark.usefixtures("own_place")
def test_a_forged_entry_changes_nothing_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_LINT_CACHE_DIR", str(tmp_path / "cache"))
    said = command(["check", str(BAD)])
    (entry,) = entries(tmp_path / "cache")
    whole = json.loads(entry.read_bytes().partition(b"\n")[2])
    rng = Random("forged")
    ways = [way for way in _leaves(whole) if way[:1] == (_RULES_AT,)]
    wrong = list(_wrong_types(whole, rng.sample(ways, some(3))))
    for data, changed in rng.sample(wrong, min(len(wrong), some(6))):
        forge(entry, json.dumps(data).encode())
        assert command(["check", str(BAD)]) == said, changed


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[" * 100_000, b"\xff", b"9" * 5_000, b"{}", b'{"id": 1e999}', b"[]", b"NaN", b'"x"']
)
def test_an_entry_that_is_no_pack_is_a_miss(pack: PackFolder, cache: Path, planted: Path, body: bytes) -> None:
    forge(planted, body)
    assert read_entry(cache, planted.name, pack.checks) is None


def test_a_severity_that_counts_from_the_end_is_a_miss(pack: PackFolder, cache: Path, planted: Path) -> None:
    whole = json.loads(planted.read_bytes().partition(b"\n")[2])
    forge(planted, json.dumps(_with(whole, (_RULES_AT, 0, Rule._fields.index("severity")), -1)).encode())
    assert read_entry(cache, planted.name, pack.checks) is None


# Many runs at once

LOAD = """
import sys
from pathlib import Path
from disclosure_lint.packs import load_pack
from tests.small_kinds import CHECKS
pack = load_pack(Path(sys.argv[1]), CHECKS, Path(sys.argv[2]))
"""
REPORT = "print(len(pack.rules), *sorted({'jsonschema', 'pyparsing', 'tomli', 'hashlib'} & set(sys.modules)))"


def run(code: str, *arguments: object) -> str:
    """What a new Python process prints that runs the code."""
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=True, cwd=root
    )
    return done.stdout.strip()


def test_many_processes_may_fill_the_cache_at_once(pack: PackFolder, cache: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        printed = list(pool.map(lambda _: run(f"{LOAD}\nprint(len(pack.rules))", pack.path, cache), range(16)))
    assert printed == ["2"] * 16
    (entry,) = entries(cache)
    assert read_entry(cache, entry.name, CHECKS) == pack.load(None)


def test_a_reader_never_meets_half_an_entry(pack: PackFolder, cache: Path) -> None:
    loaded = pack.load(cache)
    (entry,) = entries(cache)
    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write_entry, cache, entry.name, loaded) for _ in range(100)]
        while not all(writer.done() for writer in writers):
            assert read_entry(cache, entry.name, CHECKS) == loaded
    assert entries(cache) == [entry]


# Start-up


def test_a_cached_load_imports_nothing_that_only_compiling_needs(pack: PackFolder, cache: Path) -> None:
    assert run(LOAD + REPORT, pack.path, cache) == "2 jsonschema tomli"
    assert run(LOAD + REPORT, pack.path, cache) == "2"


# Encoding

_TEXT = st.text(max_size=5)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=5,
)
_KINDS = st.sampled_from(sorted(CHECKS))
_OPTIONS = st.dictionaries(_TEXT, _JSON, max_size=3)
_RULES = st.lists(st.builds(Rule, kind=_KINDS, options=_OPTIONS), max_size=2).map(tuple)
_FORMS = st.lists(st.builds(Form), max_size=1).map(tuple)
_CLAIMS = st.lists(st.from_type(ClaimTables), max_size=1).map(tuple)


@given(st.builds(Pack, rules=_RULES, forms=_FORMS, claims=_CLAIMS | st.just(())))
@settings(max_examples=some(50), deadline=None)
def test_every_pack_comes_back_as_it_was(pack: Pack) -> None:
    assert decode_pack(json.loads(encode_pack(pack)), CHECKS) == pack


def test_severities_come_back_as_severities(pack: PackFolder) -> None:
    decoded = decode_pack(json.loads(encode_pack(pack.load())), CHECKS)
    assert type(decoded.rules[0].severity) is Severity


class _Table(TypedDict):
    one: int


@pytest.mark.parametrize(
    ("shape", "right", "wrong"),
    [
        (str, ["", "甲"], [None, 1, True, []]),
        (int, [0, -1], [None, "1", True, 1.0]),
        (bool, [True], [None, 1, "true"]),
        (Any, [None, [1]], []),
        (list[str], [[], ["甲"]], [None, "甲", {}, [1], ["甲", None], [["甲"]]]),
        (list[int], [[], [1]], [None, ["1"], [True]]),
        (tuple[str, int], [["甲", 1]], [[], ["甲"], ["甲", 1, 1], ["甲", "1"], "甲乙"]),
        (tuple[int, ...], [[], [1, 2]], [1, ["1"]]),
        (dict[str, int], [{}, {"x": 1}], [None, [], {"x": "1"}]),
        (int | None, [None, 1], ["1", True]),
        (list[int] | str, [[1], "甲"], [1, ["甲"]]),
        (Literal["a", 1], ["a", 1], ["b", True, None, ["a"], {}]),
        (Annotated[str, str.isdigit], ["12"], ["", "甲", 12]),
        (Severity, [0, 3], [-1, 4, True, "error", None, []]),
        (_Table, [{"one": 1}], [{}, {"one": "1"}, {"one": 1, "two": 2}, [["one", 1]], None]),
        (float, [], [1.0]),
        (..., [], [1]),
    ],
    ids=str,
)
def test_a_shape_takes_what_is_of_it_and_nothing_else(shape: Any, right: list[Any], wrong: list[Any]) -> None:
    for data in right:
        found = decode(shape, data)
        assert (list(found) if isinstance(found, tuple) else found) == data
    for data in wrong:
        with pytest.raises(WrongShapeError):
            decode(shape, data)


@pytest.mark.parametrize("data", [None, [], "x", {}, {"id": "x"}])
def test_no_pack_at_all(data: Any) -> None:
    with pytest.raises(WrongShapeError):
        decode_pack(data, CHECKS)


def test_rules_of_a_kind_that_there_is_not_are_no_pack(pack: PackFolder) -> None:
    data = json.loads(encode_pack(pack.load()))
    with pytest.raises(WrongShapeError):
        decode_pack(data, {})


# Where the cache lies


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("DISCLOSURE_LINT_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/clerk")
    return monkeypatch


@pytest.mark.skipif(os.name == "nt", reason="paths of POSIX")
def test_where_the_cache_lies(environment: pytest.MonkeyPatch) -> None:
    assert default_cache_dir() == Path("/home/clerk/.cache/disclosure-lint")
    environment.setenv("XDG_CACHE_HOME", "relative")
    assert default_cache_dir() == Path("/home/clerk/.cache/disclosure-lint")
    environment.setenv("XDG_CACHE_HOME", "/var/cache/clerk")
    assert default_cache_dir() == Path("/var/cache/clerk/disclosure-lint")
    environment.setenv("DISCLOSURE_LINT_CACHE_DIR", "/tmp/mine")
    assert default_cache_dir() == Path("/tmp/mine")


def test_there_may_be_no_place_for_a_cache(environment: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    environment.setattr(Path, "home", homeless)
    assert default_cache_dir() is None
