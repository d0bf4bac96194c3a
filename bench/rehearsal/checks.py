"""What a rehearsal looks at while all services run: rights, doors, accounts, one delivery."""

import json
import urllib.error
import urllib.request

from bench.rehearsal.pod import Pod
from scripts.airflow_api import Airflow, Refused, wait_until

API = "http://127.0.0.1:8080"
WEB = "http://127.0.0.1:8081"
#: The demonstration takes a minute of processor time, and far longer beside other work.
_RELEASED_WITHIN = 1500.0


def rights(pod: Pod) -> dict[str, int]:
    """Nobody is root, has a capability or can gain one; memory of each service in MB."""
    memory = {}
    for name, processes in pod.processes().items():
        assert processes, f"{name} has no process"
        for facts in processes:
            assert "0\t0\t0\t0" not in facts["Uid"], f"{name}: {facts['Name']} is root"
            assert int(facts["CapEff"], 16) == 0, f"{name}: {facts['Name']} has capabilities"
            assert int(facts["CapBnd"], 16) == 0, f"{name}: {facts['Name']} could gain some"
            assert facts["NoNewPrivs"] == "1", f"{name}: {facts['Name']} may gain rights"
        sizes = (int(facts.get("VmRSS", "0").split()[0]) for facts in processes)
        memory[name] = round(sum(sizes) / 1024)
    return memory


def accounts(pod: Pod) -> str:
    """Only the first user's password opens the door; nobody else has an account."""
    airflow = Airflow(API)
    for user, password in (("admin", "admin"), ("admin", ""), ("airflow", "airflow")):
        assert _refusal(lambda u=user, p=password: airflow.login(u, p)) in (400, 401)
    assert _refusal(lambda: airflow.ask("/api/v2/dags")) in (401, 403)
    return f"{len(session(pod).rows('/api/v2/dags', 'dags'))} DAGs seen by the first user"


def dags(pod: Pod) -> list[str]:
    """Every DAG file was read, and the pool of one writer is there."""
    airflow = session(pod)
    files = {path.stem for path in (pod.place.project / "dags").glob("*.py")}

    def look() -> list[str] | None:
        errors = airflow.rows("/api/v2/importErrors", "import_errors")
        assert not errors, [(e["filename"], e["stack_trace"][-500:]) for e in errors]
        seen = {dag["dag_id"] for dag in airflow.rows("/api/v2/dags", "dags")}
        return sorted(seen) if seen >= files else None

    seen = wait_until(look, f"the DAGs {sorted(files)}", 120)
    assert airflow.ask("/api/v2/pools/warehouse")["slots"] == 1
    return seen


def second_user(pod: Pod) -> str:
    """An account made as the guide says opens the door, and no further than its role."""
    password = "only-for-this-rehearsal"
    named = ["--username", "wangmin", "--firstname", "敏", "--lastname", "王"]
    more = ["--email", "wangmin@localhost", "--role", "User", "--password", password]
    done = pod.inside("api-server", ["airflow", "users", "create", *named, *more])
    assert done.returncode == 0, done.stderr[-1000:]
    user = Airflow(API).login("wangmin", password)
    assert user.rows("/api/v2/dags", "dags")
    assert _refusal(lambda: user.ask("/api/v2/connections")) == 403
    return "role User: DAGs yes, connections no"


def nothing_yet(pod: Pod) -> str:
    """Before the first release the web server is well and says that there is none."""
    del pod
    assert _get(WEB + "/release.json")[0] == 404
    status, page = _get(WEB + "/")
    assert status == 200, page
    return "no release: 404 and a start page"


def delivery(pod: Pod) -> str:
    """Spreadsheets in the folder become a release, through the DAGs."""
    airflow = session(pod)
    if not airflow.runs("ingest"):
        airflow.trigger("ingest")
    current = pod.place.folder / "data/releases/current/release.json"

    def look() -> bool:
        bad = [t for t in airflow.tasks() if t["state"] in ("failed", "upstream_failed")]
        assert not bad, [(t["dag_id"], t["task_id"]) for t in bad]
        return current.exists()

    wait_until(look, "a release", _RELEASED_WITHIN)
    return str(json.loads(current.read_text())["release_id"])


def spread(pod: Pod) -> str:
    """With workers, it is they who read the spreadsheets."""
    airflow = session(pod)
    if not airflow.runs("ingest"):
        airflow.trigger("ingest")
    ended = airflow.ended("ingest", 1, _RELEASED_WITHIN)
    assert ended[0]["state"] == "success", [(t["task_id"], t["state"]) for t in airflow.tasks()]
    done = pod.log("worker").read_text(errors="replace").count("succeeded in")
    assert done >= 3, pod.tail("worker")
    return f"{done} tasks succeeded in the worker"


def website(pod: Pod) -> str:
    """The web server shows the release just made, and only reads."""
    inside = pod.place.folder / "data/releases/current"
    for name in ("release.json", "board/index.html", "notes.md"):
        status, page = _get(f"{WEB}/{name}")
        assert status == 200, name
        assert page == (inside / name).read_bytes(), name
    for name in ("raw/ledger.csv", "../raw/ledger.csv", "%2e%2e/history.csv", ".hidden"):
        assert _get(f"{WEB}/{name}")[0] in (400, 404), name
    assert _get(f"{WEB}/release.json", "DELETE")[0] in (403, 405)
    return "release.json, board and notes as on disk; nothing else"


def commands(pod: Pod) -> dict[str, int]:
    """The command line in its own room: the doctor finds nothing to mend."""
    codes = {}
    for command in (["status"], ["doctor"], ["sql", "select count(*) from fct_submission"]):
        pod.start("govstats", command)
        codes[command[0]] = pod.finish("govstats", 300)
    assert set(codes.values()) == {0}, pod.tail("govstats", 40)
    return codes


def logs(pod: Pod) -> dict[str, int]:
    """No service wrote a secret; how many lines each wrote, errors counted apart."""
    secrets = [p.read_text() for p in (pod.place.folder / "secrets").iterdir()]
    counted = {}
    for path in sorted((pod.place.folder / "logs").glob("*.log")):
        text = path.read_text(errors="replace")
        assert not any(secret in text for secret in secrets), f"a secret stands in {path.name}"
        counted[path.stem] = len(text.splitlines())
        errors = sum("Traceback" in line or "[error" in line for line in text.splitlines())
        if errors:
            counted[f"{path.stem}, errors"] = errors
    return counted


def session(pod: Pod) -> Airflow:
    """Log in as the first user, with the password that `prepare.sh` made."""
    password = (pod.place.folder / "secrets/admin_password").read_text()
    return Airflow(API).login("admin", password)


def _refusal(act: object) -> int:
    try:
        act()  # type: ignore[operator]
    except Refused as refused:
        return refused.status
    return 0


def _get(url: str, method: str = "GET") -> tuple[int, bytes]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, method=method)
    try:
        with opener.open(request, timeout=20) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


ALL = (rights, accounts, dags, second_user, nothing_yet, delivery, website, commands, logs)
SCALED = (rights, accounts, dags, spread, logs)
