"""Rule packs: TOML files to forms and rules, with the place of every mistake.

Imported on every run, so only what a run with a cached pack needs stands here; what authors need
(`schema`, `texts`, `examples`) is imported by its own name.
"""

from disclosure_lint.packs.cache import default_cache_dir, load_pack
from disclosure_lint.packs.sources import shipped_rules

__all__ = ["default_cache_dir", "load_pack", "shipped_rules"]
