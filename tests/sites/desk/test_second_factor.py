from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from tests import factories
from tests.sites.desk.codes import code_of
from zhengpin.base.access import services as access
from zhengpin.base.access.errors import DutyMissing, OutsideOwnOrganization
from zhengpin.base.ledger.models import Entry
from zhengpin.sites.desk.models import SignIn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

    from zhengpin.base.access.models import Member

NOON = datetime(2026, 3, 16, 4, 0, tzinfo=UTC)
PHRASE = "another long phrase"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until a test moves it on."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def knock(client: Client, member: Member, **more: str) -> Answer:
    return client.post(
        "/sign-in", {"login": member.person.login, "password": factories.PASSWORD, **more}
    )


def set_up(client: Client) -> str:
    """Set up a code as the page says and return its secret."""
    page = client.get("/account/code/set-up").content.decode()
    found = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert found
    answer = client.post("/account/code/set-up", {"code": code_of(found[1])})
    assert answer.status_code == 302, answer.content.decode()
    return found[1]


def recovery_codes(client: Client) -> list[str]:
    page = client.get("/account/recovery-codes").content.decode()
    return re.findall(r"<li><code>(\d{8})</code>", page)


@pytest.fixture
def secret(client: Client, office: Member, clock: time_machine.Traveller) -> str:
    """The secret of a member who has set up a code, and is signed out again."""
    knock(client, office)
    made = set_up(client)
    client.post("/sign-out")
    clock.shift(60)
    return made


class TestCode:
    def test_is_asked_for_at_every_sign_in_and_leads_to_the_page_wanted(
        self, client: Client, office: Member, secret: str
    ) -> None:
        asked = knock(client, office, next="/plans/")
        assert asked["Location"] == "/sign-in/second-step"
        assert client.get("/plans/").status_code == 302
        answer = client.post("/sign-in/second-step", {"code": code_of(secret)})
        assert (answer.status_code, answer["Location"]) == (302, "/plans/")
        assert client.get("/plans/").status_code == 200

    def test_is_refused_when_wrong_and_that_is_recorded(
        self, client: Client, office: Member, secret: str
    ) -> None:
        knock(client, office)
        answer = client.post("/sign-in/second-step", {"code": "000000"})
        assert answer.status_code == 422
        assert "没有通过" in answer.content.decode()
        entry = Entry.objects.get(action="desk.sign_in_refused")
        assert entry.subject == str(office.person.uuid)
        assert entry.facts["step"] == "second_factor"
        assert client.get("/").status_code == 302

    def test_does_not_hold_twice(
        self, client: Client, office: Member, secret: str, clock: time_machine.Traveller
    ) -> None:
        code = code_of(secret)
        knock(client, office)
        client.post("/sign-in/second-step", {"code": code})
        other = Client()
        for seconds in (0, 29, 30):
            clock.shift(seconds)
            knock(other, office)
            assert other.post("/sign-in/second-step", {"code": code}).status_code == 422

    def test_may_be_one_period_old_and_no_older(
        self, client: Client, office: Member, secret: str
    ) -> None:
        knock(client, office)
        old = code_of(secret, at=NOON.timestamp() + 60 - 60)
        assert client.post("/sign-in/second-step", {"code": old}).status_code == 422
        late = code_of(secret, at=NOON.timestamp() + 60 - 30)
        assert client.post("/sign-in/second-step", {"code": late}).status_code == 302

    def test_cannot_be_guessed_for_long(
        self, client: Client, office: Member, secret: str, clock: time_machine.Traveller
    ) -> None:
        knock(client, office)
        for serial in range(5):
            assert client.post("/sign-in/second-step", {"code": str(serial)}).status_code == 422
        refused = client.post("/sign-in/second-step", {"code": code_of(secret)})
        assert refused.status_code == 429
        assert "请在15分钟后重试" in refused.content.decode()
        clock.shift(15 * 60 + 1)
        knock(client, office)
        assert client.post("/sign-in/second-step", {"code": code_of(secret)}).status_code == 302

    def test_the_step_ends_after_a_quarter_of_an_hour(
        self, client: Client, office: Member, secret: str, clock: time_machine.Traveller
    ) -> None:
        knock(client, office)
        clock.shift(15 * 60 + 1)
        answer = client.post("/sign-in/second-step", {"code": code_of(secret)})
        assert answer["Location"] == "/sign-in"

    def test_another_account_can_be_taken_instead(
        self, client: Client, office: Member, secret: str
    ) -> None:
        knock(client, office)
        assert client.get("/sign-in")["Location"] == "/sign-in/second-step"
        client.post("/sign-in/again")
        assert client.get("/sign-in").status_code == 200

    def test_its_secret_is_not_readable_in_the_database(self, office: Member, secret: str) -> None:
        assert secret not in str(Authenticator.objects.values_list("data"))

    def test_a_wrong_one_does_not_set_it_up(self, client: Client, office: Member) -> None:
        knock(client, office)
        client.get("/account/code/set-up")
        answer = client.post("/account/code/set-up", {"code": "000000"})
        assert answer.status_code == 422
        assert not Authenticator.objects.exists()

    def test_setting_up_and_removing_are_recorded_once_each(
        self, client: Client, office: Member, secret: str
    ) -> None:
        knock(client, office)
        client.post("/sign-in/second-step", {"code": code_of(secret)})
        answer = client.post("/account/code/remove")
        assert answer.status_code == 302
        assert not Authenticator.objects.exists()
        changes = Entry.objects.filter(action__endswith="_second_factor").order_by("pk")
        assert [(one.action, one.facts["kind"]) for one in changes] == [
            ("desk.add_second_factor", "totp"),
            ("desk.remove_second_factor", "totp"),
        ]


class TestRecoveryCodes:
    def test_are_shown_once_and_hold_once(
        self, client: Client, office: Member, clock: time_machine.Traveller
    ) -> None:
        knock(client, office)
        set_up(client)
        codes = recovery_codes(client)
        assert len(set(codes)) == 10
        assert recovery_codes(client) == []
        client.post("/sign-out")
        knock(client, office)
        answer = client.post("/sign-in/second-step", {"code": codes[0]})
        assert answer.status_code == 302
        assert "还有 9 个没有用过" in client.get("/account").content.decode()
        client.post("/sign-out")
        knock(client, office)
        assert client.post("/sign-in/second-step", {"code": codes[0]}).status_code == 422

    def test_made_anew_the_old_ones_do_not_hold(
        self, client: Client, office: Member, clock: time_machine.Traveller
    ) -> None:
        knock(client, office)
        set_up(client)
        old = recovery_codes(client)
        assert client.post("/account/recovery-codes/renew").status_code == 302
        fresh = recovery_codes(client)
        assert not set(old) & set(fresh)
        assert Entry.objects.filter(action="desk.renew_second_factor").count() == 1


class TestConfirming:
    def test_a_change_long_after_signing_in_asks_for_the_password(
        self, client: Client, office: Member, clock: time_machine.Traveller
    ) -> None:
        knock(client, office)
        clock.shift(6 * 60)
        asked = client.get("/account/code/set-up")
        assert asked["Location"].startswith("/account/confirm?next=")
        wrong = client.post(asked["Location"], {"password": "wrong"})
        assert wrong.status_code == 422
        assert "登录名或密码不对" in wrong.content.decode()
        right = client.post(asked["Location"], {"password": factories.PASSWORD})
        assert right["Location"] == "/account/code/set-up"
        assert client.get("/account/code/set-up").status_code == 200

    def test_guessing_the_password_there_counts_like_at_the_door(
        self, client: Client, office: Member, clock: time_machine.Traveller
    ) -> None:
        knock(client, office)
        for _ in range(5):
            client.post("/account/confirm", {"password": "guess"})
        refused = client.post("/account/confirm", {"password": factories.PASSWORD})
        assert refused.status_code == 429
        assert knock(Client(), office).status_code == 429


class TestPostThatRequiresASecondFactor:
    @pytest.fixture
    def strict(self, office: Member) -> Member:
        access.require_second_factor(post=office.post, is_required=True, now=factories.NOW)
        office.post.refresh_from_db()
        return office

    def test_shows_nothing_before_one_is_set_up(
        self, client: Client, strict: Member, clock: time_machine.Traveller
    ) -> None:
        plan = factories.plan(strict)
        knock(client, strict)
        for address in ("/", "/plans/", f"/plans/{plan.uuid}", "/search?q=市场", "/own"):
            answer = client.get(address)
            assert answer["Location"].startswith("/account/second-step?next="), address
        assert client.post("/plans/import", {"text": "…"}).status_code == 302
        page = client.get("/account/second-step").content.decode()
        assert "设置完成前看不到任何事项" in page
        assert plan.title not in page
        set_up(client)
        assert plan.title in client.get("/").content.decode()

    def test_another_session_has_to_show_it_too(
        self, client: Client, strict: Member, clock: time_machine.Traveller
    ) -> None:
        other = Client()
        knock(other, strict)
        knock(client, strict)
        secret = set_up(client)
        page = other.get("/account/second-step").content.decode()
        assert "这次登录没有用到" in page
        clock.shift(60)
        answer = other.post("/account/confirm/code?next=/plans/", {"code": code_of(secret)})
        assert answer["Location"] == "/plans/"
        assert other.get("/plans/").status_code == 200

    def test_is_open_after_a_sign_in_in_two_steps(
        self, client: Client, office: Member, secret: str
    ) -> None:
        access.require_second_factor(post=office.post, is_required=True, now=factories.NOW)
        knock(client, office)
        client.post("/sign-in/second-step", {"code": code_of(secret)})
        assert client.get("/").status_code == 200

    def test_keeps_the_last_second_factor_from_being_removed(
        self, client: Client, office: Member, secret: str
    ) -> None:
        access.require_second_factor(post=office.post, is_required=True, now=factories.NOW)
        knock(client, office)
        client.post("/sign-in/second-step", {"code": code_of(secret)})
        answer = client.post("/account/code/remove")
        assert answer.status_code == 422
        assert "请先设置另一种方式" in answer.content.decode()
        assert Authenticator.objects.filter(type="totp").exists()

    def test_leaves_a_persons_other_post_as_it_is(
        self, client: Client, strict: Member, clock: time_machine.Traveller
    ) -> None:
        market = factories.organization("市市场监管局")
        post = access.set_up_post(
            organization=market, title="执法稽查", duties=(), now=factories.NOW
        )
        other = access.appoint(
            person=strict.person, post=post, on=factories.SINCE, now=factories.NOW
        )
        knock(client, strict)
        assert client.get("/")["Location"].startswith("/post?")
        client.post("/post", {"member": str(strict.uuid)})
        assert client.get("/")["Location"].startswith("/account/second-step")
        assert "换一个岗位" in client.get("/account/second-step").content.decode()
        client.post("/post", {"member": str(other.uuid)})
        assert client.get("/").status_code == 200

    def test_is_declared_by_an_administrator_of_the_place_with_one_entry(
        self, office: Member
    ) -> None:
        chief = factories.member(factories.organization("市双打办"), "administer")
        before = Entry.objects.count()
        post = access.require_second_factor(
            post=office.post, is_required=True, member=chief, now=factories.NOW
        )
        assert post.requires_second_factor
        assert Entry.objects.count() == before + 1
        assert Entry.objects.latest("pk").facts == {"title": post.title, "required": True}

    def test_is_not_declared_by_others(self, office: Member) -> None:
        stranger = factories.member(
            factories.organization("他山市双打办", factories.OTHER_CITY), "administer"
        )
        with pytest.raises(OutsideOwnOrganization):
            access.require_second_factor(
                post=office.post, is_required=True, member=stranger, now=factories.NOW
            )
        with pytest.raises(DutyMissing):
            access.require_second_factor(
                post=office.post, is_required=True, member=office, now=factories.NOW
            )


class TestSignInsOfAPerson:
    def test_are_listed_with_time_way_and_digest_and_only_the_own(
        self, client: Client, office: Member, secret: str
    ) -> None:
        stranger = factories.importer()
        knock(Client(REMOTE_ADDR="203.0.113.7"), stranger)
        knock(client, office)
        client.post("/sign-in/second-step", {"code": code_of(secret)})
        page = client.get("/account").content.decode()
        assert "2026-03-16 12:00" in page
        assert "密码 + 动态验证码" in page
        assert page.count("与现在相同") == 2
        theirs = SignIn.objects.get(person=stranger.person)
        assert theirs.address[:8] not in page
        assert "203.0.113.7" not in str(SignIn.objects.values_list("address"))

    def test_a_code_that_is_still_missing_is_no_sign_in(
        self, client: Client, office: Member, secret: str
    ) -> None:
        before = SignIn.objects.count()
        knock(client, office)
        assert SignIn.objects.count() == before
        assert Entry.objects.filter(action="desk.sign_in").count() == before


class TestSession:
    def test_ends_after_eight_hours_whatever_is_done_in_it(
        self, client: Client, office: Member, clock: time_machine.Traveller
    ) -> None:
        knock(client, office)
        for _ in range(7):
            clock.shift(timedelta(hours=1))
            client.post("/post", {"member": str(office.uuid)})
            assert client.get("/").status_code == 200
        clock.shift(timedelta(hours=1, seconds=1))
        assert client.get("/")["Location"].startswith("/sign-in?")

    def test_a_changed_password_ends_the_others(self, client: Client, office: Member) -> None:
        other = Client()
        knock(client, office)
        knock(other, office)
        answer = client.post(
            "/password", {"current": factories.PASSWORD, "fresh": PHRASE, "again": PHRASE}
        )
        assert answer.status_code == 302
        assert client.get("/").status_code == 200
        assert other.get("/")["Location"].startswith("/sign-in?")

    def test_a_session_that_waits_for_a_code_ends_with_the_password_too(
        self, client: Client, office: Member, secret: str
    ) -> None:
        waiting = Client()
        knock(waiting, office)
        office.person.set_password(PHRASE)
        office.person.save()
        answer = waiting.post("/sign-in/second-step", {"code": code_of(secret)})
        assert answer["Location"].startswith("/sign-in")
        assert waiting.get("/").status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/", "/accounts/signup/", "/signup/", "/accounts/password/reset/",
        "/accounts/email/", "/2fa/", "/accounts/3rdparty/", "/account/trust",
    ],
)  # fmt: skip
def test_what_we_do_not_offer_is_not_there(desk: Client, address: str) -> None:
    assert desk.get(address).status_code == 404
