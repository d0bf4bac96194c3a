"""One audit rule as the statistician wrote it, and the code lists its fields come from."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Kinds of audit, code → Chinese name, in the order in which reports list them.
KINDS: Mapping[str, str] = {
    "code_list": "代码表",
    "definition": "口径",
    "balance": "平衡",
    "logic": "逻辑",
    "cross_table": "表间",
    "cross_department": "跨部门",
    "fluctuation": "波动",
    "magnitude": "量级",
    "completeness": "完整性",
    "timeliness": "及时性",
    "official_control": "对照",
    "revision": "修订",
}

#: Kinds whose rules compare a figure with another one or with a limit: what coverage counts.
COMPARING = frozenset(
    {
        "balance",
        "logic",
        "cross_table",
        "cross_department",
        "fluctuation",
        "magnitude",
        "official_control",
    }
)

#: What a finding asks of the department: hard stops, soft wants an explanation, info tells.
SEVERITIES: Mapping[str, str] = {"hard": "强制性", "soft": "核实性", "info": "提示"}

#: What a finding holds back: the release, only the submission it is about, or nothing.
HOLDS = ("release", "submission", "none")

#: The rule is a query of its own whose rows are the violations.
SQL = "sql"

#: The rule compares no figure with anything, whatever its kind.
COVERS_NONE = "none"


@dataclass(frozen=True)
class Rule:
    """One audit rule.

    ``table`` is a warehouse table with its schema; ``where`` narrows it to the rows the rule is
    about. ``expectation`` names a Great Expectations core expectation, or is ``sql``; ``args``
    are its arguments, tolerances included. ``value``, ``expected`` and the messages are texts
    with ``{column}`` places. ``source`` is the file the rule was read from. ``covers`` is a query
    for the cells that take part in the comparison where they are more than the judged rows' own,
    ``none`` where the rule compares no figure, empty for the rows' own.
    """

    id: str
    name_zh: str
    name_en: str
    kind: str
    severity: str
    holds: str
    basis: str
    table: str
    where: str
    expectation: str
    args: Mapping[str, Any]
    value: str
    expected: str
    message_zh: str
    remedy_zh: str
    source: str
    message_en: str = ""
    remedy_en: str = ""
    basis_en: str = ""
    covers: str = ""

    @property
    def kind_zh(self) -> str:
        """Chinese name of the kind."""
        return KINDS[self.kind]

    @property
    def place(self) -> str:
        """File and id, the way every error about the rule begins."""
        return f"{self.source} {self.id}"

    def columns(self) -> frozenset[str]:
        """Return the names that the texts ask for."""
        texts = (self.value, self.expected, self.message_zh, self.message_en)
        return frozenset().union(*(places(text) for text in texts))


def places(text: str) -> frozenset[str]:
    """Return the names in braces in ``text``.

    Raises:
        ValueError: a brace is not closed or a name is not a plain column name.
    """
    names = set()
    for _, name, spec, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"{{{name}}} is not a plain column name")
        names.add(name)
    return frozenset(names)
