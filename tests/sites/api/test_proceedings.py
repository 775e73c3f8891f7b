"""Matters over the API: what the worklist gives, and how a step is taken, corrected, refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client

from tests import factories
from tests.mechanisms.proceedings import matters
from zhengpin.base.access import services as access

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import Proceeding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _declared_and_dated() -> Iterator[None]:
    matters.declare()
    with time_machine.travel("2026-03-10T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def asker() -> Member:
    return matters.side("市市场监管局")


@pytest.fixture
def asked() -> Member:
    return matters.side("市公安局")


@pytest.fixture
def proceeding(asker: Member, asked: Member) -> Proceeding:
    return matters.asked_for(asker, asked)


def caller(member: Member) -> Client:
    secret = access.issue_token(member=member, label="测试", now=factories.NOW)
    return Client(headers={"authorization": f"Bearer {secret}"})


def post(client: Client, path: str, body: Mapping[str, object]) -> Any:
    return client.post(f"/api/1{path}", body, content_type="application/json")


def test_a_step_is_taken_and_stands_in_the_worklist(
    proceeding: Proceeding, asker: Member, asked: Member
) -> None:
    client, path = caller(asked), f"/proceedings/{proceeding.uuid}"
    (move,) = client.get(f"/api/1{path}").json()["moves"]
    assert (move["code"], move["needs_time"]) == ("accept", False)
    answer = post(client, f"{path}/moves", {"move": "accept", "on": "2026-03-03"})
    assert answer.status_code == 201
    (assist,) = (one for one in answer.json()["readings"] if one["clock"] == "assist")
    assert (assist["state"], assist["due"]) == ("running", "2026-03-24")
    assert assist["why"][0].startswith("依据：")
    page = client.get("/api/1/worklist?clock=test_assistance.assist").json()
    assert [one["due_on"] for one in page["due_days"]] == ["2026-03-24"]
    assert page["total"] == 1
    others = caller(asker).get("/api/1/worklist?side=others").json()
    assert {one["clock"] for one in others["due_days"]} == {"assist", "reply"}


def test_a_step_is_corrected(proceeding: Proceeding, asked: Member) -> None:
    client, path = caller(asked), f"/proceedings/{proceeding.uuid}"
    answer = post(client, f"{path}/moves", {"move": "accept", "on": "2026-03-05"})
    step = answer.json()["steps"][-1]["id"]
    body = {"on": "2026-03-03", "note": "误写"}
    corrected = post(client, f"{path}/steps/{step}/correction", body)
    assert corrected.status_code == 201
    assert corrected.json()["steps"][-1]["corrects"] == step
    assert post(client, f"{path}/steps/{2**70}/correction", body).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"move": "close", "on": "2026-03-03"}, 409, "MoveNotAllowed"),
        ({"move": "accept", "on": "2026-03-01"}, 409, "StepOutOfOrder"),
        ({"move": "accept", "on": "2026-03-03", "after": 0}, 409, "MovedMeanwhile"),
        ({"move": "accept", "on": "2026-03-03", "at": "2026-03-03T10:00:00"}, 422, None),
        (
            {
                "move": "accept",
                "on": "2026-03-03",
                "limits": {"reply": {"due": "2026-04-01", "source": "函"}},
            },
            409,
            "LimitNotHere",
        ),
    ],
)
def test_a_step_is_refused(
    proceeding: Proceeding, asked: Member, body: dict[str, object], status: int, kind: str | None
) -> None:
    answer = post(caller(asked), f"/proceedings/{proceeding.uuid}/moves", body)
    assert answer.status_code == status
    assert answer.json().get("type") == kind
    assert proceeding.steps.count() == 1


def test_matters_are_listed_newest_first_and_page_by_key(
    proceeding: Proceeding, asker: Member
) -> None:
    client = caller(asker)
    page = client.get("/api/1/proceedings?size=1").json()
    assert [one["uuid"] for one in page["proceedings"]] == [str(proceeding.uuid)]
    assert page["following"] is None
    assert client.get(f"/api/1/proceedings?after={proceeding.pk}").json()["proceedings"] == []


def test_the_worklist_pages_by_key_through_dated_unset_and_paused(
    proceeding: Proceeding, asked: Member
) -> None:
    client, path = caller(asked), f"/proceedings/{proceeding.uuid}"
    post(client, f"{path}/moves", {"move": "accept", "on": "2026-03-03"})
    want = {"move": "want", "on": "2026-03-04", "at": "2026-03-04T10:00:00+08:00", "note": "缺"}
    assert post(client, f"{path}/moves", want).status_code == 201
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = client.get(f"/api/1/worklist?size=1&after={after}").json()
        found += [one["clock"] for one in page["due_days"]]
        after = page["following"]
    assert found == ["notice", "reply", "assist"]
    assert client.get("/api/1/worklist?after=x").status_code == 409


def test_a_stranger_to_a_matter_finds_nothing(proceeding: Proceeding) -> None:
    other = caller(factories.member(factories.organization("市知识产权局"), "handle"))
    path = f"/proceedings/{proceeding.uuid}"
    assert other.get(f"/api/1{path}").status_code == 404
    assert post(other, f"{path}/moves", {"move": "accept", "on": "2026-03-03"}).status_code == 404
    assert other.get("/api/1/worklist?side=region").json()["due_days"] == []
    assert other.get("/api/1/proceedings").json()["proceedings"] == []
