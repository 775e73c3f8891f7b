"""The pages where the office adds to the law data: saved once, or refused with nothing lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.base.lawbase.notices import OFF, ON, add_notice, add_version, keeper
from zhengpin.base.lawbase import queries
from zhengpin.base.lawbase.models import Override

if TYPE_CHECKING:
    from django.test import Client

    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db

SOURCE = {
    "title": "关于2027年部分节假日安排的通知（为测试虚构）",
    "number": "虚构〔2026〕1号",
    "issued_on": "2026-11-25",
    "address": "",
    "source_text": "一、元旦：1月1日至3日放假……",
}
VERSION = SOURCE | {
    "article": "第三十三条",
    "on": "2027-03-01",
    "length": "15",
    "unit": "working_days",
    "kind": "deadline",
    "counting_rule": "",
    "from_event": "收到公开申请",
    "to_event": "答复",
    "obliged_party": "行政机关",
    "excluded_time": "",
    "note": "",
    "extension-TOTAL_FORMS": "2",
    "extension-INITIAL_FORMS": "1",
    "extension-0-length": "10",
    "extension-0-unit": "working_days",
    "extension-0-by": "机构负责人",
    "extension-0-condition": "需要延长",
}


def notice(**changed: str) -> dict[str, str]:
    sent = {"year": "2027", **SOURCE, "off-TOTAL_FORMS": "9", "off-INITIAL_FORMS": "0",
            "on-TOTAL_FORMS": "9", "on-INITIAL_FORMS": "0"}  # fmt: skip
    for number, one in enumerate(OFF):
        sent |= {
            f"off-{number}-name": one["name"],
            f"off-{number}-first": one["from"],
            f"off-{number}-last": one["to"],
        }
    for number, one in enumerate(ON):
        sent |= {f"on-{number}-name": one["name"], f"on-{number}-day": one["day"]}
    return sent | changed


@pytest.fixture(name="member")
def _member(db: None) -> Member:
    return keeper()


@pytest.fixture(name="office")
def _office(client: Client, member: Member) -> Client:
    client.force_login(member.person)
    return client


class TestNotice:
    def test_a_notice_is_entered_and_the_year_is_announced(self, office: Client) -> None:
        assert office.get("/law/overrides/notice").status_code == 200
        answer = office.post("/law/overrides/notice", notice())
        assert (answer.status_code, answer["Location"]) == (302, "/law/calendar/2027")
        shown = office.get("/law/calendar/2027").content.decode()
        assert "虚构〔2026〕1号" in shown
        assert "尚未载入" not in shown

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"on-0-day": "2026-12-28"}, "2026-12-28（星期一）本来就是工作日"),
            ({"off-1-first": "2027-02-07"}, "2027-02-05 是法定节假日"),
            ({"off-0-last": "2027-13-01"}, "放假末日"),
            ({"source_text": ""}, "原文"),
            ({"year": "26"}, "26 年不在"),
            ({"address": "ftp://x"}, "http"),
            ({"year": "2026"}, "2026 年的放假通知已经载入"),
        ],
    )
    def test_a_wrong_notice_is_refused_and_nothing_typed_is_lost(
        self, office: Client, changed: dict[str, str], said: str
    ) -> None:
        answer = office.post("/law/overrides/notice", notice(**changed))
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert said in shown
        assert "2027-10-09" in shown
        assert "虚构〔2026〕1号" in shown
        assert not Override.objects.exists()


class TestVersion:
    def test_a_version_is_entered_beside_the_old_one(self, office: Client) -> None:
        assert office.get("/law/rules/foi-reply/version").status_code == 200
        answer = office.post("/law/rules/foi-reply/version", VERSION)
        assert answer.status_code == 302, answer.content.decode()
        made = queries.rule("foi-reply", date(2027, 3, 1))
        assert (made.length, made.extension[0].length) == (15, 10)
        shown = office.get("/law/rules/foi-reply").content.decode()
        assert "2019-05-15 至 2027-02-28" in shown
        assert "/law/rules/foi-reply@2027-03-01" in shown
        assert office.get("/law/rules/foi-reply@2027-03-01").status_code == 200

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"on": "2019-05-15"}, "自 2019-05-15 起已经施行"),
            ({"article": ""}, "条款"),
            ({"length": "0"}, "length 为 0"),
            ({"unit": "weeks"}, "单位"),
            ({"extension-0-by": ""}, "谁决定"),
        ],
    )
    def test_a_wrong_version_is_refused_and_nothing_typed_is_lost(
        self, office: Client, changed: dict[str, str], said: str
    ) -> None:
        answer = office.post("/law/rules/foi-reply/version", VERSION | changed)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "虚构〔2026〕1号" in answer.content.decode()
        assert not Override.objects.exists()

    def test_an_extension_is_struck_out(self, office: Client) -> None:
        sent = VERSION | {"extension-0-DELETE": "on"}
        assert office.post("/law/rules/foi-reply/version", sent).status_code == 302
        assert queries.rule("foi-reply", date(2027, 3, 1)).extension == ()


class TestCorrection:
    def test_a_correction_is_entered_and_shown(self, office: Client) -> None:
        assert office.get("/law/rules/apl-pay/correct").status_code == 200
        sent = SOURCE | {"article": "第六十七条", "field": "length", "value": "16"}
        assert office.post("/law/rules/apl-pay/correct", sent).status_code == 302
        assert "<b>16</b>" in office.get("/law/rules/apl-pay").content.decode()

    def test_a_value_that_cannot_be_is_refused(self, office: Client) -> None:
        sent = SOURCE | {"article": "第六十七条", "field": "length", "value": "多"}
        answer = office.post("/law/rules/apl-pay/correct", sent)
        assert answer.status_code == 422
        assert "length 不能是“多”" in answer.content.decode()


class TestWithdrawal:
    def test_what_was_entered_is_listed_shown_and_withdrawn(
        self, office: Client, member: Member
    ) -> None:
        made = add_notice(member)
        assert "春节 2027-02-05 — 2027-02-11" in office.get("/law/overrides").content.decode()
        place = f"/law/overrides/{made.uuid}"
        assert "一、元旦：1月1日至3日放假" in office.get(place).content.decode()
        assert office.post(place, {"reason": ""}).status_code == 422
        assert office.post(place, {"reason": "日期抄错"}).status_code == 302
        assert "已撤回" in office.get(place).content.decode()
        answer = office.post(place, {"reason": "再撤一次"})
        assert answer.status_code == 422
        assert "这条增订已经撤回" in answer.content.decode()


class TestOthers:
    @pytest.mark.parametrize(
        "address",
        ["/law/overrides/notice", "/law/rules/foi-reply/version", "/law/rules/foi-reply/correct"],
    )
    def test_a_member_without_the_duty_may_not_add(self, desk: Client, address: str) -> None:
        assert desk.get(address).status_code == 403
        assert desk.post(address, VERSION).status_code == 403

    def test_a_member_without_the_duty_reads_and_may_not_withdraw(self, desk: Client) -> None:
        made = add_version(keeper())
        place = f"/law/overrides/{made.uuid}"
        assert "撤回的理由" not in desk.get(place).content.decode()
        answer = desk.post(place, {"reason": "不喜欢"})
        assert answer.status_code == 422
        assert "没有办理此操作的职责" in answer.content.decode()
        assert "登记放假通知" not in desk.get("/law/overrides").content.decode()

    def test_a_rule_offers_changes_only_to_those_who_may(self, desk: Client) -> None:
        assert "登记新版本" not in desk.get("/law/rules/foi-reply").content.decode()
