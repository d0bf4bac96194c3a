"""The web server's own configuration, in a real nginx: shows the current release, and only that."""

import http.client
import shutil
import socket
import subprocess
import time

import pytest

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def release(folder, text):
    for name, content in {
        "board/index.html": f"<!doctype html><title>看板 {text}</title>",
        "bulletin/2020-12.html": "公报",
        "release.json": f'{{"release_id": "{text}"}}',
        "notes.md": f"# 说明 {text}",
        "warehouse.duckdb": "DUCK" * 1000,
        "warehouse.duckdb.wal": "wal",
        ".hidden": "x",
        "docs/.hidden/page.html": "x",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


@pytest.fixture(scope="module")
def site(project, tmp_path_factory):
    """A server on loopback; returns how to ask it and the folder of releases."""
    if NGINX is None:
        pytest.skip("no nginx here: install nginx-light")
    folder = tmp_path_factory.mktemp("web")
    folder.chmod(0o755)
    (folder / "scratch").mkdir()
    release(folder / "releases/2020-09-aaa", "2020-09-aaa")
    release(folder / "releases/2020-12-bbb", "2020-12-bbb")
    (folder / "releases/history.csv").write_text("not for everybody")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    conf = (project / "deploy/nginx.conf").read_text(encoding="utf-8")
    conf = conf.replace("listen 8081;", f"listen 127.0.0.1:{port};")
    conf = conf.replace(" /tmp/", f" {folder}/scratch/").replace("/dev/stdout", f"{folder}/access")
    conf = conf.replace("/srv/web", str(project / "deploy/web"))
    conf = conf.replace("/srv/releases", str(folder / "releases"))
    # As root it would lay down its rights and then not reach the test's folder.
    (folder / "nginx.conf").write_text("user root;\n" + conf, encoding="utf-8")
    process = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf")], stderr=subprocess.PIPE)
    try:
        yield ask_at(port, process), folder / "releases"
    finally:
        process.terminate()
        process.wait(10)


def ask_at(port, process):
    def ask(path, method="GET", **headers):
        deadline = time.monotonic() + 10
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            try:
                connection.request(method, path, headers=headers)
                answer = connection.getresponse()
                return answer, answer.read()
            except ConnectionRefusedError:
                assert process.poll() is None, process.stderr.read().decode()
                assert time.monotonic() < deadline
                time.sleep(0.05)
            finally:
                connection.close()

    return ask


def switch(releases, name):
    link = releases / "next"
    link.symlink_to(name)
    link.replace(releases / "current")


@pytest.fixture
def ask(site):
    switch(site[1], "2020-12-bbb")
    return site[0]


def test_before_the_first_release(site):
    ask, releases = site
    (releases / "current").unlink(missing_ok=True)
    answer, page = ask("/board/")
    assert answer.status == 404
    assert "没有这一页" in page.decode()
    assert ask("/healthy")[0].status == 200
    assert "统计发布" in ask("/")[1].decode()


def test_a_switch_shows_at_the_next_look(site, ask):
    assert b"2020-12-bbb" in ask("/release.json")[1]
    tag = ask("/release.json")[0].getheader("ETag")
    assert ask("/release.json", **{"If-None-Match": tag})[0].status == 304
    time.sleep(1.1)  # nginx's mark of a file is its size and the second of its last change
    release(site[1] / "2020-09-aaa", "2020-09-aaa")
    switch(site[1], "2020-09-aaa")
    answer, page = ask("/release.json", **{"If-None-Match": tag})
    assert answer.status == 200
    assert b"2020-09-aaa" in page
    assert answer.getheader("Cache-Control") == "no-cache"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/board/", "text/html; charset=utf-8"),
        ("/notes.md", "text/plain; charset=utf-8"),
        ("/release.json", "application/json; charset=utf-8"),
        ("/warehouse.duckdb", "application/octet-stream"),
    ],
)
def test_what_is_shown_says_what_it_is(ask, path, kind):
    answer, _ = ask(path)
    assert answer.status == 200
    assert answer.getheader("Content-Type") == kind


@pytest.mark.parametrize("path", ["/", "/board/", "/release.json", "/nothing"])
def test_pages_may_load_nothing_from_elsewhere(ask, path):
    answer, _ = ask(path)
    policy = answer.getheader("Content-Security-Policy")
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "*" not in policy
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Server") == "nginx"


def test_bulletins_are_listed_other_folders_are_not(ask):
    assert b"2020-12.html" in ask("/bulletin/")[1]
    assert ask("/docs/")[0].status in (403, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/.hidden", "/docs/.hidden/page.html", "/warehouse.duckdb.wal", "/../history.csv",
        "/%2e%2e/history.csv", "/..%2fhistory.csv", "/board/../../history.csv", "//etc/passwd",
        "/board/%00", "/2020-09-aaa/release.json", "/nothing.html",
    ],
)  # fmt: skip
def test_nothing_else_is_shown(ask, path):
    answer, page = ask(path)
    assert answer.status in (400, 403, 404), path
    assert b"not for everybody" not in page


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_it_only_reads(site, ask, method):
    assert ask("/release.json", method)[0].status in (403, 405)
    assert (site[1] / "2020-12-bbb/release.json").exists()


def test_parts_of_a_large_file_can_be_asked_for(ask):
    answer, part = ask("/warehouse.duckdb", Range="bytes=0-3")
    assert (answer.status, part) == (206, b"DUCK")


def test_pages_of_the_server_load_nothing(project):
    for page in (project / "deploy/web").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "://" not in text
        assert "<script" not in text
        assert 'lang="zh-CN"' in text
