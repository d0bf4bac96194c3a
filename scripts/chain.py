"""In which order DAGs follow one another, read from the assets that chain them."""

from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from airflow.sdk import DAG


def waits_for(dag: "DAG") -> set[str]:
    """Return the names of the assets whose news start this DAG; empty if none do."""
    return {asset.name for asset in _assets(dag.schedule)}


def brings(dag: "DAG") -> dict[str, set[str]]:
    """Return the names of the assets each task brings news of, by task id."""
    return {task.task_id: {asset.name for asset in _assets(task.outlets)} for task in dag.tasks}


def from_outside(dags: "Iterable[DAG]") -> set[str]:
    """Return the names of the assets that DAGs wait for and none of them brings."""
    every = list(dags)
    waited = {name for dag in every for name in waits_for(dag)}
    return waited.difference(*(names for dag in every for names in brings(dag).values()))


def in_order(dags: "Iterable[DAG]") -> "list[DAG]":
    """Sort DAGs so that each comes after those that bring what it waits for.

    Raises:
        graphlib.CycleError: DAGs wait for one another in a circle.
    """
    by_id = {dag.dag_id: dag for dag in dags}
    sources: dict[str, set[str]] = {}
    for dag in by_id.values():
        for name in set().union(*brings(dag).values()):
            sources.setdefault(name, set()).add(dag.dag_id)
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for dag_id in sorted(by_id):
        waited = sorted(waits_for(by_id[dag_id]))
        sorter.add(dag_id, *(source for name in waited for source in sources.get(name, ())))
    return [by_id[dag_id] for dag_id in sorter.static_order()]


def _assets(value: Any) -> Iterator[Any]:  # noqa: ANN401 - a schedule may be nearly anything
    """Find the assets in a list of outlets, a schedule, or a condition such as ``a & b``."""
    if hasattr(value, "asset_condition"):
        yield from _assets(value.asset_condition)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _assets(member)
    elif hasattr(value, "objects"):
        yield from _assets(list(value.objects))
    elif hasattr(value, "uri"):
        yield value
