"""A form of the bureau that comes back is read for itself; the copies in it are no data."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading
from govstats.layouts.reading import Knowledge, find_layout, read_match
from govstats.workbooks.cells import Sheet, Workbook
from govstats.workbooks.refusals import Refused
from tests.unit.layouts.conftest import sheet_of

HEADER: list[str | float | int | None] = [
    "序号",
    "意见编号",
    "规则",
    "审核意见",
    "变化原因",
    "填报人",
    "事项编号",
]
FORM = sheet_of(
    "审核意见",
    [
        ["统计数据审核意见表", *[None] * 6],
        ["填表说明：", *[None] * 6],
        HEADER,
        [
            1,
            "0123456789ab",
            "FLU-001",
            "增幅过大",
            "去年一次性入库,今年没有",
            "李玲",
            "abcdefabcdef",
        ],
        [2, "ffeeddccbbaa", "TIM-001", "迟报", None, None, "aaaaaaaaaaaa"],
    ],
)
COPY = sheet_of(
    "副本1 通报 2020-03",
    [["岳阳楼区2020年1-3月协税护税情况通报"], ["街道(乡)", "入库税收"], ["岳阳楼街道", 12.5]],
)
Look = Callable[..., Reading]


@pytest.fixture
def look(knowledge: Knowledge) -> Look:
    def read(sheets: Sequence[Sheet], department: str = "tax", period: str = "2020-01") -> Reading:
        book, origin = Workbook(tuple(sheets)), Origin("s1", department, period)
        return read_match(book, find_layout(book, knowledge, origin), knowledge, origin, "表.xlsx")

    return read


@pytest.mark.parametrize("department", ["tax", "education"])
@pytest.mark.parametrize("period", ["2020-01", "2020-12"])
def test_any_department_sends_it_for_any_period(look: Look, department: str, period: str) -> None:
    found = look([FORM, COPY], department, period)
    assert found.is_form
    ((rows, fields),) = [(table.rows, table.fields) for table in found.entries]
    assert rows == (4, 5)
    assert {"finding_key", "explanation", "explained_by", "place_key"} <= {f.id for f in fields}
    assert len(found.observations) == 0


def test_every_cell_of_a_copy_is_accounted_for(look: Look) -> None:
    found = look([FORM, COPY])
    fates = Counter((cell.fate, cell.fate_detail) for cell in found.cells if "副本" in cell.sheet)
    assert fates == {("ignorable", "copy beside a form"): 5}
    assert [cell for cell in found.cells if cell.fate == "unmapped"] == []


def test_its_place_in_the_file_and_the_name_of_its_sheet_do_not_matter(look: Look) -> None:
    assert look([COPY, replace(FORM, name="Sheet9")]).is_form


def test_a_department_that_only_speaks_of_it_sends_data(look: Look) -> None:
    """The words in a remark make no form: the sheet is read as what it is, or refused as that."""
    remark = sheet_of("通报", [["意见编号"], ["无"]])
    with pytest.raises(Refused):
        look([remark, COPY])
