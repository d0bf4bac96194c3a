"""What changed between two releases: found, put into words, written the same every time."""

import json
from decimal import Decimal

import duckdb
import pytest

from govstats.errors import GovstatsError
from govstats.release import notes
from govstats.release.notes.text import markdown
from govstats.settings import Settings


def found(result, part):
    return [dict(row) for row in result.rows(part)]


def said(result):
    return [str(sentence) for sentence in notes.news(result).said]


def test_two_equal_releases_differ_in_nothing(changes):
    result = changes({})
    assert result.state == "compared"
    assert set(result.counts.values()) == {0}
    assert said(result)[2:] == [
        "报表、布局、规则、种子表、程序和计算引擎均无变化。",
        "与上一版相比没有变化。",
    ]
    assert [str(table.title) for table in notes.news(result).tables] == ["主要数字"]


def test_a_revision_names_both_values_and_both_cells(changes, make):
    result = changes(
        {
            "fct_submission": [make.submission(1), make.submission(2)],
            "fct_observation": [make.figure("5.5", 2, cell="C6")],
        }
    )
    (row,) = found(result, "figures_changed")
    assert (row["old_value"], row["new_value"]) == (Decimal("5.25"), Decimal("5.5"))
    assert (row["old_cell"], row["new_cell"], row["cause"]) == ("C5", "C6", "resubmitted")
    assert result.counts["submissions_new"] == 1
    text = markdown(result)
    assert (
        "| 甲局 | 收入，某区，2020年1-2月 | 累计绝对量，本级管辖口径 | 5.25 亿元 | 5.5 亿元 | "
        "重新报送 | "
        "甲局/2020-02/报表1.xlsx 收入!C5 → 甲局/2020-02/报表2.xlsx 收入!C6 |"
    ) in text


@pytest.mark.parametrize("cause", ["corrected", "reread", "held", "let_in"])
def test_why_a_figure_is_another(changes, make, cause):
    both_in = [make.submission(1), make.submission(2)]
    second_held = [make.submission(1), make.submission(2, status="held")]
    first, second = [make.figure("5", 1)], [make.figure("6", 2)]
    now, before = {
        "corrected": ({"fct_observation": [make.figure("5", 1, correction_id="c1")]}, {}),
        "reread": ({"fct_observation": first}, {}),
        "held": (
            {"fct_submission": second_held, "fct_observation": first},
            {"fct_submission": both_in, "fct_observation": second},
        ),
        "let_in": (
            {"fct_submission": both_in, "fct_observation": second},
            {"fct_submission": second_held},
        ),
    }[cause]
    (row,) = found(changes(now, before), "figures_changed")
    assert row["cause"] == cause


def test_a_figure_that_went_missing_is_no_zero(changes, make):
    result = changes({"fct_observation": [make.figure(None, 1)]})
    (row,) = found(result, "figures_changed")
    assert row["new_value"] is None
    line = next(line for line in markdown(result).splitlines() if "布局、口径或程序调整" in line)
    assert "| 5.25 亿元 | 空白 |" in line


def test_the_same_figure_from_another_sheet_is_no_change(changes, make):
    result = changes(
        {
            "fct_submission": [make.submission(1), make.submission(2)],
            "fct_observation": [make.figure("5.250000", 2)],
        }
    )
    assert result.counts["figures_changed"] == 0


def test_new_and_lost_figures_are_counted_by_department_and_period(changes, make):
    more = [make.figure(str(n), 1, "2020-03", indicator_code=f"i{n}") for n in range(1, 4)]
    empty = make.figure(None, 1, "2020-03", indicator_code="i9")
    result = changes({"fct_observation": [*more, empty]})
    (new,) = found(result, "figures_new")
    assert (new["figures"], new["values"]) == (4, 3)
    assert result.counts["figures_new"] == 4
    assert result.counts["figures_gone"] == 1
    assert "| 甲局 | 2020年1-3月 | 4 | 3 |" in markdown(result)


def test_targets_that_turned_since_the_last_period(changes, make):
    """February on its path, March behind: turned since. February itself was not judged anew."""
    march = make.judged("behind", "red", "2020-03")
    result = changes(
        {"fct_target_progress": [make.judged("on_path", "green"), march]}, latest="2020-03"
    )
    (row,) = found(result, "targets_since")
    assert (row["old_status"], row["status"], row["light"]) == ("on_path", "behind", "red")
    assert result.counts["targets_turned"] == 0
    assert "| ● 达进度 | ■ 欠进度 | 5.25 亿元 | 5.25 亿元 |" in markdown(result)


def test_a_period_judged_anew_is_told_apart(changes, make):
    again = [make.judged("behind", "yellow"), make.judged("no_data", "none", "2020-03")]
    result = changes({"fct_target_progress": again})
    (row,) = found(result, "targets_turned")
    assert (row["old_light"], row["light"]) == ("green", "yellow")
    assert result.counts["targets_since"] == 0
    assert not any("与上一版最新报告期相比" in sentence for sentence in said(result))


def test_targets_defined_otherwise(changes, make):
    edited = make.target(target_value="31", demand_zh="达到31亿元")
    result = changes({"dim_target": [edited, make.target(target_id="t-02")]})
    assert [(row["change"], row["target_id"]) for row in found(result, "targets_redefined")] == [
        ("changed", "t-01"),
        ("new", "t-02"),
    ]


def test_findings_come_go_and_are_explained(changes, make):
    explained = make.finding(2, state="explained", state_zh="已说明")
    result = changes(
        {
            "fct_validation_finding": [
                explained,
                make.finding(3),
                make.finding(4, severity="info", state="told"),
            ]
        },
        {"fct_validation_finding": [make.finding(1), make.finding(2)]},
    )
    assert result.counts["findings_new"] == 2
    assert [row["finding_id"] for row in found(result, "findings_closed")] == ["f1"]
    (turned,) = found(result, "findings_turned")
    assert (turned["old_state"], turned["state"]) == ("open", "explained")
    text = markdown(result)
    assert "新增审核意见 2 条（其中提示 1 条，不列表）" in text
    assert "第4号问题" not in text
    assert "第3号问题" in text


def test_sheets_held_and_let_in(changes, make):
    result = changes(
        {"fct_submission": [make.submission(1, status="held"), make.submission(2)]},
        {"fct_submission": [make.submission(1), make.submission(2, status="held")]},
    )
    turned = [(r["old_status"], r["status"]) for r in found(result, "submissions_turned")]
    assert turned == [("accepted", "held"), ("held", "accepted")]
    assert "| ● 已接收 | ◆ 审核暂缓 |" in markdown(result)


def test_rules_that_changed(changes):
    rule = {"rule_id": "R-1", "name_zh": "规则一", "name_en": "Rule one", "severity": "soft"}
    result = changes(
        {"fct_rule_result": [rule | {"args": "2"}, rule | {"rule_id": "R-2"}]},
        {"fct_rule_result": [rule | {"args": "1"}]},
    )
    assert [(row["change"], row["rule_id"]) for row in found(result, "rules_changed")] == [
        ("changed", "R-1"),
        ("new", "R-2"),
    ]


def test_a_seed_with_other_lines_and_one_that_is_new(warehouse):
    old, new = warehouse("old"), warehouse("new")
    with duckdb.connect(str(new)) as connection:
        connection.execute("update seeds.units set name_en = 'another' where unit_measure = '亿元'")
        connection.execute("create table seeds.added as select 1 as a, 2 as b")
    result = notes.made(new, old)
    assert found(result, "seeds_changed") == [
        {"table": "added", "change": "new", "added": ["a", "b"], "removed": []},
        {"table": "units", "change": "lines", "added": 1, "removed": 1},
    ]


def test_corrections_and_overrides_by_what_became_of_them_last(changes):
    correction = {
        "correction_id": "c1",
        "submission_number": 1,
        "state": "applied",
        "state_zh": "已采用",
        "figure": "x",
        "old_cell_value": "1",
        "new_cell_value": "2",
        "cell_unit": "万元",
    }
    later = correction | {
        "submission_number": 2,
        "state": "source_agrees",
        "state_zh": "来源已改正",
    }
    override = {"finding_id": "f1", "rule_id": "R", "state": "in_force", "state_zh": "有效"}
    result = changes(
        {"fct_correction": [correction, later], "fct_audit_override": [override]},
        {"fct_correction": [correction]},
    )
    (changed,) = found(result, "corrections_changed")
    assert (changed["change"], changed["state"]) == ("changed", "source_agrees")
    assert [row["change"] for row in found(result, "overrides_changed")] == ["new"]


def test_what_a_release_is_made_of(warehouse):
    inputs = {"ledger": "a", "knowledge": "x", "code": "c"}
    old, new = warehouse("old"), warehouse("new", inputs=inputs, versions={"duckdb": "2"})
    result = notes.made(new, old)
    assert result.changed == ("knowledge", "engines")
    assert "变动来源：布局、规则、种子表或模型；计算引擎版本（duckdb 1 → 2）。" in said(result)


def test_an_older_schema_is_compared_as_far_as_it_goes(warehouse, make):
    old = warehouse("old")
    with duckdb.connect(str(old)) as connection:
        connection.execute("drop table marts.fct_audit_override")
        connection.execute("alter table marts.fct_observation drop column missing_kind")
        connection.execute("alter table marts.fct_rule_result alter args type integer")
    new = warehouse("new", {"fct_submission": [make.submission(1), make.submission(2)]})
    result = notes.made(new, old)
    assert result.counts["figures_changed"] is None
    assert result.counts["overrides_changed"] is None
    assert result.counts["rules_changed"] is None
    assert result.counts["submissions_new"] == 1
    (sentence,) = [text for text in said(result) if "未作比较" in text]
    assert "fct_observation.missing_kind" in sentence
    assert "数据变动" in sentence


def test_a_warehouse_without_its_marts_is_an_error(warehouse):
    old, new = warehouse("old"), warehouse("new")
    with duckdb.connect(str(new)) as connection:
        connection.execute("alter table marts.fct_observation drop column missing_kind")
    with pytest.raises(GovstatsError, match=r"lacks fct_observation[.]missing_kind"):
        notes.made(new, old)


def test_the_first_release_says_so(warehouse, tmp_path):
    result = notes.write(warehouse("new"), None, tmp_path / "out", {})
    assert said(result)[1] == "本版为首次发布，没有可比较的上一版。"
    assert result.counts == {}
    content = json.loads((tmp_path / "out" / "notes.json").read_text(encoding="utf-8"))
    assert (content["state"], content["previous"]) == ("first", None)


def test_a_damaged_release_before_holds_nothing_back(warehouse, tmp_path):
    old = warehouse("old")
    old.write_bytes(b"no warehouse")
    result = notes.write(warehouse("new"), old, tmp_path / "out", {})
    assert said(result)[1] == "上一版的数据无法读取，未作比较。"
    assert result.counts == {}


def test_a_rebuilt_past_has_no_notes(warehouse, tmp_path):
    release = {"release_id": "2020-02-x-as-of-2020-03-01", "as_of": "2020-03-01"}
    result = notes.write(warehouse("new"), warehouse("old"), tmp_path / "out", release)
    assert (result.state, notes.news(result)) == ("past", None)
    assert not (tmp_path / "out").exists()


def test_the_same_releases_give_the_same_bytes(warehouse, tmp_path, make):
    now = {"fct_observation": [make.figure("1", 1), make.figure("2", 1, measure="growth")]}
    old, new = warehouse("old"), warehouse("new", now)
    for name in ("one", "two"):
        notes.write(new, old, tmp_path / name, {})
    for file in ("notes.md", "notes.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert notes.counts(tmp_path / "one") == notes.made(new, old).counts
    assert notes.counts(tmp_path / "nowhere") == {}


def test_long_tables_are_cut_and_say_so(changes, make):
    result = changes({"fct_validation_finding": [make.finding(n) for n in range(130)]})
    table = next(t for t in notes.news(result).tables if str(t.title) == "新增审核意见")
    assert (len(table.lines), table.more) == (100, 30)
    assert "另有 30 项，见 notes.json。" in markdown(result)


def test_hostile_words_stay_words(changes, make):
    file = "a|b [x](http://e.vil) <script>alert(1)</script>\n# `c`\u202e.xlsx"
    result = changes({"fct_submission": [make.submission(1), make.submission(2, file=file)]})
    (line,) = [line for line in markdown(result).splitlines() if "e.vil" in line][:1]
    assert line.count(" | ") == 4
    assert "\\<script\\>" in line
    assert "\\[x\\]" in line
    assert "http:\\//" in line
    assert "\u202e" not in line


def test_no_current_release_nothing_to_compare_with(settings: Settings) -> None:
    assert notes.previous(settings, "2020-12-abc") is None


def test_the_current_release_is_the_one_before(settings: Settings) -> None:
    folder = settings.releases / "2020-11-abc"
    folder.mkdir(parents=True)
    (folder / "release.json").write_text("{}", encoding="utf-8")
    (settings.releases / "current").symlink_to("2020-11-abc", target_is_directory=True)
    assert notes.previous(settings, "2020-12-abc") == folder / "warehouse.duckdb"
    assert notes.previous(settings, "2020-11-abc") is None
    assert notes.previous(settings, "2020-10-abc-as-of-2020-11-01") is None
