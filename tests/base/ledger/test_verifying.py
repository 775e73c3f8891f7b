"""Each kind of tampering by an owner of the database is detected and named."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from tests.base.ledger.tampering import (
    NOW,
    forget_everything_after,
    past_the_triggers,
    rebuild_nodes,
    remove,
    rewrite,
    swap_places,
    write,
)
from zhengpin.base.ledger import faults, keys, queries, services, verifying
from zhengpin.base.ledger.models import Checkpoint, Entry, Leaf, Node, Pending

if TYPE_CHECKING:
    from zhengpin.base.ledger.verifying import Verification

pytestmark = pytest.mark.django_db

SIZES = (6, 10)


@pytest.fixture(autouse=True)
def _ledger() -> None:
    """Ten entries under two checkpoints, and two that wait."""
    write(6)
    services.seal(now=NOW)
    write(4)
    services.seal(now=NOW)
    write(2)


def check(*kept: str) -> Verification:
    return verifying.verify(keys.verifier(), kept=kept)


def found(*kept: str) -> list[tuple[str, str]]:
    return [(fault.code, fault.where) for fault in check(*kept).faults]


@pytest.fixture(params=[10_000, 4, 1], ids=lambda size: f"in batches of {size}")
def _batches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "_AT_ONCE", request.param)


class TestSound:
    @pytest.mark.usefixtures("_batches")
    def test_a_whole_ledger_holds(self) -> None:
        result = check()
        assert result.holds
        assert (result.entries, result.sealed, result.checkpoints) == (12, 10, 2)
        assert result.oldest_unsealed_at == NOW

    @pytest.mark.usefixtures("_batches")
    @pytest.mark.parametrize("more", [1, 3, 6, 7, 13])
    def test_it_holds_at_every_size(self, more: int) -> None:
        write(more)
        services.seal(now=NOW)
        assert check().holds

    def test_an_empty_ledger_holds(self) -> None:
        with past_the_triggers():
            forget_everything_after(0)
        result = check()
        assert result.holds
        assert result.entries == 0

    def test_it_continues_each_checkpoint_that_was_kept(self) -> None:
        assert found(*Checkpoint.objects.values_list("note", flat=True)) == []

    def test_it_reads_facts_in_any_script_and_shape(self) -> None:
        write(1, **{"𠮷\ue000": "𠮷野家", "假": ["“冒”", -1, True, None, []], "": {"b": {"a": 1}}})
        services.seal(now=NOW)
        assert check().holds


class TestEntries:
    @pytest.mark.usefixtures("_batches")
    @pytest.mark.parametrize("position", [0, 3, 9])
    @pytest.mark.parametrize(
        "change",
        [
            "action = 'x'", "subject = 'x'", "member = gen_random_uuid()", "facts = '{}'",
            "facts = facts || '{\"n\": 1.5}'",
            "recorded_at = recorded_at + interval '1 microsecond'",
            "uuid = gen_random_uuid()", "digest = '\\x00'",
        ],
    )  # fmt: skip
    def test_a_column_that_was_altered(self, position: int, change: str) -> None:
        entry = Leaf.objects.get(position=position).entry_id
        with past_the_triggers(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE ledger_entry SET {change} WHERE id = %s", [entry])  # noqa: S608
        assert found() == [("entry-altered", str(position))]

    @pytest.mark.usefixtures("_batches")
    def test_one_that_was_altered_together_with_its_digest(self) -> None:
        with past_the_triggers():
            rewrite(3)
        assert found() == [("entry-altered", "3")]

    def test_several_are_each_named(self) -> None:
        with past_the_triggers():
            for position in (1, 2, 8):
                rewrite(position)
        assert found() == [("entry-altered", str(position)) for position in (1, 2, 8)]

    def test_the_message_says_which(self) -> None:
        entry = Entry.objects.get(leaf__position=3)
        with past_the_triggers():
            rewrite(3)
        (fault,) = check().faults
        assert fault.message == f"账目{entry.uuid}（第3位）与封存时不符：被改动过。"

    def test_one_that_waits_and_was_altered(self) -> None:
        entry = Entry.objects.get(pk=Pending.objects.order_by("pk")[0].pk)
        with past_the_triggers():
            Entry.objects.filter(pk=entry.pk).update(subject="别的事项")
        assert found() == [("waiting-altered", str(entry.uuid))]

    def test_one_that_was_taken_from_the_waiting(self) -> None:
        entry = Entry.objects.get(pk=Pending.objects.order_by("pk")[0].pk)
        Pending.objects.filter(pk=entry.pk).delete()
        assert found() == [("entry-stray", str(entry.uuid))]

    def test_one_whose_row_is_gone(self) -> None:
        with past_the_triggers():
            Entry.objects.filter(leaf__position=4)._raw_delete("default")
        assert found() == [("entry-missing", "4")]

    def test_those_that_wait_too_long_when_that_is_asked(self) -> None:
        later, limit = NOW + timedelta(seconds=61), timedelta(seconds=60)
        result = verifying.verify(keys.verifier(), now=later, late_after=limit)
        assert [(fault.code, fault.where) for fault in result.faults] == [("sealing-late", "2")]
        assert verifying.verify(keys.verifier(), now=NOW, late_after=limit).holds

    def test_no_more_than_a_hundred_are_listed_and_all_counted(self) -> None:
        write(200)
        services.seal(now=NOW)
        with past_the_triggers():
            Entry.objects.filter(leaf__isnull=False).update(action="x")
        result = check()
        assert (len(result.faults), result.fault_count) == (100, 212)


class TestRemoval:
    @pytest.mark.usefixtures("_batches")
    def test_a_row_in_the_middle(self) -> None:
        with past_the_triggers():
            remove(2)
        assert found() == [("position-missing", "2")]

    def test_several_rows_in_the_middle(self) -> None:
        with past_the_triggers():
            remove(2, 3, 4)
        assert found() == [("position-missing", "2–4")]

    def test_a_row_in_the_middle_with_its_node(self) -> None:
        with past_the_triggers():
            remove(2)
            Node.objects.filter(level=0, index=2).delete()
        assert found() == [("position-missing", "2"), ("tree-lost", "0")]

    def test_only_a_place(self) -> None:
        entry = Entry.objects.get(leaf__position=2)
        with past_the_triggers():
            Leaf.objects.filter(position=2).delete()
        assert found() == [("position-missing", "2"), ("entry-stray", str(entry.uuid))]

    @pytest.mark.usefixtures("_batches")
    def test_the_last_rows(self) -> None:
        with past_the_triggers():
            remove(8, 9)
        assert found() == [("entries-removed", "10")]

    def test_the_last_rows_with_their_checkpoint(self) -> None:
        with past_the_triggers():
            remove(8, 9)
            Checkpoint.objects.filter(size=10).delete()
        assert found() == [("checkpoint-missing", "6–7")]

    def test_the_last_rows_with_every_trace_do_not_continue_a_checkpoint_that_was_kept(
        self,
    ) -> None:
        kept = Checkpoint.objects.get(size=10).note
        with past_the_triggers():
            forget_everything_after(6)
        assert found() == []
        assert found(kept) == [("entries-removed", "10")]

    def test_all_checkpoints(self) -> None:
        with past_the_triggers():
            Checkpoint.objects.all().delete()
        assert found() == [("checkpoint-missing", "0–9")]

    def test_a_position_far_beyond_all_others_is_not_waited_for(self) -> None:
        with past_the_triggers():
            Leaf.objects.filter(position=9).update(position=10**15)
        missing = [where for code, where in found() if code == "position-missing"]
        assert missing == ["9–9999", f"10000–{10**15 - 1}"]


class TestOrder:
    @pytest.mark.usefixtures("_batches")
    def test_two_neighbours_that_changed_places(self) -> None:
        with past_the_triggers():
            swap_places(2, 3)
        if verifying._AT_ONCE > 1:
            assert found() == [("positions-swapped", "2"), ("positions-swapped", "3")]
        else:  # one at a time, they are seen apart
            assert found() == [("entry-altered", "2"), ("entry-altered", "3")]

    def test_two_far_apart_say_where_they_belong(self) -> None:
        entry = Entry.objects.get(leaf__position=1)
        with past_the_triggers():
            swap_places(1, 8)
        assert found() == [("positions-swapped", "1"), ("positions-swapped", "8")]
        assert check().faults[1].message == (
            f"账目{entry.uuid}在第8位，封存时在第1位：次序被调换。"
        )

    @pytest.mark.parametrize("places", [(2, 3), (1, 8), (0, 7)])
    def test_two_that_changed_places_together_with_their_nodes(
        self, places: tuple[int, int]
    ) -> None:
        with past_the_triggers():
            swap_places(*places)
            rebuild_nodes(up_to_level=0)
        assert sorted(found()) == [("positions-swapped", str(place)) for place in places]

    def test_a_whole_order_turned_round(self) -> None:
        with past_the_triggers():
            for place in range(5):
                swap_places(place, 9 - place)
        assert found() == [("positions-swapped", str(place)) for place in range(10)]


class TestTree:
    @pytest.mark.usefixtures("_batches")
    @pytest.mark.parametrize("place", [(0, 2), (1, 1), (2, 1), (3, 0), (1, 4)])
    def test_a_node_that_was_altered(self, place: tuple[int, int]) -> None:
        with past_the_triggers():
            Node.objects.filter(level=place[0], index=place[1]).update(hash=b"\1" * 32)
        expected = f"{place[0]}/{place[1]}"
        if place[0] == 0 and verifying._AT_ONCE == 1:
            assert found()[0] == ("entry-altered", "2")  # its neighbour is not in sight
        else:
            assert found() == [("node-wrong", expected)]

    def test_a_node_that_was_removed(self) -> None:
        with past_the_triggers():
            Node.objects.filter(level=0, index=2).delete()
            Node.objects.filter(level=2, index=1).delete()
        assert found() == [("node-missing", "0/2"), ("node-missing", "2/1")]

    def test_a_node_too_many(self) -> None:
        Node.objects.create(level=5, index=0, hash=b"\1" * 32)
        assert found() == [("nodes-surplus", "1")]

    @pytest.mark.parametrize(("level", "span"), [(0, "2–3"), (1, "0–3")])
    def test_an_entry_rewritten_with_some_of_the_nodes_above_it(
        self, level: int, span: str
    ) -> None:
        with past_the_triggers():
            rewrite(3)
            rebuild_nodes(up_to_level=level)
        assert found() == [("entries-changed", span)]

    def test_an_entry_rewritten_with_all_nodes_but_the_topmost(self) -> None:
        with past_the_triggers():
            rewrite(3)
            rebuild_nodes(up_to_level=2)
        assert found() == [("node-wrong", "3/0"), ("root-mismatch", "6")]

    @pytest.mark.usefixtures("_batches")
    def test_a_tree_rebuilt_without_the_key(self) -> None:
        with past_the_triggers():
            rewrite(7)
            rebuild_nodes()
        assert found() == [("root-mismatch", "10")]
        assert "前面第6位起" in check().faults[0].message

    def test_a_tree_rebuilt_from_a_copy_and_signed_with_another_key(self) -> None:
        kept = Checkpoint.objects.get(size=10).note
        with past_the_triggers():
            rewrite(3)
            for model in (Checkpoint, Node, Leaf, Pending):
                model.objects.all().delete()
            Pending.objects.bulk_create(Pending(entry=entry) for entry in Entry.objects.all())
        services.seal(now=NOW, signer=Ed25519PrivateKey.generate())
        assert found() == [("signature-bad", "12")]
        assert sorted(found(kept)) == [("root-mismatch", "10"), ("signature-bad", "12")]

    def test_entries_put_in_without_the_key(self) -> None:
        (entry,) = write()
        Leaf.objects.create(position=10, entry=entry)
        Node.objects.create(level=0, index=10, hash=b"\1" * 32)
        assert ("checkpoint-missing", "10") in found()


class TestCheckpoints:
    def test_one_that_says_another_root(self) -> None:
        with past_the_triggers():
            Checkpoint.objects.filter(size=10).update(root=b"\0" * 32)
        assert found() == [("checkpoint-altered", "10")]

    def test_one_that_says_another_size(self) -> None:
        with past_the_triggers():
            Checkpoint.objects.filter(size=6).update(size=5)
        assert found() == [("checkpoint-altered", "5")]

    @pytest.mark.parametrize("note", ["", "x", "\0", "ledger\n6\nAAAA\n\n— ledger AAAA\n"])
    def test_one_whose_note_is_no_note(self, note: str) -> None:
        with past_the_triggers():
            Checkpoint.objects.filter(size=6).update(note=note.replace("\0", "\n"))
        assert found() == [("signature-bad", "6")]

    def test_one_whose_signature_is_of_another(self) -> None:
        other = Checkpoint.objects.get(size=10).note
        with past_the_triggers():
            Checkpoint.objects.filter(size=6).update(note=other)
        assert found() == [("checkpoint-altered", "6")]

    def test_what_was_kept_must_be_signed_too(self) -> None:
        assert found("something else") == [("signature-bad", "kept")]


def test_every_fault_has_a_sentence_that_takes_its_words() -> None:
    every = {
        "uuid": "u", "size": 1, "sealed": 1, "whose": "它", "sealed_at": 1, "why": "", "since": 0,
        "seconds": 1,
    }  # fmt: skip
    named = faults.Faults()
    for code in faults.SENTENCES:
        named.add(code, 1, **every)
    assert all("{" not in fault.message for fault in named.named)
    assert queries.latest_checkpoint() is not None
