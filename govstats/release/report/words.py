"""Words in the report's two languages; the page and the workbook show the one that is asked for."""

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from govstats.htmlpage import printable

_WIDE = str.maketrans(",;:", "，；：")
#: A narrow mark beside a Chinese character or a closing one, or a passage in quotes.
_NARROW = re.compile(
    r"(?P<quoted>“[^”]*”|「[^」]*」|\"[^\"]*\")"
    r"|(?<=[\u3400-\u9fff）”」])[,;:]|[,;:](?=[\u3400-\u9fff（“「])"
)


@dataclass(frozen=True, order=True)
class Both:
    """A text in Chinese and English; without English, what a sheet says stays as it is."""

    zh: str
    en: str = ""

    @property
    def english(self) -> str:
        """The English text, or the Chinese one where there is no other."""
        return self.en or self.zh

    def __str__(self) -> str:
        return self.zh

    def __html__(self) -> str:
        """Both texts, escaped, each marked with its language; one text alone without a mark."""
        if self.english == self.zh:
            return escape(printable(self.zh))
        return Markup('<span lang="zh">{}</span><span lang="en">{}</span>').format(
            printable(self.zh), printable(self.en)
        )


#: A text in two languages, or one that is the same in both.
Text = str | Both


def zh(text: object) -> str:
    """Return the Chinese of a text, or a value as text."""
    return text.zh if isinstance(text, Both) else str(text)


def en(text: object) -> str:
    """Return the English of a text, or a value as text."""
    return text.english if isinstance(text, Both) else str(text)


def both(chinese: str, english: str, **parts: object) -> Both:
    """Put parts into the ``{places}`` of two templates, each part in the template's language."""
    return Both(
        chinese.format(**{name: zh(part) for name, part in parts.items()}),
        english.format(**{name: en(part) for name, part in parts.items()}),
    )


def joined(parts: list[Text], chinese: str = "，", english: str = ", ") -> Both:
    """Return the parts one after another with the mark of each language between them."""
    return Both(chinese.join(map(zh, parts)), english.join(map(en, parts)))


def typeset(text: Text) -> Text:
    """Return Chinese prose with wide commas, semicolons and colons.

    What stands in quotes was found on a sheet and stays as it is.
    """
    if isinstance(text, Both):
        return Both(_typeset(text.zh), text.en)
    return _typeset(text)


def _typeset(text: str) -> str:
    return _NARROW.sub(lambda m: m["quoted"] or m[0].translate(_WIDE), text)
