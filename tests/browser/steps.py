"""What the journeys do again and again, and what every page they reach is held to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, SHOTS
from zhengpin.base.access import services as access
from zhengpin.base.organizations.models import Organization
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.samples import city

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

TEXT_BOX = "main textarea[name=text]"


def sign_in(page: Page, login: str = "lin.office") -> None:
    page.goto("/sign-in")
    sign_in_here(page, login)


def sign_in_here(page: Page, login: str = "lin.office") -> None:
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(city.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def shoot(page: Page, name: str, *, is_whole: bool = True) -> None:
    """Keep a picture of the page; of what stays in place while it scrolls, as it is on screen."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    whole = is_whole and not name.startswith("review")
    page.screenshot(path=SHOTS / f"{name}.png", full_page=whole)


def check(page: Page, name: str) -> None:
    """Keep a picture; hold the page to what axe finds serious in both looks, and to its width."""
    shoot(page, name)
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert faults(page) == [], name
    page.emulate_media(color_scheme="light" if is_dark else "dark")
    assert faults(page, "color-contrast") == [], f"{name} in the other look"
    page.emulate_media(color_scheme="dark" if is_dark else "light")
    assert overflow(page) <= 0, f"{name} is wider than the screen"


def check_on_a_phone(page: Page, name: str) -> None:
    """Hold the page that is open to a narrow screen and to what axe finds there; come back."""
    fits_a_phone(page, name)
    page.set_viewport_size(PHONE)
    assert faults(page) == [], f"{name} on a phone"
    page.set_viewport_size(DESKTOP)


def fits_a_phone(page: Page, name: str, *, is_whole: bool = True) -> None:
    """Hold the page that is open to a narrow screen, keep a picture, and come back."""
    page.set_viewport_size(PHONE)
    assert overflow(page) <= 0, f"{name} is wider than a phone: {widest(page)}"
    shoot(page, f"phone-{name}", is_whole=is_whole)
    page.set_viewport_size(DESKTOP)


def faults(page: Page, *rules: str) -> list[str]:
    """Return what axe finds serious or critical: by all its rules, or by these."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {[node['html'][:160] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than its screen."""
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


def widest(page: Page) -> list[str]:
    """Return what reaches beyond the right edge, for the message of a failed test."""
    reaching: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(one => !one.closest(".rows") &&
             one.getBoundingClientRect().right > innerWidth + 1)
               .map(one => one.outerHTML.slice(0, 90))"""
    )
    return reaching[:5]


def refused(page: Page, button: Locator, status: int = 422) -> Locator:
    """Press a button whose form is refused with ``status``; return the alert that says why."""
    with page.expect_response(lambda one: one.request.method == "POST") as sent:
        button.click()
    assert sent.value.status == status
    return page.get_by_role("alert")


def paste(page: Page, text: str) -> Plan:
    page.goto("/plans/import")
    page.locator(TEXT_BOX).fill(text)
    return _imported(page)


def upload(page: Page, file: Path) -> Plan:
    page.goto("/plans/import")
    page.get_by_label("文件").set_input_files(file)
    return _imported(page)


def _imported(page: Page) -> Plan:
    page.get_by_role("button", name="导入并核对").click()
    page.wait_for_url(re.compile("/review$"))
    return Plan.objects.latest("pk")


def settle_all(page: Page) -> None:
    """Settle every doubt of the review page that is open with its ready sentence."""
    for left in range(page.locator(".problem").count(), 0, -1):
        page.locator(".problem form button").first.click()
        expect(page.locator(".problem")).to_have_count(left - 1)


def officer(login: str, organization: str, *duties: str) -> None:
    """Appoint an invented person to a new post of an organization of the city."""
    now = timezone.now()
    person = access.open_account(
        login=login, name=f"{login}（示例）", password=city.PASSWORD, now=now,
        is_demonstration=True,
    )  # fmt: skip
    post = access.set_up_post(
        organization=Organization.objects.get(short_name=organization), title=login,
        duties=duties, now=now,
    )  # fmt: skip
    access.appoint(person=person, post=post, on=city.SINCE, now=now)
