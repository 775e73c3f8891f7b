"""Writing, sealing and proving: nothing changes unseen."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction

from tests.base.ledger.tampering import NOW, past_the_triggers, write
from zhengpin.base.ledger import errors, keys, queries, services, verifying
from zhengpin.base.ledger.models import Checkpoint, Entry, Leaf, Node, Pending
from zhengpin.kernel.merkle import (
    FactRefused,
    OutsideTree,
    open_note,
    parse_checkpoint,
    verify_consistency,
    verify_inclusion,
)

pytestmark = pytest.mark.django_db


class TestRecord:
    def test_an_entry_waits_until_it_is_sealed(self) -> None:
        write()
        assert Pending.objects.count() == 1
        services.seal(now=NOW)
        assert Pending.objects.count() == 0

    def test_an_entry_reads_as_it_was_written(self) -> None:
        member = uuid4()
        entry = services.record(
            action="test.act", subject="事项", member=member, now=NOW,
            facts={"text": "“假\\冒”\n", "count": -3, "is": True, "none": None, "list": ["一", 2]},
        )  # fmt: skip
        read = queries.entry(entry.uuid)
        assert read == entry
        assert (read.member, read.facts, read.recorded_at) == (member, entry.facts, NOW)
        assert services.digest_of(read) == bytes(read.digest)

    def test_the_entries_about_a_subject_come_oldest_first(self) -> None:
        write(3)
        again = write(2)
        about = list(queries.entries_about("事项1"))
        assert [entry.facts["n"] for entry in about] == [1, 1]
        assert about[1] == again[1]

    def test_what_is_rolled_back_leaves_no_entry(self) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            write()
            raise RuntimeError
        assert not Entry.objects.exists()

    @pytest.mark.parametrize("value", [1.5, NOW, b"x", {1, 2}])
    def test_facts_that_could_be_written_in_two_ways_are_refused(self, value: object) -> None:
        with pytest.raises(FactRefused):
            write(value=value)

    @pytest.mark.parametrize("model", [Entry, Leaf, Node, Checkpoint])
    @pytest.mark.parametrize(
        "words", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
    )
    def test_the_database_refuses_to_change_what_is_written(self, model: Any, words: str) -> None:
        write(3)
        services.seal(now=NOW)
        table, column = model._meta.db_table, model._meta.pk.column
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(words.format(table, column, column))


class TestSeal:
    def test_nothing_waiting_makes_no_checkpoint(self) -> None:
        assert services.seal(now=NOW) is None

    def test_the_checkpoint_is_signed_and_says_the_size(self) -> None:
        write(5)
        checkpoint = services.seal(now=NOW)
        assert checkpoint is not None
        said = parse_checkpoint(open_note(checkpoint.note, [keys.verifier()]))
        assert (said.size, said.root) == (5, bytes(checkpoint.root))

    def test_sealing_in_steps_gives_the_tree_of_sealing_at_once(self) -> None:
        for count in (1, 2, 4, 7):
            write(count)
            services.seal(now=NOW)
        assert verifying.verify(keys.verifier()).faults == []
        last = queries.latest_checkpoint()
        assert last is not None
        assert last.size == 14

    def test_every_entry_has_one_place(self) -> None:
        write(9)
        services.seal(now=NOW)
        services.seal(now=NOW)
        assert list(Leaf.objects.order_by("position").values_list("position", flat=True)) == list(
            range(9)
        )

    def test_a_tree_that_was_tampered_with_is_not_signed_again(self) -> None:
        write(5)
        services.seal(now=NOW)
        with past_the_triggers():
            Node.objects.filter(level=2, index=0).update(hash=b"\0" * 32)
        write()
        with pytest.raises(errors.TreeBroken), transaction.atomic():
            services.seal(now=NOW)
        assert Pending.objects.count() == 1

    def test_a_ledger_signed_elsewhere_is_not_signed_with_a_new_key(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
    ) -> None:
        write(2)
        services.seal(now=NOW, signer=Ed25519PrivateKey.generate())
        monkeypatch.setenv("ZHENGPIN_HOME", str(tmp_path))
        write()
        with pytest.raises(errors.KeyMissing), transaction.atomic():
            services.seal(now=NOW)
        assert not keys.exists()

    def test_who_has_a_place_and_waits_again_keeps_the_place(self) -> None:
        (entry,) = write()
        services.seal(now=NOW)
        Pending.objects.create(entry=entry)
        assert services.seal(now=NOW) is None
        assert Leaf.objects.get(entry=entry).position == 0

    def test_more_than_a_batch_is_sealed_in_turn(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(services, "_BATCH", 4)
        write(10)
        last = services.seal_all(now=NOW)
        assert last is not None
        assert last.size == 10
        assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [
            4,
            8,
            10,
        ]
        assert verifying.verify(keys.verifier()).holds


class TestProve:
    def test_an_outsider_can_check_that_an_entry_is_in_the_tree(self) -> None:
        entries = write(11)
        services.seal(now=NOW)
        for entry in entries:
            proof = queries.prove(entry.uuid)
            verify_inclusion(
                leaf=proof.leaf,
                index=proof.position,
                size=proof.checkpoint.size,
                proof=proof.path,
                root=bytes(proof.checkpoint.root),
            )

    def test_an_outsider_can_check_that_a_later_tree_continues_an_earlier(self) -> None:
        write(5)
        old = services.seal(now=NOW)
        write(8)
        new = services.seal(now=NOW)
        assert old is not None
        assert new is not None
        verify_consistency(
            old_size=old.size,
            new_size=new.size,
            old_root=bytes(old.root),
            new_root=bytes(new.root),
            proof=queries.consistency(old.size, new.size),
        )

    def test_an_entry_that_waits_has_no_proof_yet(self) -> None:
        (entry,) = write()
        with pytest.raises(errors.NotSealedYet):
            queries.prove(entry.uuid)

    def test_an_entry_that_nobody_wrote_has_no_proof(self) -> None:
        with pytest.raises(errors.EntryUnknown):
            queries.prove(uuid4())

    def test_an_entry_that_was_altered_gets_no_proof(self) -> None:
        entries = write(5)
        services.seal(now=NOW)
        with past_the_triggers():
            Entry.objects.filter(pk=entries[2].pk).update(action="test.other")
        with pytest.raises(errors.TreeBroken):
            queries.prove(entries[2].uuid)

    def test_no_proof_is_made_from_a_tree_with_holes(self) -> None:
        entries = write(5)
        services.seal(now=NOW)
        with past_the_triggers():
            Node.objects.filter(level=1, index=0).delete()
        with pytest.raises(errors.TreeBroken):
            queries.prove(entries[2].uuid)

    def test_what_is_not_sealed_has_no_consistency_proof(self) -> None:
        write(5)
        services.seal(now=NOW)
        with pytest.raises(OutsideTree):
            queries.consistency(5, 6)
