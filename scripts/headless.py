"""Run the DAGs in one process, without a scheduler: ``python -m scripts.headless``.

The same DAGs that the live scheduler runs, through ``dag.test()``, in the order in which
their assets chain them: a DAG runs only if the asset it waits for was really announced.
Exits 0 when a release was published or nothing was new, otherwise with the code of the error
(4 when the audit holds the release, 3 when another run is at work).
"""

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from govstats import logs
from govstats.errors import GovstatsError
from govstats.files import exclusive
from govstats.settings import Settings
from scripts import airflow_env, metadata
from scripts.chain import brings, from_outside, in_order, waits_for
from scripts.progress import Progress, explain, log, to_console, to_file

if TYPE_CHECKING:
    from airflow.sdk import DAG

BUNDLE = "dags-folder"
START = time.monotonic()


def main() -> int:
    """Run all DAGs once, print the scorecard; return the exit code."""
    try:
        airflow_env.adopt(airflow_env.HEADLESS_DATABASE)
        settings = Settings.from_environment()
        with (
            exclusive(airflow_env.home() / "headless.lock", "running the pipeline"),
            logs.during(settings, logs.new_run_id(settings)),
        ):
            code = run(settings)
        if code == 0:
            stop_if_held(settings)
            print_scorecard(settings)
    except GovstatsError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except OSError as error:
        # the machine, not the program: no space, no permission, a folder gone
        print(error, "  → check permissions and free space there", sep="\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return code


def run(settings: Settings) -> int:
    """Run the chain of DAGs; return 0 or the failure's exit code."""
    gc.disable()  # Airflow's imports make millions of lasting objects: 2 s of 9 saved
    log_file = airflow_env.logs() / "headless.log"
    to_console(START)
    log.info("starting: data in %s", settings.data)
    to_file(log_file)
    if not metadata.prepared(airflow_env.HEADLESS_DATABASE):
        log.info("making Airflow's database in %s", airflow_env.home())
        metadata.prepare(airflow_env.HEADLESS_DATABASE)
    from airflow.sdk.listener import get_listener_manager

    progress = Progress()
    listeners = get_listener_manager()
    listeners.add_listener(progress)
    try:
        done = run_chain(load_dags(), progress)
    finally:
        listeners.pm.unregister(progress)
    if done:
        log.info("done")
        return 0
    message, code = explain(progress.error)
    log.error("%s: %s\n(everything in %s)", progress.failed_task or "run", message, log_file)
    return code


def load_dags() -> "list[DAG]":
    """Read the DAG files as Airflow does; return the DAGs in the order of their assets.

    Raises:
        GovstatsError: a DAG file cannot be imported.
    """
    from airflow.dag_processing.dagbag import BundleDagBag

    folder = Path(airflow_env.REPO / "dags")
    bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name=BUNDLE)
    if bag.import_errors:
        path, trace = next(iter(bag.import_errors.items()))
        raise GovstatsError(f"{path}: {trace.strip().splitlines()[-1]}", "mend the DAG file")
    return in_order(bag.dags.values())


def run_chain(dags: "list[DAG]", progress: Progress) -> bool:
    """Run each DAG whose assets were announced; return whether all that ran succeeded.

    What comes from outside counts as announced: someone started this run because of it. DAGs
    that only the clock starts have no part in it.
    """
    announced = from_outside(dags)
    for dag in dags:
        if not waits_for(dag) or not waits_for(dag) <= announced:
            continue
        without_retries(dag)
        finished = dag.test()
        if finished.state != "success" or progress.error is not None:
            return False
        for task in finished.get_task_instances():
            if task.state == "success":
                announced |= brings(dag)[task.task_id]
    return True


def without_retries(dag: "DAG") -> None:
    """Fail at the first error: someone is looking, and waiting a minute helps nobody."""
    for task in dag.tasks:
        if task.is_mapped:
            task.partial_kwargs["retries"] = 0
        else:
            task.retries = 0


def stop_if_held(settings: Settings) -> None:
    """Say again that the release is held, where nothing new has come in since.

    Raises:
        ReleaseHeld: the audit holds what is there.
    """
    from govstats import pipeline  # after Airflow's environment is in place

    pipeline.stop_if_held(settings)


def print_scorecard(settings: Settings) -> None:
    """Print the current release's scorecard, if there is a release."""
    from govstats.status import print_scorecard as show
    from govstats.status import wide_console

    if (settings.releases / "current").exists():
        show(settings, wide_console())


if __name__ == "__main__":
    sys.exit(main())
