"""Variables are replaced as Compose replaces them, and missing ones stop it."""

import pytest

from bench.rehearsal import compose
from bench.rehearsal.compose import MissingVariable, interpolated

VARIABLES = {"NAME": "value", "EMPTY": "", "OTHER": "x"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain", "plain"),
        ("$NAME/${NAME}", "value/value"),
        ("${ABSENT}", ""),
        ("${ABSENT:-default}", "default"),
        ("${EMPTY:-default}", "default"),
        ("${EMPTY-default}", ""),
        ("${NAME:-default}", "value"),
        ("${ABSENT:-http://h:${PORT:-80}}", "http://h:80"),
        ("${ABSENT:-${OTHER}}", "x"),
        ("${NAME:+set}${ABSENT:+set}", "set"),
        ("cost $$5 $${NAME}", "cost $5 ${NAME}"),
        ("${NAME:?must be}", "value"),
        ("${EMPTY?may be empty}", ""),
    ],
)
def test_value(text, wanted):
    assert interpolated(text, VARIABLES) == wanted


@pytest.mark.parametrize("text", ["${ABSENT:?why}", "${EMPTY:?why}", "a ${ABSENT?why} b"])
def test_a_missing_variable_stops_it_with_the_files_words(text):
    with pytest.raises(MissingVariable, match=r"(ABSENT|EMPTY): why"):
        interpolated(text, VARIABLES)


@pytest.mark.parametrize("text", ["a $ b", "${NAME", "${1}"])
def test_what_compose_would_refuse_is_refused(text):
    with pytest.raises(ValueError, match=r"\$"):
        interpolated(text, VARIABLES)


def test_a_name_without_value_comes_from_outside_or_not_at_all(tmp_path):
    path = tmp_path / "compose.yml"
    path.write_text("services: {a: {environment: {NAME: , ABSENT: , EMPTY: , FIXED: '1'}}}\n")
    environment = compose.load(path, VARIABLES)["services"]["a"]["environment"]
    assert environment == {"NAME": "value", "EMPTY": "", "FIXED": "1"}


def test_settings_of_an_env_file(tmp_path):
    path = tmp_path / "env"
    path.write_text("# words\nA=1\n\n#B=2\nC=*/15 * * * *\n")
    assert compose.settings_of(path) == {"A": "1", "C": "*/15 * * * *"}
