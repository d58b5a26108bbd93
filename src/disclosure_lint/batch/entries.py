"""What is kept of reports so that others can be compared with them, all together."""

from collections.abc import Mapping

from disclosure_lint.batch.plan import Job, Part
from disclosure_lint.batch.workers import linter_for, linters_for
from disclosure_lint.engine.beside import Part as Beside
from disclosure_lint.engine.comparing import collecting, history_for
from disclosure_lint.many.wire import decoded_entry


class Entries:
    """The entries of all reports of a run."""

    def __init__(self, job: Job):
        """Takes what the settings say of names and sums, and the rules that keep something of each report."""
        self._job = job
        self._history = history_for(linters_for(job).of(), job.settings)
        self._history.collecting(rule for one in job.settings for rule in collecting(linter_for(job, one), one))
        self._forms = [{form.id: form for form in linter_for(job, one).forms} for one in job.settings]
        self._about: dict[str, tuple[str, int]] = {}

    def add(self, part: Part, entries: Mapping[str, str]) -> None:
        """Takes the entries of the files of a part, encoded, by their paths."""
        settings = {item.name: item.settings for item in part}
        for path, said in entries.items():
            entry = decoded_entry(said.encode("utf-8", "surrogatepass"), path)
            if entry is None:
                continue
            self._history.add(entry, self._forms[settings[entry.path]][entry.form])
            self._about[entry.path] = (entry.agency, entry.year)

    def beside(self, part: Part) -> Mapping[str, Beside]:
        """Returns by path what each report of a part is to be compared with."""
        known = [item.name for item in part if item.name in self._about]
        return {path: self._history.part(path, *self._about[path]) for path in known}
