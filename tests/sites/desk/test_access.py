"""Every page refuses a stranger, and what is another organization's is not found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import URLPattern, get_resolver

from tests import factories
from zhengpin.sites.desk.door import urls as door

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from zhengpin.base.access.models import Member

OPEN = {
    "sign_in", "start_over", "language", "theme",
    "account_login", "mfa_authenticate", "mfa_login_webauthn",
}  # fmt: skip
WITHOUT_POST = {
    "sign_out", "post", "password", "account", "second_step_required",
    "mfa_index", "mfa_list_webauthn", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
}  # fmt: skip
VALUES = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "str": "1"}


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Yield what stands before each address of the desk and below it, and its pattern."""
    for namespace in ("desk", "files", "handoffs", "plans"):
        prefix, resolver = get_resolver().namespace_dict[namespace]
        yield from ((prefix, one) for one in resolver.url_patterns if isinstance(one, URLPattern))
    yield from (("", one) for one in door.urlpatterns)


def pages() -> Iterator[tuple[str, str]]:
    """Yield name and address of every page."""
    for prefix, pattern in patterns():
        route = re.sub(r"<(\w+):\w+>", lambda kind: VALUES[kind[1]], str(pattern.pattern))
        yield str(pattern.name), f"/{prefix}{route}"


ALL = sorted(pages())


def test_there_are_pages() -> None:
    assert {"home", "import", "review", "export", "mfa_index"} <= {name for name, _ in ALL}


def test_what_is_open_to_anyone_and_to_whom_has_no_post_is_listed_here() -> None:
    views = [(str(one.name), one.callback) for _, one in patterns()]
    assert {name for name, view in views if not getattr(view, "login_required", True)} == OPEN
    assert {name for name, view in views if not getattr(view, "post_required", True)} == (
        WITHOUT_POST
    )


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
