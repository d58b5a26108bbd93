"""A limit of time for what strangers' regular expressions do to a report.

CPython's `re` looks for signals while it matches, so an alarm can end it. Where there is no alarm (Windows), where the
main thread is not ours to interrupt (other threads), and where the host program has set an alarm itself, there is no
limit: what is certain to run away was refused when the pack was loaded (`model/patterns.py`), and nothing else.
"""

from collections.abc import Callable
from typing import TypeVar

SECONDS = 2.0
"""How long a rule of a pack other than the national one may take for a report. Usual rules take a millisecond."""
_Result = TypeVar("_Result")


class _LateError(BaseException):
    """Rung by the alarm; no `except Exception` of the code that is interrupted holds it up."""


def in_time(call: Callable[[], _Result]) -> _Result:
    """Returns what the call returns; raises TimeoutError if it takes longer than `SECONDS`."""
    # Imported late: a run without strangers' packs needs no alarm.
    import signal

    def ring(*_: object) -> None:
        raise _LateError

    if not hasattr(signal, "setitimer") or any(signal.getitimer(signal.ITIMER_REAL)):
        return call()
    before = signal.getsignal(signal.SIGALRM)
    try:
        signal.signal(signal.SIGALRM, ring)
    except ValueError:  # not the main thread
        return call()
    try:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            return call()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _LateError:
        raise TimeoutError from None
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)
