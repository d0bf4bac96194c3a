"""Patterns of sentences: words, ``{places}`` for what is filled in, ``[parts]`` that may fall away.

A part in square brackets falls away where something in it is missing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from govstats.htmlpage import printable
from govstats.release.bulletin.model import Inline, Text
from govstats.release.reference import Figure
from govstats.release.report import words

#: What fills a place: words, a figure, a text of both; None where it is missing.
Filling = Inline | Text | None

_TOKEN = re.compile(r"\{([^{}]*)\}|([\[\]{}])")
_PERIOD = re.compile(r"(?<=\d)-(?=\d+月)")
_PARENS = re.compile(
    r"(?<=[\u3400-\u9fff”）0-9])\(([^()（）]*)\)|\(([^()（）]*[\u3400-\u9fff][^()（）]*)\)"
)


class PatternError(ValueError):
    """A sentence is not written as patterns are; the message says what and what to do."""


@dataclass(frozen=True)
class Pattern:
    """A sentence with places; ``parts`` are texts to fill, each with whether it may fall away."""

    text: str
    parts: tuple[tuple[bool, tuple[tuple[str, str], ...]], ...]

    @classmethod
    def parse(cls, text: str) -> "Pattern":
        """Read a pattern.

        Raises:
            PatternError: a bracket is open, closed twice or nested, or a place has no name.
        """
        parts: list[tuple[bool, tuple[tuple[str, str], ...]]] = []
        pieces: list[tuple[str, str]] = []
        inside, at = False, 0
        for token in _TOKEN.finditer(text):
            pieces.append(("", text[at : token.start()]))
            at = token.end()
            name, sign = token[1], token[2]
            if sign is None:
                pieces.append((_named(name), ""))
                continue
            if sign in "{}" or (sign == "[") == inside:
                raise PatternError(f"“{sign}” stands alone or inside another pair")
            parts.append((inside, tuple(pieces)))
            pieces, inside = [], not inside
        if inside:
            raise PatternError("“[” is not closed")
        parts.append((False, (*pieces, ("", text[at:]))))
        return cls(text, tuple(parts))

    @property
    def places(self) -> set[str]:
        """Names of all places."""
        return {name for _, pieces in self.parts for name, _ in pieces if name}

    def fill(self, fillings: Mapping[str, Filling], missing: str) -> Text:
        """Return the text with every place filled; ``missing`` are the words for what is not."""
        text: list[Inline] = []
        for may_fall, pieces in self.parts:
            names = [name for name, _ in pieces if name]
            if may_fall and any(fillings.get(name) in (None, "", ()) for name in names):
                continue
            for name, literal in pieces:
                text.extend(_inlines(fillings.get(name), missing) if name else (literal,))
        return joined((tuple(text),), "")


def _named(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z_]*", name):
        raise PatternError(f"“{{{name}}}” is not a place: its name has small letters and _ only")
    return name


def _inlines(filling: Filling, missing: str) -> Text:
    if filling is None:
        return (missing,)
    return filling if isinstance(filling, tuple) else (filling,)


def joined(texts: Iterable[Text], separator: str) -> Text:
    """Return texts one after another with a separator; neighbouring words become one piece."""
    pieces: list[Inline] = []
    for number, text in enumerate(texts):
        for piece in ((separator,) if number else ()) + text:
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            elif piece != "":
                pieces.append(piece)
    return tuple(pieces)


def typeset(text: str) -> str:
    """Return Chinese words with wide punctuation and no character that hides others."""
    wide = str(words.typeset(" ".join(str(printable(text)).split())))
    return _PERIOD.sub("—", _PARENS.sub(lambda m: f"（{m[1] or m[2] or ''}）", wide))


def as_words(text: Sequence[Inline]) -> str:
    """Return a text as a reader reads it."""
    return "".join(piece.text if isinstance(piece, Figure) else piece for piece in text)
