"""Opens files one by one, each in a process of its own, and says what it took.

python -m tests.workbooks.measured FILE…  → one JSON line each: reason, seconds, megabytes
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

from govstats.workbooks.limits import Limits
from govstats.workbooks.reader import open_workbook
from govstats.workbooks.refusals import Refused


def _open(path: Path) -> dict[str, object]:
    start = time.perf_counter()
    try:
        open_workbook(path, Limits())
        reason = "read"
    except Refused as refused:
        reason = str(refused)
    seconds = time.perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"file": path.name, "reason": reason, "seconds": seconds, "megabytes": megabytes}


def main(paths: list[str]) -> None:
    """Open each file in a fork of this small process."""
    for path in paths:
        process = os.fork()
        if process == 0:
            print(json.dumps(_open(Path(path))), flush=True)
            os._exit(0)
        _, status = os.waitpid(process, 0)
        if status:
            print(json.dumps({"file": Path(path).name, "reason": f"died {status}"}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
