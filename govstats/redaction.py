"""Taking secrets out of texts before they are kept: passwords, tokens, webhook addresses."""

import re

HIDDEN = "***"

#: Addresses of senders carry their secret in the host or the path, so all of it goes.
_SENDERS = re.compile(
    r"\b(?P<scheme>(?:apprise|dingtalk|wecombot|feishu|lark|mailtos?|smtps?|workflows?|slack|tgram)"
    r"://)[^\s\"'<>]+",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?P<scheme>\b[a-z][a-z0-9+.-]*://)[^\s/@:\"'<>]*:[^\s/@\"'<>]*@", re.IGNORECASE
)
_HOOK = re.compile(r"(?P<path>/(?:hook|hooks|webhook|bot)/)[A-Za-z0-9_-]{8,}", re.IGNORECASE)
_NAMED = re.compile(
    r"(?P<name>\b(?:access_token|api_?key|auth|authorization|fernet_key|jwt_secret|key|passwd|"
    r"password|pwd|secret|sign|token)[\"']?\s*[=:]\s*[\"']?(?:bearer\s+|basic\s+)?)"
    r"(?P<value>[^\s\"'&;,{}\[\]]{4,})",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:^|_)(?:password|passwd|pwd|secret|token|api_?key|fernet_key|authorization|webhook)$",
    re.IGNORECASE,
)


def redacted(text: str) -> str:
    """Return ``text`` with what looks like a secret replaced by ``***``.

    Seen are logins in addresses, addresses of mail and messengers, ``token=…`` and the like.
    What nothing marks as a secret cannot be seen; do not log it.
    """
    if "://" in text:
        text = _SENDERS.sub(rf"\g<scheme>{HIDDEN}", text)
        text = _LOGIN.sub(rf"\g<scheme>{HIDDEN}@", text)
        text = _HOOK.sub(rf"\g<path>{HIDDEN}", text)
    if "=" in text or ":" in text:
        text = _NAMED.sub(rf"\g<name>{HIDDEN}", text)
    return text


def is_secret(name: str) -> bool:
    """Whether a field of this name holds a secret whatever its value looks like."""
    return _NAMES.search(name) is not None
