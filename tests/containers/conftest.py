"""The compose file as Compose would read it, with what `deploy/prepare.sh` writes."""

import json

import pytest
import yaml

from bench.rehearsal import compose

#: What prepare.sh fills in; nothing else is needed.
REQUIRED = {
    "GOVSTATS_UID": "1001",
    "GOVSTATS_GID": "1002",
    "GOVSTATS_DATA": "/srv/govstats/data",
    "GOVSTATS_SECRETS": "/srv/govstats/secrets",
}


@pytest.fixture(scope="session")
def required():
    return dict(REQUIRED)


@pytest.fixture(scope="session")
def file(project):
    return compose.load(project / "docker-compose.yml", REQUIRED)


@pytest.fixture(scope="session")
def services(file):
    return file["services"]


@pytest.fixture(scope="session")
def ours(services):
    """The services that run the project's image."""
    return {name: service for name, service in services.items() if "build" in service}


@pytest.fixture(scope="session")
def plain(project):
    """The file as it is written, variables and all."""
    return yaml.safe_load((project / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def providers(project):
    """What the providers that only containers have can be told (they are not installed here)."""
    return json.loads((project / "tests/containers/providers.json").read_text(encoding="utf-8"))
