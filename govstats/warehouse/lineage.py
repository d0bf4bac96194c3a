"""How every column of a mart came about, kept beside the warehouse for ``govstats trace``.

dbt's manifest says which models and tables a mart was made from, with their descriptions and
the SQL that ran; ``config.meta.trace`` of a mart says which of its columns rest on which cells.
``lineage.json`` holds of both what leads to a mart, so that a release explains itself.
"""

import json
from pathlib import Path
from typing import Any

from govstats.files import write_atomic

#: Name of the file in a release.
FILE = "lineage.json"
_KINDS = ("model", "seed", "source")


def write(manifest: Path, target: Path) -> Path:
    """Write ``lineage.json`` into the folder ``target`` from dbt's manifest of its build.

    The same project gives the same bytes.

    Returns:
        The path of the file.
    """
    content = json.loads(manifest.read_text(encoding="utf-8"))
    path = target / FILE
    text = json.dumps({"nodes": nodes(content)}, ensure_ascii=False, indent=1, sort_keys=True)
    write_atomic(path, text.encode())
    return path


def nodes(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what leads to the marts: per name its schema, description, parents and SQL.

    A mart also has its ``key``, its ``columns`` (type and description) and its ``trace``.
    """
    known = {
        unique_id: node
        for part in ("nodes", "sources")
        for unique_id, node in manifest[part].items()
        if node["resource_type"] in _KINDS
    }
    wanted = [unique_id for unique_id, node in known.items() if _is_mart(node)]
    found: dict[str, dict[str, Any]] = {}
    while wanted:
        node = known[wanted.pop()]
        if _name(node) in found:
            continue
        read = node.get("depends_on", {}).get("nodes", [])
        parents = [parent for parent in read if parent in known]
        found[_name(node)] = _told(node) | {"parents": sorted(_name(known[p]) for p in parents)}
        wanted += parents
    return found


def _is_mart(node: dict[str, Any]) -> bool:
    return bool(node["resource_type"] == "model" and node["schema"] == "marts")


def _name(node: dict[str, Any]) -> str:
    return f"{node['schema']}.{node['name']}"


def _told(node: dict[str, Any]) -> dict[str, Any]:
    told = {
        "kind": node["resource_type"],
        "description": " ".join(node["description"].split()),
        "sql": (node.get("compiled_code") or node.get("raw_code") or "").strip(),
    }
    if not _is_mart(node):
        return told
    trace = node["config"].get("meta", {}).get("trace", {})
    return told | {
        "key": _key(node, trace),
        "trace": trace,
        "columns": {
            name: {"type": column.get("data_type") or "", "description": column["description"]}
            for name, column in node["columns"].items()
        },
    }


def _key(node: dict[str, Any], trace: dict[str, Any]) -> list[str]:
    for constraint in node.get("constraints", []):
        if constraint["type"] == "primary_key":
            return list(constraint["columns"])
    return list(trace.get("key", []))
