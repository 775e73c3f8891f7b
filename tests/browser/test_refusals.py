"""Bad input through the browser: a clear sentence, a status of 4xx, nothing lost."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import steps
from zhengpin.mechanisms.plans.models import Clause, Correction, Plan, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("a_city"),
]

MARKUP = "<b/data-odd>“'&amp;</b><script>document.body.dataset.odd=1</script>"
DOUBTFUL = """2026年示例市打击侵权假冒工作要点

一、治理
（一）做事。开展市场检查，6月底前完成。（市园林绿化局牵头，市公安局配合）
（三）再做事。开展网络检查。（市公安局负责）
"""


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The desk, with the office signed in."""
    opened = open_page()
    steps.sign_in(opened)
    return opened


def _bomb() -> bytes:
    """Return a small file that says it is a Word document and unfolds to 240 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"")
        archive.writestr("word/document.xml", b"<a/>")
        for number in range(8):
            archive.writestr(f"word/{number}.bin", bytes(30 * 1024 * 1024))
    return packed.getvalue()


FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a picture": ("plan.docx", lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 400, "这是图片"),
    "a program": ("plan.txt", lambda: b"MZ\x90\x00" + bytes(range(256)) * 8, "不是文字文件"),
    "an archive": ("plans.zip", lambda: _zip_of("计划.txt"), "这是压缩包"),
    "a bomb": ("plan.docx", _bomb, "展开后过大"),
    "an empty file": ("plan.txt", lambda: b"", "文件是空的"),
}


def _zip_of(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, DOUBTFUL)
    return packed.getvalue()


def test_files_that_are_no_plan_are_refused(page: Page) -> None:
    count = Plan.objects.count()
    for what, (name, content, sentence) in FILES.items():
        page.goto("/plans/import")
        page.get_by_label("文件").set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": content()}
        )
        alert = steps.refused(page, page.get_by_role("button", name="导入并核对"))
        expect(alert, what).to_contain_text(sentence)
        expect(alert, what).to_contain_text("什么都没有保存")
    steps.check(page, "import-refused")
    assert Plan.objects.count() == count


def test_a_file_that_is_too_large_is_refused(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "plan.txt"
    large.write_bytes("字".encode() * (7 * 1024 * 1024))
    page.goto("/plans/import")
    page.get_by_label("文件").set_input_files(large)
    alert = steps.refused(page, page.get_by_role("button", name="导入并核对"))
    expect(alert).to_contain_text("文件超过20 MB")


def test_a_plan_with_open_doubts_is_not_confirmed(page: Page) -> None:
    plan = steps.paste(page, DOUBTFUL)
    alert = steps.refused(page, page.get_by_role("button", name="核定", exact=True))
    expect(alert).to_contain_text("还有2处存疑没有处理")
    steps.check(page, "review-with-doubts-refused")
    assert not Plan.objects.get(pk=plan.pk).is_confirmed


def test_a_settlement_without_words_is_refused_and_one_too_long_is_not_lost(page: Page) -> None:
    steps.paste(page, DOUBTFUL)
    doubt = page.locator(".problem").first
    doubt.get_by_text("另写处理意见").click()
    alert = steps.refused(page, doubt.get_by_role("button", name="记为已处理"))
    expect(alert).to_contain_text("请写明这处存疑如何处理")
    words = doubt.get_by_label("如何处理")
    words.evaluate("one => one.removeAttribute('maxlength')")
    words.fill("字" * 301)
    steps.refused(page, doubt.get_by_role("button", name="记为已处理"))
    expect(page.locator(".problem").first.get_by_label("如何处理")).to_have_value("字" * 301)


class TestAnExpiredSession:
    """Who is sent to sign in while writing finds what they wrote when they are back."""

    @pytest.fixture(params=["the store forgot it", "the browser forgot it"])
    def expire(self, request: pytest.FixtureRequest, page: Page) -> Callable[[], None]:
        def in_the_store() -> None:
            Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))

        def in_the_browser() -> None:
            page.context.clear_cookies(name="sessionid")

        return in_the_browser if "browser" in request.param else in_the_store

    def test_while_correcting(self, page: Page, expire: Callable[[], None]) -> None:
        plan = steps.paste(page, DOUBTFUL)
        page.goto(f"/plans/{plan.uuid}/review?clause=1&edit=1#correct")
        page.get_by_label("时限", exact=True).fill("8月底前")
        page.get_by_label("第 1 个单位", exact=True).fill("市林业局")
        page.get_by_label("更正理由").fill("与印发文本核对")
        expire()
        page.get_by_role("button", name="保存更正").click()
        expect(page.get_by_text("登录已过期")).to_be_visible()
        expect(page.get_by_text("刚才填写的内容还在")).to_be_visible()
        steps.check(page, "sign-in-expired")
        steps.sign_in_here(page)
        expect(page.get_by_role("alert")).to_contain_text("刚才填写的内容都在下面")
        expect(page.get_by_label("时限", exact=True)).to_have_value("8月底前")
        expect(page.get_by_label("第 1 个单位", exact=True)).to_have_value("市林业局")
        assert not Correction.objects.exists()
        steps.check(page, "review-kept")
        page.get_by_role("button", name="保存更正").click()
        expect(page.locator("#card .was").first).to_contain_text("编译器读作")
        assert Clause.objects.get(plan=plan, address="1").due == "8月底前"

    def test_while_importing_and_settling(self, page: Page, expire: Callable[[], None]) -> None:
        page.goto("/plans/import")
        page.locator(steps.TEXT_BOX).fill(DOUBTFUL)
        expire()
        page.get_by_role("button", name="导入并核对").click()
        steps.sign_in_here(page)
        expect(page.get_by_text("登录已过期，没有导入")).to_be_visible()
        page.get_by_role("button", name="导入并核对").click()
        page.wait_for_url(re.compile("/review$"))
        doubt = page.locator(".problem").first
        doubt.get_by_text("另写处理意见").click()
        doubt.get_by_label("如何处理").fill("照原文")
        expire()
        doubt.get_by_role("button", name="记为已处理").click()
        steps.sign_in_here(page)
        expect(page.locator(".problem").first.get_by_label("如何处理")).to_have_value("照原文")
        page.locator(".problem").first.get_by_role("button", name="记为已处理").click()
        expect(page.locator(".problem")).to_have_count(1)

    def test_is_given_to_nobody_else(self, page: Page) -> None:
        plan = steps.paste(page, DOUBTFUL)
        page.goto(f"/plans/{plan.uuid}/review?clause=1&edit=1#correct")
        page.get_by_label("时限", exact=True).fill("只有我写的")
        Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
        page.get_by_role("button", name="保存更正").click()
        steps.sign_in_here(page, "zhou.office")
        page.get_by_role("button", name="督导考核").click()
        page.wait_for_url(re.compile("/review"))
        expect(page.get_by_text("只有我写的")).to_have_count(0)
        assert "只有我写的" not in page.content()


class TestMarkup:
    """Markup and scripts in a field are text, on every page that shows them again."""

    def test_in_the_fields_of_the_door_and_the_search(
        self, open_page: Callable[..., Page]
    ) -> None:
        page = open_page()
        page.goto("/sign-in")
        page.get_by_label("登录名").fill(MARKUP[:60])
        page.get_by_label("密码").fill(MARKUP)
        steps.refused(page, page.get_by_role("button", name="登录"))
        expect(page.get_by_label("登录名")).to_have_value(MARKUP[:60])
        is_text(page)
        steps.sign_in(page)
        for address in ("/search", "/plans/"):
            page.goto(address)
            page.locator("main input[name=q], #find").last.fill(MARKUP)
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile(r"\?q="))
            is_text(page)
        steps.check(page, "list-nothing-found")

    def test_in_a_plan_and_in_all_that_is_written_about_it(self, page: Page) -> None:
        odd = MARKUP.replace("&amp;", "&")
        text = DOUBTFUL.replace("工作要点", f"工作要点{odd}").replace("市场检查", f"市场{odd}检查")
        page.goto("/plans/import")
        page.get_by_label("文件").set_input_files(
            {"name": f"{odd[:11]}.txt", "mimeType": "text/plain", "buffer": text.encode()}
        )
        page.get_by_role("button", name="导入并核对").click()
        page.wait_for_url(re.compile("/review$"))
        is_text(page, odd)
        plan = Plan.objects.latest("pk")
        page.goto(f"/plans/{plan.uuid}/review?clause=1&edit=1#correct")
        for label in ("时限", "第 1 个单位", "条的标题", "更正理由"):
            page.get_by_label(label, exact=True).fill(odd)
        page.get_by_role("button", name="保存更正").click()
        expect(page.locator("#card .was").first).to_contain_text(odd)
        is_text(page, odd)
        page.goto(f"/plans/{plan.uuid}/review?clause=1&unit=0")
        page.get_by_label("在名录中查找").fill(odd)
        page.get_by_role("button", name="查找").click()
        is_text(page)
        settle_with(page, plan, odd)
        page.get_by_role("button", name="核定", exact=True).click()
        page.wait_for_url(re.compile(f"{plan.uuid}$"))
        for address in (f"/plans/{plan.uuid}", f"/plans/{plan.uuid}/clauses/1", "/plans/", "/"):
            page.goto(address)
            is_text(page, odd)
        steps.check(page, "home-with-markup")

    def test_in_a_form_that_was_not_made_by_our_page(self, page: Page) -> None:
        """A region, a unit and an address that are none are refused, not looked up."""
        plan = steps.paste(page, DOUBTFUL)
        page.goto("/plans/import")
        page.locator(steps.TEXT_BOX).fill(DOUBTFUL)
        region = page.locator("[name=region]")
        region.evaluate(f"one => one.add(new Option('x', {MARKUP!r}, true, true))")
        alert = steps.refused(page, page.get_by_role("button", name="导入并核对"))
        expect(alert).to_contain_text("行政区划")
        is_text(page)
        answer = page.goto(f"/plans/{plan.uuid}/review?clause={MARKUP}")
        assert answer is not None
        assert answer.status == 404


def settle_with(page: Page, plan: Plan, words: str) -> None:
    page.goto(f"/plans/{plan.uuid}/review")
    for left in range(page.locator(".problem").count(), 0, -1):
        first = page.locator(".problem").first
        first.get_by_text("另写处理意见").click()
        first.get_by_label("如何处理").fill(words)
        first.get_by_role("button", name="记为已处理").click()
        expect(page.locator(".problem")).to_have_count(left - 1)
    assert Problem.objects.filter(plan=plan, settlement=words).exists()
    is_text(page)


def is_text(page: Page, words: str = "") -> None:
    """Nothing of the markup became part of the page; where ``words`` are given it shows them."""
    assert page.locator("[data-odd]").count() == 0
    if words:
        assert words in page.locator("main").inner_text() or page.get_by_text(words).count()
