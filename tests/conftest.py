"""What holds for all tests: how many examples hypothesis tries, always the same ones, and that it judges no clock.

What fails fails again, and only for what was changed; `--hypothesis-profile random` looks for what nobody has met.
"""

import os
from importlib.util import find_spec
from pathlib import Path

from hypothesis import settings

from tests.scale import SCALE, some

# Compiled rules of one run serve the next, and all processes of it; the user's own cache is left alone.
os.environ["DISCLOSURE_LINT_CACHE_DIR"] = str(Path(__file__).parents[1] / ".pytest_cache" / "disclosure-lint")
collect_ignore = [] if SCALE >= 1 or find_spec("distributed") else ["test_batch.py", "test_corpus.py"]
"""Long ones about libraries that the quick ones, whose set-up is to be quick too, do without."""

settings.register_profile("ours", max_examples=some(100), deadline=None, derandomize=True)
settings.register_profile("random", max_examples=some(100), deadline=None)
settings.load_profile("ours")
