"""The page as a document: self-contained, safe with hostile words, reproducible, readable."""

import base64
import hashlib
import re
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from govstats.errors import GovstatsError
from govstats.release import report
from govstats.release.report.content import numeral

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>&amp;\u202egnp.exe\x00'


def test_page_loads_nothing_and_runs_only_its_own_script(page, rows):
    made = page({"fct_validation_finding": [rows.finding(1)]})

    names = {tag for tag, _ in made.tags}
    assert not names & {"link", "img", "iframe", "object", "base"}
    assert not re.search(r"https?:|url\(|@import|javascript:|data:image", made.source)
    assert all(
        value.startswith("#") for _, attributes in made.tags if (value := attributes.get("href"))
    )
    (script,) = re.findall(r"<script>(.*?)</script>", made.source, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policies = [a["content"] for _, a in made.tags if a.get("http-equiv")]
    assert policies == [
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    ]


def test_without_the_script_the_page_is_whole_and_chinese(page, rows):
    made = page({"fct_validation_finding": [rows.finding(1)]})

    hidden = {tag for tag, attributes in made.tags if "hidden" in attributes}
    assert hidden == {"button", "form", "span"}  # the switch, the filters and what they would say
    assert ("html", "zh-CN") in [(tag, attributes.get("lang")) for tag, attributes in made.tags]
    style = Path(report.__file__).with_name("style.css").read_text(encoding="utf-8")
    assert 'html:not([lang="en"]) span[lang="en"]' in style


def test_the_page_in_english(page, rows):
    line = rows.finding(1, indicator_code="fixed_investment", period_end="2020-03-31")
    made = page({"fct_validation_finding": [line]}, lang="en")

    assert "1. Verdict" in made.texts["verdict"]
    assert "No hard findings. Soft findings: 1, of which all must be explained" in made.text
    assert made.tables["Findings: Finance"][1:] == [
        ["▲Soft A total is the sum of its parts BAL-001Balance, Holds nothing, 1"
         "What to doCheck and send again."],
        ["▲Explanation open", "财政局/2020-03/收入.xlsx", "收入", "D7", "10.5", "10.4"],
        ["Trouble number 1.Fixed-asset investment, January-March 2020"],
    ]  # fmt: skip
    own = re.sub(r"[^\u3400-\u9fff]", "", made.text.replace("财政局/2020-03/收入.xlsx", ""))
    assert own == "收入"  # the sheet's name; all else is English


def test_findings_can_be_narrowed_by_what_they_carry(page, rows):
    findings = [
        rows.finding(1, severity="hard", kind="logic"),
        rows.finding(2, department_code="statistics", state="explained"),
    ]
    made = page({"fct_validation_finding": findings})

    bar = re.search(r'<form class="filter" data-of="findings".*?</form>', made.source, re.DOTALL)
    assert re.findall(r'<option value="=(\w+)"', bar[0]) == [
        *("finance", "statistics", "hard", "soft", "logic", "balance", "must_mend", "explained")
    ]
    carried = [
        tuple(attributes[f"data-{key}"] for key in "dskt")
        for _, attributes in made.tags
        if "data-row" in attributes
    ]
    assert carried == [
        ("finance", "hard", "logic", "must_mend"),
        ("statistics", "soft", "balance", "explained"),
    ]


def test_every_printed_page_says_what_it_is_of(page):
    made = page()
    heads = re.findall(r'@top-right { content: "(.*?)"; }', made.source)
    read = [re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), head) for head in heads]

    assert read == [
        "2020年1-4月　版本 2020-04-abc　数据截至 2020-04-28 09:30",
        "January-April 2020 · version 2020-04-abc · data as of 2020-04-28 09:30",
    ]


def test_hostile_words_stay_words(page, rows, warehouse):
    finding = rows.finding(1) | dict.fromkeys(
        (
            "rule_id",
            "rule_name_zh",
            "kind",
            "severity",
            "holds",
            "department_code",
            "file",
            "sheet",
            "cell",
            "value",
            "expected",
            "explanation",
            "explanation_reply_zh",
            "explained_by",
            "override_by",
            "override_reason_zh",
            "message_zh",
            "message_en",
            "remedy_zh",
            "remedy_en",
            "rule_name_en",
            "state",
        ),
        HOSTILE,
    )
    refused = rows.submission(
        "finance", "2020-04", submission_id="r", file=HOSTILE, status="refused", reason_zh=HOSTILE
    )
    made = page(
        {
            "fct_validation_finding": [finding, rows.finding(2, severity="hard", rule_id=HOSTILE)],
            "fct_rule_result": [rows.rule("R1", "pass", 1, 0, name_zh=HOSTILE, basis=HOSTILE)],
            "fct_revision": [rows.revision(1, old_file=HOSTILE, new_cell=HOSTILE)],
            "fct_submission": [refused],
            "fct_reporting_duty": [
                rows.missing("finance", "2020-04", layout_zh=HOSTILE),
                rows.duty("finance", "2020-03", first_file=HOSTILE, state="late"),
            ],
            "fct_system_overview": [
                rows.system(
                    1, system_zh=HOSTILE, section_zh=HOSTILE, mart=HOSTILE, words_zh=HOSTILE
                )
            ],
            "fct_explanation": [
                dict.fromkeys(
                    [
                        *("department_code", "file", "sheet", "cell", "finding_key", "rule_id"),
                        *("explanation", "explained_by", "outcome", "reply_zh", "reply_en"),
                    ],
                    HOSTILE,
                )
                | {"received_at": "2020-04-28 09:30:00"}
            ],
            "fct_figure_coverage": [
                dict.fromkeys(
                    ("department_code", "layout_id", "field_id", "sheet", "cell"), HOSTILE
                )
                | {"is_touched": False, "period_end": "2020-04-30"}
            ],
            "dim_area": [{"ref_area": rows.area, "name_zh": HOSTILE, "name_en": HOSTILE}],
        },
        released=False,
        text_zh=HOSTILE,
    )

    assert [tag for tag, _ in made.tags].count("script") == 1  # our own
    assert not any("onerror" in attributes for _, attributes in made.tags)
    assert made.source.count("<script>") == 1
    assert "\x00" not in made.source
    assert "\u202e" not in made.source
    assert made.text.count('<script>alert("x")</script>') >= 10


def test_same_warehouse_same_bytes(warehouse, rows, tmp_path):
    from_scratch = {
        "fct_submission": [rows.submission("finance", "2020-04")],
        "fct_validation_finding": [rows.finding(n, cell=f"D{n}") for n in (3, 1, 2)],
        "fct_revision": [rows.revision(n) for n in (2, 1)],
    }
    release = {"release_id": "a", "latest_period": "2020-04", "gate": {"released": True}}
    first = report.write(warehouse(from_scratch), tmp_path / "one", release).read_bytes()
    turned = {table: list(reversed(lines)) for table, lines in from_scratch.items()}
    second = report.write(warehouse(turned), tmp_path / "two", release).read_bytes()

    assert first == second


def test_a_refused_file_shows_the_lines_to_add_to_a_layout(page, rows):
    lines = "also: [累计<完成>]\n- {id: x}"
    refused = {"status": "refused", "reason_zh": "缺列", "reason_lines": lines}
    made = page({"fct_submission": [rows.submission("finance", "2020-04", **refused)]})

    assert "可补入版式文件的内容" in made.text
    assert lines in made.text
    without = page({"fct_submission": [rows.submission("finance", "2020-04", status="refused")]})
    assert "可补入版式文件的内容" not in without.text


def test_dates_on_the_page_come_from_the_data(page, rows):
    made = page({"fct_submission": [rows.submission("finance", "2020-04", status="refused")]})

    assert set(re.findall(r"(?<!\d)20\d\d-\d\d-\d\d(?: \d\d:\d\d)?", made.text)) == {
        "2020-04-28 09:30"
    }


def test_page_can_be_walked_without_eyes(page, rows):
    made = page(
        {
            "fct_validation_finding": [rows.finding(1)],
            "fct_rule_result": [rows.rule("R1", "fail", 3, 1)],
            "fct_revision": [rows.revision(1)],
        }
    )

    names = [tag for tag, _ in made.tags]
    assert names.count("h1") == names.count("main") == names.count("header") == 1
    ids = [attributes["id"] for _, attributes in made.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {a["href"] for tag, a in made.tags if tag == "a"}
    assert targets <= {f"#{name}" for name in ids}
    assert "#verdict" in targets
    assert names.count("caption") == names.count("table")
    assert all(attributes.get("scope") for tag, attributes in made.tags if tag == "th")
    levels = [int(name[1]) for name in names if re.fullmatch("h[1-6]", name)]
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


@pytest.mark.parametrize("section", ["without", "with"])
def test_contents_and_headings_are_numbered_alike(page, section):
    correction = {
        "correction_id": "c",
        "submission_number": 1,
        "state": "applied",
        "state_zh": "已采用",
        "department_code": "finance",
        "figure": "",
        "old_cell_value": 1,
        "sheet": "表",
        "cell": "B2",
        "reason_zh": "误",
        "author": "王敏",
        "entered_on": "2020-04-28",
    }
    made = page({"fct_correction": [correction] if section == "with" else []})
    chinese = r'<span lang="zh">([^<]+)</span>'
    listed = re.findall(rf'<li><a href="#(\w+)">{chinese}<[^/]*/span></a></li>', made.source)
    headed = re.findall(rf'<h2 id="(\w+)-h">{chinese}', made.source)

    assert listed == headed
    assert [text.split("、")[0] for _, text in listed] == [
        numeral(place) for place in range(1, len(listed) + 1)
    ]
    assert [name for name, _ in listed][:3] == ["verdict", "overview", "findings"]
    assert ("corrections" in made.texts) == (len(listed) == 15)


def test_colours_are_readable_on_white():
    style = Path(report.__file__).with_name("style.css").read_text(encoding="utf-8")
    names = "color|--ink|--soft|--red|--amber|--green|--grey"
    colours = re.findall(rf"[\s{{]({names}): (#\w+)", style)

    assert len(colours) >= 7
    assert [pair for pair in colours if _contrast_with_white(pair[1]) < 4.5] == []


def _contrast_with_white(colour: str) -> float:
    # WCAG 2.2, relative luminance
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_empty_warehouse_gives_a_whole_page(page):
    dims = ("dim_area", "dim_department", "dim_period")
    empty = {t: [] for t in (*dims, "fct_submission", "fct_reporting_duty")}
    made = page(empty)

    assert "准予发布" in made.texts["verdict"]
    for section, words in {
        "findings": "无审核发现。",
        "refused": "无退回文件。",
        "submissions": "无应报报表。",
        "systems": "本期无工作机制数据。",
        "cells": "无单元格。",
        "explanations": "尚未收到变化原因说明。",
        "coverage": "无采用数。",
        "trend": "尚无走势",
        "revisions": "无数据修订。",
        "rules": "未执行审核规则。",
        "scorecard": "本期无年度目标。",
    }.items():
        assert words in made.texts[section], section


def test_warehouse_is_closed_again(warehouse, tmp_path):
    path = warehouse({})
    release = {"release_id": "a", "latest_period": "2020-04", "gate": {"released": True}}
    before = path.read_bytes()
    report.write(path, tmp_path / "out", release)

    assert path.read_bytes() == before
    with duckdb.connect(str(path)) as writable:
        writable.execute("create table t (i integer)")


def test_missing_warehouse_says_what_to_do(tmp_path):
    release = {"release_id": "a", "latest_period": "2020-04", "gate": {"released": True}}
    with pytest.raises(GovstatsError, match=r"no warehouse at .*nothing\.duckdb"):
        report.write(tmp_path / "nothing.duckdb", tmp_path, release)


def test_missing_mart_says_which(warehouse, tmp_path):
    path = warehouse({})
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop table marts.fct_revision")
    release = {"release_id": "a", "latest_period": "2020-04", "gate": {"released": True}}
    with pytest.raises(GovstatsError, match="fct_revision"):
        report.write(path, tmp_path, release)


def test_a_rebuilt_past_says_so_in_its_heading(page):
    assert "重建" not in page().text
    assert "按 2020-10-20 已收到的报表重建" in page(as_of="2020-10-20").text
