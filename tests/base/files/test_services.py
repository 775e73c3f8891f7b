"""Keeping a file, reading it back, discarding it, sweeping what nobody needs."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.db.models import Q

from tests import factories
from tests.base.files.conftest import ANYTHING
from tests.factories import NOW
from tests.kernel.contents import packing
from zhengpin.base.access.errors import ReasonMissing
from zhengpin.base.access.models import SealedView
from zhengpin.base.files import errors, services
from zhengpin.base.files.models import File
from zhengpin.base.files.rules import FileRule
from zhengpin.base.ledger.models import Entry
from zhengpin.kernel.contents import errors as refusals
from zhengpin.kernel.errors import DocumentRefused

if TYPE_CHECKING:
    from pathlib import Path

    from zhengpin.base.access.models import Member
    from zhengpin.base.files.holders import Holder

pytestmark = pytest.mark.django_db
CONTENT = "现场检查笔录（示例）\n".encode()
DIGEST = hashlib.sha256(CONTENT).hexdigest()
LATER = datetime.now(NOW.tzinfo) + timedelta(days=2)


def keep(member: Member, content: bytes = CONTENT, name: str = "笔录.txt", **more: bool) -> File:
    return services.keep(member=member, name=name, content=content, rule=ANYTHING, now=NOW, **more)


def stored(root: Path) -> list[str]:
    return sorted(str(one.relative_to(root)) for one in root.rglob("*") if one.is_file())


class TestKeep:
    def test_the_bytes_stand_under_their_digest_and_the_row_says_what_they_are(
        self, office: Member, kept_in: Path
    ) -> None:
        file = keep(office, name="../笔录.txt")
        assert stored(kept_in) == [f"{DIGEST[:2]}/{DIGEST[2:]}"]
        assert (kept_in / DIGEST[:2] / DIGEST[2:]).read_bytes() == CONTENT
        assert (file.name, file.sha256, file.size) == ("笔录.txt", DIGEST, len(CONTENT))
        assert (file.type.code, file.rule_code, file.kept_by) == ("text", "anything", office)

    def test_the_same_bytes_are_stored_once_whoever_keeps_them(
        self, office: Member, kept_in: Path
    ) -> None:
        other = factories.importer(factories.OTHER_CITY)
        rows = [keep(office), keep(office, name="副本.txt"), keep(other)]
        assert len({one.pk for one in rows}) == 3
        assert len(stored(kept_in)) == 1

    def test_a_file_that_is_read_piece_by_piece_is_kept_whole(self, office: Member) -> None:
        content = io.BytesIO(b"\x89PNG\r\n\x1a\n".ljust(3_000_000, b"x"))
        content.seek(1_000)
        file = services.keep(member=office, name="图", content=content, rule=ANYTHING, now=NOW)
        assert file.name == "图.png"
        with services.opened(file=file) as again:
            assert again.read() == content.getvalue()

    def test_leaves_one_ledger_entry_with_the_digest_and_without_the_name(
        self, office: Member
    ) -> None:
        before = Entry.objects.count()
        file = keep(office)
        entry = Entry.objects.latest("pk")
        assert Entry.objects.count() == before + 1
        assert (entry.action, entry.subject) == ("files.keep", str(file.uuid))
        assert entry.facts["sha256"] == DIGEST
        assert "笔录" not in str(entry.facts)

    @pytest.mark.parametrize(
        "content",
        [b"", b"MZ\x90\0" + b"\0" * 80, packing.packed({"a": b"0" * 64_000_000}), b"\1\2"],
        ids=["empty", "program", "bomb", "unknown"],
    )
    def test_what_is_refused_leaves_nothing(
        self, office: Member, kept_in: Path, content: bytes
    ) -> None:
        before = Entry.objects.count()
        with pytest.raises(DocumentRefused):
            keep(office, content)
        assert not File.objects.exists()
        assert Entry.objects.count() == before
        assert not kept_in.exists()

    def test_a_place_takes_only_its_own_kinds(self, office: Member) -> None:
        rule = FileRule("letters", "公函", ("pdf",))
        with pytest.raises(refusals.TypeNotTaken):
            services.keep(member=office, name="a.pdf", content=CONTENT, rule=rule, now=NOW)

    def test_bytes_that_rotted_are_made_good_when_the_same_file_is_kept_again(
        self, office: Member, kept_in: Path
    ) -> None:
        first = keep(office)
        (kept_in / DIGEST[:2] / DIGEST[2:]).write_bytes(b"rotten")
        keep(office)
        with services.opened(file=first) as content:
            assert content.read() == CONTENT

    def test_a_store_that_cannot_be_written_refuses_and_leaves_nothing(
        self, office: Member, kept_in: Path
    ) -> None:
        kept_in.write_text("a file where the folder should be")
        with pytest.raises(errors.StoreUnavailable):
            keep(office)
        assert not File.objects.exists()

    def test_a_transaction_that_is_undone_leaves_bytes_and_no_row(
        self, office: Member, kept_in: Path
    ) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            keep(office)
            raise ZeroDivisionError
        assert not File.objects.exists()
        assert len(stored(kept_in)) == 1
        assert services.sweep(now=LATER) == 1
        assert stored(kept_in) == []


class TestOpened:
    def test_a_missing_file_is_called_missing(self, office: Member, kept_in: Path) -> None:
        file = keep(office)
        (kept_in / DIGEST[:2] / DIGEST[2:]).unlink()
        with pytest.raises(errors.FileMissing):
            services.opened(file=file)

    @pytest.mark.parametrize("content", [CONTENT + b"x", CONTENT[:-1], b""])
    def test_an_altered_file_is_called_altered(
        self, office: Member, kept_in: Path, content: bytes
    ) -> None:
        file = keep(office)
        (kept_in / DIGEST[:2] / DIGEST[2:]).write_bytes(content)
        with pytest.raises(errors.FileAltered):
            services.opened(file=file)


class TestOpenSealed:
    @pytest.fixture(autouse=True)
    def _all_is_held(self, held_by: dict[str, Holder]) -> None:
        held_by["all"] = lambda member: Q(kept_by=member)

    def test_records_who_opened_it_and_why(self, office: Member) -> None:
        file = keep(office, is_sealed=True)
        before = Entry.objects.count()
        with services.open_sealed(file=file, member=office, reason=" 核对\n移送 ", now=NOW) as it:
            assert it.read() == CONTENT
        view = SealedView.objects.get()
        assert (view.subject, view.member, view.reason) == (str(file.uuid), office, "核对 移送")
        assert file.name not in view.title
        entry = Entry.objects.latest("pk")
        assert Entry.objects.count() == before + 1
        assert (entry.action, entry.facts["reason"]) == ("access.look_into", "核对 移送")

    @pytest.mark.parametrize(
        ("reason", "refusal"),
        [
            ("", ReasonMissing),
            (" \n\0", ReasonMissing),
            ("很" * 501, ReasonMissing),
        ],
    )
    def test_without_a_reason_it_stays_shut(
        self, office: Member, reason: str, refusal: type[Exception]
    ) -> None:
        file = keep(office, is_sealed=True)
        with pytest.raises(refusal):
            services.open_sealed(file=file, member=office, reason=reason, now=NOW)
        assert not SealedView.objects.exists()

    def test_a_member_who_may_not_see_it_does_not_open_it(self, office: Member) -> None:
        file = keep(office, is_sealed=True)
        other = factories.importer(factories.OTHER_CITY)
        with pytest.raises(File.DoesNotExist):
            services.open_sealed(file=file, member=other, reason="好奇", now=NOW)

    def test_a_file_that_is_gone_is_not_recorded_as_opened(
        self, office: Member, kept_in: Path
    ) -> None:
        file = keep(office, is_sealed=True)
        (kept_in / DIGEST[:2] / DIGEST[2:]).unlink()
        with pytest.raises(errors.FileMissing):
            services.open_sealed(file=file, member=office, reason="核对", now=NOW)
        assert not SealedView.objects.exists()


class TestDiscard:
    def test_the_digest_stays_and_name_and_bytes_go(self, office: Member, kept_in: Path) -> None:
        file = keep(office)
        gone = services.discard(file=file, member=office, now=NOW)
        assert (gone.name, gone.sha256) == ("", DIGEST)
        with pytest.raises(errors.FileDiscarded):
            services.opened(file=gone)
        services.sweep(now=LATER)
        assert stored(kept_in) == []
        assert Entry.objects.latest("pk").action == "files.discard"

    def test_bytes_that_another_row_needs_stay(self, office: Member, kept_in: Path) -> None:
        file, other = keep(office), keep(office)
        services.discard(file=file, member=office, now=NOW)
        services.sweep(now=LATER)
        with services.opened(file=other) as content:
            assert content.read() == CONTENT

    def test_what_a_record_holds_is_not_discarded(self, office: Member) -> None:
        plan = factories.plan(office)
        assert plan.source_file is not None
        with pytest.raises(errors.FileInUse):
            services.discard(file=plan.source_file, member=office, now=NOW)

    def test_discarded_again_it_changes_nothing(self, office: Member) -> None:
        file = keep(office)
        services.discard(file=file, member=office, now=NOW)
        before = Entry.objects.count()
        services.discard(file=file, member=office, now=NOW)
        assert Entry.objects.count() == before


class TestSweep:
    def test_what_is_younger_than_a_day_is_left_alone(self, office: Member, kept_in: Path) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            keep(office)
            raise ZeroDivisionError
        assert services.sweep(now=datetime.now(NOW.tzinfo)) == 0
        assert len(stored(kept_in)) == 1

    def test_what_was_begun_and_never_finished_goes(self, office: Member, kept_in: Path) -> None:
        keep(office)
        part = kept_in / DIGEST[:2] / ".0123456789abcdef-1-00000000"
        part.write_bytes(b"half")
        assert services.sweep(now=LATER) == 1
        assert len(stored(kept_in)) == 1

    def test_files_of_others_in_the_folder_are_left_alone(self, kept_in: Path) -> None:
        (kept_in / "ab").mkdir(parents=True)
        (kept_in / "ab" / "readme.txt").write_text("not ours")
        assert services.sweep(now=LATER) == 0
