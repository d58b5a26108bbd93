"""The matrix of rules and mutants as lines."""

from collections.abc import Iterator

from disclosure_lint.cli.language import Translator
from disclosure_lint.outputs.wording import counted
from disclosure_lint.proof.matrix import Caught, Matrix


def matrix_lines(found: Matrix, say: Translator, *, whole: bool) -> Iterator[str]:
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
