"""dbt in this process: one build of the whole project into one warehouse file.

The file is reached through a link of constant name below ``work``: dbt keys its kept manifest
by the database path, and candidates lie in a folder of their own each. dbt's artifacts
(manifest, compiled SQL, ``run_results.json``, ``dbt.log``) stay below ``work`` as well.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from govstats.errors import GovstatsError
from govstats.memory import collector_paused
from govstats.settings import Settings
from govstats.warehouse import machine

#: Nothing is sent anywhere, and no newer version is asked for.
_ENVIRONMENT = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
#: With a selection, tests run only where all they read is selected.
_BUILD = ("build", "--exclude-resource-type", "unit_test", "--indirect-selection", "cautious")
_FAILED = ("error", "fail", "runtime error")


@dataclass(frozen=True)
class NodeResult:
    """What became of one seed, model or test.

    ``status`` is dbt's word (success, pass, warn, fail, error, skipped, no-op); ``seconds`` its
    running time; ``message`` what dbt says of it; ``compiled`` the SQL that ran, if any.
    """

    name: str
    kind: str
    status: str
    seconds: float
    message: str
    compiled: str = ""


def build(
    settings: Settings,
    warehouse: Path,
    work: Path,
    select: str | None = None,
    log: Callable[[str], None] = lambda line: None,
    as_of: str | None = None,
) -> list[NodeResult]:
    """Build seeds, models and their data tests into ``warehouse``, whose schema ``raw`` is filled.

    Args:
        settings: where the dbt project lies.
        warehouse: the DuckDB file; nobody else may have it open.
        work: folder for dbt's artifacts, kept between builds so that the next one is quick.
        select: dbt's selection syntax; everything when None.
        log: called with one line per finished node.
        as_of: build what was known at the end of this day, YYYY-MM-DD; all when None.

    Returns:
        One result per node, in order of completion. The file is closed and has no ``.wal``.

    Raises:
        GovstatsError: a node failed; the message names it, says why and what to do.
        MachineError: it failed for want of space or the like.
    """
    chosen = ["--select", select] if select else []
    return _invoke(settings, warehouse, work, [*_BUILD, *chosen, *_variables(as_of)], log)


def compile_models(settings: Settings, warehouse: Path, work: Path) -> list[NodeResult]:
    """Write the SQL of every model into dbt's manifest below ``work`` and run none of it.

    Raises:
        GovstatsError: a model cannot be compiled.
    """
    command = ["compile", "--select", "resource_type:model"]
    return _invoke(settings, warehouse, work, command, lambda line: None)


def docs(settings: Settings, warehouse: Path, work: Path, as_of: str | None = None) -> str:
    """Return dbt's documentation of a built warehouse as one page that needs no server.

    Raises:
        GovstatsError: dbt could not write it.
    """
    # without compiling again: the manifest of the build stands, with the SQL that ran
    command = ["docs", "generate", "--static", "--no-compile", *_variables(as_of)]
    _invoke(settings, warehouse, work, command, lambda line: None)
    return (work / "target" / "static_index.html").read_text(encoding="utf-8")


def _variables(as_of: str | None) -> list[str]:
    return ["--vars", json.dumps({"as_of": as_of})] if as_of else []


def unit_tests(
    settings: Settings,
    warehouse: Path,
    work: Path,
    select: str = "test_type:unit",
    log: Callable[[str], None] = lambda line: None,
) -> list[NodeResult]:
    """Run dbt's unit tests; ``warehouse`` must have been built, they take column types from it.

    Raises:
        GovstatsError: a unit test failed; the message shows expected and actual rows.
    """
    return _invoke(settings, warehouse, work, ["test", "--select", select], log)


def freshness(settings: Settings, warehouse: Path, work: Path) -> list[NodeResult]:
    """Ask dbt how old each source's newest row is, against the thresholds in ``sources.yml``.

    Returns:
        One result per source with a threshold; ``status`` is pass, warn or error.
    """
    return _invoke(settings, warehouse, work, ["source", "freshness"], lambda line: None)


def _invoke(
    settings: Settings, warehouse: Path, work: Path, command: list[str], log: Callable[[str], None]
) -> list[NodeResult]:
    if not warehouse.is_file():
        raise GovstatsError(f"there is no warehouse at {warehouse}", "load its schema raw first")
    arguments = [*command, *_options(settings, work)]
    with collector_paused(), _linked(warehouse, work) as link, _environment(link):
        from dbt.cli.main import dbtRunner  # takes seconds to import

        try:
            outcome = dbtRunner(callbacks=[_narrator(log)]).invoke(arguments)
        finally:
            _close(link)
    results = [_result(run) for run in getattr(outcome.result, "results", [])]
    _raise_for(results, outcome.exception, warehouse, work)
    return results


def _options(settings: Settings, work: Path) -> list[str]:
    project = str(settings.dbt_project)
    return [
        *("--project-dir", project, "--profiles-dir", project),
        *("--target-path", str(work / "target"), "--log-path", str(work / "logs")),
        *("--log-level", "none", "--log-level-file", "info", "--no-use-colors", "--no-print"),
    ]


@contextmanager
def _linked(warehouse: Path, work: Path) -> Iterator[Path]:
    work.mkdir(parents=True, exist_ok=True)
    # DuckDB names the catalog after the file behind the link, and keeps its log there
    link = work / warehouse.name
    link.unlink(missing_ok=True)  # a killed build may have left one
    link.symlink_to(warehouse.resolve())
    try:
        yield link
    finally:
        link.unlink(missing_ok=True)


@contextmanager
def _environment(link: Path) -> Iterator[None]:
    wanted = _ENVIRONMENT | {"GOVSTATS_WAREHOUSE": str(link)}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _close(link: Path) -> None:
    """Close dbt's connections, which it would keep until the process ends, and write all out."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    environment = DuckDBConnectionManager._ENV
    if environment is not None:
        environment.close()
        DuckDBConnectionManager.close_all_connections()
    with duckdb.connect(str(link)) as connection:
        connection.execute("checkpoint")
    whole = link.resolve()
    if whole.with_name(f"{whole.name}.wal").exists():
        raise GovstatsError(
            f"{whole} kept a write-ahead log",
            "another process has it open: close that one and build again",
        )


def _narrator(log: Callable[[str], None]) -> Callable[[Any], None]:
    """Turn dbt's events into one line per finished node."""

    def listen(event: Any) -> None:  # noqa: ANN401 - dbt's events have no common type
        if event.info.name == "NodeFinished":
            run = event.data.run_result
            name = event.data.node_info.node_name
            log(f"dbt: {name}: {run.status} in {run.execution_time:.2f} s")

    return listen


def _result(run: Any) -> NodeResult:  # noqa: ANN401 - as above
    return NodeResult(
        name=run.node.name,
        kind=str(run.node.resource_type),
        status=str(run.status),
        seconds=round(run.execution_time, 3),
        message=run.message or "",
        compiled=getattr(run.node, "compiled_path", None) or "",
    )


def _raise_for(
    results: list[NodeResult], exception: BaseException | None, warehouse: Path, work: Path
) -> None:
    failed = [result for result in results if result.status in _FAILED]
    told = (f"dbt {result.kind} {result.name}: {result.message}" for result in failed)
    machine.stop_at_io_error(told, exception, work)
    if exception is not None:
        advice = "correct the seed, model or macro it names, then build again"
        raise GovstatsError(f"dbt could not start: {exception}", advice)
    if failed:
        first, others = failed[0], len(failed) - 1
        more = f" (and {others} more failed)" if others else ""
        said = "\n".join(line for line in first.message.splitlines() if "> " not in line[:6])
        raise GovstatsError(
            f"dbt {first.kind} {first.name} ended with {first.status}{more}: "
            f"{said.strip()}{_examples(first, warehouse)}",
            _remedy(first, work),
        )


def _examples(failed: NodeResult, warehouse: Path) -> str:
    """Return the first rows that a failed data test found, one per line."""
    if failed.kind != "test" or failed.status != "fail" or not failed.compiled:
        return ""
    query = Path(failed.compiled).read_text(encoding="utf-8")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(f"select * from ({query}) as found limit 5").fetchall()  # noqa: S608
    return "".join("\n    " + " ".join(str(value) for value in row) for row in rows)


def _remedy(failed: NodeResult, work: Path) -> str:
    log = work / "logs" / "dbt.log"
    if failed.kind == "seed":
        return f"correct the row or column it names in seeds/{failed.name}.csv, then build again"
    if failed.kind == "test":
        return f"correct the seed or the figures named, then build again; query: {failed.compiled}"
    if failed.kind == "unit_test":
        return "compare expected and actual rows, correct the model or the test"
    return f"correct the model, or the raw figures it reads, then build again; log: {log}"
