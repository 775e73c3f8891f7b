"""Looks into sealed records: none without a reason, each one listed for those who oversee."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.http import HttpResponse
from django.urls import path

from tests import factories
from zhengpin.base.access import errors, sealed, subjects
from zhengpin.base.access.duties import ADMINISTER, OVERSEE, READ_LEDGER
from zhengpin.base.access.models import SealedView
from zhengpin.base.access.sealed import Sealed
from zhengpin.base.access.web.sealed import ask_reason
from zhengpin.base.ledger.models import Entry
from zhengpin.base.organizations.models import Organization
from zhengpin.config.urls import urlpatterns as own

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest

NOW = factories.NOW
SECRET = "举报人是某甲（示例）"  # noqa: S105 — what is sealed in this test
REASON = "核实 2026-17 号举报（示例）"

pytestmark = pytest.mark.django_db


def record(code: str = factories.CITY) -> Sealed:
    holder = factories.organization("市市场监管局", code)
    return Sealed(subject=f"report:17:{code}", title="举报人身份（示例）", organization=holder)


def clerk(code: str = factories.CITY) -> Member:
    return factories.member(factories.organization("市公安局", code))


def overseer(code: str = factories.CITY, duty: str = OVERSEE.code) -> Member:
    return factories.member(factories.organization("市检察院", code), duty)


def look(member: Member, subject: Sealed, reason: str = REASON) -> SealedView:
    return sealed.look_into(member=member, subject=subject, reason=reason, now=NOW)


class TestLookInto:
    def test_a_look_is_one_row_and_one_entry_with_its_reason(self) -> None:
        member, subject = clerk(), record()
        before = Entry.objects.count()
        seen = look(member, subject)
        assert (seen.reason, seen.member, seen.looked_at) == (REASON, member, NOW)
        entry = Entry.objects.latest("pk")
        assert Entry.objects.count() == before + 1
        assert (entry.action, entry.subject) == ("access.look_into", seen.subject)
        assert entry.facts["reason"] == REASON
        assert entry.member == member.uuid

    @pytest.mark.parametrize("reason", ["", "  \n", "长" * 501])
    def test_without_a_reason_it_is_refused_and_nothing_is_written(self, reason: str) -> None:
        member, subject = clerk(), record()
        before = Entry.objects.count()
        with pytest.raises(errors.ReasonMissing):
            look(member, subject, reason)
        assert not SealedView.objects.exists()
        assert Entry.objects.count() == before

    def test_an_export_is_told_from_a_view(self) -> None:
        seen = sealed.look_into(
            member=clerk(), subject=record(), reason=REASON, way=SealedView.Way.EXPORT, now=NOW
        )
        assert seen.way == "export"
        assert Entry.objects.latest("pk").facts["way"] == "export"


class TestSealedViewsFor:
    @pytest.mark.parametrize("duty", [OVERSEE.code, READ_LEDGER.code])
    def test_overseers_and_the_office_see_looks_by_and_into_their_jurisdiction(
        self, duty: str
    ) -> None:
        mine = look(clerk(), record())
        below = look(clerk(factories.DISTRICT), record(factories.DISTRICT))
        from_outside = look(clerk(factories.OTHER_CITY), record())
        into_outside = look(clerk(), record(factories.OTHER_CITY))
        elsewhere = look(clerk(factories.OTHER_CITY), record(factories.OTHER_CITY))
        seen = set(sealed.sealed_views_for(overseer(duty=duty)))
        assert seen == {mine, below, from_outside, into_outside}
        assert elsewhere not in seen

    @pytest.mark.parametrize("duty", [ADMINISTER.code, "import_plans"])
    def test_others_see_none(self, duty: str) -> None:
        look(clerk(), record())
        assert not sealed.sealed_views_for(overseer(duty=duty)).exists()

    def test_their_entries_are_read_where_the_look_is(self) -> None:
        seen = look(clerk(), record())
        here, there = overseer(), overseer(factories.OTHER_CITY)
        assert subjects.entries_for(here, seen.subject).count() == 1
        assert not subjects.entries_for(there, seen.subject).exists()


def show(request: MemberRequest) -> HttpResponse:
    """A page of a mechanism to come: it shows something sealed."""
    holder = Organization.objects.get(short_name="市市场监管局")
    step = ask_reason(request, Sealed("report:17", "举报人身份（示例）", holder))
    return step or HttpResponse(SECRET)


urlpatterns = [*own, path("sealed-part", show)]


class TestPages:
    @pytest.fixture(autouse=True)
    def _with_a_sealed_page(self, settings: Settings) -> None:
        settings.ROOT_URLCONF = __name__
        record()

    def test_what_is_sealed_shows_only_after_its_reason(self, client: Client) -> None:
        client.force_login(clerk().person)
        asked = client.get("/sealed-part")
        assert "记录理由并查看" in asked.content.decode()
        assert SECRET not in asked.content.decode()
        assert "no-store" in asked["Cache-Control"]
        refused = client.post("/sealed-part", {"reason": " "})
        assert refused.status_code == 422
        assert "须先写明理由" in refused.content.decode()
        assert SECRET not in refused.content.decode()
        assert not SealedView.objects.exists()
        shown = client.post("/sealed-part", {"reason": REASON})
        assert shown.content.decode() == SECRET
        assert SealedView.objects.get().reason == REASON
        assert SECRET not in client.get("/sealed-part").content.decode()  # each time anew

    def test_the_list_says_who_what_when_and_why(self, client: Client) -> None:
        member = clerk()
        look(member, record())
        client.force_login(overseer().person)
        page = client.get("/sealed-views/").content.decode()
        for words in (member.person.name, "举报人身份（示例）", "2026-03-16 09:00", REASON):
            assert words in page
        assert "没有查阅记录" in client.get("/sealed-views/?q=没有的").content.decode()
        assert REASON in client.get(f"/sealed-views/?q={member.person.name}").content.decode()
        assert client.get("/sealed-views/?after=x").status_code == 404

    def test_markup_in_a_reason_is_text(self, client: Client) -> None:
        look(clerk(), record(), "<script>alert(1)</script>")
        client.force_login(overseer().person)
        assert "<script>alert" not in client.get("/sealed-views/").content.decode()

    def test_others_may_not_enter(self, client: Client) -> None:
        client.force_login(clerk().person)
        assert client.get("/sealed-views/").status_code == 403
        assert 'href="/sealed-views/"' not in client.get("/").content.decode()
