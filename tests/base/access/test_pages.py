"""The pages of administration, as an administrator sees them and as others do not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from zhengpin.base.access import services
from zhengpin.base.access.duties import ADMINISTER, OVERSEE
from zhengpin.base.access.models import Member, Person, Post, Token
from zhengpin.base.organizations import services as organizations
from zhengpin.base.organizations.models import Organization

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

NOW = factories.NOW
DAY = "2026-03-16"
SECRET = "another long phrase of words"  # noqa: S105 — of invented people
MARKUP = "<script>alert(1)</script>"

pytestmark = pytest.mark.django_db


@pytest.fixture(name="chief")
def _chief() -> Member:
    return factories.member(factories.organization(), ADMINISTER.code)


@pytest.fixture(name="desk")
def _desk(client: Client, chief: Member) -> Client:
    client.force_login(chief.person)
    return client


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


class TestWhoMayEnter:
    @pytest.mark.parametrize("address", ["/organizations/", "/organizations/new", "/people/"])
    @pytest.mark.parametrize("duty", [OVERSEE.code, "import_plans"])
    def test_others_are_told_so_and_see_no_entry(
        self, client: Client, address: str, duty: str
    ) -> None:
        client.force_login(factories.member(factories.organization(), duty).person)
        answer = client.get(address)
        assert answer.status_code == 403
        assert "您的岗位不能办理此事" in answer.content.decode()
        assert 'href="/organizations/"' not in text(client, "/")

    def test_administrators_see_the_entries(self, desk: Client) -> None:
        page = text(desk, "/")
        assert 'href="/organizations/"' in page
        assert 'href="/people/"' in page

    def test_what_lies_elsewhere_is_not_found(self, desk: Client) -> None:
        other = factories.member(factories.organization("市商务局", factories.OTHER_CITY))
        for address in (
            f"/organizations/{other.organization.uuid}",
            f"/people/{other.person.uuid}",
            f"/organizations/{uuid4()}",
        ):
            assert desk.get(address).status_code == 404
        for address in (
            f"/organizations/{other.organization.uuid}/names",
            f"/organizations/{other.organization.uuid}/posts",
            f"/people/{other.person.uuid}/password",
            f"/people/{other.person.uuid}/deactivate",
        ):
            assert desk.post(address, {}).status_code == 404
        assert other.organization.name not in text(desk, "/organizations/?q=商务")
        assert other.person.name not in text(desk, "/people/")


class TestOrganizationList:
    def test_is_searched_narrowed_and_paged(
        self, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        place = factories.region(factories.DISTRICT)
        Organization.objects.bulk_create(
            Organization(name=f"第{n:04d}局（示例）", short_name=f"{n}局", region=place)
            for n in range(1000)
        )
        with django_assert_max_num_queries(12):
            page = text(desk, f"/organizations/?region={factories.DISTRICT}")
        assert "共 1,000 行" in page
        assert page.count("（示例）</a>") == 50
        seen: set[str] = set()
        address: str | None = f"/organizations/?region={factories.DISTRICT}"
        while address:
            answer = desk.get(address)
            seen.update(one.name for one in answer.context["organizations"])
            address = answer.context["next"]
        assert len(seen) == 1000

    def test_ended_ones_are_shown_when_asked_for(self, desk: Client, chief: Member) -> None:
        old = factories.organization("市工商局")
        organizations.dissolve(organization=old, on=date(2026, 1, 5), source="示例", now=NOW)
        assert old.name not in text(desk, "/organizations/?q=工商")
        assert old.name in text(desk, "/organizations/?q=工商&state=all")
        page = text(desk, f"/organizations/{old.uuid}")
        assert "已经撤销或被承继" in page
        assert "登记称谓" not in page

    def test_what_makes_no_sense_narrows_nothing_and_a_wrong_place_is_not_found(
        self, desk: Client
    ) -> None:
        assert desk.get("/organizations/?region=x&state=y&q=%00").status_code == 200
        assert desk.get("/organizations/?after=nonsense").status_code == 404
        assert desk.get("/people/?after=nonsense").status_code == 404


class TestOrganization:
    def test_is_entered_with_the_functions_its_name_says(self, desk: Client) -> None:
        sent = {
            "name": "示例市知识产权局", "short_name": "市知识产权局", "region": factories.CITY,
            "names": "市知产局\n", "valid_from": "",
        }  # fmt: skip
        answer = desk.post("/organizations/new", sent)
        made = Organization.objects.get(name="示例市知识产权局")
        assert answer["Location"] == f"/organizations/{made.uuid}"
        assert [one.function_code for one in made.competences.all()] == ["intellectual_property"]
        assert made.names.count() == 3
        assert "知识产权" in text(desk, f"/organizations/{made.uuid}")

    def test_a_taken_name_is_refused_with_the_other_and_nothing_is_lost(
        self, desk: Client
    ) -> None:
        factories.organization("市公安局")
        sent = {
            "name": "示例市治安局", "short_name": "市公安局", "region": factories.CITY,
            "names": MARKUP, "valid_from": DAY,
        }  # fmt: skip
        answer = desk.post("/organizations/new", sent)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "示例市市公安局的称谓" in page
        assert 'value="示例市治安局"' in page
        assert MARKUP not in page

    def test_a_region_outside_the_jurisdiction_cannot_be_chosen(self, desk: Client) -> None:
        factories.region(factories.OTHER_CITY)
        sent = {"name": "x局", "short_name": "x局", "region": factories.OTHER_CITY}
        assert desk.post("/organizations/new", sent).status_code == 422
        assert not Organization.objects.filter(name="x局").exists()

    def test_names_and_functions_are_given_and_ended(self, desk: Client) -> None:
        body = factories.organization("市商务局")
        place = f"/organizations/{body.uuid}"
        desk.post(f"{place}/names", {"name-name": "市商贸局", "name-on": DAY})
        name = body.names.get(name="市商贸局")
        desk.post(f"{place}/names/{name.pk}/end", {"end-on": "2026-05-01"})
        name.refresh_from_db()
        assert name.valid_to == date(2026, 5, 1)
        desk.post(
            f"{place}/functions", {"function-function": "trade_promotion", "function-on": DAY}
        )
        given = body.competences.get(function_code="trade_promotion")
        answer = desk.post(f"{place}/functions/{given.pk}/end", {"end-on": DAY})
        assert answer.status_code == 422
        assert "终止日期须晚于起始日期" in answer.content.decode()

    def test_a_succession_needs_a_known_successor_and_a_source(self, desk: Client) -> None:
        old, new = factories.organization("市工商局"), factories.organization("市市场监管局")
        place = f"/organizations/{old.uuid}/succession"
        sent = {
            "succession-successor": "市没有局", "succession-on": DAY, "succession-source": "方案",
        }  # fmt: skip
        answer = desk.post(place, sent)
        assert answer.status_code == 422
        assert "市没有局" in answer.content.decode()
        empty = desk.post(place, {**sent, "succession-source": ""})
        assert empty.status_code == 422
        desk.post(place, {**sent, "succession-successor": new.short_name})
        old.refresh_from_db()
        assert old.valid_to == date(2026, 3, 16)
        assert new.name in text(desk, f"/organizations/{old.uuid}")
        assert old.name in text(desk, f"/organizations/{new.uuid}")

    def test_the_own_organization_is_not_ended(self, desk: Client, chief: Member) -> None:
        answer = desk.post(
            f"/organizations/{chief.organization.uuid}/dissolution",
            {"dissolution-on": DAY, "dissolution-source": "x"},
        )
        assert answer.status_code == 422
        assert "不能撤销您任职的单位" in answer.content.decode()

    def test_a_post_is_set_up_with_its_duties(self, desk: Client) -> None:
        body = factories.organization("市检察院")
        place = f"/organizations/{body.uuid}"
        desk.post(f"{place}/posts", {"post-title": "监督", "post-duties": [OVERSEE.code]})
        assert Post.objects.get(organization=body).duties == [OVERSEE.code]
        assert "监督辖区内事项" in text(desk, place)
        answer = desk.post(f"{place}/posts", {"post-title": "x", "post-duties": ["fly"]})
        assert answer.status_code == 422

    def test_a_post_may_require_a_second_factor(self, desk: Client) -> None:
        body = factories.organization("市检察院")
        place = f"/organizations/{body.uuid}"
        desk.post(f"{place}/posts", {"post-title": "监督", "post-second_factor": "on"})
        assert Post.objects.get(organization=body).requires_second_factor
        assert "须两步验证" in text(desk, place)
        desk.post(f"{place}/posts", {"post-title": "监督", "post-duties": [OVERSEE.code]})
        assert not Post.objects.get(organization=body).requires_second_factor

    def test_the_last_administrator_keeps_the_duty(self, desk: Client, chief: Member) -> None:
        answer = desk.post(
            f"/organizations/{chief.organization.uuid}/posts", {"post-title": chief.post.title}
        )
        assert answer.status_code == 422
        assert "没有管理员了" in answer.content.decode()


class TestPeople:
    def test_an_account_is_opened_appointed_and_must_change_its_password(
        self, desk: Client, client: Client
    ) -> None:
        body = factories.organization("市商务局")
        post = services.set_up_post(organization=body, title="综合", duties=[], now=NOW)
        sent = {"login": "new.one", "name": "新人", "email": "", "password": SECRET}
        desk.post("/people/new", sent)
        person = Person.objects.get(login="new.one")
        desk.post(
            f"/people/{person.uuid}/appointments",
            {"appointment-post": str(post.pk), "appointment-on": DAY},
        )
        assert Member.objects.get(person=person).post == post
        client.logout()
        client.post("/sign-in", {"login": "new.one", "password": SECRET})
        for address in ("/", "/plans/", "/post"):
            assert client.get(address)["Location"] == "/password"
        page = text(client, "/password")
        assert "请先更换初始密码" in page
        own = "quite another phrase of words"
        same = client.post("/password", {"current": SECRET, "fresh": SECRET, "again": SECRET})
        assert same.status_code == 422
        client.post("/password", {"current": SECRET, "fresh": own, "again": own})
        assert client.get("/").status_code == 200

    def test_a_refused_account_loses_nothing_but_the_password(self, desk: Client) -> None:
        sent = {"login": "new.one", "name": MARKUP, "email": "", "password": "short"}
        answer = desk.post("/people/new", sent)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="new.one"' in page
        assert "short" not in page
        assert MARKUP not in page

    def test_a_reset_ends_the_sessions_of_the_person(self, desk: Client, chief: Member) -> None:
        held = factories.member(factories.organization("市商务局"))
        other = Client()
        other.force_login(held.person)
        assert other.get("/").status_code == 200
        desk.post(f"/people/{held.person.uuid}/password", {"password-password": SECRET})
        assert other.get("/")["Location"].startswith("/sign-in")

    def test_an_account_is_closed_and_restored(self, desk: Client) -> None:
        held = factories.member(factories.organization("市商务局"))
        desk.post(f"/people/{held.person.uuid}/deactivate")
        assert "已停用" in text(desk, "/people/")
        desk.post(f"/people/{held.person.uuid}/reactivate")
        held.person.refresh_from_db()
        assert held.person.is_active

    def test_the_own_account_is_not_closed(self, desk: Client, chief: Member) -> None:
        answer = desk.post(f"/people/{chief.person.uuid}/deactivate")
        assert answer.status_code == 422
        assert "请由其他管理员办理" in answer.content.decode()

    def test_posts_are_found_by_the_name_of_the_organization(self, desk: Client) -> None:
        held = factories.member(factories.organization("市商务局"))
        factories.member(factories.organization("市公安局"))
        page = text(desk, f"/people/{held.person.uuid}?q=商务")
        assert "市商务局 · " in page
        assert "市公安局 · " not in page

    def test_an_appointment_is_ended(self, desk: Client) -> None:
        held = factories.member(factories.organization("市商务局"))
        place = f"/people/{held.person.uuid}/appointments/{held.uuid}/end"
        desk.post(place, {"end-on": DAY})
        held.refresh_from_db()
        assert held.valid_to == date(2026, 3, 16)
        assert desk.post(place, {"end-on": DAY}).status_code == 422

    def test_the_list_asks_the_database_little(
        self, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for name in ("市商务局", "市公安局", "市林业局"):
            factories.member(factories.organization(name))
        with django_assert_max_num_queries(12):
            desk.get("/people/")


class TestTokens:
    def test_a_token_is_shown_once_used_and_revoked(self, client: Client) -> None:
        member = factories.importer()
        client.force_login(member.person)
        answer = client.post("/tokens/", {"label": "数据交换（示例）"})
        secret = answer.context["secret"]
        assert secret in answer.content.decode()
        assert secret not in text(client, "/tokens/")
        bearer = {"authorization": f"Bearer {secret}"}
        assert client.get("/api/1/me", headers=bearer).status_code == 200
        token = Token.objects.get()
        client.post(f"/tokens/{token.pk}/revoke")
        assert client.get("/api/1/me", headers=bearer).status_code == 401
        assert timezone.localdate().isoformat()[:4] in text(client, "/tokens/")

    def test_a_token_of_another_is_not_found(self, desk: Client) -> None:
        services.issue_token(member=factories.importer(), label="别人的", now=NOW)
        assert "别人的" not in text(desk, "/tokens/")
        assert desk.post(f"/tokens/{Token.objects.get().pk}/revoke").status_code == 404

    def test_without_a_purpose_none_is_issued(self, desk: Client) -> None:
        assert desk.post("/tokens/", {"label": ""}).status_code == 422
        assert not Token.objects.exists()
