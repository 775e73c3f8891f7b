"""The law data over ``/api/1``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests import factories
from tests.base.lawbase.notices import OFF, ON, keeper
from zhengpin.base.access import services as access
from zhengpin.base.lawbase.models import Override

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db

NOTICE = {
    "title": "为测试虚构的通知", "number": "虚构1号", "source_text": "一、元旦……", "year": 2027,
    "off": [{"name": one["name"], "first": one["from"], "last": one["to"]} for one in OFF],
    "on": ON,
}  # fmt: skip
VERSION = {
    "title": "为测试虚构的条例", "number": "虚构2号", "article": "第一条",
    "source_text": "十五日……", "on": "2027-03-01", "changes": {"length": 15},
}  # fmt: skip


def caller(member: Member) -> Client:
    secret = access.issue_token(member=member, label="测试", now=factories.NOW)
    return Client(headers={"authorization": f"Bearer {secret}"})


def read(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/1/law{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


def send(client: Client, path: str, body: dict[str, Any]) -> tuple[int, Any]:
    answer = client.post(f"/api/1/law{path}", body, content_type="application/json")
    return answer.status_code, answer.json()


class TestReading:
    def test_everything_is_listed(self, reader: Member) -> None:
        client = caller(reader)
        assert len(read(client, "/instruments")) == 68
        assert len(read(client, "/rules")) == 212
        assert len(read(client, "/thresholds")) == 154

    def test_one_of_each_is_read_and_what_is_unset_is_null(self, reader: Member) -> None:
        client = caller(reader)
        code = read(client, "/instruments")[0]["code"]
        assert read(client, f"/instruments/{code}")["code"] == code
        found = read(client, "/rules/foi-reply")
        assert (found["length"], found["unit"], found["counting_rule"]) == (
            20, "working_days", None
        )  # fmt: skip
        assert read(client, "/thresholds/cl216-2025")["tier"] == "tier1"

    def test_rules_are_found_by_words_and_day(self, reader: Member) -> None:
        found = read(caller(reader), "/rules?q=投诉 受理&on=2026-05-06")
        assert "complaint121-accept" in {one["id"] for one in found}
        assert "complaint20-accept" not in {one["id"] for one in found}

    def test_a_due_day_comes_with_its_reasons(self, reader: Member) -> None:
        found = read(caller(reader), "/rules/penalty-decide/deadline?start=2026-07-05&extended=1")
        assert found["due"] == "2026-11-02"
        assert any("延长：第 1 次" in one for one in found["why"])

    def test_an_instant_is_answered_in_beijing_time(self, reader: Member) -> None:
        start = "2026-09-30T16:45:00%2B08:00"
        found = read(caller(reader), f"/rules/transfer-310-send/deadline?start={start}")
        assert found["due"] == "2026-10-01T16:45:00+08:00"

    def test_a_question_without_answer_is_refused(self, reader: Member) -> None:
        client = caller(reader)
        refused = read(client, "/rules/penalty-decide/deadline?start=2018-07-05", 409)
        assert refused["type"] == "RuleNotInForce"
        assert "不适用于 2018-07-05" in refused["title"]

    def test_a_year_says_whether_it_is_announced(self, reader: Member) -> None:
        client = caller(reader)
        assert read(client, "/calendar/2026")["announced"] is True
        assert read(client, "/calendar/2027")["announced"] is False

    @pytest.mark.parametrize(
        "path", ["/instruments/x", "/rules/x", "/thresholds/x", "/calendar/1999", "/calendar/0"]
    )
    def test_what_is_not_there_is_not_found(self, reader: Member, path: str) -> None:
        read(caller(reader), path, 404)


class TestAdding:
    def test_a_notice_is_added_listed_and_withdrawn(self, db: None) -> None:
        client = caller(keeper())
        status, made = send(client, "/notices", NOTICE)
        assert status == 201, made
        assert read(client, "/calendar/2027")["announced"] is True
        status, _ = send(client, f"/overrides/{made['uuid']}/withdraw", {"reason": "抄错"})
        assert status == 201
        assert read(client, "/calendar/2027")["announced"] is False
        assert [one["withdrawn"] for one in read(client, "/overrides")] == [False, True]

    def test_a_version_is_added(self, db: None) -> None:
        client = caller(keeper())
        status, made = send(client, "/rules/foi-reply/versions", VERSION)
        assert (status, made["effective_from"]) == (201, "2027-03-01")
        assert read(client, "/rules/foi-reply@2027-03-01")["length"] == 15

    def test_nonsense_is_refused_with_its_reasons(self, db: None) -> None:
        client = caller(keeper())
        wrong = NOTICE | {"on": [{"name": "春节", "day": "2027-02-12"}]}
        status, refused = send(client, "/notices", wrong)
        assert (status, refused["type"]) == (409, "NoticeFaulty")
        assert "2027-02-12（星期五）本来就是工作日" in refused["title"]

    @pytest.mark.parametrize(
        "changes", [{"length": "x"}, {"nothing": 1}, {"extension": 7}, {"unit": None}]
    )
    def test_changes_that_are_no_row_are_refused(self, db: None, changes: dict[str, Any]) -> None:
        body = VERSION | {"changes": changes}
        status, refused = send(caller(keeper()), "/rules/foi-reply/versions", body)
        assert (status, refused["type"]) == (409, "LawDataFaulty")
        assert not Override.objects.exists()

    def test_a_member_without_the_duty_is_refused(self, reader: Member) -> None:
        status, refused = send(caller(reader), "/notices", NOTICE)
        assert (status, refused["type"]) == (409, "DutyMissing")
