"""What people are told of a run, composed in Chinese; sending it is Airflow's side."""

from govstats.notices.audit import audited, held, published, release_held, sign_off_wanted
from govstats.notices.failure import failed
from govstats.notices.intake import refused
from govstats.notices.journal import FAILED, LOGGED, SENT, fresh, note, told
from govstats.notices.model import BUREAU, KINDS, Kind, Notice, keyed, numbered, plain

__all__ = [
    "BUREAU",
    "FAILED",
    "KINDS",
    "LOGGED",
    "SENT",
    "Kind",
    "Notice",
    "audited",
    "failed",
    "fresh",
    "held",
    "keyed",
    "note",
    "numbered",
    "plain",
    "published",
    "refused",
    "release_held",
    "sign_off_wanted",
    "told",
]
