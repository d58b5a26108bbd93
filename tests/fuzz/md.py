"""Markdown, damaged at random in its lines and in its bytes."""

from tests.fuzz.mutations import damages_of
from tests.generation.layouts import PIPED, TABBED

DAMAGES = damages_of([*PIPED, *TABBED])
