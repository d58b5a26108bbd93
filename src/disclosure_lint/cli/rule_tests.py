"""`rules test`, `rules lint` and `rules check`: do the rules bite, and would a careful reader ask about them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.streams import opened
from disclosure_lint.engine.pack_registry import PackRegistry
from disclosure_lint.outputs.wording import counted
from disclosure_lint.packs.sources import CLAIMS, FORMS, PACK_FILE, shipped_rules
from disclosure_lint.packs.texts import Example, examples, rule_texts
from disclosure_lint.proof import Failure, linter_on_trial, run_examples
from disclosure_lint.proof.matrix import Caught, Matrix, matrix
from disclosure_lint.proof.review import review


def run_tests(paths: Sequence[str], say: Translator, *, whole: bool) -> int:
    """Returns 1 if an example fails, or a rule misses all its mutants or barks at others; prints all of them."""
    failed = False
    with opened(None, say) as output:
        for folder in _folders(paths):
            linter = linter_on_trial(PackRegistry(use_cache=False), folder)
            count, failures = run_examples(linter, folder)
            for failure in failures:
                output.write(_failure(failure, say))
            pack = linter.packs[-1]
            zh = f"规则包 {pack.id}：规则 {len(pack.rules)} 条，例子 {count} 个，失败 {len(failures)} 个\n"
            en = f"{counted(len(pack.rules), 'rule')}, {counted(count, 'example')}, {len(failures)} failed\n"
            output.write(say(zh, f"pack {pack.id}: {en}"))
            failed = failed or bool(failures)
            if failures:
                # Mutants of rules that fail their own examples tell nothing new.
                continue
            expected = {code: text.finds_in_sample for code, text in rule_texts(folder).items()}
            found = matrix(linter, pack.rules, _by_code(folder), expected)
            for line in _matrix_lines(found, say, whole=whole):
                output.write(line + "\n")
            failed = failed or bool(found.failures)
    return 1 if failed else 0


def run_check(paths: Sequence[str], say: Translator) -> int:
    """Returns 1 if `test` or `lint` would; prints only what must be changed."""
    return max(run_tests(paths, say, whole=False), run_review(paths, say, brief=True))


def run_review(paths: Sequence[str], say: Translator, *, brief: bool = False) -> int:
    """Returns 1 if there is a question that should not be; prints the questions by place, if `brief` only those."""
    severe = False
    with opened(None, say) as output:
        for folder in _folders(paths):
            linter = linter_on_trial(PackRegistry(use_cache=False), folder)
            questions = review(linter, folder)
            for question in questions:
                if brief and not question.severe:
                    continue
                grade = say("警告", "warning") if question.severe else say("提示", "info")
                output.write(f"{question.file}:{question.line}: {grade}: {question.words.text(say.lang)}\n")
            count = sum(question.severe for question in questions)
            pack, rest = linter.packs[-1].id, len(questions) - count
            output.write(
                say(
                    f"规则包 {pack}：警告 {count} 处，提示 {rest} 处\n",
                    f"pack {pack}: {counted(count, 'warning')}, {counted(rest, 'info')}\n",
                )
            )
            severe = severe or count > 0
    return 1 if severe else 0


def _folders(paths: Sequence[str]) -> list[Path]:
    return list(dict.fromkeys(map(_folder, paths or [str(shipped_rules())])))


def _folder(path: str) -> Path:
    """Returns the pack that a folder or file is, or that a rule file belongs to, by its shortest name."""
    given = Path(path).absolute()
    folder = given
    if given.is_file():
        # A pack reads no other folders: a file elsewhere below it is a pack of its own, or a mistake to be told.
        places = [given.parent, given.parent.parent] if given.parent.name in (CLAIMS, FORMS) else [given.parent]
        folder = next((place for place in places if (place / PACK_FILE).is_file()), given)
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _by_code(folder: Path) -> dict[str, list[Example]]:
    found: dict[str, list[Example]] = {}
    for example in examples(folder):
        found.setdefault(example.code, []).append(example)
    return found


def _failure(failure: Failure, say: Translator) -> str:
    example = failure.example
    note = say(f"（{example.note}）", f" ({example.note})") if example.note else ""
    return f"{example.file}:{example.line}: {example.code} {failure.words.text(say.lang)}{note}\n"


def _matrix_lines(found: Matrix, say: Translator, *, whole: bool) -> Iterator[str]:
    """Yields one line of counts and the failures; the whole matrix before them if asked."""
    if whole:
        yield from _table(found, say)
    for code, words in found.failures:
        yield f"{code} {words.text(say.lang)}"
    counts = [found.caught(rule.code) for rule in found.rules]
    caught, meant = sum(count for count, _ in counts), sum(count for _, count in counts)
    without = sum(1 for _, count in counts if not count)
    zh = f"变异：{found.grounds} 份完整的年报改出 {found.mutants} 份，例子改出 {found.trials} 份"
    en = f"mutants: {found.mutants} of {counted(found.grounds, 'full report')}, {found.trials} of clean examples"
    zh, en = f"{zh}，该抓 {meant} 处，抓到 {caught} 处", f"{en}, {caught} of {counted(meant, 'fault')} caught"
    if without:
        zh, en = f"{zh}，没有变异可试的规则 {without} 条", f"{en}, {counted(without, 'rule')} without mutants"
    pointed, named, listed = found.pointed()
    if pointed:
        zh = f"{zh}；改错一个数的等式 {pointed} 处，准确指出 {named} 处，列为可能之一 {listed} 处"
        en = f"{en}; of {counted(pointed, 'equation')} broken by one number, {named} point to it, {listed} list it"
    yield say(f"{zh}，失败 {len(found.failures)} 条", f"{en}, {len(found.failures)} failed")


def _table(found: Matrix, say: Translator) -> Iterator[str]:
    """Yields a line for each rule: code, name, caught/meant, the same by family; then what it missed.

    With mutants of one wrong number stands how often that very number was suggested.
    """
    names = max((len(rule.name) for rule in found.rules), default=0)
    for rule in found.rules:
        caught, meant = found.caught(rule.code)
        row = found.cells.get(rule.code, {})
        families = "  ".join(
            f"{family} {cell.meant - len(cell.missed)}/{cell.meant}{_pointed(cell, say)}"
            for family, cell in sorted(row.items())
        )
        yield f"{rule.code}  {rule.name:<{names}}  {f'{caught}/{meant}':>9}  {families}".rstrip()
        for cell in row.values():
            for what in cell.missed:
                yield f"       {say('没有抓到：', 'missed: ')}{what.text(say.lang)}"


def _pointed(cell: Caught, say: Translator) -> str:
    """Returns how often the wrong number was named, of the mutants with one."""
    if not cell.pointed:
        return ""
    listed = say(f"，列出 {cell.listed}", f", listed {cell.listed}") if cell.listed else ""
    return say(f"（指出 {cell.named}/{cell.pointed}{listed}）", f" (named {cell.named}/{cell.pointed}{listed})")
