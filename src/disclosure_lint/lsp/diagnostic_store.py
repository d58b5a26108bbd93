"""What is shown at which file: several sources may have something to say about one."""

from collections.abc import Callable, Mapping, Sequence

from lsprotocol import types

Findings = Mapping[str, Sequence[types.Diagnostic]]
"""By URI."""


class DiagnosticStore:
    """Collects findings by the one who found them, and tells what there is to show anew."""

    def __init__(self, show: Callable[[str, str], None]):
        """Takes what shows the findings of a URI anew; it gets the URI, and the owner whose findings changed."""
        self._show = show
        self._by_owner: dict[str, dict[str, Sequence[types.Diagnostic]]] = {}

    def post(self, owner: str, findings: Findings) -> None:
        """Replaces what an owner found; the owner's own text is shown anew in any case.

        An editor moves marks along with the text, so what we sent need not be what it still shows.
        """
        before = self._by_owner.get(owner, {})
        if findings:
            self._by_owner[owner] = dict(findings)
        else:
            self._by_owner.pop(owner, None)
        for uri in dict.fromkeys((*before, *findings)):
            if uri == owner or before.get(uri) != findings.get(uri):
                self._show(uri, owner)

    def of(self, uri: str) -> list[types.Diagnostic]:
        """Returns all findings of a URI, each once."""
        found: list[types.Diagnostic] = []
        for findings in self._by_owner.values():
            found += [one for one in findings.get(uri, ()) if one not in found]
        return found
