"""How the DAGs are wired: what starts what, where one writer is enforced, what people read."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
DAG_FILES = sorted((REPO / "dags").glob("*.py"))
LONGEST_BODY = 10
#: DAGs that take in, build or publish; the others look, tell and tidy.
OF_A_RUN = ("ingest", "transform", "release", "reload", "rebuild")


@pytest.fixture(scope="module")
def tasks(seen):
    return {
        f"{dag_id}.{task_id}": task
        for dag_id, dag in seen["dags"].items()
        for task_id, task in dag["tasks"].items()
    }


def test_assets_put_the_three_dags_of_a_run_in_order(seen):
    chained = [name for name in seen["order"] if seen["dags"][name]["waits_for"]]
    assert chained == ["ingest", "transform", "release"]
    dags = seen["dags"]
    assert dags["ingest"]["waits_for"] == ["govstats_inbox"]
    assert dags["ingest"]["brings"] == {"collect": ["govstats_facts"]}
    assert dags["transform"]["waits_for"] == ["govstats_facts"]
    assert dags["transform"]["brings"] == {"validate": ["govstats_candidate"]}
    assert dags["release"]["waits_for"] == ["govstats_candidate"]
    assert dags["release"]["brings"] == {"publish": ["govstats_release"]}


def test_the_clock_is_the_districts_and_says_what_runs_when(seen):
    clocks = {name: dag["clock"] for name, dag in seen["dags"].items()}
    assert clocks == {
        "ingest": "0 * * * *",
        "transform": None,
        "release": None,
        "reload": "0 0 1 * *",
        "rebuild": "0 0 L * *",
        "remind": clocks["remind"],
        "care": clocks["care"],
    }
    daily = re.compile(r"\d+ \d+ \* \* \*")
    assert daily.fullmatch(clocks["remind"])
    assert daily.fullmatch(clocks["care"])
    zones = {name: dag["zone"] for name, dag in seen["dags"].items() if dag["clock"]}
    assert set(zones.values()) == {"Asia/Shanghai"}


def test_a_years_backfill_is_one_partition_per_period_and_per_last_day(seen):
    months = [f"2020-{month:02d}" for month in range(1, 13)]
    assert seen["partitions"]["reload"] == months
    days = seen["partitions"]["rebuild"]
    assert [day[:7] for day in days] == months
    assert days[:2] + days[-1:] == ["2020-01-31", "2020-02-29", "2020-12-31"]
    partitioned = {name for name, dag in seen["dags"].items() if dag["partitions"]}
    assert partitioned == {"reload", "rebuild"}


def test_the_folder_is_watched_by_a_trigger_that_can_be_made_again(seen):
    (watcher,) = seen["watchers"].values()
    assert watcher["given"]["folder"].endswith("/dags-data/raw")
    assert watcher["given"]["quiet_seconds"] == 20
    assert watcher["again"]


def test_parameters_are_checked_before_a_run_begins(seen):
    tried = seen["params"]
    assert {case for said in tried.values() for case, words in said.items() if words is None} == {
        "department=None",
        "department=finance",
        "period=None",
        "period=2020-12",
        "as_of=2020-10-20",
    }
    assert "does not match" in tried["ingest"]["period=2020-13"]
    assert "is not one of" in tried["ingest"]["department=finance; rm -rf /"]
    assert "is not a 'date'" in tried["rebuild"]["as_of=2020-02-31"]


def test_tasks_follow_one_another_as_documented(tasks):
    chained = {name: task for name, task in tasks.items() if name.split(".")[0] in OF_A_RUN}
    assert {name: task["upstream"] for name, task in chained.items()} == {
        "ingest.scan": [],
        "ingest.parse": ["scan"],
        "ingest.collect": ["parse"],
        "transform.build": [],
        "transform.validate": ["build"],
        "release.publish": [],
        "reload.scan": [],
        "reload.parse": ["scan"],
        "reload.collect": ["parse"],
        "reload.announce": ["collect"],
        "rebuild.keep": [],
    }


def test_parse_is_mapped_over_batches_with_a_readable_label(tasks):
    for name in ("ingest.parse", "reload.parse"):
        assert tasks[name]["mapped"]
        assert tasks[name]["label"] == "{{ label }}"


def test_collect_runs_when_no_batch_was_new_but_not_after_a_failure(tasks):
    assert tasks["ingest.collect"]["trigger_rule"].lower().endswith("none_failed")


def test_whatever_opens_a_warehouse_file_runs_alone(tasks, seen):
    alone = {name for name, task in tasks.items() if task["pool"] == "warehouse"}
    assert alone >= {
        "transform.build",
        "transform.validate",
        "release.publish",
        "rebuild.keep",
        "care.make_room",
    }
    assert not {name for name in alone if name.split(".")[0] in ("ingest", "reload", "remind")}
    assert seen["pools"]["warehouse"] == 1


def test_every_dag_runs_once_at_a_time_without_catching_up_and_is_not_paused(seen):
    for dag in seen["dags"].values():
        assert (dag["catchup"], dag["max_active_runs"], dag["paused"]) == (False, 1, False)
        assert "govstats" in dag["tags"]


def test_every_dag_is_explained_in_english_and_in_one_chinese_line(seen):
    for name, dag in seen["dags"].items():
        assert dag["doc"].startswith(f"## {name}: ")
        chinese = [line for line in dag["doc"].splitlines() if re.match("[\u4e00-\u9fff]", line)]
        assert len(chinese) == 1, name


def test_every_task_has_owner_retries_with_growing_delay_time_limit_and_words(tasks):
    for name, task in tasks.items():
        assert task["owner"] == "govstats", name
        assert task["retries"] > 0, name
        assert task["retry_growth"] > 1, name
        assert task["retry_seconds"] >= 30, name
        assert 0 < task["timeout_seconds"] <= 2 * 3600, name
        assert task["doc"], name


def test_dag_files_are_read_with_the_real_pipeline_without_errors_or_heavy_imports(tmp_path):
    """The dag-processor reads them every half minute: dbt and Great Expectations must wait."""
    code = (
        "import sys; from scripts import airflow_env, headless\n"
        "airflow_env.adopt(airflow_env.HEADLESS_DATABASE)\n"
        "print([dag.dag_id for dag in headless.load_dags()])\n"
        "heavy = {'dbt', 'great_expectations', 'pandas'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": "/usr/bin:/bin", "AIRFLOW_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    for path in DAG_FILES:
        assert f"'{path.stem}'" in done.stdout
    assert "heavy: []" in done.stdout


def imported(tree):
    """Top-level names of every package a file imports from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def innermost_functions(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            inner = [n for n in ast.walk(node) if isinstance(n, ast.FunctionDef) and n is not node]
            if not inner:
                yield node


@pytest.mark.parametrize("path", DAG_FILES, ids=lambda path: path.stem)
def test_a_dag_file_only_wires(path):
    tree = ast.parse(path.read_text())
    assert set(imported(tree)) <= {"airflow", "govstats", "govstats_airflow"}
    functions = list(innermost_functions(tree))
    assert functions
    for function in functions:
        length = function.end_lineno - function.body[0].lineno + 1
        assert length <= LONGEST_BODY, f"{function.name}: {length} lines"
        assert not any(isinstance(n, ast.For | ast.While | ast.Try) for n in ast.walk(function))


def test_the_package_imports_no_airflow():
    for path in sorted((REPO / "govstats").rglob("*.py")):
        roots = set(imported(ast.parse(path.read_text())))
        assert not roots & {"airflow", "dags", "govstats_airflow", "scripts"}, path
