"""What is an explanation, and what only looks like one."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govstats.corrections import reasons
from govstats.settings import Settings
from govstats.validation.finding import Finding

_CHINESE = re.compile("[㐀-鿿]")
_MARKS = re.compile(r"[\W_]+")
#: A run of so many characters that also stands in the finding is copied from there.
_COPIED = 4
#: Characters of an explanation that a reply quotes.
_QUOTED = 30


@dataclass(frozen=True)
class Reply:
    """Why an explanation does not count, and what to do; shown to the department."""

    zh: str
    en: str


@dataclass(frozen=True)
class Standard:
    """What is asked of an explanation.

    ``least`` different Chinese characters of its own; one text for ``most_alike`` findings of
    several rules; ``boilerplate`` phrases count for nothing.
    """

    least: int
    most_alike: int
    boilerplate: tuple[str, ...]

    @classmethod
    def load(cls, settings: Settings) -> "Standard":
        """Read it from the dbt project.

        Raises:
            KnowledgeError: the table of boilerplate or a number is missing.
        """
        return cls(
            least=reasons.whole_number(settings, "shortest_explanation"),
            most_alike=reasons.whole_number(settings, "most_alike_explanations"),
            boilerplate=tuple(reasons.boilerplate(settings)),
        )

    def judge(
        self, text: str, explained_by: str | None, finding: Finding, alike: Sequence[Finding] = ()
    ) -> Reply | None:
        """Say why a text does not explain a finding; None where it does.

        Args:
            text: as filled in.
            explained_by: who filled it in.
            finding: what it is to explain.
            alike: all findings that the same workbook explains by the same text.
        """
        if finding.severity == "hard":
            return Reply(
                "强制性意见不能以说明代替，请改正后重新报送",
                "a hard finding must be mended and sent again, not explained",
            )
        if not explained_by:
            return Reply(
                "未填写填报人，请填写后重新交回", "nobody is named who explains; fill in the name"
            )
        return self._emptiness(text, finding) or self._pasted(text, alike)

    def _emptiness(self, text: str, finding: Finding) -> Reply | None:
        if not _CHINESE.search(text):
            return Reply("说明不是中文，请用中文写明原因", "it is not in Chinese")
        own = reasons.without(plain(text), map(plain, self.boilerplate))
        if self._is_short(own):
            return Reply(
                f"“{_quoted(text)}”除套话外不足 {self.least} 个不同的字，"
                "请写明是什么事、影响了多少、何时起",
                f"fewer than {self.least} different characters are left without boilerplate; say "
                "what happened, since when and how much it changed",
            )
        if self._is_short(without_copied(own, _words(finding))):
            return Reply(
                f"“{_quoted(text)}”重复了审核意见的内容，没有说出原因，请写明数据为什么这样变化",
                "it repeats the finding and gives no cause; say why the figure is what it is",
            )
        return None

    def _is_short(self, text: str) -> bool:
        return len(set(_CHINESE.findall(text))) < self.least

    def _pasted(self, text: str, alike: Sequence[Finding]) -> Reply | None:
        """One text for many findings is a common cause where one rule found them all."""
        count = len({finding.finding_key for finding in alike})
        rules = len({finding.rule_id for finding in alike})
        if count <= self.most_alike or rules <= 1:
            return None
        return Reply(
            f"同一说明用于 {rules} 项规则的 {count} 条意见（最多 {self.most_alike} 条），"
            "请逐条写明；确属同一原因的，请分别写明它对各项数据的影响",
            f"one text for {count} findings of {rules} rules (at most {self.most_alike}); explain "
            "each, or say of each how the common cause changed it",
        )


def plain(text: str) -> str:
    """Return a text in one spelling, without marks: 核实，无误！ and 核实无误 are the same."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def without_copied(text: str, sources: Iterable[str]) -> str:
    """Return what is left of a plain text without runs that also stand in one of the sources.

    Args:
        text: as ``plain`` gives it.
        sources: the same.
    """
    known = {
        source[at : at + _COPIED] for source in sources for at in range(len(source) - _COPIED + 1)
    }
    copied: set[int] = set()
    for at in range(len(text) - _COPIED + 1):
        if text[at : at + _COPIED] in known:
            copied.update(range(at, at + _COPIED))
    return "".join(sign for at, sign in enumerate(text) if at not in copied)


def _words(finding: Finding) -> list[str]:
    said = (finding.message_zh, finding.remedy_zh, finding.rule_name_zh, finding.expected)
    return [plain(text) for text in said if text]


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
