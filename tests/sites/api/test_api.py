"""``/api/1``: who may enter, what they find, how a refusal looks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import factories
from zhengpin.base.access import services as access
from zhengpin.base.access.models import SealedView, Token
from zhengpin.base.files.models import File
from zhengpin.base.notices.models import Notice
from zhengpin.sites.api.api import api

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).parents[3] / "docs" / "api" / "openapi.json"


def caller(member: Member) -> Client:
    secret = access.issue_token(member=member, label="测试", now=factories.NOW)
    return Client(headers={"authorization": f"Bearer {secret}"})


def answer(client: Client, path: str) -> Any:
    return client.get(f"/api/1{path}").json()


def _operations() -> list[tuple[str, str]]:
    paths: dict[str, dict[str, Any]] = api.get_openapi_schema(path_prefix="/api/1/")["paths"]
    return [(path, method) for path, methods in paths.items() for method in methods]


class TestEntering:
    @pytest.mark.parametrize(("path", "method"), _operations())
    def test_every_operation_refuses_a_stranger(self, path: str, method: str) -> None:
        concrete = re.sub(r"{\w+}", "00000000-0000-4000-8000-000000000000", path)
        response = Client().generic(method.upper(), concrete)
        assert response.status_code == 401
        assert response["Content-Type"] == "application/problem+json"

    def test_a_wrong_token_is_refused(self) -> None:
        client = Client(headers={"authorization": "Bearer zp_wrong"})
        assert client.get("/api/1/me").status_code == 401

    def test_a_revoked_token_is_refused(self) -> None:
        member = factories.importer()
        client = caller(member)
        assert client.get("/api/1/me").status_code == 200
        access.revoke_token(token=Token.objects.get(), member=member, now=factories.NOW)
        assert client.get("/api/1/me").status_code == 401

    def test_the_secret_of_a_token_is_not_kept(self) -> None:
        secret = access.issue_token(member=factories.importer(), label="测试", now=factories.NOW)
        assert secret.encode() not in bytes(Token.objects.get().digest)

    def test_the_caller_learns_whom_the_token_acts_as(self) -> None:
        member = factories.importer()
        me = answer(caller(member), "/me")
        assert me["uuid"] == str(member.uuid)
        assert me["duties"] == ["import_plans"]


class TestPlans:
    def test_a_plan_is_imported_listed_and_read(self) -> None:
        factories.city_units()
        client = caller(factories.importer())
        file = SimpleUploadedFile("plan.txt", factories.PLAN.encode())
        response = client.post("/api/1/plans", {"file": file, "region": factories.CITY})
        assert response.status_code == 201, response.content
        uuid = response.json()["uuid"]
        assert [plan["uuid"] for plan in answer(client, "/plans")["plans"]] == [uuid]
        clauses = answer(client, f"/plans/{uuid}/clauses")
        assert [clause["address"] for clause in clauses] == ["1.1", "1.2", "2"]
        assert clauses[0]["units"][0]["organization"] is not None

    def test_a_file_that_cannot_be_read_is_refused_with_its_sentence(self) -> None:
        client = caller(factories.importer())
        file = SimpleUploadedFile("plan.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40)
        response = client.post("/api/1/plans", {"file": file, "region": factories.CITY})
        assert response.status_code == 422
        assert "图片" in response.json()["title"]

    def test_an_unknown_region_is_refused(self) -> None:
        client = caller(factories.importer())
        file = SimpleUploadedFile("plan.txt", factories.PLAN.encode())
        response = client.post("/api/1/plans", {"file": file, "region": "000001"})
        assert response.status_code == 409
        assert response.json()["type"] == "RegionUnknown"

    def test_confirming_with_open_problems_is_refused(self) -> None:
        member = factories.importer()
        plan = factories.plan(member)
        response = caller(member).post(f"/api/1/plans/{plan.uuid}/confirm")
        assert response.status_code == 409
        assert response.json()["type"] == "OpenProblems"

    @pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
    def test_a_plan_is_exported(self, form: str) -> None:
        member = factories.importer()
        plan = factories.plan(member)
        response = caller(member).get(f"/api/1/plans/{plan.uuid}/export.{form}")
        assert response.status_code == 200
        assert len(response.content) > 100

    def test_traditional_words_find_simplified_clauses(self) -> None:
        member = factories.importer()
        factories.plan(member)
        found = answer(caller(member), "/clauses?q=網絡銷售")
        assert [one["address"] for one in found["clauses"]] == ["1.2"]
        assert (found["total"], found["following"]) == (1, None)

    def test_clauses_found_are_paged_by_key(self) -> None:
        member = factories.importer()
        factories.plan(member)
        client = caller(member)
        first = answer(client, "/clauses?q=市公安局&size=1")
        rest = answer(client, f"/clauses?q=市公安局&size=1&after={first['following']}")
        assert [one["address"] for page in (first, rest) for one in page["clauses"]] == [
            "1.1",
            "1.2",
        ]
        assert (first["total"], rest["following"]) == (2, None)
        assert client.get("/api/1/clauses?q=市公安局&after=x").status_code == 409


class TestFiles:
    def test_the_source_of_a_plan_is_described_and_downloaded(self) -> None:
        member = factories.importer()
        plan = factories.plan(member)
        assert plan.source_file is not None
        client, uuid = caller(member), plan.source_file.uuid
        described = answer(client, f"/files/{uuid}")
        assert (described["name"], described["type"]) == ("plan.txt", "text")
        assert described["sha256"] == plan.source_sha256
        for path in (f"/files/{uuid}/content", f"/plans/{plan.uuid}/source"):
            response = client.get(f"/api/1{path}")
            assert b"".join(response) == factories.PLAN.encode()
            assert response["Content-Disposition"].startswith("attachment;")

    def test_a_sealed_file_asks_for_the_reason_and_records_it(self) -> None:
        member = factories.importer()
        plan = factories.plan(member)
        File.objects.update(is_sealed=True)
        client = caller(member)
        assert plan.source_file is not None
        address = f"/api/1/files/{plan.source_file.uuid}/content"
        for response in (client.get(address), client.post(address, {"reason": " "})):
            assert (response.status_code, response.json()["type"]) == (409, "ReasonMissing")
        assert client.get(f"/api/1/plans/{plan.uuid}/source").status_code == 409
        assert b"".join(client.post(address, {"reason": "核对"})) == factories.PLAN.encode()
        assert SealedView.objects.get().member == member

    def test_a_member_of_another_city_does_not_find_it(self) -> None:
        plan = factories.plan(factories.importer())
        assert plan.source_file is not None
        client = caller(factories.importer(factories.OTHER_CITY))
        for path in ("", "/content"):
            uuid = plan.source_file.uuid
            assert client.get(f"/api/1/files/{uuid}{path}").status_code == 404


class TestNotices:
    def test_those_a_confirmed_plan_names_are_told_and_mark_it_read(self) -> None:
        factories.city_units()
        police = factories.member(factories.organization("市公安局"))
        plan = factories.confirmed_plan(factories.importer())
        client = caller(police)
        page = answer(client, "/notices")
        (notice,) = page["notices"]
        assert (page["unread"], page["following"]) == (1, None)
        assert (notice["kind"], notice["title"]) == ("plan_confirmed", plan.title)
        assert notice["link"] == f"/plans/{plan.uuid}"
        read = client.post(f"/api/1/notices/{notice['uuid']}/read")
        assert read.json()["read_at"] is not None
        assert answer(client, "/notices?unread=true")["notices"] == []

    def test_the_notices_of_others_are_not_found(self) -> None:
        factories.city_units()
        factories.member(factories.organization("市公安局"))
        factories.confirmed_plan(factories.importer())
        other = caller(
            factories.member(factories.organization("市委宣传部", factories.OTHER_CITY))
        )
        assert answer(other, "/notices")["notices"] == []
        uuid = Notice.objects.get().uuid
        assert other.post(f"/api/1/notices/{uuid}/read").status_code == 404

    def test_a_place_that_makes_no_sense_is_refused(self) -> None:
        response = caller(factories.importer()).get("/api/1/notices?after=x")
        assert (response.status_code, response.json()["type"]) == (409, "PlaceMalformed")


class TestDirectory:
    def test_organizations_of_the_jurisdiction_are_searched_and_paged(self) -> None:
        factories.city_units()
        local = factories.organization("区市场监管局", factories.DISTRICT)
        elsewhere = factories.organization("市市场监管局", factories.OTHER_CITY)
        client = caller(factories.importer())
        found = answer(client, "/organizations?q=市場監管")["organizations"]
        assert str(local.uuid) in [one["uuid"] for one in found]
        assert str(elsewhere.uuid) not in [one["uuid"] for one in found]
        first = answer(client, "/organizations?size=2")
        assert len(first["organizations"]) == 2
        assert first["total"] == 5
        following = answer(client, f"/organizations?size=9&after={first['following']}")
        assert len(following["organizations"]) == 3
        assert answer(client, f"/organizations?region={factories.DISTRICT}")["total"] == 1
        assert client.get("/api/1/organizations?after=nonsense").status_code == 409

    def test_an_organization_is_read_with_its_days(self) -> None:
        body = factories.organization("市商务局", names=["市商贸局"])
        read = answer(caller(factories.importer()), f"/organizations/{body.uuid}")
        assert {one["value"] for one in read["names"]} >= {"市商务局", "市商贸局"}
        assert [one["value"] for one in read["functions"]] == ["commerce"]
        stranger = caller(factories.importer(factories.OTHER_CITY))
        assert stranger.get(f"/api/1/organizations/{body.uuid}").status_code == 404

    def test_people_are_listed_for_administrators_only(self) -> None:
        chief = factories.member(factories.organization(), "administer")
        clerk = factories.member(factories.organization("市商务局"))
        factories.member(factories.organization("市商务局", factories.OTHER_CITY))
        listed = answer(caller(chief), "/people")["people"]
        assert {one["uuid"] for one in listed} == {str(chief.person.uuid), str(clerk.person.uuid)}
        assert "password" not in str(listed)
        assert [one["title"] for one in listed[0]["posts"]] == [chief.post.title]
        assert answer(caller(factories.importer()), "/people")["people"] == []


class TestAnotherCity:
    """A member of another city finds nothing through any door."""

    @pytest.fixture(name="doors")
    def _doors(self) -> tuple[Client, str]:
        plan = factories.confirmed_plan(factories.importer())
        elsewhere = factories.importer(factories.OTHER_CITY, "市双打办")
        return caller(elsewhere), str(plan.uuid)

    @pytest.mark.parametrize(
        "path", ["", "/clauses", "/export.csv", "/export.json", "/export.xlsx"]
    )
    def test_the_plan_does_not_exist(self, doors: tuple[Client, str], path: str) -> None:
        client, uuid = doors
        assert client.get(f"/api/1/plans/{uuid}{path}").status_code == 404

    def test_lists_counts_and_search_are_empty(self, doors: tuple[Client, str]) -> None:
        client, _ = doors
        assert answer(client, "/plans") == {
            "plans": [],
            "following": None,
            "total": 0,
            "total_is_estimate": False,
        }
        assert answer(client, "/plans?q=示例市")["total"] == 0
        assert answer(client, "/clauses?q=市场")["clauses"] == []


def test_the_described_api_is_the_one_that_answers() -> None:
    described = json.loads(SNAPSHOT.read_text("utf-8"))
    actual = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/1/")))
    assert described == actual, "run `make docs` and look at the difference"
