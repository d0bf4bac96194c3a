"""The metrics file parses, agrees with marts and folder, and appears whole."""

import json
import math
import multiprocessing
import re
import textwrap
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from govstats import metrics
from govstats.intake import register
from govstats.metrics.model import Family, by
from govstats.settings import Settings
from govstats.steps import step

NOW = datetime(2021, 3, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def parsed(content: bytes) -> Samples:
    """Every sample by name without the prefix and labels; none twice."""
    found: Samples = {}
    for family in text_string_to_metric_families(content.decode()):
        assert family.documentation
        assert family.type in ("gauge", "counter")
        for sample in family.samples:
            key = (sample.name.removeprefix("govstats_"), frozenset(sample.labels.items()))
            assert sample.name.startswith("govstats_")
            assert key not in found
            found[key] = sample.value
    return found


def counted(settings: Settings) -> Samples:
    return parsed(metrics.text(metrics.families(settings, NOW)))


def at(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


def make_release(settings: Settings, name: str = "2020-12-a", minute: int = 0) -> Path:
    """A release with hand-counted marts, made current."""
    folder = settings.releases / name
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_submission as select * from (values ('accepted', null), "
            "('accepted', null), ('held', null), ('refused', 'encrypted'), "
            "('refused', 'encrypted'), ('refused', 'empty_file')) as t (status, reason_code)"
        )
        connection.execute(
            "create table marts.fct_validation_finding as select * from (values ('hard', 'open'), "
            "('soft', 'open'), ('soft', 'open'), ('soft', 'explained')) as t (severity, state)"
        )
        connection.execute(
            "create table marts.fct_reporting_duty as select * from (values "
            "('a', 'on_time', date '2021-01-15'), ('a', 'missing', date '2021-01-15'), "
            "('a', 'not_due', date '2021-02-15'), ('a', 'not_due', date '2021-03-01'), "
            "('b', 'held', date '2021-02-15'), ('b', 'late', date '2021-01-15')"
            ") as t (department_code, state, due_date)"
        )
    manifest = {
        "release_id": name,
        "latest_period": "2020-12",
        "published_at": f"2021-01-20T10:{minute:02}:00+08:00",
        "files": {},
    }
    (folder / "release.json").write_text(json.dumps(manifest))
    link = settings.releases / "current"
    link.unlink(missing_ok=True)
    link.symlink_to(name)
    return folder


def test_what_the_release_says_is_counted_from_its_marts(settings: Settings) -> None:
    make_release(settings)
    found = counted(settings)
    expected = {
        at("release_info", release_id="2020-12-a", latest_period="2020-12"): 1,
        # 1 March 12:00 less 20 January 10:00: 40 days and 2 hours
        at("release_age_seconds"): 40 * 86_400 + 7_200,
        at("release_published_timestamp_seconds"): 1611108000,
        # 2021-01-01T00:00+08:00
        at("release_latest_period_end_timestamp_seconds"): 1609430400,
        at("submissions", status="accepted"): 2,
        at("submissions", status="held"): 1,
        at("submissions", status="refused"): 3,
        at("submissions_refused", reason="encrypted"): 2,
        at("submissions_refused", reason="empty_file"): 1,
        at("findings", severity="hard", state="open"): 1,
        at("findings", severity="soft", state="open"): 2,
        at("findings", severity="soft", state="explained"): 1,
        at("duties", state="missing"): 1,
        at("duties", state="not_due"): 2,
        # missing, and one that fell due on 15 February; 1 March itself is in time
        at("duties_overdue", department="a"): 2,
        at("duties_overdue", department="b"): 1,
        at("releases_kept", kind="release"): 1,
        at("releases_kept", kind="past"): 0,
    }
    assert {key: found[key] for key in expected} == expected


def test_before_the_first_release_there_is_the_folder_alone(settings: Settings) -> None:
    settings.data.mkdir()
    names = {name for name, _ in counted(settings)}
    assert not names & {"release_info", "submissions", "findings", "duties"}
    assert {"build_info", "ledger_submissions", "disk_free_bytes", "releases_kept"} <= names


def test_a_release_of_an_older_shape_leaves_out_what_it_does_not_have(settings: Settings) -> None:
    folder = make_release(settings)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        connection.execute("alter table marts.fct_validation_finding drop column state")
        connection.execute("drop table marts.fct_reporting_duty")
    names = {name for name, _ in counted(settings)}
    assert "submissions" in names
    assert not names & {"findings", "duties"}


def test_the_ledger_is_counted_and_files_that_wait_are_not_named(settings: Settings) -> None:
    for name in ("财政局/2020-02/收入.xlsx", "财政局/2020-03/收入.xlsx", "无名/2020-03/秘密.xlsx"):
        path = settings.raw / name
        path.parent.mkdir(parents=True)
        path.write_bytes(name.encode())
    register(settings, [(Path("财政局/2020-02/收入.xlsx"), datetime(2020, 3, 12))])
    content = metrics.text(metrics.families(settings, NOW))
    found = parsed(content)
    assert found[at("ledger_submissions")] == 1
    assert found[at("files_not_registered")] == 2
    assert found[at("newest_receipt_timestamp_seconds")] == 1583942400
    assert "xlsx" not in content.decode()


def test_a_ledger_that_cannot_be_read_costs_only_its_own_numbers(settings: Settings) -> None:
    make_release(settings)
    settings.raw.mkdir()
    settings.ledger.write_text("not a ledger\n")
    found = counted(settings)
    assert at("ledger_submissions") not in found
    assert found[at("submissions", status="held")] == 1
    assert at("disk_free_bytes") in found


def test_a_damaged_release_costs_only_its_own_numbers(settings: Settings) -> None:
    folder = make_release(settings)
    for damaged in ("{", "{}"):
        (folder / "release.json").write_text(damaged)
        assert at("disk_free_bytes") in counted(settings)
    (folder / "release.json").write_text(
        json.dumps(
            {"release_id": "x", "latest_period": "none", "published_at": "2021-01-20T10:00:00"}
        )
    )
    (folder / "warehouse.duckdb").write_bytes(b"no warehouse")
    assert at("disk_free_bytes") in counted(settings)


def test_the_parts_of_the_data_folder_are_measured(settings: Settings) -> None:
    (settings.store).mkdir(parents=True)
    (settings.store / "a").write_bytes(b"x" * 1_000)
    (settings.store / "sub").mkdir()
    (settings.store / "sub" / "b").write_bytes(b"x" * 10)
    (settings.store / "loop").symlink_to(settings.data)
    found = counted(settings)
    assert found[at("data_bytes", folder="store")] == 1_010
    assert found[at("data_bytes", folder="facts")] == 0
    assert 0 < found[at("disk_free_bytes")] <= found[at("disk_size_bytes")]


def test_steps_are_counted_as_they_end(settings: Settings) -> None:
    @step("mix")
    def mix(settings: Settings) -> None:
        if not settings.workers:
            raise ZeroDivisionError

    settings.data.mkdir()
    mix(settings)
    mix(settings)
    found = parsed((settings.metrics / metrics.FILE).read_bytes())
    assert found[at("step_ends_total", step="mix", outcome="success")] == 2
    assert found[at("step_last_success_timestamp_seconds", step="mix")] > 1.6e9
    assert 0 <= found[at("step_last_duration_seconds", step="mix")] < 60
    assert at("step_last_failure_timestamp_seconds", step="mix") not in found


@pytest.mark.parametrize(
    "text", ['a"b', "a\nb", "a\\", "收入", "\x1b[2J", 'x"} 1\ngovstats_fake 9']
)
def test_hostile_labels_stay_labels(text: str) -> None:
    found = parsed(metrics.text([by("status", "submissions", "Words.", [(text, 3)])]))
    assert found == {at("submissions", status=text): 3}


def test_labels_are_few_and_named_alike(settings: Settings) -> None:
    make_release(settings)
    allowed = {
        "release_id", "latest_period", "status", "reason", "severity", "state", "department",
        "kind", "folder", "step", "outcome", "version", "python", "dbt", "duckdb",
        "great_expectations",
    }  # fmt: skip
    used = {label for _, labels in counted(settings) for label, _ in labels}
    assert used <= allowed
    assert all(math.isfinite(value) for value in counted(settings).values())


def read_often(path: Path, gate: object, out: "multiprocessing.Queue[object]") -> None:
    gate.wait()  # type: ignore[attr-defined]
    whole = 0
    for _ in range(400):
        content = path.read_bytes()
        whole += content.endswith(b"\n") and b"govstats_metrics_timestamp_seconds 1" in content
    out.put(whole)


def test_a_reader_never_meets_half_a_file(settings: Settings) -> None:
    settings.data.mkdir()
    path = metrics.write(settings)
    context = multiprocessing.get_context("fork")
    gate, out = context.Barrier(2), context.Queue()
    reader = context.Process(target=read_often, args=(path, gate, out))
    reader.start()
    gate.wait()
    while reader.is_alive() and out.empty():
        metrics.write(settings)
    assert out.get(timeout=30) == 400
    reader.join(30)
    assert [f.name for f in path.parent.iterdir()] == [metrics.FILE]
    assert path.stat().st_mode & 0o777 == 0o644


def test_no_name_is_used_for_two_kinds(settings: Settings) -> None:
    make_release(settings)

    def names(families: Iterable[Family]) -> list[str]:
        return [family.name for family in families]

    found = names(metrics.families(settings, NOW))
    assert len(found) == len(set(found))


def test_the_guide_lists_every_metric_and_its_rules_name_no_other(
    settings: Settings, project: Path
) -> None:
    @step("mix")
    def mix(settings: Settings, error: bool) -> None:
        if error:
            raise ZeroDivisionError

    make_release(settings)
    mix(settings, False)
    with pytest.raises(ZeroDivisionError):
        mix(settings, True)
    (settings.raw / "财政局/2020-02").mkdir(parents=True)
    (settings.raw / "财政局/2020-02/收入.xlsx").write_bytes(b"x")
    register(settings, [(Path("财政局/2020-02/收入.xlsx"), datetime(2020, 3, 12))])
    names = {name for name, _ in counted(settings)}
    guide = (project / "docs" / "operate.md").read_text(encoding="utf-8")
    section = guide.split("## Metrics\n")[1].split("\n## ")[0]
    rows = [row.split("|") for row in section.splitlines() if row.startswith("| `")]
    assert {name for row in rows for name in re.findall("`([a-z_]+)`", row[1])} == names
    rules = textwrap.dedent(section[section.index("    groups:") :])
    alerts = yaml.safe_load(rules)["groups"][0]["rules"]
    assert len(alerts) > 4
    used = {name for each in alerts for name in re.findall(r"\bgovstats_(\w+)", each["expr"])}
    assert used <= names
