"""Secrets leave a text before it is kept; what is no secret stays."""

import pytest

from govstats.redaction import is_secret, redacted

SECRET = "s3cr3t-Zx9"


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql+psycopg2://airflow:{SECRET}@postgres:5432/airflow",
        f"mailtos://clerk:{SECRET}@mail.example.cn?to=a@b.cn",
        f"dingtalk://{SECRET}",
        f"feishu://{SECRET}/x",
        f"wecombot://{SECRET}",
        f"https://oapi.example.cn/robot/send?access_token={SECRET}&x=1",
        f"https://qyapi.example.cn/cgi-bin/webhook/send?key={SECRET}",
        f"https://open.example.cn/open-apis/bot/v2/hook/{SECRET}",
        f"Authorization: Bearer {SECRET}",
        f"password={SECRET}",
        f'{{"password": "{SECRET}", "user": "a"}}',
        f"token: {SECRET}; next",
    ],
)
def test_what_is_marked_as_a_secret_is_hidden(text: str) -> None:
    assert SECRET not in redacted(text)
    assert "***" in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "refused: 财政局/2020-02/收入.xlsx: unit line says 万元; expected 亿元. To do: mend it.",
        "prune: release releases/2020-12-92cd4c50a7 removed: beyond the 10 releases to keep",
        "http://127.0.0.1:8080/api/v2/monitor/health",
        "12:30:00 at 2020-12-31T12:30:00+08:00",
        "design=3 keyboard: yes",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert redacted(text) == text


def test_fields_are_secret_by_their_name() -> None:
    secret = ("password", "db_password", "api_key", "jwt_secret", "webhook", "access_token")
    assert all(is_secret(name) for name in secret)
    assert not any(is_secret(name) for name in ("reader_key", "tokens_read", "event", "step"))
