"""What holds for all tests: how many examples hypothesis tries, always the same ones, and that it judges no clock.

What fails fails again, and only for what was changed; `--hypothesis-profile random` looks for what nobody has met.
"""

from hypothesis import settings

from tests.scale import some

settings.register_profile("ours", max_examples=some(100), deadline=None, derandomize=True)
settings.register_profile("random", max_examples=some(100), deadline=None)
settings.load_profile("ours")
