"""Our own regular expressions, found in the source, and texts on which a careless one takes more than linear time.

    python -m tests.fuzz.patterns [LENGTH] [WORDS …]

Prints each expression whose processor time grows faster than the text; WORDS choose modules.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import chain, product
from math import log
from pathlib import Path
from time import thread_time
from typing import Any, NamedTuple

import disclosure_lint
from disclosure_lint.model.patterns import parser
from tests.scale import SCALE

_ROOT = Path(disclosure_lint.__file__).parent
_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")
_FIND = ("finditer", "findall", "sub", "split")
_MAKERS = ("re.compile", "lazy_re_compile", "Expression")
_CALLS = {f"re.{method}": method for method in _METHODS} | dict.fromkeys(_MAKERS, "compile")
"""What takes an expression, and what is done with it."""
_OF_EXTRAS = {"dask", "distributed", "fsspec", "pyarrow"}
_ONLY_MATCHED = ("disclosure_lint.packs.toml_files",)
"""Modules that hand their expressions on to what only matches at a place."""
_MOST_SAMPLES = 24
_ENDS = ("", "\x00", "\n")
"""What may stand behind a run: nothing, what few classes have, and what ends a line."""
_ENOUGH = 0.05
"""Seconds of processor time in which it shows how the time grows."""
_SLOW = 4e-7
"""Seconds of processor time for a character of a text that is then tried in more lengths."""


class Use(NamedTuple):
    """An expression, and a way in which it meets a text."""

    module: str
    line: int
    pattern: str | bytes
    flags: int
    method: str
    """`match`, `fullmatch`, `search` or `finditer`."""

    def run(self, text: str | bytes) -> None:
        """Lets the expression loose on a text."""
        compiled: re.Pattern[Any] = re.compile(self.pattern, self.flags)
        found = getattr(compiled, self.method)(text)
        if self.method == "finditer":
            for _ in found:
                pass


def uses(folders: Iterable[str]) -> tuple[set[Use], set[str]]:
    """Returns how expressions are used in some folders or files of the package; and where one is not known.

    The latter as `module: source of the argument`: expressions that are made while the program runs.
    """
    files = sorted(file for folder in folders for file in _files(_ROOT / folder))
    found: set[Use] = set()
    unknown: set[str] = set()
    modules = list(_modules(files))
    shared: dict[str, set[str]] = {}
    for one in modules:
        for name, method in one.methods():
            if not name.startswith("_"):
                shared.setdefault(name, set()).add(method)
    for one in modules:
        here, strange = one.uses(shared)
        found |= here
        unknown |= strange
    return found, unknown


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else list(path.rglob("*.py"))


def _modules(files: Iterable[Path]) -> Iterator["_Module"]:
    """Yields the modules, but those whose libraries the quick tests do without: they are looked at with `--all`."""
    for file in files:
        try:
            yield _Module(file)
        except ModuleNotFoundError as missing:
            if SCALE >= 1 or (missing.name or "").partition(".")[0] not in _OF_EXTRAS:
                raise


class _Module:
    """The source of a module beside the module itself."""

    def __init__(self, file: Path):
        parts = file.relative_to(_ROOT.parent).with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self._tree = ast.parse(file.read_text("utf-8"))
        self._names = vars(import_module(self.name))
        self._parents = {child: node for node in ast.walk(self._tree) for child in ast.iter_child_nodes(node)}

    def methods(self) -> Iterator[tuple[str, str]]:
        """Yields what is called of names: `("_TAG", "match")`, or `("_TAG", "")` for a name that is passed on."""
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                parent = self._parents[node]
                yield node.id, parent.attr if isinstance(parent, ast.Attribute) else ""

    def uses(self, shared: dict[str, set[str]]) -> tuple[set[Use], set[str]]:
        """Returns the uses of expressions, and what they are made of where that is not known."""
        named = dict(shared)
        for name, called in self.methods():
            named[name] = {*named.get(name, ()), called}
        found: set[Use] = set()
        unknown: set[str] = set()
        for node in ast.walk(self._tree):
            action = _CALLS.get(ast.unparse(node.func)) if isinstance(node, ast.Call) else None
            if not isinstance(node, ast.Call) or action is None:
                continue
            patterns = list(self._patterns(node.args[0], node))
            if not patterns:
                unknown.add(f"{self.name}: {ast.unparse(node.args[0])}")
            flags = self._flags(node)
            for method, pattern in product(self._of(node, action, named), patterns):
                found.add(Use(self.name, node.lineno, pattern, flags, method))
        return found, unknown

    def _of(self, node: ast.Call, method: str, named: dict[str, set[str]]) -> set[str]:
        if method != "compile":
            return {"finditer" if method in _FIND else method}
        parent = self._parents[node]
        if isinstance(parent, ast.Attribute):
            methods = {parent.attr}
        elif isinstance(parent, (ast.Assign, ast.AnnAssign)):
            target = parent.targets[0] if isinstance(parent, ast.Assign) else parent.target
            methods = named.get(target.id, set()) if isinstance(target, ast.Name) else set()
        else:
            methods = set()
        known = {"finditer" if one in _FIND else one for one in methods if one in _METHODS}
        if known and ("" not in methods or self.name in _ONLY_MATCHED):
            return known
        return {"match"} if self.name in _ONLY_MATCHED else {*known, "finditer", "match"}

    def _flags(self, node: ast.Call) -> int:
        given = [ast.unparse(one) for one in (*node.args[1:], *(word.value for word in node.keywords))]
        flags = 0
        for text in given:
            if re.fullmatch(r"re\.[A-Z]+( \| re\.[A-Z]+)*", text):
                flags |= int(eval(text, {"re": re}))
        return flags

    def _patterns(self, node: ast.expr, call: ast.AST) -> Iterator[str | bytes]:
        """Yields what an argument may be: a constant, a name of the module, one of two, what a local name is set to."""
        if isinstance(node, ast.IfExp):
            yield from chain(self._patterns(node.body, call), self._patterns(node.orelse, call))
            return
        try:
            value = eval(compile(ast.Expression(node), self.name, "eval"), dict(self._names))
        except (NameError, AttributeError, TypeError):
            if isinstance(node, ast.Name):
                yield from self._assigned(node.id, call)
            return
        if isinstance(value, (str, bytes)):
            yield value

    def _assigned(self, name: str, node: ast.AST) -> Iterator[str | bytes]:
        while not isinstance(node, (ast.FunctionDef, ast.Module)):
            node = self._parents[node]
        for one in ast.walk(node):
            if isinstance(one, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in one.targets):
                yield from self._patterns(one.value, one)


def texts(pattern: str | bytes, flags: int, length: int, *, pairs: bool) -> Iterator[str]:
    """Yields texts that long: runs of each character that an expression mentions, behind what leads to each repeat."""
    parsed = parser.parse(pattern, flags)
    samples = list(dict.fromkeys(chain(_samples(parsed), "a\n")))[:_MOST_SAMPLES]
    leads = list(dict.fromkeys(("", *_leads(parsed, ""))))[:_MOST_SAMPLES]
    pumps = [*samples, *(lead for lead in leads if lead)]
    if pairs:
        pumps += [one + other for one, other in product(samples, samples) if one != other]
    for lead, pump, end in product(leads, dict.fromkeys(pumps), (*_ENDS, *(samples if pairs else ()))):
        yield lead + pump * (length // len(pump)) + end


def _samples(parsed: Any) -> Iterator[str]:
    """Yields a character of each class and each literal, and one that none of the negated classes has."""
    for operator, argument in parsed:
        if operator is parser.LITERAL:
            yield chr(argument)
        elif operator is parser.NOT_LITERAL:
            yield from (chr(argument), _other([(parser.LITERAL, argument)]))
        elif operator is parser.ANY:
            yield "x"
        elif operator is parser.IN:
            yield from _of_class(argument)
        else:
            for part in _parts(argument):
                yield from _samples(part)


_CATEGORIES = {"DIGIT": "7", "SPACE": " ", "WORD": "w", "NOT_DIGIT": "n", "NOT_SPACE": "n", "NOT_WORD": "-"}


def _of_class(items: Any) -> Iterator[str]:
    if items and items[0][0] is parser.NEGATE:
        yield _other(items[1:])
    for operator, argument in items:
        if operator is parser.LITERAL:
            yield chr(argument)
        elif operator is parser.RANGE:
            yield chr(argument[1])
        elif operator is parser.CATEGORY:
            yield _CATEGORIES[str(argument).removeprefix("CATEGORY_")]


def _other(items: Any) -> str:
    listed = "".join(
        re.escape(chr(argument))
        if operator is parser.LITERAL
        else "-".join(re.escape(chr(one)) for one in argument)
        if operator is parser.RANGE
        else {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w", "NOT_DIGIT": r"\D", "NOT_SPACE": r"\S", "NOT_WORD": r"\W"}[
            str(argument).removeprefix("CATEGORY_")
        ]
        for operator, argument in items
    )
    return next((one for one in 'a"=< 一7-' if not re.match(f"[{listed}]", one)), "\x01")


def _parts(argument: Any) -> Iterator[Any]:
    """Yields the sequences in an argument of the parser's."""
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for one in argument:
            yield from _parts(one)


def _leads(parsed: Any, before: str) -> Iterator[str]:
    """Yields a text that leads to each place of an expression at which something is repeated."""
    for operator, argument in parsed:
        if operator in (parser.MAX_REPEAT, parser.MIN_REPEAT, getattr(parser, "POSSESSIVE_REPEAT", None)):
            yield before
            yield from _leads(argument[2], before)
            before += _shortest(argument[2]) * max(argument[0], 0)
            # Once more than it has to: what follows is reached behind a repeat that took something.
            if not argument[0]:
                yield before + _shortest(argument[2])
        else:
            for part in _parts(argument):
                yield from _leads(part, before)
            before += _shortest([(operator, argument)])


def _shortest(parsed: Any) -> str:
    """Returns a text that a part of an expression probably matches."""
    found = ""
    for operator, argument in parsed:
        if operator in (parser.MAX_REPEAT, parser.MIN_REPEAT, getattr(parser, "POSSESSIVE_REPEAT", None)):
            found += _shortest(argument[2]) * argument[0]
        elif operator is parser.BRANCH:
            found += _shortest(argument[1][0])
        elif operator in (parser.ASSERT, parser.ASSERT_NOT, parser.AT, parser.GROUPREF):
            continue
        elif operator is parser.SUBPATTERN:
            found += _shortest(argument[-1])
        else:
            found += next(_samples([(operator, argument)]), "")
    return found


def seconds(call: Callable[[], object]) -> float:
    """Returns the processor time of a call, the least of three where it is short."""
    best = float("inf")
    for _ in range(3):
        start = thread_time()
        call()
        best = min(best, thread_time() - start)
        if best > 0.2:
            break
    return best


def exponent(use: Use, shape: Callable[[int], str | bytes], length: int) -> float:
    """Returns with which power of its length the time for a text grows."""
    short = shape(length)
    least = 9.0
    for _ in range(2):
        first = seconds(lambda: use.run(short))
        for times in (2, 4, 8):
            long = shape(times * length)
            last = seconds(lambda long=long: use.run(long))  # type: ignore[misc]
            if last > _ENOUGH:
                break
        least = min(least, log(last / first) / log(times))
    return least


def superlinear(use: Use, length: int, *, pairs: bool = False) -> tuple[float, str] | None:
    """Returns the power of the first text for which the time grows faster than its length, and its beginning."""
    usual = _SLOW * length
    for number, text in enumerate(texts(use.pattern, use.flags, length, pairs=pairs)):
        start = thread_time()
        use.run(_given(use, text))
        if (time := thread_time() - start) > usual:
            usual = 2 * time

            def shape(size: int, number: int = number) -> str | bytes:
                for at, text in enumerate(texts(use.pattern, use.flags, size, pairs=pairs)):
                    if at == number:
                        return _given(use, text)
                raise AssertionError

            if (power := exponent(use, shape, length)) > 1.2:
                return power, text[:20]
    return None


def _given(use: Use, text: str) -> str | bytes:
    return text if isinstance(use.pattern, str) else text.encode("latin-1", "replace")


def main(arguments: list[str]) -> None:
    """Tries all expressions with pairs of characters too."""
    length = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 2000
    found, unknown = uses(("",))
    for use in sorted(found, key=lambda use: use[:2]):
        if (not arguments or any(word in use.module for word in arguments)) and (
            bad := superlinear(use, length, pairs=True)
        ):
            print(f"{use.module}:{use.line} {use.method} {bad[0]:.2f} {bad[1]!r}\n    {use.pattern!r}", flush=True)
    print("made while the program runs:", *sorted(unknown), sep="\n    ")


if __name__ == "__main__":
    main(sys.argv[1:])
