from dataclasses import dataclass, field
from graphlib import CycleError
from itertools import permutations
from types import SimpleNamespace

import pytest

from scripts.chain import brings, from_outside, in_order, waits_for


@dataclass
class Asset:
    name: str
    uri: str = "x-test://asset"


@dataclass
class Dag:
    dag_id: str
    schedule: object = None
    tasks: list = field(default_factory=list)


def task(task_id, *assets):
    return SimpleNamespace(task_id=task_id, outlets=list(assets))


FIRST = Dag("z-first", "*/15 * * * *", [task("look"), task("tell", Asset("facts"))])
SECOND = Dag("m-second", [Asset("facts")], [task("do", Asset("candidate"))])
THIRD = Dag("a-third", [Asset("candidate")], [task("publish", Asset("release"))])


@pytest.mark.parametrize("given", list(permutations([FIRST, SECOND, THIRD])))
def test_the_order_comes_from_the_assets_alone(given):
    assert [dag.dag_id for dag in in_order(given)] == ["z-first", "m-second", "a-third"]


def test_what_a_dag_waits_for_and_what_its_tasks_bring():
    assert waits_for(FIRST) == set()
    assert waits_for(SECOND) == {"facts"}
    assert brings(FIRST) == {"look": set(), "tell": {"facts"}}


def test_conditions_of_assets_are_looked_into():
    both = SimpleNamespace(objects=[Asset("facts"), SimpleNamespace(objects=[Asset("candidate")])])
    dag = Dag("waits-for-both", both)
    assert waits_for(dag) == {"facts", "candidate"}
    assert [d.dag_id for d in in_order([dag, SECOND, FIRST])][-1] == "waits-for-both"


def test_a_schedule_of_assets_or_a_clock_waits_for_its_assets():
    either = SimpleNamespace(asset_condition=SimpleNamespace(objects=[Asset("inbox")]))
    assert waits_for(Dag("watches", either)) == {"inbox"}


def test_what_is_awaited_and_brought_by_no_dag_comes_from_outside():
    watches = Dag("watches", [Asset("inbox")], [task("tell", Asset("facts"))])
    assert from_outside([watches, SECOND, THIRD]) == {"inbox"}
    assert from_outside([FIRST, SECOND, THIRD]) == set()


def test_an_asset_that_nobody_brings_is_no_obstacle_to_sorting():
    alone = Dag("alone", [Asset("from elsewhere")])
    assert in_order([alone]) == [alone]


def test_a_circle_is_refused():
    one = Dag("one", [Asset("b")], [task("t", Asset("a"))])
    two = Dag("two", [Asset("a")], [task("t", Asset("b"))])
    with pytest.raises(CycleError):
        in_order([one, two])
