"""The linters of a process that does tasks: made once."""

from functools import lru_cache

from disclosure_lint.batch.plan import Job
from disclosure_lint.engine.linter import Linter, LinterSet
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.version import __version__
from disclosure_lint.settings import Settings


@lru_cache(maxsize=4)
def _made(stamp: str, lang: str, use_cache: bool) -> LinterSet:
    del stamp  # other rules, other linters
    return LinterSet(lang, use_cache=use_cache)


def linters_for(job: Job) -> LinterSet:
    """Returns the linters of a job. Raises UserError if another version of the tool asks for them."""
    if job.version != __version__:
        zh = f"这台机器上的 disclosure-lint 是 {__version__}，发起的是 {job.version}；请装成一样的版本"
        en = f"a worker has disclosure-lint {__version__}, and {job.version} started this; install the same version"
        raise UserError(zh, en=en)
    return _made(job.stamp, job.lang, job.use_cache)


def linter_for(job: Job, settings: Settings) -> Linter:
    """Returns the linter for files of some settings. Raises UserError as `linters_for` does."""
    return linters_for(job).of(settings.packs, convert=settings.convert)
