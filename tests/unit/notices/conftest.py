"""Servers on loopback that keep what they are sent."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller


@dataclass
class Web:
    """A web server: the requests it got, and what it answers to the next ones."""

    port: int
    got: list[dict[str, Any]] = field(default_factory=list)
    answer: bytes = b"{}"
    status: int = 200


@pytest.fixture
def web() -> Iterator[Web]:
    state = Web(0)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.got.append({"path": self.path, "content": json.loads(body), "size": len(body)})
            self.send_response(state.status)
            self.end_headers()
            self.wfile.write(state.answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()


@dataclass
class Post:
    """A mail server: the messages it got, with their envelope's receivers."""

    port: int
    got: list[tuple[list[str], EmailMessage]] = field(default_factory=list)


@pytest.fixture
def post() -> Iterator[Post]:
    state = Post(free_port())

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            parsed = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            state.got.append((envelope.rcpt_tos, parsed))
            return "250 OK"

    controller = Controller(Handler(), hostname="127.0.0.1", port=state.port)
    controller.start()
    yield state
    controller.stop()


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two messages the library waits seconds, so that messengers do not refuse them."""
    import apprise

    monkeypatch.setattr(apprise.NotifyBase, "request_rate_per_sec", 0)
    monkeypatch.setattr(apprise.AppriseAsset, "default_service_wait", 0)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the installation that the environment names."""
    monkeypatch.setenv("GOVSTATS_DATA", str(tmp_path / "data"))
    return tmp_path / "data"
