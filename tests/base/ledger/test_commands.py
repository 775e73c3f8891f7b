"""``zhengpin ledger`` as a person or a program uses it, and what it keeps beside the database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.base.ledger.tampering import NOW, forget_everything_after, past_the_triggers, rewrite
from tests.base.ledger.tampering import write as write_entries
from zhengpin.base.ledger import keeping, queries, services
from zhengpin.base.ledger.models import Checkpoint
from zhengpin.kernel.merkle import (
    leaf_hash,
    open_note,
    parse_checkpoint,
    parse_verifier_key,
    verify_inclusion,
)
from zhengpin.sites.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoCaptureOnCommitCallbacks

    from zhengpin.base.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGPIN_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def entries(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> list[Entry]:
    """Five sealed under two checkpoints, as if both had been committed."""
    written = write_entries(3)
    for more in (2, 0):
        with django_capture_on_commit_callbacks(execute=True):
            services.seal(now=NOW)
        written += write_entries(more)
    return written


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(["ledger", *words])
    out, err = capsys.readouterr()
    return status, out, err


def run_json(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    status, out, _ = run(capsys, *words, "--json")
    return status, json.loads(out)


@pytest.mark.usefixtures("entries")
class TestVerify:
    def test_a_sound_ledger(self, capsys: pytest.CaptureFixture[str]) -> None:
        status, answer = run_json(capsys, "verify")
        assert status == 0
        assert (answer["holds"], answer["entries"], answer["sealed"]) == (True, 5, 5)
        assert answer["faults"] == []
        assert run(capsys, "verify")[1].endswith("账本核对无误。\n")

    def test_a_broken_one_ends_with_1_and_names_what_is_broken(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with past_the_triggers():
            rewrite(1)
        status, answer = run_json(capsys, "verify")
        assert status == 1
        assert [(one["code"], one["where"]) for one in answer["faults"]] == [
            ("entry-altered", "1")
        ]
        status, out, err = run(capsys, "verify")
        assert status == 1
        assert "[entry-altered] 账目" in out
        assert err == "zhengpin：账本核对不通过，详见上列各处。\n"

    def test_entries_removed_with_every_trace_are_missed_by_the_home(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with past_the_triggers():
            forget_everything_after(3)
        status, answer = run_json(capsys, "verify")
        assert status == 1
        assert [one["code"] for one in answer["faults"]] == ["entries-removed"]

    def test_and_by_whoever_kept_the_checkpoint(
        self, capsys: pytest.CaptureFixture[str], home: Path
    ) -> None:
        outside = home / "outside"
        outside.write_text(run(capsys, "checkpoint")[1], "utf-8")
        assert run(capsys, "verify", "--against", str(outside))[0] == 0
        (home / "ledger" / "checkpoint").unlink()
        with past_the_triggers():
            forget_everything_after(3)
        assert run(capsys, "verify")[0] == 0
        status, out, _ = run(capsys, "verify", "--against", str(outside))
        assert status == 1
        assert "[entries-removed]" in out

    def test_without_the_key_it_says_so(
        self, capsys: pytest.CaptureFixture[str], home: Path
    ) -> None:
        (home / "secrets" / "ledger-key").unlink()
        status, out, err = run(capsys, "verify", "--json")
        assert (status, out) == (1, "")
        assert "签名密钥" in err

    def test_entries_that_wait_are_a_fault_only_when_asked(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_entries()  # in March
        status, answer = run_json(capsys, "verify")
        assert status == 0
        assert answer["oldest_unsealed_seconds"] > 3600
        status, answer = run_json(capsys, "verify", "--late", "60")
        assert status == 1
        assert [one["code"] for one in answer["faults"]] == ["sealing-late"]


class TestOthers:
    def test_sealing_prints_the_checkpoint(self, capsys: pytest.CaptureFixture[str]) -> None:
        write_entries(4)
        status, out, _ = run(capsys, "seal")
        assert status == 0
        assert out.splitlines()[1] == "4"
        assert "没有待封存的账目" in run(capsys, "seal")[1]

    def test_a_proof_can_be_checked_from_what_is_printed(
        self, capsys: pytest.CaptureFixture[str], entries: list[Entry]
    ) -> None:
        for entry in entries:
            status, answer = run_json(capsys, "prove", str(entry.uuid))
            assert status == 0
            verifier = parse_verifier_key(answer["verifier"])
            head = parse_checkpoint(open_note(answer["checkpoint"], [verifier]))
            verify_inclusion(
                leaf=leaf_hash(services.digest_of(entry)),
                index=answer["position"],
                size=head.size,
                proof=[bytes.fromhex(step) for step in answer["path"]],
                root=head.root,
            )

    @pytest.mark.parametrize("words", ["x", "5b2f3a0e-43c4-4a1c-9a55-3f3b8f0e7d10"])
    def test_no_such_entry_is_one_clear_line(
        self, capsys: pytest.CaptureFixture[str], words: str
    ) -> None:
        status, out, err = run(capsys, "prove", words)
        assert (status, out, err.count("\n")) == (1, "", 1)

    @pytest.mark.usefixtures("entries")
    def test_the_checkpoint_verifies_with_the_key_that_is_printed(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status, note, err = run(capsys, "checkpoint")
        assert status == 0
        verifier = parse_verifier_key(err.strip().removeprefix("验证公钥："))
        assert parse_checkpoint(open_note(note, [verifier])).size == 5

    def test_before_anything_is_sealed_there_is_none(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(capsys, "checkpoint") == (0, "", "账本还没有封存过。\n")


@pytest.mark.usefixtures("entries")
class TestKeeping:
    def test_the_last_checkpoint_is_kept_in_the_home(self) -> None:
        last = queries.latest_checkpoint()
        assert last is not None
        assert keeping.kept() == last.note

    def test_one_that_the_ledger_does_not_continue_stays(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        kept = keeping.kept()
        with past_the_triggers():
            forget_everything_after(3)
        write_entries(7)
        with django_capture_on_commit_callbacks(execute=True):
            assert services.seal(now=NOW) is not None
        assert keeping.kept() == kept

    def test_a_home_that_cannot_be_written_does_not_stop_sealing(
        self, home: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        (home / "ledger" / "checkpoint").unlink()
        (home / "ledger").rmdir()
        (home / "ledger").write_text("in the way", "ascii")
        write_entries()
        with django_capture_on_commit_callbacks(execute=True):
            services.seal(now=NOW)
        assert Checkpoint.objects.count() == 3
        assert keeping.kept() is None
