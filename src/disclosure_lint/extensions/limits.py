"""Limits around what strangers wrote: processor time for their rules and packs, and words that can be said.

CPython's `re` looks for signals while it matches, so an alarm can end it in the main thread. In other threads nothing
can, and it would hold the whole interpreter; there the work is done in a copy of the process, where the system knows
one. The clock is no measure: on a busy machine, honest rules take long by it.

Where there is neither alarm nor copy (Windows), what is certain to run away was refused when the pack was loaded
(`model/patterns.py`), and between calls the time is counted.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import local
from time import thread_time
from typing import Any, TypeVar

from disclosure_lint.model.diagnostic import Verdict
from disclosure_lint.model.errors import PluginError, UserError
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

RULE = 1.0
"""Seconds of processor time that a rule of a pack other than the national one may take for a report. Usual rules take
a millisecond."""
PACK = 2.0
"""Seconds that all rules of such a pack together may take for a report."""
COMPILING = 10.0
"""Seconds to read and compile such a pack. The national one takes one."""
_PATIENCE = 20
"""So many times the processor time by the clock, a copy of the process is taken to hang."""
_Result = TypeVar("_Result")


class _LateError(BaseException):
    """Rung by the alarm; no `except Exception` of the code that is interrupted holds it up."""


class Budget:
    """Processor time that is used up by one call after the other."""

    def __init__(self, seconds: float):
        """Takes the seconds that there are."""
        self.left = seconds
        """Seconds that are left."""

    def spend(self, call: Callable[[], _Result], most: float = float("inf")) -> _Result:
        """Returns what the call returns; raises TimeoutError if it takes more than is left, or than the `most`."""
        # Imported late: a run without strangers' packs needs no alarm.
        import signal
        import threading

        seconds = min(self.left, most)
        if seconds <= 0:
            raise TimeoutError
        start = thread_time()
        try:
            if not hasattr(signal, "setitimer"):
                return call()
            if threading.current_thread() is not threading.main_thread():
                return self._apart(call, seconds)
            # Another alarm is one of these around it, or the host program's.
            return call() if any(signal.getitimer(signal.ITIMER_PROF)) else _alarmed(call, seconds)
        finally:
            self.left -= thread_time() - start

    def _apart(self, call: Callable[[], _Result], seconds: float) -> _Result:
        """Returns what the call returns in a copy of the process, whose main thread is the copy of this one."""
        import pickle  # nosec B403  # of what a copy of this process says
        import signal
        import warnings
        from select import select

        reading, writing = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what threads may hold: the copy does nothing but the call
            child = os.fork()
        if child == 0:
            _answer(writing, lambda: _alarmed(call, seconds))
        os.close(writing)
        answer = b""
        try:
            with open(reading, "rb", buffering=0) as pipe:  # noqa: PTH123 (it is no path)
                while select([pipe], [], [], _PATIENCE * seconds)[0] and (part := pipe.read(1 << 16)):
                    answer += part
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        if not answer:
            raise TimeoutError
        used, result, error = pickle.loads(answer)  # nosec B301  # our own copy wrote it, into a pipe that no other has
        self.left -= used
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]


def _answer(writing: int, call: Callable[[], Any]) -> None:
    """Writes what a call returns or raises, and ends this process."""
    import pickle  # nosec B403  # as above

    try:
        try:
            said: tuple[Any, Any] = (call(), None)
        except Exception as error:  # noqa: BLE001 (the other process raises it)
            said = (None, error)
        data = pickle.dumps((thread_time(), *said))
        with open(writing, "wb") as pipe:
            pipe.write(data)
    finally:
        os._exit(0)


def _alarmed(call: Callable[[], _Result], seconds: float) -> _Result:
    """Returns what the call returns; raises TimeoutError if this thread uses more processor time for it."""
    import signal

    end = thread_time() + seconds

    def ring(*_: object) -> None:
        # The alarm counts what all threads use.
        left = end - thread_time()
        if left <= 0:
            raise _LateError
        signal.setitimer(signal.ITIMER_PROF, left)

    before = signal.signal(signal.SIGPROF, ring)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            return call()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except _LateError:
        raise TimeoutError from None
    finally:
        signal.signal(signal.SIGPROF, signal.SIG_DFL if before is None else before)


class LimitedRules:
    """Judges rules of packs other than the national one within limits.

    One that took too long once is not tried again: it would hold up every further file.
    """

    def __init__(self) -> None:
        self._late: dict[str, PluginError] = {}
        self._now = local()

    def judge(self, rule: Rule, report: Report, judge: Callable[[], Verdict]) -> Verdict:
        """Returns the verdict; PluginError naming the rule or the pack if it takes too long, or its check fails."""
        if rule.code in self._late:
            raise self._late[rule.code]
        budget = self._budget(rule, report)
        zh, en = f"规则 {rule.code}（规则包 {rule.pack}）", f"rule {rule.code} (pack {rule.pack})"
        before = budget.left
        try:
            return budget.spend(judge, RULE)
        except TimeoutError:
            late = _late_rule(rule.pack, zh, en) if before >= RULE else _late_pack(rule.pack)
            if before > 0:
                self._late[rule.code] = late
            raise late from None
        except PluginError as error:
            raise PluginError(error.owner, f"{zh}没有查成：{error.zh}", f"{en}: {error.en}") from error.__cause__

    def _budget(self, rule: Rule, report: Report) -> Budget:
        """Returns what is left of the time of the rule's pack for a report."""
        if getattr(self._now, "report", None) is not report:
            self._now.report, self._now.budgets = report, {}
        budgets: dict[str, Budget] = self._now.budgets
        return budgets.setdefault(rule.pack, Budget(PACK))


def _late_rule(pack: str, zh: str, en: str) -> PluginError:
    zh = f"{zh}的正则表达式用了 {RULE:g} 秒处理器时间还没有匹配完；请改写，或关掉这条规则"
    en = f"{en}: its patterns were not done in {RULE:g} s of processor time; rewrite them, or switch the rule off"
    return PluginError(pack, zh, en)


def _late_pack(pack: str) -> PluginError:
    zh = f"规则包 {pack} 的规则合起来用了 {PACK:g} 秒处理器时间还没有查完，没有查完的没有结果；请改写其中的正则表达式"
    en = f"the rules of the pack {pack} took {PACK:g} s of processor time together, and were not all judged; rewrite"
    return PluginError(pack, zh, f"{en} their patterns")


def speakable(rule: Rule, verdict: Verdict) -> Verdict:
    """Returns the verdict; PluginError if a message of the rule has a placeholder that its check does not fill."""
    for finding in verdict.findings:
        try:
            rule.diagnostic(finding, "")
        except KeyError as unknown:
            name = f"{{{unknown.args[0]}}}"
            zh = f"规则 {rule.code}（规则包 {rule.pack}）的说法里有 {name}，检查不填它；请改写说法"
            en = f"rule {rule.code} (pack {rule.pack}): its check does not fill {name} in the message; reword it"
            raise PluginError(rule.pack, zh, en) from None
    return verdict


def compiled_in_time(folder: Path, compiled: Callable[[], _Result]) -> _Result:
    """Returns what a stranger's pack is compiled to; UserError if it takes longer than any pack needs."""
    try:
        return Budget(COMPILING).spend(compiled)
    except TimeoutError:
        words = f"规则包用了 {COMPILING:g} 秒处理器时间还没有编译完，请拆成几个包，或者简化其中的正则表达式和公式"
        en = f"the pack was not compiled in {COMPILING:g} s of processor time; split it, or simplify its patterns"
        raise UserError(words, str(folder), en=en) from None
