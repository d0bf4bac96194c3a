"""``python -m demo [--data DIR] [--seed N] [--clean]``: write the spreadsheets and hand them in."""

import sys
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

from demo.deliver import deliver
from demo.spreadsheets import DEFAULT_SEED, generate
from govstats.errors import GovstatsError
from govstats.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    parser = ArgumentParser(prog="python -m demo", description="Write demonstration sheets.")
    parser.add_argument("--data", type=Path, help="folder for raw/ (default: the project's data)")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="of the simulated figures")
    parser.add_argument(
        "--clean",
        action="store_true",
        help="leave out what the demonstration gets wrong on purpose: untidy cells, late, missing "
        "and second editions, wrong figures, stages, ranks and completions, unknown words "
        "(what else is set right: demo/clean.yml)",
    )
    options = parser.parse_args(arguments)
    try:
        settings = Settings.from_environment()
        if options.data is not None:
            settings = replace(settings, data=options.data.resolve())
        deliveries = generate(settings.raw, options.seed, clean=options.clean)
        registered = deliver(settings, deliveries)
    except GovstatsError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"{len(deliveries)} spreadsheets in {settings.raw}, {registered} newly registered")
    return 0


if __name__ == "__main__":
    sys.exit(main())
