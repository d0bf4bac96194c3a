"""The book is also edited by hand: what is written is read back, what is wrong is named."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govstats.corrections import Correction, book
from govstats.errors import KnowledgeError
from govstats.settings import Settings

HEAD = (
    "correction_id,department_code,time_period,layout_id,file,sheet,cell,figure,old_value,"
    "new_value,value_unit,reason_zh,source,author,entered_on,withdrawn_on"
)
LINE = "c,finance,2020-03,l,,收入,D7,x/y,12,13,万元,原因,,王敏,2020-04-20,"

TEXT = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1)
FIGURE = st.decimals(-(10**12), 10**12, places=8)
DAY = st.dates()


def test_the_book_of_the_project_can_be_read(project: Path) -> None:
    book.read(Settings(root=project, data=project / "data"))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Correction,
        *[TEXT] * 4,
        st.none() | TEXT,
        *[TEXT] * 3,
        FIGURE,
        st.none() | FIGURE,
        st.none() | TEXT,
        TEXT,
        st.none() | TEXT,
        TEXT,
        DAY,
        st.none() | DAY,
    )
)
def test_what_is_written_is_read_back(own: Settings, correction: Correction) -> None:
    book.write(own, [correction, correction])
    assert book.read(own) == (correction, correction)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("correction_id,cell\n", "does not begin with its columns"),
        (f"{HEAD}\n{LINE.replace(',13,', ',十三,')}\n", "corrections.csv:2 new_value: “十三”"),
        (
            f"{HEAD}\n{LINE}\n{LINE.replace(',12,', ',,')}\n",
            "corrections.csv:3: old_value is empty",
        ),
        (
            f"{HEAD}\n{LINE.replace('2020-04-20', '20.4.2020')}\n",
            "entered_on: “20.4.2020” is no date",
        ),
        (f"{HEAD}\n{LINE.replace(',D7,', ',')}\n", "corrections.csv:2"),
        (f"{HEAD}\n{LINE},,\n", "corrections.csv:2"),
    ],
)
def test_a_wrong_line_is_named(own: Settings, text: str, words: str) -> None:
    book.path(own).write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        book.read(own)
    assert words in str(caught.value)


def test_a_byte_order_mark_and_thousands_marks_do_no_harm(own: Settings) -> None:
    line = LINE.replace(",12,", ',"1,234.50",')
    book.path(own).write_text(f"{HEAD}\n{line}\n", encoding="utf-8-sig")
    (found,) = book.read(own)
    assert (found.old_value, found.entered_on) == (Decimal("1234.5"), date(2020, 4, 20))


def test_a_missing_book_is_named(own: Settings) -> None:
    book.path(own).unlink()
    with pytest.raises(KnowledgeError, match=r"corrections\.csv is missing"):
        book.read(own)
