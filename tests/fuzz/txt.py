"""Plain text, damaged at random in its lines and in its bytes."""

from tests.fuzz.mutations import damages_of
from tests.generation import LAYOUTS
from tests.generation.layouts import PIPED, TABBED

DAMAGES = damages_of([layout for layout in LAYOUTS if layout not in (*PIPED, *TABBED)])
