"""The log answers what became of a file: received, read or refused, by which run, and why."""

import json
from pathlib import Path
from typing import Any

from govstats import logs, pipeline
from govstats.settings import Settings

SECRET = "s3cr3t-Zx9"


def test_each_fate_of_a_file_is_a_line_with_its_ids(settings: Settings) -> None:
    for name, content in {
        "财政局/2020-02/坏.xlsx": b"no spreadsheet",
        f"财政局/2020-02/password={SECRET}\n.xlsx": b"",
        "无名/2020-02/收入.xlsx": b"nobody's",
    }.items():
        path = settings.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with logs.during(settings, "r1"):
        waiting = [each for batch in pipeline.scan(settings) for each in batch["submission_ids"]]
        pipeline.parse(settings, waiting)
        pipeline.parse(settings, waiting)
    lines = said(settings)
    assert {line["run_id"] for line in lines} == {"r1"}
    bad = [line for line in lines if line.get("file") == "财政局/2020-02/坏.xlsx"]
    assert [(line["event"].split(":")[0], line["step"]) for line in bad] == [
        ("received", "scan"),
        ("refused", "parse"),
        ("refused", "parse"),
    ]
    assert [line["submission_id"] for line in bad] == waiting * 3
    assert bad[0]["department_code"] == "finance"
    assert bad[0]["sha256"]
    assert bad[1]["level"] == "warning"
    assert bad[1]["reason"] == "wrong_extension"
    (unplaced,) = [line for line in lines if line.get("file") == "无名/2020-02/收入.xlsx"]
    assert unplaced["event"].startswith("intake: unplaced")
    ended = [(e["step"], e["outcome"]) for e in lines if e["event"] == "step ended"]
    assert ended == [("scan", "success"), ("parse", "success"), ("parse", "success")]
    assert SECRET not in (settings.logs / logs.FILE).read_text(encoding="utf-8")


def said(settings: Settings) -> list[dict[str, Any]]:
    text = Path(settings.logs / logs.FILE).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]
