"""Which packs are for a report, and what they make of rules and forms together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from disclosure_lint.binding.binder import Binder
from disclosure_lint.model.claim import Claims
from disclosure_lint.model.diagnostic import LocalizedText, Verdict
from disclosure_lint.model.errors import PluginError
from disclosure_lint.model.form import Form
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Condition, Pack, Rule
from disclosure_lint.packs.dependencies import amended_forms, amended_rules

if TYPE_CHECKING:
    from disclosure_lint.model.agency import RegionGuess, RegionOf


class RuleSet(NamedTuple):
    """The rules and forms of packs that apply together."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    forms: tuple[Form, ...]
    binder: Binder
    changed: dict[str, LocalizedText]
    """Why a rule is gone, or has another severity than its own pack gives it; by code."""
    read_claims: Callable[[Report], Claims]
    """Reads the numbers of a report's prose by the words and measures of the packs."""


class RuleSetSelection(NamedTuple):
    """What is for a report."""

    rule_set: RuleSet
    region: str | None = None
    """Id of the most local regional pack that applies."""
    reason: LocalizedText | None = None
    """Why that one, or why none."""
    failures: tuple[PluginError, ...] = ()
    """Plugins that could not tell the region, and packs that could not tell whether they are for the report."""


class RuleSets:
    """Makes the rules and forms of each set of packs once."""

    def __init__(
        self, packs: Sequence[Pack], region_of: "RegionOf | None" = None, ask_before: "Sequence[RegionOf]" = ()
    ):
        """Takes all loaded packs, and what tells where an authority is: by default the table of divisions.

        `ask_before` are asked first; the first of them that knows is believed.
        """
        self._packs = tuple(packs)
        self._by_id = {pack.id: pack for pack in packs}
        self._region_of = region_of
        self._ask_before = tuple(ask_before)
        self._made: dict[tuple[str, ...], RuleSet] = {}
        self.base = self._together(tuple(pack for pack in packs if pack.is_general))
        """What holds for every report."""
        self.differ = len(self.base.packs) < len(self._packs)
        """Whether some pack is not for every report."""

    def choose(self, report: Report, region: str) -> RuleSetSelection:
        """Returns what is for a report that was bound with the base; `region` is `auto`, `none` or the id of a pack."""
        failures: list[PluginError] = []
        guess = self._guess(report, failures) if region == "auto" else None
        meant = []
        for pack in self._packs:
            try:
                meant += [pack] if self._is_for(pack, report, region, guess) else []
            except PluginError as error:
                failures.append(error)
        packs = self._ordered(meant)
        local = next((pack.id for pack in reversed(packs) if pack.region is not None or pack.id == region), None)
        return RuleSetSelection(self._together(packs), local, self._reason(region, guess, local), tuple(failures))

    def why_not(self, pack: Pack, report: Report, choice: RuleSetSelection) -> LocalizedText | None:
        """Returns why a pack is not for a report, None if it is."""
        if pack in choice.rule_set.packs:
            return None
        verdict = _not_for(pack, pack.condition, report)
        if verdict is None or verdict.reason is None:
            zh, en = f"只用于区划代码以 {pack.region} 开头的机关", f"only for authorities in division {pack.region}"
            more = choice.reason
            return LocalizedText(f"{zh}；{more.zh}", f"{en}; {more.en}") if more else LocalizedText(zh, en)
        return verdict.reason

    def _guess(self, report: Report, failures: list[PluginError]) -> "RegionGuess | None":
        if report.agency is None or not any(pack.region for pack in self._packs):
            return None
        asked = (report.agency, report.year, report.document.source.text)
        for plugin in self._ask_before:
            try:
                if guess := plugin(*asked):
                    return guess
            except PluginError as error:
                failures.append(error)
        if self._region_of:
            return self._region_of(*asked)
        # A table of thousands of divisions, which only reports for regional packs need.
        from disclosure_lint.divisions.region import region_of

        return region_of(*asked)

    def _is_for(self, pack: Pack, report: Report, region: str, guess: "RegionGuess | None") -> bool:
        if pack.id == region:
            return _not_for(pack, pack.condition._replace(agency=None), report) is None
        if pack.region is not None and not (guess and guess.code and guess.code.startswith(pack.region)):
            return False
        return _not_for(pack, pack.condition, report) is None

    def _ordered(self, meant: Iterable[Pack]) -> tuple[Pack, ...]:
        """Returns the packs and all that they stand on, the general before the local, each after what it extends."""
        packs = {below.id: below for pack in meant for below in (pack, *self._below(pack))}

        def place(pack: Pack) -> tuple[int, int]:
            chain = (pack, *self._below(pack))
            return max(len(one.region or "") for one in chain), len(chain)

        return tuple(sorted((pack for pack in self._packs if pack.id in packs), key=place))

    def _below(self, pack: Pack) -> Iterator[Pack]:
        while pack.extends in self._by_id:
            pack = self._by_id[pack.extends]
            yield pack

    def _reason(self, region: str, guess: "RegionGuess | None", local: str | None) -> LocalizedText | None:
        if region == "none":
            return LocalizedText("按要求不用地区规则包", "no regional pack, as asked")
        if region != "auto":
            if local is None:
                return LocalizedText(f"规则包 {region} 不用于这份年报", f"the pack {region} is not for this report")
            return LocalizedText(f"按要求用 {region}", f"{region}, as asked")
        if guess is None:
            unknown = LocalizedText("不知道是哪里的机关", "it is not known where the authority is")
            return unknown if any(pack.region for pack in self._packs) else None
        return guess.reason

    def _together(self, packs: tuple[Pack, ...]) -> RuleSet:
        ids = tuple(pack.id for pack in packs)
        if ids not in self._made:
            rules, forms, changed = _amended(packs)
            # With the forms of the base, what the base has bound need not be bound again.
            known = next((made.binder for made in self._made.values() if made.forms == forms), None)
            self._made[ids] = RuleSet(packs, rules, forms, known or Binder(forms), changed, _ClaimReader(packs))
        return self._made[ids]


class _ClaimReader:
    """Reads claims by the words of packs, which are made ready when a rule first asks for claims."""

    def __init__(self, packs: Sequence[Pack]):
        self._packs = packs
        self._read: Callable[[Report], Claims] | None = None

    def __call__(self, report: Report) -> Claims:
        if self._read is None:
            # Only where some rule that is run is about the numbers of the prose.
            from disclosure_lint.claims.comparing import claims_reader

            self._read = claims_reader([one for pack in self._packs for one in pack.claims])
        return self._read(report)


def _not_for(pack: Pack, condition: Condition, report: Report) -> Verdict | None:
    """Returns why a report is not meant; PluginError if the pattern for its agency takes too long to tell."""
    if condition.agency is None:
        return condition.not_for(report)
    from disclosure_lint.extensions.limits import RULE, Budget

    try:
        return Budget(RULE).spend(lambda: condition.not_for(report))
    except TimeoutError:
        zh = f"规则包 {pack.id} 的 agency 的正则表达式用了 {RULE:g} 秒处理器时间还没有匹配完，这个规则包没有用"
        en = f"the pattern agency of the pack {pack.id} took over {RULE:g} s of processor time; the pack was not used"
        raise PluginError(pack.id, zh, en) from None


def _amended(packs: Sequence[Pack]) -> tuple[tuple[Rule, ...], tuple[Form, ...], dict[str, LocalizedText]]:
    if len(packs) == 1:
        return packs[0].rules, packs[0].forms, {}
    rules, changed = amended_rules(packs)
    return rules, amended_forms(packs), changed
