"""Commands to other programs told from ordinary formulas and texts."""

import pytest

from govstats.workbooks.formats.active import command_refused, sends_command, types_command


@pytest.mark.parametrize(
    "formula", ["cmd|' /C calc'!A0", "1+MSEXCEL|'\\..\\x'!A1", "SUM(1)*cmd|'/C x'!A0", "a.b |t!i"]
)
def test_commands(formula: str) -> None:
    assert sends_command(formula)
    assert types_command(f"={formula}")
    assert types_command(f" @{formula}")
    assert not types_command(formula)


@pytest.mark.parametrize(
    "formula",
    ['IF(A1="a|b!",1,2)', '"x|y"&"!"', "Sheet2!A1+1", "SUM('表 一'!A1:A3)", "a|b", "注意!|"],
)
def test_ordinary_formulas(formula: str) -> None:
    assert not sends_command(formula)
    assert not types_command(f"={formula}")


def test_a_long_formula_is_cut_in_the_refusal() -> None:
    formula = command_refused("=cmd|" + "x" * 100 + "!A0", "表", "B2").facts["formula"]
    assert len(str(formula)) == 60
