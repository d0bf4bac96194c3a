"""YAML files with the line of every entry, so that a message can say where."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from govstats.errors import KnowledgeError

Step = str | int

#: Values a file may hold once its aliases are written out, and how deep they may lie. The
#: project's largest file holds some thousands, eight deep.
MOST_VALUES, DEEPEST = 500_000, 50


class _Loader(yaml.SafeLoader):
    """Refuses a key given twice, where YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key “{key}” is given twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path, shown: str) -> Any:  # noqa: ANN401 - checked by the schema next
    """The content of a YAML file.

    Args:
        path: the file.
        shown: its name in messages.

    Raises:
        KnowledgeError: it is not YAML, a key is given twice, or its aliases unfold without end.
    """
    try:
        text = path.read_text("utf-8")
        _refuse_bomb(text, shown)
        # A subclass of SafeLoader: builds plain values only.
        return yaml.load(text, Loader=_Loader)  # noqa: S506
    except RecursionError:
        raise _bomb(shown) from None
    except yaml.reader.ReaderError as error:
        raise KnowledgeError(f"{shown}: {error.reason}", "remove the character") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{shown}, line {mark.line + 1}, column {mark.column + 1}" if mark else shown
        raise KnowledgeError(
            f"{where}: {error.problem}", "mend the YAML; indent with spaces, quote what has a colon"
        ) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{shown} is not UTF-8 text", "save it in UTF-8") from error


def _refuse_bomb(text: str, shown: str) -> None:
    """Count what the file unfolds to without unfolding it: every anchor is counted once."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is not None and _values(root, {}, 0) > MOST_VALUES:
        raise _bomb(shown)


def _values(node: yaml.Node, known: dict[int, int], depth: int) -> int:
    """Number of values below and with a node; one that holds itself has no end."""
    if id(node) in known:
        return known[id(node)]
    known[id(node)] = MOST_VALUES + 1  # until counted: whoever meets it below meets himself
    if depth > DEEPEST:
        return known[id(node)]
    below: list[yaml.Node] = []
    if isinstance(node, yaml.SequenceNode):
        below = node.value
    elif isinstance(node, yaml.MappingNode):
        below = [part for pair in node.value for part in pair]
    known[id(node)] = 1 + sum(_values(part, known, depth + 1) for part in below)
    return known[id(node)]


def _bomb(shown: str) -> KnowledgeError:
    return KnowledgeError(
        f"{shown} unfolds to more than {MOST_VALUES} values, or lies more than {DEEPEST} deep",
        "write it without aliases (*name) that repeat one another",
    )


def line_of(path: Path, steps: Sequence[Step]) -> int:
    """Line of an entry, counted from 1; that of its nearest parent where it does not exist."""
    node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    if node is None:
        return 1
    for step in steps:
        below = _below(node, step)
        if below is None:
            break
        node = below
    return int(node.start_mark.line) + 1


def _below(node: yaml.Node, step: Step) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        children: list[yaml.Node] = node.value
        return children[step] if step < len(children) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None
