"""Which files are judged in a test."""

import pytest

from disclosure_lint.engine.linter import Linter


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were judged in this process, each as often as it was."""
    seen: list[str] = []
    judge = Linter.judged

    def noting(self: Linter, name: str, *rest: object) -> object:
        seen.append(name)
        return judge(self, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Linter, "judged", noting)
    return seen
