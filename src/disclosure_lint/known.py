"""What settings may refer to: the rules, forms and regional packs of linters."""

from collections.abc import Callable, Sequence

from disclosure_lint.linter import Linter
from disclosure_lint.settings.validation import Known, Places


def known_to(linters: Sequence[Linter], lang: str, more: Callable[[tuple[str, ...]], Known] | None = None) -> Known:
    """Returns what settings may refer to where one of these linters is used; mistakes are said in `lang`.

    `more` loads packs that a configuration names, and returns what it may refer to with them.
    """
    rules = {rule.code: rule for linter in linters for rule in linter.rules}
    forms = dict.fromkeys(form.id for linter in linters for pack in linter.packs for form in pack.forms)
    regions = dict.fromkeys(
        pack.id for linter in linters for pack in linter.packs if pack.region is not None or pack.condition.agency
    )
    return Known(tuple(rules), tuple(rule.name for rule in rules.values()), tuple(forms), lang, tuple(regions), more)


def places_of(linter: Linter) -> Places:
    """Returns the names of all numbers and sections of the loaded forms."""
    forms = [form for pack in linter.packs for form in pack.forms]
    cells = [str(address) for form in forms for table in form.tables for address in table.addresses()]
    sections = [section.id for form in forms for section in form.sections]
    return Places(tuple(dict.fromkeys(cells)), tuple(dict.fromkeys(sections)))
