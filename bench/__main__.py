"""``python -m bench``: time the main job against its floors; ``python -m bench seeding``: count
what the audit finds of planted errors.
"""

import sys


def main(arguments: list[str]) -> None:
    """Run one of the two; each imports only what it needs."""
    if arguments[:1] == ["seeding"]:
        from bench.seeding import command

        command.main(arguments[1:])
    else:
        from bench import main_job

        main_job.main()


if __name__ == "__main__":
    main(sys.argv[1:])
