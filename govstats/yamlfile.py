"""YAML files with the line of every entry, so that a message can say where."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from govstats.errors import KnowledgeError

Step = str | int


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
        KnowledgeError: it is not YAML, or a key is given twice.
    """
    try:
        # A subclass of SafeLoader: builds plain values only.
        return yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{shown}, line {mark.line + 1}, column {mark.column + 1}" if mark else shown
        raise KnowledgeError(
            f"{where}: {error.problem}", "mend the YAML; indent with spaces, quote what has a colon"
        ) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{shown} is not UTF-8 text", "save it in UTF-8") from error


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
