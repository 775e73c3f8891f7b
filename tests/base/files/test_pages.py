"""Downloading: to be saved under its own name, never shown; a sealed file asks for the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests import factories
from tests.base.files.test_services import CONTENT, DIGEST, keep
from zhengpin.base.access.models import SealedView
from zhengpin.base.files.web.answers import disposition
from zhengpin.mechanisms.plans.models import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from zhengpin.base.access.models import Member
    from zhengpin.base.files.models import File

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, office: Member) -> Client:
    client.force_login(office.person)
    return client


@pytest.fixture
def sealed(office: Member) -> File:
    """A sealed file in the place of a plan's source."""
    plan = factories.plan(office)
    file = keep(office, is_sealed=True)
    Plan.objects.filter(pk=plan.pk).update(source_file=file)
    return file


def test_the_source_of_a_plan_is_offered_on_its_pages_and_comes_as_it_was(
    desk: Client, office: Member
) -> None:
    plan = factories.plan(office, name="2026年工作要点.txt")
    assert plan.source_file is not None
    address = f"/files/{plan.source_file.uuid}"
    for page in (f"/plans/{plan.uuid}", f"/plans/{plan.uuid}/review"):
        assert f'href="{address}"' in desk.get(page).content.decode()
    answer = desk.get(address)
    assert b"".join(answer) == factories.PLAN.encode()
    assert answer["Content-Type"] == "text/plain"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == (
        "attachment; filename=\"2026.txt\"; filename*=UTF-8''" + quote("2026年工作要点.txt")
    )
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("a b.pdf", "a_b.pdf"),
        ("笔录.txt", "file.txt"),
        ('x";y=".png', "x_y.png"),
        ("é.png", "e.png"),
    ],
)
def test_a_name_cannot_break_out_of_its_header(name: str, plain: str) -> None:
    assert disposition(name) == (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )


def test_what_a_member_may_not_see_does_not_exist(client: Client, office: Member) -> None:
    plan = factories.plan(office)
    assert plan.source_file is not None
    client.force_login(factories.importer(factories.OTHER_CITY).person)
    assert client.get(f"/files/{plan.source_file.uuid}").status_code == 404


def test_a_missing_or_altered_file_is_said_on_a_page(
    desk: Client, office: Member, kept_in: Path
) -> None:
    plan = factories.plan(office)
    assert plan.source_file is not None
    digest = plan.source_file.sha256
    place = kept_in / digest[:2] / digest[2:]
    for content, sentence in ((b"x", "与保存时的摘要不一致"), (None, "找不到了")):
        place.unlink() if content is None else place.write_bytes(content)
        answer = desk.get(f"/files/{plan.source_file.uuid}")
        assert answer.status_code == 410
        assert sentence in answer.content.decode()
        assert digest in answer.content.decode()


class TestSealed:
    def test_asks_for_the_reason_first(self, desk: Client, sealed: File) -> None:
        answer = desk.get(f"/files/{sealed.uuid}")
        assert answer.status_code == 200
        assert "查阅理由" in answer.content.decode()
        assert CONTENT.decode() not in answer.content.decode()

    def test_comes_with_a_reason_which_is_recorded(self, desk: Client, sealed: File) -> None:
        answer = desk.post(f"/files/{sealed.uuid}", {"reason": "核对移送材料"})
        assert b"".join(answer) == CONTENT
        assert answer["Cache-Control"] == "private, no-store"
        assert SealedView.objects.get().reason == "核对移送材料"

    @pytest.mark.parametrize("reason", ["", "   ", "很" * 501])
    def test_without_one_the_page_comes_back(
        self, desk: Client, sealed: File, reason: str
    ) -> None:
        answer = desk.post(f"/files/{sealed.uuid}", {"reason": reason})
        assert answer.status_code == 422
        assert reason in answer.content.decode()
        assert not SealedView.objects.exists()

    def test_a_missing_one_says_so(self, desk: Client, sealed: File, kept_in: Path) -> None:
        (kept_in / DIGEST[:2] / DIGEST[2:]).unlink()
        answer = desk.post(f"/files/{sealed.uuid}", {"reason": "核对"})
        assert answer.status_code == 410
