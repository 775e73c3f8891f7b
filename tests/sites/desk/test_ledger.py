"""The ledger on the desk, and what outsiders check without signing in."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from tests import factories
from zhengpin.base.access.duties import OVERSEE, READ_LEDGER
from zhengpin.base.ledger import queries, services
from zhengpin.base.ledger.models import Entry
from zhengpin.kernel.merkle import (
    leaf_hash,
    open_note,
    parse_checkpoint,
    parse_verifier_key,
    verify_consistency,
    verify_inclusion,
)

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import Plan

LATER = factories.NOW + timedelta(seconds=2)


@pytest.fixture(name="plan")
def _plan(office: Member) -> Plan:
    """A confirmed plan of the city; everything is sealed."""
    plan = factories.confirmed_plan(office)
    services.seal_all(now=LATER)
    return plan


@pytest.fixture(name="eyes")
def _eyes(client: Client, plan: Plan) -> Client:
    """A client where an overseer of the city is signed in."""
    client.force_login(factories.member(factories.organization("市检察院"), OVERSEE.code).person)
    return client


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


class TestOutsiders:
    def test_the_checkpoint_is_the_signed_note_itself(self, plan: Plan) -> None:
        answer = Client().get("/ledger/checkpoint")
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        key = parse_verifier_key(text(Client(), "/ledger/verifier").strip())
        said = parse_checkpoint(open_note(answer.content.decode(), [key]))
        latest = queries.latest_checkpoint()
        assert latest is not None
        assert (said.size, said.root) == (latest.size, bytes(latest.root))

    def test_a_kept_checkpoint_is_checked_against_a_later_one(
        self, plan: Plan, office: Member
    ) -> None:
        stranger = Client()
        key = parse_verifier_key(text(stranger, "/ledger/verifier").strip())
        kept = parse_checkpoint(open_note(text(stranger, "/ledger/checkpoint"), [key]))
        factories.city_units()
        factories.member(office.organization)
        services.seal_all(now=LATER)
        now = parse_checkpoint(open_note(text(stranger, "/ledger/checkpoint"), [key]))
        lines = text(stranger, f"/ledger/consistency/{kept.size}/{now.size}").split()
        verify_consistency(
            old_size=kept.size, old_root=kept.root, new_size=now.size, new_root=now.root,
            proof=[base64.b64decode(line) for line in lines],
        )  # fmt: skip

    @pytest.mark.parametrize("sizes", ["5/3", "1/999999", "1/99999999999999999999"])
    def test_a_tree_that_is_not_there_is_not_found(self, plan: Plan, sizes: str) -> None:
        assert Client().get(f"/ledger/consistency/{sizes}").status_code == 404

    @pytest.mark.django_db
    def test_before_anything_is_sealed_there_is_nothing(self) -> None:
        assert Client().get("/ledger/checkpoint").status_code == 404
        assert Client().get("/ledger/verifier").status_code == 404
        assert Client().get("/ledger/delay").json()["measured_entries"] == 0

    def test_the_delay_of_sealing_is_measured_and_published(self, plan: Plan) -> None:
        published = Client().get("/ledger/delay").json()
        assert published["measured_entries"] == Entry.objects.count()
        assert published["median_seconds"] == 2.0
        assert published["longest_seconds"] == 2.0
        assert published["waiting_entries"] == 0

    def test_nothing_can_be_sent_there(self, plan: Plan) -> None:
        assert Client().post("/ledger/checkpoint").status_code == 405


class TestReading:
    def test_the_latest_checkpoint_and_the_delay_are_shown(self, eyes: Client) -> None:
        page = text(eyes, "/ledger/")
        latest = queries.latest_checkpoint()
        assert latest is not None
        assert base64.b64encode(bytes(latest.root)).decode() in page
        assert queries.verifier().text.replace("+", "&#43;") in page or (
            queries.verifier().text in page
        )
        assert "一半不超过 2.0 秒，最长 2.0 秒" in page

    def test_entries_about_a_subject_are_found_by_its_number_or_by_theirs(
        self, eyes: Client, plan: Plan, office: Member
    ) -> None:
        page = text(eyes, f"/ledger/?q={plan.uuid}")
        assert "核定计划" in page
        assert "导入计划" in page
        assert office.person.name in page
        one = Entry.objects.filter(subject=str(plan.uuid)).latest("pk")
        assert "导入计划" in text(eyes, f"/ledger/?q={one.uuid}")
        assert "没有这样的账目" in text(eyes, f"/ledger/?q={uuid4()}")
        assert "没有这样的账目" in text(eyes, "/ledger/?q=%00<script>")

    def test_organizations_and_people_of_the_jurisdiction_are_read(
        self, eyes: Client, office: Member
    ) -> None:
        assert "登记单位" in text(eyes, f"/ledger/?q={office.organization.uuid}")
        assert "开户" in text(eyes, f"/ledger/?q={office.person.uuid}")
        assert "登记行政区划" in text(eyes, f"/ledger/?q={factories.CITY}")

    def test_the_proof_of_an_entry_stands_without_us(self, eyes: Client, plan: Plan) -> None:
        one = Entry.objects.filter(subject=str(plan.uuid)).latest("pk")
        page = text(eyes, f"/ledger/entries/{one.uuid}")
        assert bytes(one.digest).hex() in page
        document = eyes.get(f"/ledger/entries/{one.uuid}/proof").json()
        key = parse_verifier_key(document["verifier"])
        said = parse_checkpoint(open_note(document["checkpoint"], [key]))
        verify_inclusion(
            leaf=leaf_hash(bytes(one.digest)), index=document["position"], size=said.size,
            proof=[bytes.fromhex(step) for step in document["path"]], root=said.root,
        )  # fmt: skip

    def test_an_entry_that_waits_says_so(self, eyes: Client, office: Member) -> None:
        factories.plan(office, factories.PLAN.replace("2026", "2025"))
        one = Entry.objects.filter(action="plans.import").latest("pk")
        assert "还没有封存" in text(eyes, f"/ledger/entries/{one.uuid}")
        assert eyes.get(f"/ledger/entries/{one.uuid}/proof").status_code == 409
        assert "待封存" in text(eyes, "/ledger/")

    def test_the_page_asks_the_database_little(
        self, eyes: Client, plan: Plan, django_assert_max_num_queries: object
    ) -> None:
        with django_assert_max_num_queries(25):  # type: ignore[operator]
            eyes.get(f"/ledger/?q={plan.uuid}")


class TestWhoMayRead:
    def test_an_overseer_of_another_city_reads_nothing_of_it(
        self, client: Client, plan: Plan, office: Member
    ) -> None:
        there = factories.organization("市检察院", factories.OTHER_CITY)
        client.force_login(factories.member(there, OVERSEE.code).person)
        for subject in (plan.uuid, office.organization.uuid, office.person.uuid, factories.CITY):
            assert "没有这样的账目" in text(client, f"/ledger/?q={subject}"), subject
        for one in Entry.objects.filter(subject=str(plan.uuid)):
            for tail in ("", "/proof"):
                assert client.get(f"/ledger/entries/{one.uuid}{tail}").status_code == 404

    def test_the_office_reads_what_its_post_sees(self, client: Client, plan: Plan) -> None:
        reader = factories.member(factories.organization(), READ_LEDGER.code)
        client.force_login(reader.person)
        assert "核定计划" in text(client, f"/ledger/?q={plan.uuid}")

    def test_others_may_not_enter(self, desk: Client, plan: Plan) -> None:
        assert desk.get("/ledger/").status_code == 403
        one = Entry.objects.filter(subject=str(plan.uuid)).latest("pk")
        assert desk.get(f"/ledger/entries/{one.uuid}").status_code == 403
        assert 'href="/ledger/"' not in text(desk, "/")
