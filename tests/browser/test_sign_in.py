"""Signing in with a code and with a passkey, in a real browser with a virtual authenticator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.steps import check, sign_in
from tests.sites.desk.codes import code_of
from tests.sites.desk.issuer import configured
from zhengpin.base.access import services as access
from zhengpin.base.access.models import Person, Post
from zhengpin.samples import city
from zhengpin.sites.desk import services
from zhengpin.sites.desk.models import SignIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import CDPSession, Page
    from pytest_django import Settings

    from tests.sites.desk.issuer import Issuer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

LOGIN = "lin.office"


@pytest.fixture
def _city() -> None:
    city.load(now=timezone.now())


@pytest.fixture
def issuer(settings: Settings) -> Iterator[Issuer]:
    with configured(settings) as issuer:
        yield issuer


def give_authenticator(page: Page) -> CDPSession:
    """Build a device with a fingerprint reader into the browser, its finger always on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def leave(page: Page) -> None:
    page.goto("/")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_text("您已退出")).to_be_visible()


def add_passkey(page: Page) -> None:
    sign_in(page, LOGIN)
    page.goto("/account/passkeys/add")
    page.get_by_label("名称").fill("办公室电脑")
    check(page, "passkey-add")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    expect(page.get_by_text("通行密钥已添加")).to_be_visible()


@pytest.mark.usefixtures("_city")
def test_a_passkey_signs_in_by_itself_and_as_second_step(open_page: Callable[..., Page]) -> None:
    page = open_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    give_authenticator(page)
    add_passkey(page)
    check(page, "recovery-codes")
    leave(page)

    page.goto("/sign-in?next=/plans/")
    check(page, "sign-in-passkey")
    page.get_by_role("button", name="使用通行密钥").click()
    expect(page.get_by_role("heading", name="计划")).to_be_visible()
    assert SignIn.objects.latest("pk").method == SignIn.Method.PASSKEY
    leave(page)

    sign_in(page, LOGIN)
    expect(page.get_by_role("heading", name="还差一步")).to_be_visible()
    check(page, "second-step-passkey")
    page.get_by_role("button", name="用通行密钥确认").click()
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    came = SignIn.objects.latest("pk")
    assert (came.method, came.second_factor) == ("password", "webauthn")
    remove_passkey(page)
    assert refused == []  # the policy of the pages lets the scripts do their work


def remove_passkey(page: Page) -> None:
    page.goto("/account")
    expect(page.get_by_text("办公室电脑")).to_be_visible()
    expect(page.get_by_text("密码 + 通行密钥")).to_be_visible()
    check(page, "account")
    page.get_by_role("link", name="删除").click()
    page.get_by_role("button", name="删除").click()
    expect(page.get_by_text("通行密钥已删除")).to_be_visible()
    assert not Authenticator.objects.exists()


@pytest.mark.usefixtures("_city")
def test_a_passkey_of_another_device_does_not_open_the_door(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    session = give_authenticator(page)
    add_passkey(page)
    leave(page)
    Authenticator.objects.all().delete()  # as an administrator would after a loss
    page.get_by_role("button", name="使用通行密钥").click()
    expect(page.get_by_role("alert").first).to_contain_text("没有通过")
    check(page, "sign-in-passkey-refused")
    session.send("WebAuthn.disable")


@pytest.mark.usefixtures("_city")
def test_whoever_chooses_a_strict_post_sets_up_a_code_first(
    open_page: Callable[..., Page],
) -> None:
    post = Post.objects.get(title="综合协调")
    access.require_second_factor(post=post, is_required=True, now=timezone.now())
    page = open_page(viewport=PHONE, is_mobile=True, has_touch=True)
    sign_in(page, LOGIN)
    expect(page.get_by_role("heading", name="这个岗位要求两步验证")).to_be_visible()
    check(page, "second-step-required")
    page.get_by_role("link", name="启用动态验证码").click()
    page.get_by_text("不能扫描").click()
    secret = page.locator("details code").inner_text()
    check(page, "code-set-up")
    page.get_by_label("应用中显示的6位验证码").fill("000000")
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("alert")).to_contain_text("没有通过")
    page.get_by_label("应用中显示的6位验证码").fill(code_of(secret))
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    page.get_by_role("link", name="已收好").click()
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    page.goto("/account")
    check(page, "account-phone")
    leave(page)
    sign_in(page, LOGIN)
    check(page, "second-step")


@pytest.mark.usefixtures("_city")
def test_an_identity_of_another_house_opens_the_desk(
    open_page: Callable[..., Page], issuer: Issuer
) -> None:
    page = open_page()
    page.goto("/sign-in")
    check(page, "sign-in-identity")
    page.get_by_role("link", name="用示例省统一身份认证登录").click()
    expect(page.get_by_role("heading", name="没有对应的账户")).to_be_visible()
    check(page, "identity-refused")
    services.link_identity(
        person=Person.objects.get(login=LOGIN),
        subject=page.locator("dd code").inner_text(),
        on=timezone.localdate(),
        now=timezone.now(),
    )
    page.goto("/sign-in?next=/plans/")
    page.get_by_role("link", name="用示例省统一身份认证登录").click()
    expect(page.get_by_role("heading", name="计划")).to_be_visible()
