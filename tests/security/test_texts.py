"""Texts from sheets and files of knowledge: no power over terminal, log, YAML reader, template."""

import json
import logging
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.logging import RichHandler

from govstats.cli import output
from govstats.errors import KnowledgeError
from govstats.htmlpage import printable, spelled
from govstats.release.bulletin.wording import Pattern, PatternError, as_words
from govstats.status import wide_console
from govstats.yamlfile import read_yaml
from scripts.progress import Console as ConsoleLines

#: Clears the screen, sets the window's title, in 8 bits, rings, turns round, hides a line end.
COMMANDS = ["\x1b[2J", "\x1b]0;owned\x07", "\x9b31m", "\a", "\u202e", "\u2028", "\r"]
HARMFUL = set("\x07\x08\x0b\x0c\x0d\x1b\x7f\x9b\u061c\u200e\u200f\u2028\u2029\u202e\u2066\ud800")


@pytest.fixture
def shown() -> StringIO:
    return StringIO()


@pytest.mark.parametrize("command", COMMANDS, ids=ascii)
def test_a_table_gives_no_command_to_the_terminal(shown: StringIO, command: str) -> None:
    console = wide_console()
    console.file = shown
    console.print(output.table("1 rows", ["标签"], [[f"甲{command}乙"]]))
    console.print(f"file {command}.xlsx", highlight=False)
    assert not HARMFUL & set(shown.getvalue())
    assert "甲" in shown.getvalue()
    assert "乙" in shown.getvalue()


@pytest.mark.parametrize("command", COMMANDS, ids=ascii)
def test_a_log_line_on_a_terminal_gives_none_either(shown: StringIO, command: str) -> None:
    console = wide_console()
    console.file = shown
    record = logging.LogRecord("govstats", logging.WARNING, "", 0, "%s", (f"a{command}b",), None)
    RichHandler(console=console, show_path=False).emit(record)
    assert not HARMFUL & set(shown.getvalue())
    assert not HARMFUL & set(ConsoleLines(0.0).format(record))


@given(st.text(st.characters(), max_size=50))
def test_json_for_programs_commands_nothing_and_loses_nothing(text: str) -> None:
    made = output.as_json_text({"标签": text})
    assert not HARMFUL & set(made)
    assert json.loads(made) == {"标签": text}


@given(st.text(st.characters(), max_size=50))
def test_what_is_printable_stays_as_it_is(text: str) -> None:
    once = str(printable(text))
    assert not HARMFUL & set(once)
    assert printable(once) == once
    assert spelled(once) == once


BOMBS = {
    "laughs": "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
        for old, new in zip("abcdefg", "bcdefgh", strict=True)
    ),
    "holds itself": "a: &a\n  b: *a\n",
    "deep": "[" * 300 + "]" * 300,
    "deeper": "[" * 100_000,
    "merges": "a: &a {k: 1}\n" + "b: &b {<<: *a}\n" * 3,
    "object": "a: !!python/object/apply:os.system ['touch owned']\n",
    "control": "a: \x07\n",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", BOMBS)
def test_yaml_that_unfolds_without_end_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "layout.yml"
    path.write_text(BOMBS[name], encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"layout\.yml"):
        read_yaml(path, "layout.yml")
    assert [path.name for path in tmp_path.iterdir()] == ["layout.yml"]


def test_every_file_of_knowledge_is_far_from_the_limit(project: Path) -> None:
    folders = ("layouts", "expectations", "bulletin")
    paths = [path for folder in folders for path in (project / folder).rglob("*.yml")]
    assert len(paths) > 20
    assert all(read_yaml(path, path.name) is not None for path in paths)


@pytest.mark.parametrize(
    "text", ["{x.__class__}", "{x!r:>9}", "{{ 7*7 }}", "{% for a in b %}", "{0}", "{}", "{x"]
)
def test_a_clerk_s_sentence_calls_nothing(text: str) -> None:
    with pytest.raises(PatternError):
        Pattern.parse(text)


@pytest.mark.parametrize("text", ["{y}", "{y.__class__}", "[{y}]", "{{ y }}", "%(y)s", "$y"])
def test_what_fills_a_sentence_is_no_sentence_itself(text: str) -> None:
    filled = Pattern.parse("{x}高").fill({"x": text, "y": "secret"}, "无")
    assert as_words(filled) == f"{text}高"
