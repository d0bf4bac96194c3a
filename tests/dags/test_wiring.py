"""How the DAGs are wired: what starts what, where one writer is enforced, what people read."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
DAG_FILES = [path for path in sorted((REPO / "dags").glob("*.py")) if path.name != "common.py"]
LONGEST_BODY = 10


@pytest.fixture(scope="module")
def tasks(seen):
    return {
        f"{dag_id}.{task_id}": task
        for dag_id, dag in seen["dags"].items()
        for task_id, task in dag["tasks"].items()
    }


def test_assets_alone_put_the_three_dags_in_order(seen):
    assert seen["order"] == ["ingest", "transform", "release"]
    dags = seen["dags"]
    assert dags["ingest"]["waits_for"] == []
    assert dags["ingest"]["brings"] == {"collect": ["govstats_facts"]}
    assert dags["transform"]["waits_for"] == ["govstats_facts"]
    assert dags["transform"]["brings"] == {"validate": ["govstats_candidate"]}
    assert dags["release"]["waits_for"] == ["govstats_candidate"]
    assert dags["release"]["brings"] == {"publish": ["govstats_release"]}


def test_only_ingest_is_started_by_the_clock(seen):
    assert seen["dags"]["ingest"]["schedule"].split()[0] == "*/15"
    assert [dag["schedule"] for dag in seen["dags"].values()].count(None) == 2


def test_tasks_follow_one_another_as_documented(tasks):
    assert {name: task["upstream"] for name, task in tasks.items()} == {
        "ingest.scan": [],
        "ingest.parse": ["scan"],
        "ingest.collect": ["parse"],
        "transform.build": [],
        "transform.validate": ["build"],
        "release.publish": [],
    }


def test_parse_is_mapped_over_batches_with_a_readable_label(tasks):
    assert tasks["ingest.parse"]["mapped"]
    assert tasks["ingest.parse"]["label"] == "{{ batch }}"


def test_collect_runs_when_no_batch_was_new_but_not_after_a_failure(tasks):
    assert tasks["ingest.collect"]["trigger_rule"].lower().endswith("none_failed")


def test_whatever_opens_a_warehouse_file_runs_alone(tasks, seen):
    alone = {name for name, task in tasks.items() if task["pool"] == "warehouse"}
    assert alone == {"transform.build", "transform.validate", "release.publish"}
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


def test_every_task_has_owner_retries_with_delay_time_limit_and_words(tasks):
    for name, task in tasks.items():
        assert task["owner"] == "govstats", name
        assert task["retries"] > 0, name
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
    assert "['ingest', 'transform', 'release']" in done.stdout
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
    assert set(imported(tree)) <= {"airflow", "govstats", "common"}
    functions = list(innermost_functions(tree))
    assert functions
    for function in functions:
        length = function.end_lineno - function.body[0].lineno + 1
        assert length <= LONGEST_BODY, f"{function.name}: {length} lines"
        assert not any(isinstance(n, ast.For | ast.While | ast.Try) for n in ast.walk(function))


def test_the_package_imports_no_airflow():
    for path in sorted((REPO / "govstats").rglob("*.py")):
        roots = set(imported(ast.parse(path.read_text())))
        assert not roots & {"airflow", "dags", "scripts"}, path
