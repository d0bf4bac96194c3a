"""Where things lie and how hard the machine may work, from the environment."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from govstats.errors import GovstatsError
from govstats.workbooks.limits import Limits, meanings

_LIMIT = "GOVSTATS_LIMIT_"

#: Every environment variable the package reads, with its meaning (shown in docs/operate.md).
ENVIRONMENT = {
    "GOVSTATS_ROOT": (
        "folder with layouts/, expectations/, bulletin/ and dbt_project/ (default: the project)"
    ),
    "GOVSTATS_DATA": "folder with raw/, facts/ and releases/ (default: data/ below the root)",
    "GOVSTATS_WORKERS": "reader processes that run side by side (default: 2)",
    "GOVSTATS_KEEP_RELEASES": "published releases kept for rollback and audit (default: 10)",
    "GOVSTATS_KEEP_LOG_DAYS": "days that full log files are kept (default: 400)",
    "GOVSTATS_SIGN_OFF": "on: a person signs every release before it is published (default: off)",
    "GOVSTATS_QUIET_SECONDS": (
        "a file changed less long ago is looked at again before it is taken in (default: 2)"
    ),
    "GOVSTATS_TIMEZONE": "the district's time zone (default: Asia/Shanghai)",
    **{
        f"{_LIMIT}{name.upper()}": f"{meaning} (default: {getattr(Limits(), name)})"
        for name, meaning in meanings().items()
    },
}


@dataclass(frozen=True)
class Settings:
    """Paths and limits of one installation; pass it on, never read the environment elsewhere."""

    root: Path
    data: Path
    workers: int = 2
    keep_releases: int = 10
    sign_off: bool = False
    keep_log_days: int = 400
    #: None where nobody else writes into the folder; an installation has two.
    quiet_seconds: int = 0
    timezone: str = "Asia/Shanghai"
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read the variables named in ``ENVIRONMENT``.

        Raises:
            GovstatsError: a number is not a positive whole number, a switch neither on nor off.
        """
        root = Path(os.environ.get("GOVSTATS_ROOT") or Path(__file__).resolve().parent.parent)
        data = Path(os.environ.get("GOVSTATS_DATA") or root / "data")
        return cls(
            root=root.resolve(),
            data=data.resolve(),
            workers=_positive("GOVSTATS_WORKERS", 2),
            keep_releases=_positive("GOVSTATS_KEEP_RELEASES", 10),
            sign_off=_switch("GOVSTATS_SIGN_OFF"),
            keep_log_days=_positive("GOVSTATS_KEEP_LOG_DAYS", 400),
            quiet_seconds=_whole("GOVSTATS_QUIET_SECONDS", 2, least=0),
            timezone=os.environ.get("GOVSTATS_TIMEZONE") or "Asia/Shanghai",
            limits=_limits(),
        )

    @property
    def raw(self) -> Path:
        """Spreadsheets as received."""
        return self.data / "raw"

    @property
    def ledger(self) -> Path:
        """The register of submissions."""
        return self.raw / "ledger.csv"

    @property
    def store(self) -> Path:
        """Bytes of every registered file, by content hash."""
        return self.data / "store"

    @property
    def facts(self) -> Path:
        """Observations and cell fates, one set of Parquet files per submission."""
        return self.data / "facts"

    @property
    def candidates(self) -> Path:
        """Warehouses being built, audited or held; analysts never open them."""
        return self.data / "candidates"

    @property
    def releases(self) -> Path:
        """Published releases and the link ``current``."""
        return self.data / "releases"

    @property
    def logs(self) -> Path:
        """Logs for programs, one JSON object per line."""
        return self.data / "logs"

    @property
    def metrics(self) -> Path:
        """What a monitoring system reads, and how each step ended last."""
        return self.data / "metrics"

    @property
    def layouts(self) -> Path:
        """Sheet shapes, one YAML file per department."""
        return self.root / "layouts"

    @property
    def expectations(self) -> Path:
        """Audit rules."""
        return self.root / "expectations"

    @property
    def bulletin(self) -> Path:
        """The bulletin's template, which a clerk edits."""
        return self.root / "bulletin"

    @property
    def dbt_project(self) -> Path:
        """The dbt project, seeds included."""
        return self.root / "dbt_project"


def _limits() -> Limits:
    usual = Limits()
    chosen = {
        name: _positive(f"{_LIMIT}{name.upper()}", getattr(usual, name)) for name in meanings()
    }
    return replace(usual, **chosen)


def _switch(name: str) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if text not in ("", "on", "off"):
        raise GovstatsError(f"{name} is {text!r}", "set it to on or off")
    return text == "on"


def _positive(name: str, default: int) -> int:
    return _whole(name, default, least=1)


def _whole(name: str, default: int, least: int) -> int:
    text = os.environ.get(name, "")
    if not text:
        return default
    if not text.isdigit() or int(text) < least:
        remedy = f"set it to a whole number of {least} or more"
        raise GovstatsError(f"{name} is {text!r}", remedy)
    return int(text)
