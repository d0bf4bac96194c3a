"""Batches: named by department and period, few enough, nothing lost and nothing twice."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.batches import MOST, Within, divide
from govstats.intake import LedgerEntry

NAMES = {"finance": "财政局", "hrss": "人社局", "tax": "税务局", "housing": "住建局"}


def entries(*counts: tuple[str, str, int]) -> list[LedgerEntry]:
    """Make so many submissions of each department and period, in the order given."""
    found: list[LedgerEntry] = []
    for department, period, count in counts:
        for _ in range(count):
            number = len(found) + 1
            name = f"{department}-{period}-{number}"
            day = datetime(2021, 1, 1, tzinfo=UTC)
            found.append(LedgerEntry(number, name, department, period, name, "0", 1, day))
    return found


def labels(found: list[LedgerEntry], most: int = MOST) -> list[str]:
    return [batch["label"] for batch in divide(found, NAMES, most)]


def test_one_batch_per_department_and_period_in_order() -> None:
    found = entries(("hrss", "2020-12", 1), ("finance", "2020-12", 3), ("finance", "2020-11", 2))
    assert labels(found) == [
        "财政局 2020-11（2 份）",
        "财政局 2020-12（3 份）",
        "人社局 2020-12（1 份）",
    ]
    assert divide(found, NAMES)[0]["submission_ids"] == ["finance-2020-11-5", "finance-2020-11-6"]


def test_a_department_without_a_name_is_called_by_its_code() -> None:
    assert labels(entries(("police", "2020-12", 1))) == ["police 2020-12（1 份）"]


def test_nothing_gives_no_batch() -> None:
    assert divide([], NAMES) == []


def test_too_many_periods_of_a_department_are_put_together_smallest_neighbours_first() -> None:
    found = entries(
        ("finance", "2020-02", 9),
        ("finance", "2020-03", 1),
        ("finance", "2020-04", 2),
        ("hrss", "2020-02", 1),
    )
    assert labels(found, most=3) == [
        "财政局 2020-02（9 份）",
        "财政局 2020-03 至 2020-04（3 份）",
        "人社局 2020-02（1 份）",
    ]


def test_departments_are_put_together_only_when_each_is_one_batch() -> None:
    found = entries(*((name, f"2020-0{month}", 1) for name in NAMES for month in (2, 3)))
    assert labels(found, most=4) == [
        "财政局 2020-02 至 2020-03（2 份）",
        "住建局 2020-02 至 2020-03（2 份）",
        "人社局 2020-02 至 2020-03（2 份）",
        "税务局 2020-02 至 2020-03（2 份）",
    ]
    assert labels(found, most=1) == ["财政局、住建局、人社局等 4 个部门 2020-02 至 2020-03（8 份）"]


def test_a_backlog_of_two_years_fits_into_eight_tasks() -> None:
    found = entries(
        *((f"d{d}", f"20{y}-{m:02d}", 2) for d in range(22) for y in (19, 20) for m in range(2, 13))
    )
    assert len(divide(found, NAMES)) == MOST == 8


PLACES = st.tuples(
    st.sampled_from(sorted(NAMES)), st.sampled_from(["2020-02", "2020-03", "2021-12"])
)


@given(st.lists(st.tuples(PLACES, st.integers(1, 4)), max_size=20), st.integers(1, 12))
def test_every_submission_is_in_exactly_one_batch(
    counts: list[tuple[tuple[str, str], int]], most: int
) -> None:
    found = entries(*((department, period, n) for (department, period), n in counts))
    batches = divide(found, NAMES, most)
    divided = [one for batch in batches for one in batch["submission_ids"]]
    assert sorted(divided) == sorted(entry.submission_id for entry in found)
    assert len(batches) <= most
    assert all(batch["submission_ids"] for batch in batches)


@pytest.mark.parametrize(
    ("within", "wanted"),
    [
        (Within(), 4),
        (Within(department_code="finance"), 3),
        (Within(time_period="2020-12"), 3),
        (Within("finance", "2020-12"), 2),
        (Within("finance", "1999-12"), 0),
    ],
)
def test_a_part_is_chosen_by_department_and_period(within: Within, wanted: int) -> None:
    found = entries(("finance", "2020-12", 2), ("finance", "2020-11", 1), ("hrss", "2020-12", 1))
    assert sum(within.holds(entry) for entry in found) == wanted
