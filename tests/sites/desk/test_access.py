"""Every page refuses a stranger, and what is another organization's is not found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import URLPattern, get_resolver

from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from zhengpin.base.access.models import Member

OPEN = {"sign_in", "language", "theme"}
VALUES = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "str": "1"}


def pages() -> Iterator[tuple[str, str]]:
    """Yield name and address of every page of the desk and the mechanisms below it."""
    for namespace in ("desk", "plans"):
        prefix, resolver = get_resolver().namespace_dict[namespace]
        for pattern in resolver.url_patterns:
            assert isinstance(pattern, URLPattern)
            route = re.sub(r"<(\w+):\w+>", lambda kind: VALUES[kind[1]], str(pattern.pattern))
            yield str(pattern.name), f"/{prefix}{route}"


ALL = sorted(pages())


def test_there_are_pages() -> None:
    assert {"home", "import", "review", "export"} <= {name for name, _ in ALL}


@pytest.mark.django_db
@pytest.mark.parametrize("address", [address for name, address in ALL if name not in OPEN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_door(client: Client, address: str, method: str) -> None:
    answer = getattr(client, method)(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?")


def test_a_member_of_another_city_finds_nothing_of_a_plan(client: Client, office: Member) -> None:
    plan = factories.plan(office)
    stranger = factories.importer(factories.OTHER_CITY, "他山市双打办")
    client.force_login(stranger.person)
    for _, address in ALL:
        if VALUES["uuid"] in address:
            place = address.replace(VALUES["uuid"], str(plan.uuid))
            assert client.get(place).status_code == 404, place
            assert client.post(place, {"settlement": "x"}).status_code in {404, 405}, place
    for address in ("/", "/plans/", "/plans/?q=市场", "/search?q=市场"):
        page = client.get(address)
        assert page.status_code == 200
        assert plan.title not in page.content.decode()


def test_a_unit_of_the_city_does_not_see_a_plan_in_review(client: Client, office: Member) -> None:
    plan = factories.plan(office)
    market = factories.member(factories.organization("市市场监管局"))
    client.force_login(market.person)
    assert client.get(f"/plans/{plan.uuid}").status_code == 404
    assert plan.title not in client.get("/search?q=市场").content.decode()
