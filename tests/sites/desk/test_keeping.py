"""What is sent after a session has run out: kept for the same person only, and only some forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from tests import factories
from zhengpin.sites.desk import keeping

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member

SENT = {"text": "写到一半的计划", "region": factories.CITY}


@pytest.fixture
def expired(desk: Client) -> Client:
    """The office's browser after its session has run out."""
    desk.get("/")
    del desk.cookies[settings.SESSION_COOKIE_NAME]
    return desk


def test_what_was_sent_is_there_after_signing_in_and_then_no_more(
    expired: Client, office: Member
) -> None:
    answer = expired.post("/plans/import", SENT)
    assert answer["Location"] == "/sign-in?next=%2Fplans%2Fimport&expired=kept"
    assert "刚才填写的内容还在" in expired.get(answer["Location"]).content.decode()
    expired.force_login(office.person)
    assert SENT["text"] in expired.get("/plans/import").content.decode()
    assert SENT["text"] not in expired.get("/plans/import").content.decode()


def test_it_is_given_to_nobody_else(expired: Client, office: Member) -> None:
    expired.post("/plans/import", SENT)
    for member in (factories.member(office.organization, "import_plans"), office):
        expired.force_login(member.person)
        assert SENT["text"] not in expired.get("/plans/import").content.decode()


@pytest.mark.django_db
def test_nothing_is_kept_of_a_stranger() -> None:
    client = Client()
    for mark in ("", "forged"):
        client.cookies[keeping.MARK] = mark
        answer = client.post("/plans/import", SENT)
        assert answer["Location"].endswith("&expired=1")
        assert settings.SESSION_COOKIE_NAME not in client.cookies


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/password", {"current": "x", "fresh": "y", "again": "y"}),
        ("/plans/import", {"text": "字" * keeping.LARGEST}),
    ],
)
def test_no_password_and_nothing_large_is_kept(
    expired: Client, address: str, sent: dict[str, str]
) -> None:
    assert expired.post(address, sent)["Location"].endswith("&expired=1")
    assert settings.SESSION_COOKIE_NAME not in expired.cookies


def test_who_signs_out_leaves_no_mark(desk: Client) -> None:
    desk.get("/")
    assert desk.cookies[keeping.MARK].value
    desk.post("/sign-out")
    assert not desk.cookies[keeping.MARK].value
