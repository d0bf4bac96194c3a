"""The clerk's template ``bulletin/template.yml``: what the bulletin says, and in which order.

Every mistake is named with line, section, what is wrong and what to write instead.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from govstats.errors import KnowledgeError
from govstats.release.bulletin.places import COMMON, PHRASES, SECTIONS
from govstats.release.bulletin.wording import Pattern, PatternError
from govstats.rules.problems import in_words, nearest
from govstats.yamlfile import Step, line_of, read_yaml

FILE = "template.yml"
KINDS = ("month", "quarter", "year")
#: Mistakes named at once; more would bury the first.
SHOWN = 12

#: A text for each kind of bulletin.
ByKind = Mapping[str, Pattern]


@dataclass(frozen=True)
class SectionTemplate:
    """A section as the clerk wrote it: heading, the kinds of bulletin it stands in, its texts."""

    section_id: str
    heading: ByKind
    kinds: tuple[str, ...]
    sentences: Mapping[str, ByKind]
    tables: Mapping[str, ByKind]


@dataclass(frozen=True)
class Template:
    """The whole template; each text is a pattern by kind of bulletin."""

    texts: Mapping[str, ByKind]
    headline_sections: tuple[str, ...]
    demonstration_sign: str
    phrases: Mapping[str, Pattern]
    sections: tuple[SectionTemplate, ...]
    annexes: Mapping[str, ByKind]


def load(folder: Path) -> Template:
    """Return the template of a folder ``bulletin/``.

    Args:
        folder: holds ``template.yml`` and ``schema.json``.

    Raises:
        KnowledgeError: the file is missing, is not YAML, breaks the schema, or a text has a place
            that its sentence does not know.
    """
    path = folder / FILE
    shown = f"{folder.name}/{FILE}"
    if not path.is_file():
        raise KnowledgeError(
            f"there is no {shown}", f"put it back from the project; see {folder.name}/README.md"
        )
    document = read_yaml(path, shown)
    mistakes = _mistakes(path, shown, document)
    if mistakes:
        left = [f"… and {len(mistakes) - SHOWN} more"] if len(mistakes) > SHOWN else []
        raise KnowledgeError(
            "the bulletin's template cannot be used:\n" + "\n".join([*mistakes[:SHOWN], *left]),
            f"mend {shown} at these lines; see {folder.name}/README.md",
        )
    return _template(document)


def _mistakes(path: Path, shown: str, document: Any) -> list[str]:  # noqa: ANN401 - any YAML
    """What the schema finds; where it finds nothing, what is wrong inside the texts."""
    schema = json.loads(path.with_name("schema.json").read_text(encoding="utf-8"))
    errors = Draft202012Validator(schema).iter_errors(document)
    return [
        f"{_at(path, shown, list(error.absolute_path))}{_named(text.strip(), document)}"
        for error in sorted(errors, key=lambda error: list(map(str, error.absolute_path)))
        for text in in_words(error, "", document)
    ] or [
        f"{_at(path, shown, steps)}{_place(steps, document)}: {wrong}"
        for steps, wrong in _wrong(document)
    ]


def _at(path: Path, shown: str, steps: list[Step]) -> str:
    return f"{shown} line {line_of(path, steps)}: "


def _named(complaint: str, document: Any) -> str:  # noqa: ANN401 - not yet checked
    """Name the section of a schema's complaint by its id rather than by its number."""
    found = re.match(r"sections: (\d+): ", complaint)
    if not found:
        return complaint
    section = document["sections"][int(found[1])]
    name = section.get("id") if isinstance(section, dict) else None
    return f"section {name or int(found[1]) + 1}: {complaint[found.end() :]}"


def _place(steps: list[Step], document: Mapping[str, Any]) -> str:
    """Name a place by the section's id rather than by its number."""
    if steps[:1] == ["sections"] and len(steps) > 1:
        section = document["sections"][steps[1]]["id"]
        return " ".join(["section", section, *map(str, steps[2:])])
    return " ".join(map(str, steps))


def _wrong(document: Mapping[str, Any]) -> Iterator[tuple[list[Step], str]]:
    yield from _twice(document["sections"])
    yield from _untold(document)
    for steps, text, places in _texts(document):
        for kind, pattern in _variants(text).items():
            try:
                unknown = sorted(Pattern.parse(pattern).places - places)
            except PatternError as error:
                yield [*steps, kind] if kind else steps, f"{error}; see “写法” in README.md"
                continue
            for name in unknown:
                known = nearest(name, places) if places else "; it has none"
                yield [*steps, kind] if kind else steps, f"unknown place {{{name}}}{known}"


def _twice(sections: list[Mapping[str, Any]]) -> Iterator[tuple[list[Step], str]]:
    ids = [section["id"] for section in sections]
    for number, name in enumerate(ids):
        if name in ids[:number]:
            yield ["sections", number], "the section stands here twice; keep one"


def _untold(document: Mapping[str, Any]) -> Iterator[tuple[list[Step], str]]:
    """Titles and headings must be there for every kind of bulletin they stand in."""
    wanted: list[tuple[list[Step], Any, tuple[str, ...]]] = [
        ([key], document[key], KINDS) for key in ("title", "issuer")
    ]
    for number, section in enumerate(document["sections"]):
        kinds = tuple(section.get("kinds", KINDS))
        wanted.append((["sections", number, "heading"], section["heading"], kinds))
    for steps, text, kinds in wanted:
        missing = [] if isinstance(text, str) else [kind for kind in kinds if kind not in text]
        if missing:
            yield steps, f"not written for {', '.join(missing)}; write it, or one text for all"


def _texts(document: Mapping[str, Any]) -> Iterator[tuple[list[Step], Any, set[str]]]:
    """Every text of the document with its path and the places it may have."""
    for key in ("title", "issuer", "addressee", "dated"):
        yield [key], document[key], set(COMMON)
    for number, text in enumerate(document["opening"]):
        yield ["opening", number], text, set(COMMON)
    yield ["demonstration", "notice"], document["demonstration"]["notice"], set(COMMON)
    for name, text in document["phrases"].items():
        # The words for what is missing stand inside other texts: they are words alone.
        yield ["phrases", name], text, {*COMMON, *PHRASES[name]} if name != "missing" else set()
    for number, section in enumerate(document["sections"]):
        own = SECTIONS[section["id"]]
        here: list[Step] = ["sections", number]
        yield [*here, "heading"], section["heading"], set(COMMON)
        for name, text in section.get("sentences", {}).items():
            yield [*here, "sentences", name], text, {*COMMON, *own[name]}
        for name, text in section.get("tables", {}).items():
            yield [*here, "tables", name], text, set(COMMON)
    for name, text in document["annexes"].items():
        yield ["annexes", name], text, set(COMMON)


def _variants(text: str | Mapping[str, str]) -> dict[str, str]:
    return {"": text} if isinstance(text, str) else dict(text)


def _by_kind(text: str | Mapping[str, str]) -> ByKind:
    if isinstance(text, str):
        return dict.fromkeys(KINDS, Pattern.parse(text))
    return {kind: Pattern.parse(one) for kind, one in text.items()}


def _template(document: Mapping[str, Any]) -> Template:
    texts = {key: _by_kind(document[key]) for key in ("title", "issuer", "addressee", "dated")}
    texts |= {f"opening {n}": _by_kind(text) for n, text in enumerate(document["opening"])}
    texts["notice"] = _by_kind(document["demonstration"]["notice"])
    return Template(
        texts=texts,
        headline_sections=tuple(document["headline_sections"]),
        demonstration_sign=document["demonstration"]["sign"],
        phrases={name: Pattern.parse(text) for name, text in document["phrases"].items()},
        sections=tuple(_section(section) for section in document["sections"]),
        annexes={name: _by_kind(text) for name, text in document["annexes"].items()},
    )


def _section(section: Mapping[str, Any]) -> SectionTemplate:
    return SectionTemplate(
        section_id=section["id"],
        heading=_by_kind(section["heading"]),
        kinds=tuple(section.get("kinds", KINDS)),
        sentences={name: _by_kind(text) for name, text in section.get("sentences", {}).items()},
        tables={name: _by_kind(text) for name, text in section.get("tables", {}).items()},
    )
