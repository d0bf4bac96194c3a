"""What tasks log goes to the log file too, with the run and the task it is of."""


def test_a_headless_run_of_all_dags_is_one_run_in_the_log(seen):
    runs = [run["log"] for run in seen["runs"].values() if run["log"]]
    assert len(runs) > 5
    for lines in runs:
        assert len({line["run_id"] for line in lines}) == 1
    assert len({lines[0]["run_id"] for lines in runs}) == len(runs)


def test_lines_of_a_task_name_it(seen):
    lines = seen["runs"]["good"]["log"]
    (intake,) = [line for line in lines if line["event"] == "intake: 3 new"]
    assert (intake["dag_id"], intake["task_id"], intake["try_number"]) == ("ingest", "scan", "1")
    assert intake["dag_run_id"].startswith("manual__")
    assert "map_index" not in intake


def test_what_the_console_shows_of_a_run_is_in_the_log(seen):
    events = [line["event"] for line in seen["runs"]["good"]["log"]]
    assert any(event.startswith("✔ ingest / scan") for event in events)
    assert "done" in events
    failed = seen["runs"]["wrong layout"]["log"]
    assert any(line["level"] == "error" and "layout x.yml" in line["event"] for line in failed)
