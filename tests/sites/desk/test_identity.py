from __future__ import annotations

from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone

from tests import factories
from tests.sites.desk.codes import code_of
from tests.sites.desk.issuer import configured
from tests.sites.desk.test_second_factor import knock, set_up
from zhengpin.base.access.errors import DutyMissing, OutsideOwnOrganization
from zhengpin.base.access.models import Person
from zhengpin.base.ledger.models import Entry
from zhengpin.config.identity import IdentityMisconfigured, identity_provider
from zhengpin.sites.desk import services
from zhengpin.sites.desk.errors import IdentityNotSet, IdentityTaken, IdentityUnknown
from zhengpin.sites.desk.models import SignIn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer
    from pytest_django import Settings

    from tests.sites.desk.issuer import Issuer
    from zhengpin.base.access.models import Member

ON = factories.SINCE


@pytest.fixture
def issuer(settings: Settings) -> Iterator[Issuer]:
    with configured(settings) as issuer:
        yield issuer


def link(member: Member, subject: str) -> None:
    services.link_identity(person=member.person, subject=subject, on=ON, now=factories.NOW)


def follow(address: str) -> str:
    """Go where the browser would go at the provider, and return where it is sent back to."""
    place = urlsplit(address)
    assert place.hostname and place.port
    connection = HTTPConnection(place.hostname, place.port)
    connection.request("GET", f"{place.path}?{place.query}")
    answer = connection.getresponse()
    back = answer.getheader("Location")
    connection.close()
    assert answer.status == 302 and back
    place = urlsplit(back)
    return f"{place.path}?{place.query}"


def come_in(client: Client, wanted: str = "/plans/") -> Answer:
    begun = client.get("/sign-in/identity", {"next": wanted})
    assert begun.status_code == 302, begun.content.decode()
    return client.get(follow(begun["Location"]))


class TestComingIn:
    def test_opens_the_account_joined_to_the_subject(
        self, client: Client, office: Member, issuer: Issuer
    ) -> None:
        link(office, issuer.subject)
        assert "用示例省统一身份认证登录" in client.get("/sign-in").content.decode()
        answer = come_in(client)
        assert (answer.status_code, answer["Location"]) == (302, "/plans/")
        assert client.get("/plans/").status_code == 200
        assert SignIn.objects.get().method == SignIn.Method.IDENTITY
        page = client.get("/account").content.decode()
        assert "统一身份认证" in page
        assert issuer.subject in page

    def test_makes_no_account_and_tells_whom_to_ask(
        self, client: Client, office: Member, issuer: Issuer
    ) -> None:
        people = Person.objects.count()
        answer = come_in(client)
        assert answer.status_code == 403
        page = answer.content.decode()
        assert "没有对应的账户" in page
        assert issuer.subject in page
        assert Person.objects.count() == people
        assert not SocialAccount.objects.exists()
        refused = Entry.objects.get(action="desk.sign_in_refused")
        assert refused.facts["step"] == "identity"

    def test_is_not_moved_by_an_address_or_name_that_is_the_same(
        self, client: Client, office: Member, issuer: Issuer
    ) -> None:
        Person.objects.filter(pk=office.person.pk).update(email="someone@example.com")
        issuer.bent = {"email_verified": True, "preferred_username": office.person.login}
        assert come_in(client).status_code == 403

    def test_keeps_nothing_but_the_subject(
        self, client: Client, office: Member, issuer: Issuer
    ) -> None:
        link(office, issuer.subject)
        come_in(client)
        kept = SocialAccount.objects.get()
        assert "example.com" not in str(kept.extra_data)
        assert "某人" not in str(kept.extra_data)

    def test_still_asks_for_the_second_step(
        self, client: Client, office: Member, issuer: Issuer
    ) -> None:
        link(office, issuer.subject)
        knock(client, office)
        secret = set_up(client)
        client.post("/sign-out")
        assert come_in(client)["Location"] == "/sign-in/second-step"
        answer = client.post("/sign-in/second-step", {"code": code_of(secret)})
        assert answer["Location"] == "/plans/"
        came = SignIn.objects.latest("pk")
        assert (came.method, came.second_factor) == ("identity", "totp")

    def test_leads_to_no_other_site(self, client: Client, office: Member, issuer: Issuer) -> None:
        link(office, issuer.subject)
        assert come_in(client, "https://example.com/")["Location"] == "/"

    def test_does_not_open_a_closed_account(
        self, client: Client, office: Member, issuer: Issuer
    ) -> None:
        link(office, issuer.subject)
        Person.objects.filter(pk=office.person.pk).update(is_active=False)
        answer = come_in(client)
        assert answer["Location"] == "/sign-in"
        assert "已经停用" in client.get("/sign-in").content.decode()

    def test_joins_nothing_to_whoever_is_signed_in(
        self, client: Client, office: Member, issuer: Issuer
    ) -> None:
        client.force_login(office.person)
        begun = client.get("/sign-in/identity", {"process": "connect"})
        assert client.get(follow(begun["Location"])).status_code == 403
        assert not SocialAccount.objects.exists()


class TestRefused:
    @pytest.mark.parametrize(
        "bent",
        [
            {"iss": "https://elsewhere.example"},
            {"aud": "another client"},
            {"exp": 1_700_000_000},
            {"sub": None},
            {"sub": ["a list"]},
            {"sub": "x" * 200},
        ],
        ids=["issuer", "audience", "expired", "no subject", "odd subject", "long subject"],
    )
    def test_a_token_that_does_not_hold(
        self, client: Client, office: Member, issuer: Issuer, bent: dict[str, object]
    ) -> None:
        link(office, issuer.subject)
        issuer.bent = bent
        answer = come_in(client)
        assert answer.status_code == 401
        assert "统一身份认证没有完成" in answer.content.decode()
        assert client.get("/").status_code == 302

    def test_a_token_signed_with_another_key(
        self, client: Client, office: Member, issuer: Issuer
    ) -> None:
        link(office, issuer.subject)
        issuer.signs_with = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
        assert come_in(client).status_code == 401

    def test_an_answer_that_was_not_asked_for_or_comes_twice(
        self, client: Client, office: Member, issuer: Issuer
    ) -> None:
        link(office, issuer.subject)
        back = follow(client.get("/sign-in/identity")["Location"])
        assert client.get("/sign-in/identity/back?code=x&state=made-up").status_code == 401
        assert client.get(back).status_code == 302
        client.post("/sign-out")
        assert client.get(back).status_code == 401

    def test_the_answer_of_another_browser(
        self, client: Client, office: Member, issuer: Issuer
    ) -> None:
        link(office, issuer.subject)
        back = follow(client.get("/sign-in/identity")["Location"])
        stranger = type(client)()
        assert stranger.get(back).status_code == 401

    def test_when_the_person_says_no(self, client: Client, db: None, issuer: Issuer) -> None:
        begun = client.get("/sign-in/identity")["Location"]
        state = dict(one.split("=") for one in urlsplit(begun).query.split("&"))["state"]
        answer = client.get(f"/sign-in/identity/back?error=access_denied&state={state}")
        assert answer.status_code == 401

    def test_when_the_provider_is_away(self, client: Client, db: None, settings: Settings) -> None:
        settings.IDENTITY = identity_provider(
            {
                "ZHENGPIN_OIDC_ISSUER": "http://127.0.0.1:9",
                "ZHENGPIN_OIDC_CLIENT_ID": "x",
                "ZHENGPIN_OIDC_CLIENT_SECRET": "x",
            }
        )
        settings.SOCIALACCOUNT_PROVIDERS = settings.IDENTITY.for_the_library()
        assert client.get("/sign-in/identity").status_code == 401

    def test_where_none_is_configured(self, client: Client, db: None) -> None:
        assert client.get("/sign-in/identity").status_code == 404
        assert client.get("/sign-in/identity/back").status_code == 404
        assert "/sign-in/identity" not in client.get("/sign-in").content.decode()


class TestJoining:
    def test_is_done_once_with_one_entry_that_names_nobody(
        self, office: Member, issuer: Issuer
    ) -> None:
        link(office, "abc-123")
        entry = Entry.objects.latest("pk")
        assert entry.action == "desk.link_identity"
        assert "abc-123" not in str(entry.facts)
        with pytest.raises(IdentityTaken):
            link(factories.importer(), "abc-123")

    def test_is_undone(self, client: Client, office: Member, issuer: Issuer) -> None:
        link(office, issuer.subject)
        services.unlink_identity(
            person=office.person, subject=issuer.subject, on=ON, now=factories.NOW
        )
        assert come_in(client).status_code == 403
        with pytest.raises(IdentityUnknown):
            services.unlink_identity(
                person=office.person, subject=issuer.subject, on=ON, now=factories.NOW
            )

    def test_ends_with_the_issuer_it_was_made_for(
        self, client: Client, office: Member, issuer: Issuer, settings: Settings
    ) -> None:
        SocialAccount.objects.create(
            user=office.person, provider="identity", uid=f"https://old.example#{issuer.subject}"
        )
        assert come_in(client).status_code == 403

    def test_is_not_done_by_others(self, office: Member, issuer: Issuer) -> None:
        stranger = factories.member(
            factories.organization("他山市双打办", factories.OTHER_CITY), "administer"
        )
        for member, refusal in ((stranger, OutsideOwnOrganization), (office, DutyMissing)):
            with pytest.raises(refusal):
                services.link_identity(
                    person=office.person, subject="x", on=ON, now=factories.NOW, member=member
                )
            with pytest.raises(refusal):
                services.forget_factors(
                    person=office.person, on=ON, now=factories.NOW, member=member
                )

    def test_needs_a_provider(self, office: Member) -> None:
        with pytest.raises(IdentityNotSet):
            link(office, "x")


def test_forgetting_lost_factors_lets_the_password_in_again(
    client: Client, office: Member
) -> None:
    knock(client, office)
    set_up(client)
    client.post("/sign-out")
    services.forget_factors(person=office.person, on=timezone.localdate(), now=factories.NOW)
    entry = Entry.objects.latest("pk")
    assert entry.action == "desk.forget_second_factors"
    assert entry.facts == {"kinds": ["recovery_codes", "totp"]}
    assert knock(client, office)["Location"] == "/"


@pytest.mark.parametrize(
    "environment",
    [
        {"ISSUER": "https://sso.example"},
        {"ISSUER": "https://sso.example", "CLIENT_ID": "x"},
        {"CLIENT_ID": "x", "CLIENT_SECRET": "x"},
        {"ISSUER": "http://sso.example", "CLIENT_ID": "x", "CLIENT_SECRET": "x"},
        {"ISSUER": "sso.example", "CLIENT_ID": "x", "CLIENT_SECRET": "x"},
    ],
    ids=["no client", "no secret", "no issuer", "not encrypted", "no address"],
)
def test_half_a_configuration_is_refused_at_the_start(environment: dict[str, str]) -> None:
    with pytest.raises(IdentityMisconfigured):
        identity_provider({f"ZHENGPIN_OIDC_{name}": said for name, said in environment.items()})
