"""A real browser for the journeys: Chromium of the machine, installed where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from zhengpin.samples import city

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
DESKTOP: ViewportSize = {"width": 1320, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PACKAGES = ("chromium", "fonts-noto-cjk")


def find_chromium() -> str | None:
    """Return the browser to start; None leaves the choice to Playwright's own copy."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, _NAMES)), None)
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _run(["apt-get", "update"])
        if _run(["apt-get", "install", "-y", "--no-install-recommends", *_PACKAGES]):
            return shutil.which("chromium")
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    return None


def _run(command: list[str]) -> bool:
    ran = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 — our own words
    return ran.returncode == 0


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(
        executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
    )
    yield started
    started.close()


@pytest.fixture(scope="session", autouse=True)
def _database_beside_the_browser() -> None:
    """Playwright keeps a loop running in this thread; Django would take it for async code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def a_city() -> None:
    """The demonstration city, its sample plan in review."""
    city.load(now=timezone.now())


@pytest.fixture
def open_page(
    browser: Browser, live_server: LiveServer, settings: Settings
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page in a fresh browser profile; options as Playwright's."""
    settings.ALLOWED_HOSTS = ["*"]
    opened: list[BrowserContext] = []

    def open_it(**options: Any) -> Page:
        wanted = {"locale": "zh-CN", "viewport": DESKTOP, "base_url": live_server.url, **options}
        context = browser.new_context(**wanted)
        context.set_default_timeout(15_000)
        opened.append(context)
        return context.new_page()

    yield open_it
    for context in opened:
        context.close()
