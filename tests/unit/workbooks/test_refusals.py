"""Every reason has its texts in both languages, complete and without open braces."""

import pytest

from govstats.workbooks.refusals import Refused, Words, codes, quoted

CASES = [(code, variant) for code, variants in codes().items() for variant in variants]
FACTS = [
    "allowed", "character", "claimed", "detail", "example", "expected", "extension", "extra",
    "folder", "formula", "found", "kind", "labels", "layout", "layout_name", "layouts", "line",
    "missing", "owner", "part", "place", "places", "score", "seconds", "sheets", "stated", "target",
    "unit", "validity",
]  # fmt: skip


def test_the_codes_are_those_of_the_contract() -> None:
    assert set(codes()) == {
        "empty_file", "not_a_spreadsheet", "encrypted", "unsupported_format", "unsafe_archive",
        "reader_crashed", "reader_timeout", "period_conflict", "period_missing", "unit_conflict",
        "wrong_department", "unknown_layout", "missing_labels", "duplicate_labels",
        "ambiguous_layout", "wrong_extension", "cell_too_long", "active_content", "external_link",
        "extra_labels",
    }  # fmt: skip


@pytest.mark.parametrize(("code", "variant"), CASES)
def test_texts_are_whole_in_both_languages(code: str, variant: str) -> None:
    facts = {name: Words(f"〈{name}〉", f"<{name}>") for name in FACTS}
    reason = Refused(code, variant=variant, sheet="月报", cell="B5", more=facts)
    refusal = reason.refusal("财政局/2020-02/表.xlsx", Words("财政局", "Bureau of Finance"))
    assert refusal.code == code
    assert "财政局/2020-02/表.xlsx" in refusal.found_zh
    assert "财政局/2020-02/表.xlsx" in refusal.found_en
    for text in (refusal.text_zh(), refusal.text_en()):
        assert "{" not in text
        assert "  " not in text
    assert not refusal.remedy_zh.endswith("。")
    assert "<" not in refusal.text_zh()
    assert "〈" not in refusal.text_en()


def test_a_long_list_is_cut() -> None:
    assert quoted(["甲", "乙"]) == Words("“甲”、“乙”", "“甲”, “乙”")
    assert quoted([]) == Words("无", "none")
    long = quoted([str(number) for number in range(11)])
    assert long.zh.endswith("“7”等11个")
    assert long.en.endswith("“7” and 3 more")


def test_words_out_of_a_file_cannot_act_on_a_terminal_or_fill_it() -> None:
    part = "\x1b[2J\x07\x00坏\n名" + "x" * 5_000
    reason = Refused("unsafe_archive", variant="declaration", part=part)
    refusal = reason.refusal("表.xlsx", Words("财政局", "Bureau of Finance"))
    for text in (refusal.text_zh(), refusal.text_en()):
        assert text.isprintable()
        assert len(text) < 1_500
        assert "\\x1b[2J\\x07\\x00坏 名" in text
    assert quoted(["\x1b" + "长" * 500]).en == "“\\x1b" + "长" * 76 + "…”"
