"""A project folder of a test's own: what people maintain, copied so that it may be changed."""

import shutil
from pathlib import Path

#: Folders of a project that hold knowledge; a run needs all of them.
FOLDERS = ("layouts", "expectations", "bulletin", "dbt_project")


def copy_knowledge(source_root: Path, root: Path) -> Path:
    """Copy every folder of knowledge of a project, without what dbt leaves behind; return root."""
    ignored = shutil.ignore_patterns("target", "logs")
    for name in FOLDERS:
        shutil.copytree(source_root / name, root / name, ignore=ignored)
    return root
