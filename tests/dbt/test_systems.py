"""The systems of the work report: every state has its words, every item is on the overview."""

from collections.abc import Callable
from typing import Any

Rows = Callable[..., list[dict[str, Any]]]


def test_every_state_of_a_list_says_whether_it_calls_for_attention(rows: Rows) -> None:
    lists = "select distinct state_list from seeds.item_states"
    coded = f"select list, code from seeds.codes where list in ({lists})"
    judged = "select state_list, state from seeds.item_states"
    assert rows(f"{coded} except {judged}") == []
    assert rows(f"{judged} except {coded}") == []


def test_every_system_has_a_row_for_every_period_received(rows: Rows) -> None:
    found = rows(
        "select period_end, count(*) as n from marts.fct_system_overview group by period_end"
    )
    systems = rows("select count(*) as n from seeds.systems")[0]["n"]
    assert systems == 12
    assert found
    assert {row["n"] for row in found} == {systems}


def test_every_mart_of_a_system_exists(rows: Rows) -> None:
    missing = rows(
        "select mart from seeds.systems except "
        "select table_name from information_schema.tables where table_schema = 'marts'"
    )
    assert missing == []


def test_no_item_is_lost_on_the_way_to_the_overview(rows: Rows) -> None:
    counted = rows(
        "select system.mart, sum(item.n_items) as n from intermediate.int_system_item as item "
        "inner join seeds.systems as system on item.mart = system.mart "
        "and coalesce(item.subset, '') = coalesce(system.subset, '') "
        "where item.period_end in (select period_end from marts.fct_system_overview) "
        "group by system.mart order by system.mart"
    )
    shown = rows(
        "select mart, sum(n_items) as n from marts.fct_system_overview "
        "where n_items > 0 group by mart order by mart"
    )
    assert shown == counted
    assert shown


def test_the_words_start_with_the_number_of_items(rows: Rows) -> None:
    found = rows(
        "select overview.words_zh, overview.n_items, system.count_zh, system.counter_zh "
        "from marts.fct_system_overview as overview "
        "inner join seeds.systems as system on overview.system_code = system.system_code "
        "where overview.n_items > 0"
    )
    assert found
    for row in found:
        assert row["words_zh"].startswith(f"{row['count_zh']}{row['n_items']}{row['counter_zh']},")
