"""Words that several outputs have in common, and the counts that end a run."""

from collections import Counter

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.form import Law
from disclosure_lint.model.result import FileResult

SEVERITIES = {
    Severity.error: LocalizedText("错误", "error"),
    Severity.warning: LocalizedText("警告", "warning"),
    Severity.info: LocalizedText("提示", "info"),
}
"""What people read; programs read the names."""
_CUSTOM = LocalizedText("惯例，法律没有规定", "custom, not law")
OUTCOMES: dict[str, LocalizedText] = {
    "passed": LocalizedText("通过", "passed"),
    "failed": LocalizedText("未通过", "failed"),
    "not_applicable": LocalizedText("不适用", "not applicable"),
    "undetermined": LocalizedText("无法判定", "undetermined"),
}


WORDINGS = {
    "statutory": LocalizedText("法定名称", "the statutory title"),
    "long": LocalizedText("通知使用的长名称", "a long name that the notice uses"),
    "other": LocalizedText("不是法定名称", "not the statutory title"),
}
"""How a section may be called."""


def counted(count: int, noun: str) -> str:
    """Returns `1 rule`, `2 rules`."""
    return f"{count} {plural(noun, count)}"


def plural(noun: str, count: int) -> str:
    """Returns the noun as it stands behind a count."""
    return noun if count == 1 else noun + "s"


def cited(law: Law, lang: str) -> str:
    """Returns document and clause; what is only custom is said to be that."""
    if law.document != "custom":
        return f"{law.document} {law.clause}".rstrip()
    clause = LocalizedText(f"（{law.clause}）", f" ({law.clause})").text(lang) if law.clause else ""
    return _CUSTOM.text(lang) + clause


class Totals:
    """Counts over all files of a run; holds no results."""

    def __init__(self) -> None:
        self.files = 0
        self.suppressed = 0
        """What comments and configurations keep from being reported."""
        self.baselined = 0
        """What baselines keep from being reported."""
        self.severities: Counter[Severity] = Counter()
        self.fixed = 0
        self.fixable: Counter[str] = Counter()
        """How many fixes there are, by applicability."""
        self._codes: Counter[tuple[str, str]] = Counter()
        self._rules: set[str] = set()
        self._verdicts: Counter[str] = Counter()

    def add(self, result: FileResult) -> None:
        """Counts a file in."""
        self.fixed += result.fixed
        self.files += result.status != "configuration"
        for one in result.suppressed:
            self.baselined += one.by == "baseline"
            self.suppressed += one.by != "baseline"
        for diagnostic in result.diagnostics:
            self.severities[diagnostic.severity] += 1
            self._codes[diagnostic.code, diagnostic.name] += 1
            if diagnostic.fix:
                self.fixable[diagnostic.fix.applicability] += 1
        for entry in result.ledger:
            self._rules.add(entry.code)
            self._verdicts[entry.verdict] += 1

    def summary(self, lang: str) -> str:
        """Returns the line of files and severities."""
        counts = {words: self.severities[severity] for severity, words in SEVERITIES.items()}
        if lang == "en":
            severe = ", ".join(counted(count, words.en) for words, count in counts.items())
            return f"{counted(self.files, 'file')} checked: {severe}{self._silent(lang)}"
        return f"共检查 {self.files} 个文件：{_listed(counts, lang)}{self._silent(lang)}"

    def _silent(self, lang: str) -> str:
        """Returns how much was found and is not reported, if anything."""
        words = {
            LocalizedText("忽略", "suppressed"): self.suppressed,
            LocalizedText("基线中", "in the baseline"): self.baselined,
        }
        counts = {one: count for one, count in words.items() if count}
        return ("; " if lang == "en" else "；") + _listed(counts, lang) if counts else ""

    def verdicts(self, lang: str) -> str:
        """Returns the line of how the rules ended; over several files it counts every rule once for each."""
        counts = {words: self._verdicts[outcome] for outcome, words in OUTCOMES.items()}
        rules, judged = len(self._rules), self._verdicts.total()
        if lang == "en":
            times = f", {counted(judged, 'verdict')}" if self.files > 1 else ""
            return f"{counted(rules, 'rule')}{times}: {_listed(counts, lang)}"
        times = f"，判定 {judged} 次" if self.files > 1 else ""
        return f"规则 {rules} 条{times}：{_listed(counts, lang)}"

    def fixes(self, lang: str) -> list[str]:
        """Returns a line of what was fixed and one of what can be; none where there is nothing of the kind."""
        lines = []
        safe, unsafe = self.fixable["safe"], self.fixable["unsafe"]
        if self.fixed:
            lines.append(f"fixed {self.fixed}" if lang == "en" else f"已修正 {self.fixed} 处")
        if safe:
            lines.append(f"[*] {safe} fixable with --fix" if lang == "en" else f"[*] {safe} 处可用 --fix 自动修正")
        if unsafe:
            en = f"{unsafe} fixable with --fix --unsafe-fixes, to be looked at and filled in"
            lines.append(en if lang == "en" else f"{unsafe} 处可用 --fix --unsafe-fixes 修正，须人工核对、填写")
        return lines

    def statistics(self) -> list[str]:
        """Returns a line for every code that was reported, the most frequent first."""
        ranked = sorted(self._codes.items(), key=lambda item: (-item[1], item[0]))
        size = max((len(str(count)) for _, count in ranked), default=0)
        return [f"{count:>{size}}  {code}  {name}" for (code, name), count in ranked]


def _listed(counts: dict[LocalizedText, int], lang: str) -> str:
    if lang == "en":
        return ", ".join(f"{count} {words.en}" for words, count in counts.items())
    return "，".join(f"{words.zh} {count}" for words, count in counts.items())
