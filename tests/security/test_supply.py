"""What is installed is what was looked at: hashes, the bill of materials, known weaknesses."""

import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from govstats.errors import GovstatsError
from scripts import audit, locked, sbom

LOCKS = (sbom.LOCK, sbom.CONTAINER_LOCK)
DIGEST = "0" * 64


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_has_its_hashes(project: Path, name: str) -> None:
    packages = locked.read(project / name)
    assert len(packages) > 200
    assert len({one.name for one in packages}) == len(packages)
    text = (project / name).read_text(encoding="utf-8")
    assert text.count("--hash=sha256:") == sum(len(one.hashes) for one in packages)
    assert "://" not in text


@pytest.mark.parametrize(
    "line",
    [
        "jinja2==3.1.6",
        f"jinja2>=3 --hash=sha256:{DIGEST}",
        f"jinja2==3.1.6 --hash=md5:{DIGEST}",
        f"jinja2==3.1.6 --hash=sha256:{DIGEST[:63]}",
        f"jinja2 @ https://example.org/jinja2.whl --hash=sha256:{DIGEST}",
        "--index-url https://example.org/simple",
        "-e .",
    ],
)
def test_a_line_that_could_be_anything_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.lock").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(GovstatsError, match="not an exact version"):
        locked.read(tmp_path / "a.lock")


def test_setup_and_image_install_by_hash_alone(project: Path) -> None:
    for name in ("Makefile", "Dockerfile"):
        text = (project / name).read_text(encoding="utf-8")
        assert "--require-hashes" in text, name


def test_the_bill_names_every_package_once(project: Path) -> None:
    bill = sbom.document(project)
    pinned = {one.purl: one for name in LOCKS for one in locked.read(project / name)}
    listed = {part["purl"]: part for part in bill["components"]}
    assert set(listed) == set(pinned)
    assert len(bill["components"]) == len(pinned)
    for purl, part in listed.items():
        assert {each["content"] for each in part["hashes"]} == set(pinned[purl].hashes)
    scopes = {part["name"]: part["scope"] for part in bill["components"]}
    assert scopes["duckdb"] == "required"
    assert scopes["pytest"] == "excluded"
    assert scopes["psycopg2-binary"] == "optional"
    below = {line["ref"]: line.get("dependsOn", []) for line in bill["dependencies"]}
    assert set(listed) < set(below)
    assert {ref for refs in below.values() for ref in refs} <= set(listed)
    assert any(
        ref.startswith("pkg:pypi/duckdb@")
        for ref in below[bill["metadata"]["component"]["bom-ref"]]
    )


def test_the_same_locks_give_the_same_bill(tmp_path: Path, capsys: Any) -> None:
    for name in ("a.json", "b.json"):
        assert sbom.main(["--output", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    assert "timestamp" not in told["metadata"]


WEAK = {
    "id": "PYSEC-0000-1",
    "aliases": ["CVE-0000-0001"],
    "summary": "Reads\n what it should not \x1b[2J",
    "affected": [
        {
            "package": {"name": "Jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.1.7"}]}],
        }
    ],
}


class Service(BaseHTTPRequestHandler):
    """Knows one weakness; ``answer`` replaces what it says to a list of packages."""

    answer: bytes | None = None
    asked: list[Any] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body)
        results = [
            {"vulns": [{"id": WEAK["id"]}]} if one["package"]["name"] == "jinja2" else {}
            for one in body["queries"]
        ]
        self._say(self.answer or json.dumps({"results": results}).encode())

    def do_GET(self) -> None:
        assert self.path == f"/v1/vulns/{WEAK['id']}"
        self._say(json.dumps(WEAK).encode())

    def _say(self, content: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(Service, "answer", None)
    monkeypatch.setattr(Service, "asked", [])
    with HTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    lines = [f"{name} --hash=sha256:{DIGEST}\n" for name in ("jinja2==3.1.6", "rich==15.0.0")]
    (tmp_path / "a.lock").write_text("".join(lines), encoding="utf-8")
    return tmp_path / "a.lock"


def test_a_known_weakness_is_told_with_what_mends_it(service: str, lock: Path, capsys: Any) -> None:
    assert audit.main(["--lock", str(lock), "--service-url", service]) == 1
    said = capsys.readouterr().out
    assert "jinja2 3.1.6: PYSEC-0000-1, CVE-0000-0001: Reads what it should not" in said
    assert "mended in 3.1.7" in said
    assert "2 packages, 1 known weaknesses" in said
    assert "\x1b" not in said
    (asked,) = Service.asked
    assert asked["queries"][1] == {
        "package": {"name": "rich", "ecosystem": "PyPI"}, "version": "15.0.0",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["PYSEC-0000-1", "CVE-0000-0001"])
def test_what_was_looked_into_can_be_ignored_by_any_name(
    service: str, lock: Path, capsys: Any, name: str
) -> None:
    asked = ["--lock", str(lock), "--service-url", service, "--json", "--ignore", name]
    assert audit.main(asked) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    "answer",
    [b"no", b"[]", b"{}", b'{"results": []}', b'{"results": [{"vulns": [{"id": "../../x"}]}, {}]}',
     b'{"results": [{"next_page_token": "x"}, {}]}'],
)  # fmt: skip
def test_an_odd_answer_is_no_all_clear(
    service: str, lock: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, answer: bytes
) -> None:
    monkeypatch.setattr(Service, "answer", answer)
    assert audit.main(["--lock", str(lock), "--service-url", service]) == 2
    assert capsys.readouterr().out == ""


def test_nobody_to_ask_is_no_all_clear(lock: Path, capsys: Any) -> None:
    assert audit.main(["--lock", str(lock), "--service-url", "http://127.0.0.1:9"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "nothing was checked" in said.err
    assert "--database" in said.err


@pytest.mark.parametrize(
    ("affected", "found"),
    [
        ({"versions": ["3.1.6"]}, True),
        ({"versions": ["3.1.5"]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}, True),
        ({"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "3.1.7"}]}]}, False),
        (
            {"ranges": [{"type": "ECOSYSTEM", "events": [
                {"introduced": "2"}, {"fixed": "2.9"}, {"introduced": "3.1.0"}, {"fixed": "3.1.10"},
            ]}]},
            True,
        ),
        (
            {"ranges": [{"type": "ECOSYSTEM", "events": [
                {"introduced": "0"}, {"last_affected": "3.1.5"},
            ]}]},
            False,
        ),
    ],
)  # fmt: skip
def test_an_export_carried_in_serves_as_well(
    tmp_path: Path, lock: Path, affected: dict[str, Any], found: bool
) -> None:
    part = affected | {"package": {"name": "jinja2", "ecosystem": "PyPI"}}
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a.json", json.dumps({"id": "PYSEC-1", "affected": [part]}))
    asked = ["--lock", str(lock), "--database", str(tmp_path / "all.zip")]
    assert audit.main(asked) == int(found)


def test_an_export_that_is_none_is_no_all_clear(tmp_path: Path, lock: Path) -> None:
    (tmp_path / "all.zip").write_bytes(b"no")
    assert audit.main(["--lock", str(lock), "--database", str(tmp_path / "all.zip")]) == 2
    assert audit.main(["--lock", str(lock), "--database", str(tmp_path / "none.zip")]) == 2
