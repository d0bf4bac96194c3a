"""``python -m bench``: time the main job against its floors; ``python -m bench seeding``: count
what the audit finds of planted errors; ``python -m bench board``: how fast the board answers;
``python -m bench kills``: random kills of whole runs and what is left of each;
``python -m bench live-backfill`` and ``live-burst``: the pipeline under a live Airflow;
``python -m bench live-pictures``: Airflow's interface as people see it; ``python -m bench
rehearsal``: the compose file without a container engine.
"""

import sys
from importlib import import_module


def main(arguments: list[str]) -> None:
    """Run one of them; each imports only what it needs."""
    if arguments[:1] == ["seeding"]:
        from bench.seeding import command

        command.main(arguments[1:])
    elif arguments[:1] == ["board"]:
        from bench import board

        board.main(arguments[1:])
    elif arguments[:1] == ["kills"]:
        from bench import kills

        kills.main(arguments[1:])
    elif arguments[:1] == ["rehearsal"]:
        from bench.rehearsal import command as rehearsal

        rehearsal.main(arguments[1:])
    elif arguments[:1] in (["live-backfill"], ["live-burst"], ["live-pictures"]):
        module = import_module(f"bench.live.{arguments[0].removeprefix('live-')}")
        module.main(arguments[1:])
    else:
        from bench import main_job

        main_job.main()


if __name__ == "__main__":
    main(sys.argv[1:])
