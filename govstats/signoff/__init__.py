"""Sign-off 签发: where it is switched on, a person lets every release pass before it is published.

``book`` keeps the decisions, ``state`` says what waits for one, ``enter`` takes one in,
``request`` puts into words what is asked. A decision holds for one release id, which is the hash
of everything the release is made of: other inputs want a decision of their own.
"""

from govstats.signoff.book import APPROVED, REJECTED, Signature, approval, latest
from govstats.signoff.enter import enter
from govstats.signoff.request import Request, request, sign_off_request
from govstats.signoff.state import (
    Candidate,
    require,
    sign_off_state,
    signed_one,
    spared,
    undecided,
    waiting,
)

__all__ = [
    "APPROVED",
    "REJECTED",
    "Candidate",
    "Request",
    "Signature",
    "approval",
    "enter",
    "latest",
    "request",
    "require",
    "sign_off_request",
    "sign_off_state",
    "signed_one",
    "spared",
    "undecided",
    "waiting",
]
