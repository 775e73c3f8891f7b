from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import factories
from zhengpin.base.access import services as access
from zhengpin.base.ledger.models import Entry
from zhengpin.sites.desk.models import SignInFailure
from zhengpin.sites.desk.services import GUESSES_PER_ADDRESS, GUESSES_PER_LOGIN

if TYPE_CHECKING:
    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer
    from pytest_django import Settings

    from zhengpin.base.access.models import Member

DOOR = "/sign-in"


def knock(client: Client, login: str, password: str, **more: str) -> Answer:
    return client.post(DOOR, {"login": login, "password": password, **more})


def second_post(member: Member) -> Member:
    market = factories.organization("市市场监管局")
    post = access.set_up_post(organization=market, title="执法稽查", duties=(), now=factories.NOW)
    return access.appoint(person=member.person, post=post, on=factories.SINCE, now=factories.NOW)


class TestSignIn:
    def test_opens_the_page_that_was_asked_for(self, client: Client, office: Member) -> None:
        asked = client.get("/plans/")
        assert asked["Location"] == "/sign-in?next=%2Fplans%2F"
        answer = knock(client, office.person.login.upper(), factories.PASSWORD, next="/plans/")
        assert (answer.status_code, answer["Location"]) == (302, "/plans/")
        assert client.get("/plans/").status_code == 200

    def test_leads_to_no_other_site(self, client: Client, office: Member) -> None:
        for away in ("https://example.com/", "//example.com/", "javascript:alert(1)"):
            answer = knock(client, office.person.login, factories.PASSWORD, next=away)
            assert answer["Location"] == "/"
            client.logout()

    def test_says_the_same_for_a_wrong_password_and_an_unknown_login(
        self, client: Client, office: Member
    ) -> None:
        wrong = knock(client, office.person.login, "not it")
        unknown = knock(client, "nobody.here", "not it")
        assert wrong.status_code == unknown.status_code == 422
        for answer in (wrong, unknown):
            assert "登录名或密码不对" in answer.content.decode()

    def test_refuses_an_account_that_was_closed(self, client: Client, office: Member) -> None:
        office.person.is_active = False
        office.person.save()
        assert knock(client, office.person.login, factories.PASSWORD).status_code == 422

    def test_stops_guessing_of_one_login_for_fifteen_minutes(
        self, client: Client, office: Member
    ) -> None:
        login = office.person.login
        for _ in range(GUESSES_PER_LOGIN):
            assert knock(client, login, "guess").status_code == 422
        refused = knock(client, login, factories.PASSWORD)
        assert refused.status_code == 429
        assert "请在15分钟后重试" in refused.content.decode()
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            assert knock(client, login, factories.PASSWORD).status_code == 302

    def test_stops_guessing_of_many_logins_from_one_address(
        self, client: Client, office: Member
    ) -> None:
        for serial in range(GUESSES_PER_ADDRESS):
            knock(client, f"guess-{serial}", "guess")
        assert knock(client, office.person.login, factories.PASSWORD).status_code == 429

    def test_counts_by_the_address_a_trusted_proxy_names(
        self, client: Client, office: Member, settings: Settings
    ) -> None:
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        for serial in range(GUESSES_PER_ADDRESS):
            client.post(
                DOOR, {"login": f"guess-{serial}", "password": "x"},
                headers={"x-forwarded-for": "1.2.3.4, 203.0.113.9"},
            )  # fmt: skip
        answer = client.post(
            DOOR, {"login": office.person.login, "password": factories.PASSWORD},
            headers={"x-forwarded-for": "203.0.113.9, 203.0.113.10"},
        )  # fmt: skip
        assert answer.status_code == 302

    def test_a_success_forgets_the_failures_of_the_login(
        self, client: Client, office: Member
    ) -> None:
        knock(client, office.person.login, "guess")
        knock(client, office.person.login, factories.PASSWORD)
        assert SignInFailure.objects.count() == 1  # that of the address

    def test_success_failure_and_leaving_are_recorded_without_what_was_typed(
        self, client: Client, office: Member
    ) -> None:
        knock(client, "My Secret Password", "x")
        knock(client, office.person.login, factories.PASSWORD)
        client.post("/sign-out")
        entries = Entry.objects.filter(action__startswith="desk.").order_by("pk")
        assert [one.action for one in entries] == [
            "desk.sign_in_refused", "desk.sign_in", "desk.sign_out",
        ]  # fmt: skip
        assert "secret" not in str(list(entries.values_list("subject", "facts"))).lower()
        assert client.get("/").status_code == 302


class TestExpiredSession:
    def test_says_that_what_was_sent_is_not_saved(self, client: Client, db: None) -> None:
        answer = client.post("/plans/import", {"text": "…"}, follow=True)
        assert "没有提交成功的内容没有保存" in answer.content.decode()

    def test_a_fragment_sends_the_whole_page_to_the_door(self, client: Client, db: None) -> None:
        answer = client.get("/plans/", headers={"hx-request": "true"})
        assert answer["HX-Redirect"].startswith(DOOR)


class TestPost:
    def test_a_person_with_two_posts_chooses_one_and_switches(
        self, client: Client, office: Member
    ) -> None:
        other = second_post(office)
        client.force_login(office.person)
        asked = client.get("/plans/")
        assert asked["Location"] == "/post?next=%2Fplans%2F"
        page = client.get("/post").content.decode()
        assert str(office.organization) in page
        assert str(other.organization) in page

        answer = client.post("/post?next=%2Fplans%2F", {"member": str(office.uuid)})
        assert answer["Location"] == "/plans/"
        assert "导入计划" in client.get("/").content.decode()
        client.post("/post", {"member": str(other.uuid)})
        assert "导入计划" not in client.get("/").content.decode()
        assert Entry.objects.filter(action="desk.choose_post", member=other.uuid).exists()

    @pytest.mark.parametrize("sent", ["", "nonsense", "0" * 36])
    def test_refuses_a_post_that_is_not_held(
        self, client: Client, office: Member, sent: str
    ) -> None:
        second_post(office)
        stranger = factories.importer()
        client.force_login(office.person)
        for member in (sent, str(stranger.uuid)):
            answer = client.post("/post", {"member": member})
            assert answer.status_code == 422
            assert "您没有这个岗位" in answer.content.decode()

    def test_a_person_without_post_is_told_what_to_do(
        self, client: Client, office: Member
    ) -> None:
        office.valid_to = factories.SINCE + timedelta(days=1)
        office.save()
        client.force_login(office.person)
        for address in ("/", "/plans/", "/post"):
            answer = client.get(address)
            assert answer.status_code == 403
            assert "请联系本单位的管理员登记任职" in answer.content.decode()


class TestPassword:
    def test_is_changed_and_the_session_goes_on(self, desk: Client, office: Member) -> None:
        fresh = "another long phrase"
        answer = desk.post(
            "/password", {"current": factories.PASSWORD, "fresh": fresh, "again": fresh}
        )
        assert answer.status_code == 302
        assert desk.get("/").status_code == 200
        office.person.refresh_from_db()
        assert office.person.check_password(fresh)

    @pytest.mark.parametrize(
        ("current", "fresh", "again", "sentence"),
        [
            ("wrong", "another long phrase", "another long phrase", "现在的密码不对"),
            (factories.PASSWORD, "short", "short", "密码太弱：至少10个字符"),
            (factories.PASSWORD, "password1234", "password1234", "密码太弱"),
            (factories.PASSWORD, "another long phrase", "another phrase", "不一样"),
        ],
        ids=["wrong", "short", "common", "different"],
    )
    def test_is_refused_with_the_reason(
        self, desk: Client, office: Member, current: str, fresh: str, again: str, sentence: str
    ) -> None:
        answer = desk.post("/password", {"current": current, "fresh": fresh, "again": again})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        office.person.refresh_from_db()
        assert office.person.check_password(factories.PASSWORD)


def test_leaving_needs_a_post_request(desk: Client) -> None:
    assert desk.get(reverse("desk:sign_out")).status_code == 405
