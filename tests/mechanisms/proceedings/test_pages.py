from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from zhengpin.base.ledger.models import Entry
from zhengpin.kernel.procedures import Limit
from zhengpin.mechanisms.proceedings import services
from zhengpin.mechanisms.proceedings.models import FeedToken, Proceeding, SavedView
from zhengpin.mechanisms.proceedings.particulars import Particulars
from zhengpin.mechanisms.proceedings.web import slots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_tenth_of_march() -> Iterator[None]:
    with time_machine.travel("2026-03-10T09:00:00+08:00", tick=False):
        yield


def desk(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def accepted(proceeding: Proceeding, asked: Member, on: date = date(2026, 3, 3)) -> Proceeding:
    services.make_move(
        proceeding=proceeding, move_code="accept", member=asked,
        said=Particulars(on), now=factories.NOW,
    )  # fmt: skip
    proceeding.refresh_from_db()
    return proceeding


class TestDetail:
    def test_shows_stages_clocks_their_reasons_and_the_steps(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        accepted(proceeding, asked)
        page = desk(asked).get(f"/proceedings/{proceeding.uuid}").content.decode()
        for words in ("协查中", "2026年3月24日", "为什么是这一天", "不计入的休息日", "接函"):
            assert words in page
        assert "为什么未设定" in page

    def test_says_the_reasons_in_the_language_of_the_page(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        accepted(proceeding, asked)
        client = desk(asked)
        client.post("/language", {"language": "en", "next": "/"})
        page = client.get(f"/proceedings/{proceeding.uuid}").text
        assert "Working day 15 is 2026-03-24 (Tuesday)." in page
        assert "不计入的休息日" not in page

    def test_offers_moves_only_to_those_who_may_take_them(
        self, proceeding: Proceeding, asker: Member, asked: Member
    ) -> None:
        assert 'id="move-accept"' in desk(asked).get(f"/proceedings/{proceeding.uuid}").text
        page = desk(asker).get(f"/proceedings/{proceeding.uuid}").text
        assert 'id="move-' not in page
        assert "没有轮到您办理的步骤" in page

    def test_is_not_found_by_others(self, proceeding: Proceeding) -> None:
        other = factories.member(factories.organization("市知识产权局"), "handle")
        assert desk(other).get(f"/proceedings/{proceeding.uuid}").status_code == 404

    def test_needs_few_queries(self, proceeding: Proceeding, asked: Member) -> None:
        client = desk(asked)
        accepted(proceeding, asked)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/proceedings/{proceeding.uuid}")
        assert len(queries) <= 18

    def test_a_mechanism_above_puts_its_block_in(
        self, proceeding: Proceeding, asked: Member, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(slots, "_SLOTS", {})
        slots.offer(
            "test_assistance",
            slots.Slot(
                "components/say.html",
                lambda _member, matter, _moves, _refused: {"title": f"关于{matter.title}"},
            ),
        )
        page = desk(asked).get(f"/proceedings/{proceeding.uuid}").text
        assert f"关于{proceeding.title}" in page

    def test_a_limit_fixed_by_a_step_is_named_by_its_clock(self, asker: Member) -> None:
        asked = factories.organization("市税务局")
        fixed = {"reply": Limit(date(2026, 3, 12), "示函〔2026〕3号")}
        matter = services.open_proceeding(
            procedure_code="test_assistance", member=asker, title="协查（示例）",
            said=Particulars(date(2026, 3, 2), limits=fixed),
            parties={"asked": asked, "asker": asker.organization}, now=factories.NOW,
        )  # fmt: skip
        page = desk(asker).get(f"/proceedings/{matter.uuid}").text
        assert "来函所定期限定为2026年3月12日（示函〔2026〕3号）" in page


class TestMove:
    def test_takes_a_step(self, proceeding: Proceeding, asked: Member) -> None:
        answer = desk(asked).post(
            f"/proceedings/{proceeding.uuid}/moves/accept",
            {"on": "2026-03-03", "after": proceeding.steps.get().pk, "note": ""},
        )
        assert answer.status_code == 302
        proceeding.refresh_from_db()
        assert proceeding.stage == "working"

    def test_a_refused_step_answers_422_and_loses_nothing(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        answer = desk(asked).post(
            f"/proceedings/{proceeding.uuid}/moves/accept",
            {"on": "2026-03-01", "after": proceeding.steps.get().pk, "note": "已当面接收"},
        )
        assert answer.status_code == 422
        assert "日期早于上一步的日期" in answer.text
        assert "已当面接收" in answer.text
        assert proceeding.steps.count() == 1

    def test_the_second_of_two_is_told(self, proceeding: Proceeding, asked: Member) -> None:
        seen = proceeding.steps.get().pk
        accepted(proceeding, asked)
        answer = desk(asked).post(
            f"/proceedings/{proceeding.uuid}/moves/answer",
            {"on": "2026-03-04", "after": seen, "note": "回函"},
        )
        assert answer.status_code == 422
        assert "已由他人办理了一步" in answer.text
        assert "回函" in answer.text

    def test_asks_for_the_time_where_hours_are_counted(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        accepted(proceeding, asked)
        sent = {"on": "2026-03-04", "after": proceeding.steps.latest("pk").pk, "note": "缺附件"}
        client, address = desk(asked), f"/proceedings/{proceeding.uuid}/moves/want"
        assert client.post(address, sent).status_code == 422
        assert client.post(address, {**sent, "at": "10:30"}).status_code == 302
        assert "3月5日 10:30" in client.get(f"/proceedings/{proceeding.uuid}").text or (
            "逾期" in client.get(f"/proceedings/{proceeding.uuid}").text
        )

    def test_an_extension_takes_its_day_and_source(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        accepted(proceeding, asked)
        sent = {"on": "2026-03-09", "after": proceeding.steps.latest("pk").pk}
        client, address = desk(asked), f"/proceedings/{proceeding.uuid}/moves/extend"
        assert client.post(address, sent).status_code == 422
        decided = {"due_assist": "2026-04-10", "source_assist": "示市公延〔2026〕1号"}
        assert client.post(address, sent | decided).status_code == 302
        assert "示市公延〔2026〕1号" in client.get(f"/proceedings/{proceeding.uuid}").text


class TestCorrect:
    def test_strikes_the_wrong_day_through(self, proceeding: Proceeding, asked: Member) -> None:
        accepted(proceeding, asked, on=date(2026, 3, 5))
        step = proceeding.steps.get(move_code="accept")
        answer = desk(asked).post(
            f"/proceedings/{proceeding.uuid}/steps/{step.pk}/correct",
            {"on": "2026-03-03", "note": "误写"},
        )
        assert answer.status_code == 302
        page = desk(asked).get(f"/proceedings/{proceeding.uuid}").text
        assert "<s>2026-03-05" in page or "<s>2026年3月5日" in page
        assert "误写" in page

    def test_a_refused_correction_keeps_what_was_typed(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        accepted(proceeding, asked, on=date(2026, 3, 5))
        step = proceeding.steps.get(move_code="accept")
        answer = desk(asked).post(
            f"/proceedings/{proceeding.uuid}/steps/{step.pk}/correct",
            {"on": "2026-02-03", "note": "误写的日期"},
        )
        assert answer.status_code == 422
        assert "误写的日期" in answer.text

    def test_is_not_offered_to_another_organization(
        self, proceeding: Proceeding, asker: Member, asked: Member
    ) -> None:
        accepted(proceeding, asked)
        assert desk(asker).get(f"/proceedings/{proceeding.uuid}").text.count("/correct") == 1


class TestWorklist:
    def test_lists_what_we_owe_with_its_law_and_what_to_do(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        accepted(proceeding, asked)
        page = desk(asked).get("/worklist/").text
        assert f"协查期限：{proceeding.title}" in page
        assert "《市场监督管理行政处罚程序规定》" in page
        assert "未设定期限" in page
        assert "3月24日" in page

    def test_what_others_owe_us_is_beside_it(
        self, proceeding: Proceeding, asker: Member, asked: Member
    ) -> None:
        accepted(proceeding, asked)
        client = desk(asker)
        assert "本单位没有应办的事项" in client.get("/worklist/").text
        page = client.get("/worklist/?side=others").text
        assert "应办：市公安局" in page

    def test_overdue_comes_first_and_is_counted_in_the_navigation(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        accepted(proceeding, asked)
        with time_machine.travel("2026-03-27T09:00:00+08:00", tick=False):
            page = desk(asked).get("/worklist/").text
        assert "逾期 3 日" in page
        assert page.index("已逾期</h2>") < page.index("未设定期限</h2>")
        assert '<em>1<span class="sr">件今日到期或已逾期</span></em>' in page

    @pytest.mark.parametrize(
        ("query", "is_found"),
        [
            ("words=假冒的配件", True), ("words=假冒的鞋", False), ("words=协查〔2026〕1号", True),
            ("procedure=test_assistance", True), ("procedure=none", False),
            ("clock=test_assistance.assist", True), ("clock=test_assistance.notice", False),
            ("organization=市场", True), ("organization=税务", False),
            ("since=2026-03-24&until=2026-03-24", True), ("until=2026-03-23", False),
            ("since=never", True),
        ],
    )  # fmt: skip
    def test_is_narrowed(
        self, proceeding: Proceeding, asked: Member, query: str, *, is_found: bool
    ) -> None:
        accepted(proceeding, asked)
        page = desk(asked).get(f"/worklist/?{query}").text
        assert (proceeding.title in page) is is_found

    def test_a_region_is_shown_to_those_who_watch_it(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        accepted(proceeding, asked)
        overseer = factories.member(factories.organization("市检察院"), "oversee")
        assert proceeding.title in desk(overseer).get("/worklist/?side=region").text
        assert proceeding.title not in desk(overseer).get("/worklist/").text
        elsewhere = factories.member(
            factories.organization("市检察院", factories.OTHER_CITY), "oversee"
        )
        assert proceeding.title not in desk(elsewhere).get("/worklist/?side=region").text

    def test_another_member_cannot_look_at_the_region(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        accepted(proceeding, asked)
        other = factories.member(factories.organization("市知识产权局"), "handle")
        assert proceeding.title not in desk(other).get("/worklist/?side=region").text

    def test_a_place_that_cannot_be_read_is_not_found(self, asked: Member) -> None:
        for after in ("x", "d.1", "d.999999999999999999.1", "u.1"):
            answer = desk(asked).get("/worklist/", {"group": "overdue", "after": after})
            assert answer.status_code == 404, after


class TestViews:
    def test_a_view_keeps_filters_under_a_name(self, asked: Member) -> None:
        client = desk(asked)
        sent = {"name": "协查", "procedure": "test_assistance", "side": "ours"}
        answer = client.post("/worklist/views", sent)
        assert answer["Location"] == "/worklist/?side=ours&procedure=test_assistance"
        assert ">协查</a>" in client.get("/worklist/").text
        assert Entry.objects.filter(action="proceedings.save_view").count() == 1
        client.post(f"/worklist/views/{SavedView.objects.get().pk}/remove")
        assert not SavedView.objects.exists()

    def test_without_a_name_it_is_refused(self, asked: Member) -> None:
        answer = desk(asked).post("/worklist/views", {"name": " ", "words": "配件"})
        assert answer.status_code == 422
        assert 'value="配件"' in answer.text

    def test_views_are_their_owners_only(self, asker: Member, asked: Member) -> None:
        desk(asked).post("/worklist/views", {"name": "我的"})
        view = SavedView.objects.get()
        assert desk(asker).post(f"/worklist/views/{view.pk}/remove").status_code == 404


class TestFeed:
    def test_a_calendar_reads_days_numbers_and_links_only(
        self, proceeding: Proceeding, asked: Member, client: Client
    ) -> None:
        accepted(proceeding, asked)
        page = desk(asked).post("/worklist/feed").text
        address = page.split('value="http')[1].split('"')[0].split("/worklist/")[1]
        answer = client.get(f"/worklist/{address}")
        assert answer["Content-Type"].startswith("text/calendar")
        text = answer.text.replace("\r\n ", "")
        assert f"UID:{proceeding.uuid}.assist@zhengpin" in text
        assert "DTSTART;VALUE=DATE:20260324" in text
        assert proceeding.number in text
        assert proceeding.title not in text

    def test_a_new_address_ends_the_old_one_and_both_can_be_revoked(
        self, asked: Member, client: Client
    ) -> None:
        desk(asked).post("/worklist/feed")
        desk(asked).post("/worklist/feed")
        assert FeedToken.objects.filter(revoked_at=None).count() == 1
        assert desk(asked).post("/worklist/feed/revoke").status_code == 302
        assert not FeedToken.objects.filter(revoked_at=None).exists()
        assert desk(asked).post("/worklist/feed/revoke").status_code == 422
        assert client.get("/worklist/feed/wrong.ics").status_code == 404
