"""Nothing is published that nobody signed; a signature is about one release and no other."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from govstats import doctor, pipeline, signoff
from govstats.errors import AwaitingSignOff, GovstatsError, ReleaseHeld
from govstats.release import publish as publishing
from govstats.release import releases
from govstats.settings import Settings
from govstats.signoff import APPROVED, REJECTED, book
from govstats.warehouse import candidate, pending

Audit = Callable[..., Path]
A, B, C = "2020-11-aaaaaaaaaa", "2020-12-bbbbbbbbbb", "2020-12-cccccccccc"


def sign(
    settings: Settings, release_id: str, decision: str = APPROVED, note: str = "核对无误"
) -> None:
    pipeline.sign(settings, release_id, decision, "王主任", note)


def test_unsigned_waits_and_signed_is_published_with_its_signature(
    signed: Settings, audit: Audit
) -> None:
    audit(A)
    with pytest.raises(AwaitingSignOff, match=f"{A} waits for sign-off") as caught:
        pipeline.publish(signed, A)
    assert caught.value.exit_code == 5
    assert releases.current_id(signed) is None
    sign(signed, A)
    manifest = pipeline.publish(signed, A)
    assert releases.current_id(signed) == A
    assert manifest["signed"]["decided_by"] == "王主任"
    assert manifest["signed"]["note"] == "核对无误"
    assert manifest["signed"]["decided_at"].endswith("+08:00")
    assert releases.list_all(signed)[0]["signed"] == manifest["signed"]
    assert pipeline.pending_release(signed) is None


def test_switched_off_everything_is_as_before(signed: Settings, audit: Audit) -> None:
    off = replace(signed, sign_off=False)
    audit(A)
    assert pipeline.publish(off, A)["signed"] is None
    assert releases.current_id(off) == A
    audit(B)
    with pytest.raises(GovstatsError, match="switched off"):
        sign(off, B)
    candidate.discard(off, C, signoff.spared(off))
    assert list(off.candidates.glob("2020-*")) == []


def test_rejected_says_by_whom_and_why_and_may_be_approved_after_all(
    signed: Settings, audit: Audit
) -> None:
    audit(A)
    sign(signed, A, REJECTED, "规上工业增加值与上级核定数不符")
    with pytest.raises(AwaitingSignOff, match=r"王主任.*规上工业增加值与上级核定数不符"):
        pipeline.publish(signed, A)
    assert pipeline.sign_off_state(signed, A) == "open"
    sign(signed, A)
    assert pipeline.sign_off_state(signed, A) == "approved"
    assert pipeline.publish(signed, A)["signed"]["decision"] == APPROVED


def test_a_signature_is_about_one_release(signed: Settings, audit: Audit) -> None:
    audit(A)
    sign(signed, A)
    audit(B)
    with pytest.raises(AwaitingSignOff):
        pipeline.publish(signed, B)


def test_what_waits_outlives_newer_candidates_and_what_was_rejected_does_not(
    signed: Settings, audit: Audit
) -> None:
    audit(A)
    audit(B)
    sign(signed, A, REJECTED, "重报")
    candidate.discard(signed, C, signoff.spared(signed))
    assert sorted(path.name for path in signed.candidates.glob("2020-*")) == [B]
    audit(C)
    assert [each.release_id for each in signoff.waiting(signed)] == [B, C]
    assert pipeline.pending_release(signed) == C


def test_no_more_wait_than_releases_are_kept(signed: Settings, audit: Audit) -> None:
    names = [f"2020-12-{n:010}" for n in range(5)]
    for name in names:
        audit(name)
    assert signoff.spared(signed) == set(names[-signed.keep_releases :])


def test_publishing_an_older_one_leaves_the_newer_waiting(signed: Settings, audit: Audit) -> None:
    audit(A)
    audit(B)
    sign(signed, A)
    pipeline.publish(signed, A)
    assert releases.current_id(signed) == A
    assert pipeline.pending_release(signed) == B
    sign(signed, B)
    pipeline.publish(signed, B)
    assert releases.current_id(signed) == B


def test_publishing_a_newer_one_makes_older_ones_void(
    signed: Settings, audit: Audit, caplog: pytest.LogCaptureFixture
) -> None:
    for name in (A, B, C):
        audit(name)
    sign(signed, A)
    sign(signed, B)
    with caplog.at_level("INFO", logger="govstats"):
        pipeline.publish(signed, B)
    assert f"candidate {A} is superseded by {B}" in caplog.text
    assert pipeline.sign_off_state(signed, A) == "gone"
    assert not (signed.candidates / A).exists()
    with pytest.raises(GovstatsError, match=f"no candidate '{A}' waits.*{B}, which supersedes"):
        sign(signed, A)
    with pytest.raises(GovstatsError, match="a newer one took its place"):
        pipeline.publish(signed, A)  # it was signed, and yet
    assert releases.current_id(signed) == B
    assert pipeline.sign_off_state(signed, C) == "open"


def test_held_cannot_be_signed(signed: Settings, audit: Audit) -> None:
    audit(A, released=False)
    with pytest.raises(ReleaseHeld, match="held by the audit"):
        sign(signed, A)
    with pytest.raises(ReleaseHeld, match="强制性审核意见 1 条"):
        pipeline.sign_off_request(signed)
    assert signoff.waiting(signed) == []
    assert book.read(signed) == []


@pytest.mark.parametrize("name", ["", ".", "..", "../releases", "2020-12-unknown", "/etc"])
def test_what_does_not_wait_cannot_be_signed(signed: Settings, audit: Audit, name: str) -> None:
    audit(A)
    with pytest.raises(GovstatsError, match="waits for sign-off"):
        sign(signed, name)
    assert book.read(signed) == []


def test_a_misspelt_id_is_guessed(signed: Settings, audit: Audit) -> None:
    audit(A)
    with pytest.raises(GovstatsError, match=f"did you mean {A}"):
        sign(signed, A[:-1])


def test_what_is_published_or_past_needs_no_signature(signed: Settings, audit: Audit) -> None:
    audit(A)
    sign(signed, A)
    pipeline.publish(signed, A)
    with pytest.raises(GovstatsError, match="published already"):
        sign(signed, A)
    past = f"{A}-as-of-2020-10-20"
    audit(past)
    with pytest.raises(GovstatsError, match="needs no sign-off"):
        sign(signed, past)
    assert pipeline.publish(signed, past)["signed"] is None
    assert releases.current_id(signed) == A


@pytest.mark.parametrize(
    ("moment", "killed"),
    [
        ("sealed", "shutil.rmtree"),
        ("moved", "govstats.release.releases.switch"),
        ("switched", "govstats.warehouse.pending.settle"),
    ],
)
def test_killed_while_publishing_what_was_signed(
    signed: Settings, audit: Audit, monkeypatch: pytest.MonkeyPatch, moment: str, killed: str
) -> None:
    audit(A)
    audit(B)
    sign(signed, B)
    with monkeypatch.context() as patch:
        patch.setattr(killed, _die)
        with pytest.raises(KeyboardInterrupt):
            pipeline.publish(signed, B)
    if moment != "switched":
        assert pipeline.publish_signed(signed) == B
    assert releases.current_id(signed) == B
    assert len(book.read(signed)) == 1
    assert pipeline.sign_off_state(signed, A) == "gone"
    assert pipeline.publish_signed(signed) is None
    assert releases.manifest(signed.releases / B)["signed"]["decided_by"] == "王主任"


def _die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_killed_between_signing_and_publishing_the_next_run_publishes(
    signed: Settings, audit: Audit
) -> None:
    audit(A)
    sign(signed, A)
    audit(B)  # something else came in meanwhile and waits
    assert pipeline.publish_signed(signed) == A
    assert pipeline.publish_signed(signed) is None
    assert releases.current_id(signed) == A
    assert pipeline.sign_off_state(signed, B) == "open"


def test_a_lost_pointer_is_made_anew_by_the_next_audit(signed: Settings, audit: Audit) -> None:
    audit(A)
    (signed.candidates / pending.FILE).unlink()
    assert signoff.waiting(signed) == []
    pending.announce(signed, A)
    assert [each.release_id for each in signoff.waiting(signed)] == [A]


def test_a_pointer_of_the_version_before_is_read(signed: Settings, audit: Audit) -> None:
    audit(A)
    (signed.candidates / pending.FILE).write_text(json.dumps({"release_id": A}))
    assert pending.in_order(signed) == [A]
    shutil.rmtree(signed.candidates / A)
    assert pending.newest(signed) is None


def test_the_newest_again_after_inputs_went_back(signed: Settings, audit: Audit) -> None:
    audit(A)
    audit(B)
    pending.announce(signed, A)
    assert pending.in_order(signed) == [B, A]
    assert pipeline.pending_release(signed) == A


def test_notes_are_written_anew_where_another_release_came_between(
    signed: Settings, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        candidate, "_tell", lambda _, here, release: told.append(release["release_id"])
    )
    for name in (A, B):
        (audit(name) / "notes.json").write_text(json.dumps({"previous": None}))
        sign(signed, name)
    pipeline.publish(signed, A)
    assert told == []
    pipeline.publish(signed, B)  # compared with nothing when it was audited, A is current now
    assert told == [B]


def test_request_says_what_is_decided_in_chinese(signed: Settings, audit: Audit) -> None:
    here = audit(B)
    notes = "# 发布说明 x\n\n首句。\n\n## 主要数字\n\n| 项目 | 本版 |\n\n---\n\n# Release notes x\n"
    (here / "notes.md").write_text(notes, encoding="utf-8")
    asked = pipeline.sign_off_request(signed)
    assert asked is not None
    assert asked["release_id"] == B
    assert asked["subject"] == f"统计数据发布签发：2020-12（{B}）"
    for words in ("尚未发布过", "核实性审核意见：79 条", "暂缓采用的报表：1 份", "可以发布。"):
        assert words in asked["body"]
    assert "首句。\n\n**主要数字**\n\n| 项目 | 本版 |" in asked["body"]
    assert str(here / "validation" / "index.html") in asked["body"]
    assert "Release notes" not in asked["body"]


def test_a_long_text_is_cut_at_a_line(signed: Settings, audit: Audit) -> None:
    lines = "\n".join(f"- 第 {n} 处变动" for n in range(1000))
    (audit(B) / "notes.md").write_text(f"# x\n{lines}\n---\n", encoding="utf-8")
    body = signoff.request(signed, B).body
    assert len(body) < 4000
    assert "处变动\n\n……（其余见发布说明）" in body


def test_nothing_waits_nothing_is_asked(signed: Settings) -> None:
    assert pipeline.sign_off_request(signed) is None
    assert pipeline.publish_signed(signed) is None
    assert signoff.undecided(signed, A) is False


def test_inputs_that_wait_start_nothing_again(signed: Settings, audit: Audit) -> None:
    audit(A)
    assert signoff.undecided(signed, A)
    sign(signed, A, REJECTED, "重报")
    assert signoff.undecided(signed, A)
    sign(signed, A)
    assert not signoff.undecided(signed, A)
    assert not signoff.undecided(replace(signed, sign_off=False), B)


def test_the_doctor_says_what_waits(signed: Settings, audit: Audit) -> None:
    audit(A)
    audit(B)
    sign(signed, B, REJECTED, "重报")
    said = {c.found: c.remedy for c in doctor.examine(signed) if c.subject == "sign-off"}
    assert set(said) == {f"{A} waits for a decision", f"{B} was rejected by 王主任: 重报"}
    assert f"govstats sign-off {A} --approve" in said[f"{A} waits for a decision"]
    assert publishing.publish(signed, A)  # what the doctor looked at is as it was
