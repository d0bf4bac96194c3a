"""``python -m bench``: time the main job against its floors; ``python -m bench seeding``: count
what the audit finds of planted errors; ``python -m bench board``: how fast the board answers.
"""

import sys


def main(arguments: list[str]) -> None:
    """Run one of the three; each imports only what it needs."""
    if arguments[:1] == ["seeding"]:
        from bench.seeding import command

        command.main(arguments[1:])
    elif arguments[:1] == ["board"]:
        from bench import board

        board.main(arguments[1:])
    else:
        from bench import main_job

        main_job.main()


if __name__ == "__main__":
    main(sys.argv[1:])
