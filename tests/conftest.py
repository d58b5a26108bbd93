"""What holds for all tests: how many examples hypothesis tries, and that it judges no clock."""

from hypothesis import settings

from tests.scale import some

settings.register_profile("ours", max_examples=some(100), deadline=None)
settings.load_profile("ours")
