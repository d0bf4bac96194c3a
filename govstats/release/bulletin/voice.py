"""The voice of the bulletin: a section's sentences with facts in their places."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from govstats.release.bulletin import shown
from govstats.release.bulletin.facts import Facts
from govstats.release.bulletin.model import Paragraph, Text
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.template import ByKind, SectionTemplate, Template
from govstats.release.bulletin.wording import Filling, as_words, joined

LIST, PARTS = "、", "；"


@dataclass(frozen=True)
class Voice:
    """Says the sentences of one section of the template for one period."""

    template: Template
    facts: Facts
    section: SectionTemplate
    common: Mapping[str, Filling]

    def text(self, name: str, /, **places: Filling) -> Text:
        """Return a sentence; an empty text where the template does not have it."""
        return self._fill(self.section.sentences.get(name, {}), places)

    def says(self, name: str, /, **places: Filling) -> list[Paragraph]:
        """Return a sentence as a paragraph, or nothing."""
        text = self.text(name, **places)
        return [Paragraph(text)] if text else []

    def heading(self, name: str) -> list[Paragraph]:
        """Return a heading within the section, or nothing."""
        text = self.text(name)
        return [Paragraph(text, 2)] if text else []

    def table_title(self, name: str) -> str:
        """Return the title of a table; empty where the clerk took the table out."""
        text = self._fill(self.section.tables.get(name, {}), {})
        return "".join(piece for piece in text if isinstance(piece, str))

    def phrase(self, name: str, /, **places: Filling) -> Text:
        """Return a turn of phrase of the template."""
        return self.template.phrases[name].fill({**self.common, **places}, self.missing)

    @property
    def missing(self) -> str:
        """The words for a figure that is not there."""
        return self.template.phrases["missing"].text

    def listed(self, texts: Iterable[Text], separator: str = LIST) -> Text:
        """Return texts one after another; empty ones are left out.

        Where one of them is a list itself, the stronger separator keeps them apart.
        """
        said = [text for text in texts if text]
        if len(said) > 1 and any(LIST in as_words(text) for text in said):
            separator = PARTS
        return joined(said, separator)

    def counted(self, row: Row, columns: Mapping[str, str]) -> Text:
        """Return “已完成9个、超进度7个”: the counts of a row that are not nothing, in words."""
        return self.listed(
            self.phrase("count", word=word, n=row.figure(column, str))
            for column, word in columns.items()
            if row[column]
        )

    def _fill(self, texts: ByKind, places: Mapping[str, Filling]) -> Text:
        pattern = texts.get(self.facts.kind)
        if pattern is None or not pattern.text:
            return ()
        return pattern.fill({**self.common, **places}, self.missing)


def growth(voice: Voice, row: Row, column: str) -> Text:
    """Return “增长2.9%”, “下降4.0%” or the words for no change; the word follows the sign."""
    return _by_sign(voice, row, column, ("rise", "fall", "flat"), shown.reported)


def comparison(voice: Voice, row: Row, column: str, unit: str, than: str) -> Text:
    """Return “高于…5.2个百分点”, “低于…” or “与…持平”."""
    return _by_sign(
        voice, row, column, ("above", "below", "even"), lambda v: shown.size(v, unit), than=than
    )


def pace(voice: Voice, row: Row, column: str, path: str) -> Text:
    """Return “快于…2.1个百分点”, “慢于…” or “与…持平”: a completion against its path."""
    names = ("faster", "slower", "abreast")
    return _by_sign(voice, row, column, names, shown.points, path=path)


def _by_sign(
    voice: Voice,
    row: Row,
    column: str,
    names: Sequence[str],
    write: Callable[[Decimal], str],
    **places: Filling,
) -> Text:
    value = row[column]
    if value is None:
        return ()
    name = names[0] if value > 0 else names[1] if value < 0 else names[2]
    if not value:
        return voice.phrase(name, **places)
    figure = row.figure(column, lambda v: write(abs(v)))
    return voice.phrase(name, size=figure, **places)
