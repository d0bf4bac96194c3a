"""``python -m demo``: writes, hands in once, reports mistakes without a traceback."""

from pathlib import Path

import pytest

from demo.__main__ import main


def test_the_command_writes_and_registers_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path)]) == 0
    written = len(list((tmp_path / "raw").rglob("*.xlsx")))
    assert f"{written} spreadsheets" in capsys.readouterr().out
    assert (tmp_path / "raw" / "ledger.csv").is_file()
    assert main(["--data", str(tmp_path)]) == 0
    assert "0 newly registered" in capsys.readouterr().out


def test_a_wrong_setting_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOVSTATS_WORKERS", "many")
    assert main([]) != 0
    assert "GOVSTATS_WORKERS" in capsys.readouterr().err
