"""Lines of a header: which are levels, which one name, and which belong to the title."""

from tests.unit.anatomy.sheets import block, columns, period, rows


def test_one_word_over_all_columns_and_their_letters_are_levels() -> None:
    found = block(
        ["Nr.", "cluster", "province", "province", "province"],
        ["", "", "A", "B", "C"],
        ["", "", "North", "South", "East"],
        ["1", "Taxes", 208, 173, 163.5],
        ["2", "Other", 7, 55, 52.5],
    )
    assert columns(found) == ["province/A/North", "province/B/South", "province/C/East"]


def test_words_of_one_name_over_two_lines_are_still_joined() -> None:
    found = block(
        ["Year", "Gross", "Net", "Gross"],
        ["", "output", "output", "income"],
        ["2001", 208, 173, 163.5],
        ["2002", 7, 55, 52.5],
    )
    assert columns(found) == ["Gross output", "Net output", "Gross income"]


def test_a_title_and_its_year_apart_from_the_header_are_no_headings() -> None:
    found = block(
        ["", "", "Key figures", "", "", "2011"],
        ["", "", "of the provinces", "", "", "", "", "", "residents"],
        [],
        ["", "", "North", "South", "East", "West", "Centre"],
        ["Nr.", "cluster", "", "", "", "", ""],
        ["1", "Taxes", 208, 173, 163.5, 1, 2],
        ["2", "Other", 7, 55, 52.5, 3, 4],
    )
    assert found.header_rows == (4, 5)
    assert found.title[0].text == "Key figures"
    assert columns(found) == ["North", "South", "East", "West", "Centre"]
    assert {period(found, 6, column) for column in found.columns} == {(2011, None, None)}


def test_headings_apart_from_the_words_below_them_stay_headings() -> None:
    found = block(
        ["", "城镇", "", "", "乡村"],
        [],
        ["地区", "男", "女", "其他", "男", "女", "其他"],
        ["甲", 1.5, 2, 3, 4, 5, 6],
        ["乙", 2.5, 3, 4, 5, 6, 7],
    )
    assert columns(found)[::3] == ["城镇/男", "乡村/男"]


def test_words_beside_the_lines_of_a_header_are_no_labels() -> None:
    found = block(
        ["", "Sample Type:", "ground water", "", "ground water", ""],
        ["", "Site:", "A", "", "B", ""],
        ["Parameter", "Units", "", "", "", ""],
        ["Nitrogen", "mg/L", 3.2, "", 1.2, "U"],
        [],
        ["Phosphorus", "t", 0.04, "U", 0.17, ""],
        merges=[(1, 3, 1, 4), (1, 5, 1, 6), (2, 3, 2, 4), (2, 5, 2, 6)],
    )
    assert rows(found) == ["Nitrogen", "Phosphorus"]
    assert columns(found) == ["ground water/A", "ground water/B"]
    assert [found.unit_at(row, 3) for row in (4, 6)] == ["mg/L", "t"]
