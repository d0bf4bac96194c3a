"""The sheets of the workbook about what changed since the release before: one per table."""

from collections.abc import Iterator

from govstats.release.report.content import Content
from govstats.release.report.sheets import Sheet, sheet
from govstats.release.report.words import Both, both, zh


def sheets(content: Content) -> Iterator[Sheet]:
    """Return the sentences with the first table, then the other tables; nothing without news."""
    if content.news is None:
        return
    said = tuple(zh(sentence) for sentence in content.news.said)
    for table in content.news.tables:
        name = both("{part} {title}", "{part}: {title}", part=_PART, title=table.title)
        yield sheet(name, list(table.columns), table.lines, said)
        said = ()


_PART = Both("发布说明", "Release notes")
