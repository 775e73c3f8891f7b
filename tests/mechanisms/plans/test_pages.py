from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from zhengpin.mechanisms.plans import services
from zhengpin.mechanisms.plans.models import Clause, ClauseUnit, Correction, Plan, Problem

if TYPE_CHECKING:
    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer
    from pytest_django import DjangoAssertNumQueries

    from zhengpin.base.access.models import Member

MARKUP = "<script>alert(1)</script>"
ODD = factories.PLAN.replace("市公安局", "市园林局")


@pytest.fixture
def desk(client: Client, office: Member) -> Client:
    client.force_login(office.person)
    return client


@pytest.fixture
def doubtful(office: Member) -> Plan:
    """A plan in review with one name that means no organization."""
    return factories.plan(office, ODD)


def text_of(answer: Answer) -> str:
    return answer.content.decode()


def correction(clause: Clause, **changes: str) -> dict[str, str]:
    """Return the form of a clause as a browser sends it, with some fields changed."""
    units = list(clause.units.order_by("order"))
    sent = {
        "version": str(clause.version), "title": clause.item.title, "text": clause.text,
        "due": clause.due, "mode": clause.mode, "reason": "",
        "units-TOTAL_FORMS": str(len(units) + 2), "units-INITIAL_FORMS": str(len(units)),
    }  # fmt: skip
    for place in range(len(units) + 2):
        unit = units[place] if place < len(units) else None
        sent[f"units-{place}-name"] = unit.name if unit else ""
        sent[f"units-{place}-role"] = unit.role if unit else "member"
    return {**sent, **changes}


class TestList:
    def test_shows_plans_and_narrows_them(self, desk: Client, office: Member) -> None:
        new = factories.plan(office)
        old = factories.confirmed_plan(office, factories.PLAN.replace("2026", "2025"))
        for query, seen, unseen in [
            ("year=2025", old, new),
            ("stage=review", new, old),
            ("q=剑网2025", old, new),
        ]:
            page = text_of(desk.get(f"/plans/?{query}"))
            assert str(seen.uuid) in page
            assert str(unseen.uuid) not in page
        assert "没有符合条件的计划" in text_of(desk.get("/plans/?year=1999"))

    def test_what_makes_no_sense_narrows_nothing(self, desk: Client, office: Member) -> None:
        plan = factories.plan(office)
        assert str(plan.uuid) in text_of(desk.get("/plans/?year=x&stage=none"))

    def test_a_place_that_is_none_is_not_found(self, desk: Client) -> None:
        assert desk.get("/plans/?after=nonsense").status_code == 404

    def test_pages_by_key(self, desk: Client, office: Member) -> None:
        for year in range(1960, 2012):
            factories.plan(office, factories.PLAN.replace("2026", str(year)))
        page = text_of(desk.get("/plans/"))
        assert "本页 50 行，共 52 行" in page
        assert 'rel="next" href="/plans/?after=1962.' in page


class TestImport:
    def test_pasted_text_becomes_a_plan_to_review(self, desk: Client) -> None:
        answer = desk.post("/plans/import", {"region": factories.CITY, "text": factories.PLAN})
        plan = Plan.objects.get()
        assert answer["Location"] == f"/plans/{plan.uuid}/review"

    def test_a_file_becomes_a_plan_to_review(self, desk: Client) -> None:
        file = SimpleUploadedFile("要点.txt", factories.PLAN.encode())
        desk.post("/plans/import", {"region": factories.CITY, "file": file})
        assert Plan.objects.get().source_name == "要点.txt"

    def test_the_same_file_again_is_refused(self, desk: Client, plan: Plan) -> None:
        file = SimpleUploadedFile("again.txt", factories.PLAN.encode())
        answer = desk.post("/plans/import", {"region": factories.CITY, "file": file})
        assert answer.status_code == 422
        assert "已经导入" in text_of(answer)
        assert Plan.objects.count() == 1

    @pytest.mark.parametrize(
        ("name", "data", "sentence"),
        [
            ("empty.txt", b"  ", "文件是空的"),
            ("image.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "这是图片"),
            ("note.txt", "今天天气很好。".encode(), "没有在文中找到"),
            ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "文件"),
        ],
    )
    def test_what_is_no_plan_is_refused_and_nothing_is_saved(
        self, desk: Client, name: str, data: bytes, sentence: str
    ) -> None:
        file = SimpleUploadedFile(name, data)
        answer = desk.post("/plans/import", {"region": factories.CITY, "file": file})
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert not Plan.objects.exists()

    def test_an_archive_is_refused(self, desk: Client) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("plan.txt", "0" * 10_000_000)
        file = SimpleUploadedFile("plan.zip", packed.getvalue())
        answer = desk.post("/plans/import", {"region": factories.CITY, "file": file})
        assert answer.status_code == 422

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({}, "请选择文件，或者在下面粘贴全文"),
            ({"text": "一、", "region": "110000"}, "行政区划"),
        ],
    )
    def test_says_what_is_missing(self, desk: Client, sent: dict[str, str], sentence: str) -> None:
        answer = desk.post("/plans/import", {"region": factories.CITY, **sent})
        assert answer.status_code == 422
        assert sentence in text_of(answer)

    def test_a_post_without_the_duty_is_refused(self, client: Client, office: Member) -> None:
        client.force_login(factories.member(factories.organization("市公安局")).person)
        answer = client.post("/plans/import", {"region": factories.CITY, "text": factories.PLAN})
        assert answer.status_code == 422
        assert "您的岗位没有办理此操作的职责" in text_of(answer)

    def test_markup_in_a_plan_is_shown_as_text(self, desk: Client) -> None:
        text = factories.PLAN.replace("开展重点市场检查", f"开展{MARKUP}检查")
        answer = desk.post("/plans/import", {"region": factories.CITY, "text": text}, follow=True)
        plan = Plan.objects.get()
        for address in ("review?clause=1.1", "clauses/1.1"):
            assert MARKUP not in text_of(desk.get(f"/plans/{plan.uuid}/{address}"))
        assert MARKUP not in text_of(answer)
        assert MARKUP not in text_of(desk.get(f"/plans/{plan.uuid}"))


class TestReview:
    def test_shows_the_source_beside_the_reading(self, desk: Client, doubtful: Plan) -> None:
        page = text_of(desk.get(f"/plans/{doubtful.uuid}/review"))
        assert page.count('id="c-1.1"') == 1
        assert '<mark class="odd">市园林局</mark>' in page
        assert '<mark class="unit">市市场监管局</mark>' in page
        assert "单位名录中没有“市园林局”" in page
        assert "选定单位" in page

    def test_a_chosen_clause_shows_its_card(self, desk: Client, plan: Plan) -> None:
        page = text_of(desk.get(f"/plans/{plan.uuid}/review?clause=1.1"))
        assert "开展重点市场检查，6月底前完成整治。" in page
        assert "更正这一款" in page
        assert desk.get(f"/plans/{plan.uuid}/review?clause=9.9").status_code == 404

    def test_the_panel_comes_alone_where_only_it_is_asked_for(
        self, desk: Client, plan: Plan
    ) -> None:
        headers = {"hx-request": "true", "hx-target": "panel"}
        page = text_of(desk.get(f"/plans/{plan.uuid}/review?clause=1.1", headers=headers))
        assert page.strip().startswith('<div class="panel stack" id="panel">')
        assert "<html" not in page

    def test_who_may_not_change_it_is_offered_no_change(
        self, client: Client, office: Member
    ) -> None:
        plan = factories.confirmed_plan(office)
        for member in (office, factories.member(factories.organization("市公安局"))):
            client.force_login(member.person)
            page = text_of(client.get(f"/plans/{plan.uuid}/review?clause=1.1"))
            assert "更正这一款" not in page
            assert f"/plans/{plan.uuid}/confirm" not in page

    def test_asks_the_database_little(
        self, desk: Client, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(20):
            desk.get(f"/plans/{plan.uuid}/review?clause=1.1")


class TestCorrect:
    def test_keeps_what_the_compiler_said(self, desk: Client, plan: Plan) -> None:
        clause = plan.clauses.get(address="1.1")
        sent = correction(clause, due="7月底前", reason="核对原文")
        answer = desk.post(f"/plans/{plan.uuid}/clauses/1.1/correct", sent, follow=True)
        assert "编译器读作 <s>6月底前</s>" in text_of(answer)
        assert "更正为 7月底前" in text_of(answer)
        assert list(Correction.objects.values_list("field", "reason")) == [("due", "核对原文")]

    def test_units_are_taken_out_added_and_given_roles(self, desk: Client, plan: Plan) -> None:
        clause = plan.clauses.get(address="1.1")
        sent = correction(
            clause,
            **{"units-1-name": "", "units-2-name": "市委宣传部", "units-2-role": "lead"},
        )
        answer = desk.post(f"/plans/{plan.uuid}/clauses/1.1/correct", sent)
        assert answer.status_code == 302
        units = clause.units.order_by("order").values_list("name", "role")
        assert list(units) == [("市市场监管局", "lead"), ("市委宣传部", "lead")]
        assert not ClauseUnit.objects.filter(organization=None).exists()
        assert list(Correction.objects.values_list("field", flat=True)) == ["units"]

    def test_nothing_changed_is_said(self, desk: Client, plan: Plan) -> None:
        clause = plan.clauses.get(address="1.1")
        answer = desk.post(f"/plans/{plan.uuid}/clauses/1.1/correct", correction(clause))
        assert answer.status_code == 422
        assert "没有改动" in text_of(answer)

    def test_what_someone_else_changed_meanwhile_is_not_overwritten(
        self, desk: Client, plan: Plan, office: Member
    ) -> None:
        clause = plan.clauses.get(address="1.1")
        sent = correction(clause, due="8月底前")
        services.correct_clause(
            clause=clause, changes={"due": "7月底前"}, member=office, now=factories.NOW
        )
        answer = desk.post(f"/plans/{plan.uuid}/clauses/1.1/correct", sent)
        assert answer.status_code == 422
        assert "刚刚被他人改动" in text_of(answer)
        assert plan.clauses.get(address="1.1").due == "7月底前"

    @pytest.mark.parametrize(
        ("field", "value"),
        [("text", ""), ("mode", "none"), ("version", ""), ("units-TOTAL_FORMS", "x")],
    )
    def test_what_has_no_shape_is_refused_on_the_same_page(
        self, desk: Client, plan: Plan, field: str, value: str
    ) -> None:
        clause = plan.clauses.get(address="1.1")
        sent = correction(clause, due="7月底前", **{field: value})
        answer = desk.post(f"/plans/{plan.uuid}/clauses/1.1/correct", sent)
        assert answer.status_code == 422
        assert 'id="card"' in text_of(answer)
        assert not Correction.objects.exists()

    def test_markup_is_shown_as_text(self, desk: Client, plan: Plan) -> None:
        clause = plan.clauses.get(address="1.1")
        sent = correction(clause, text=MARKUP, due=MARKUP, reason=MARKUP, title=MARKUP)
        answer = desk.post(f"/plans/{plan.uuid}/clauses/1.1/correct", sent, follow=True)
        assert answer.status_code == 200
        assert MARKUP not in text_of(answer)


class TestDoubts:
    def test_an_organization_is_found_and_chosen(self, desk: Client, doubtful: Plan) -> None:
        unit = ClauseUnit.objects.filter(organization=None).order_by("pk")[0]
        address = unit.clause.address
        page = desk.get(
            f"/plans/{doubtful.uuid}/review?clause={address}&unit={unit.order}&find=公安"
        )
        police = factories.organization("市公安局")
        assert str(police.uuid) in text_of(page)
        place = f"/plans/{doubtful.uuid}/clauses/{address}/units/{unit.order}"
        answer = desk.post(place, {"organization": str(police.uuid)})
        assert answer.status_code == 302
        assert not Problem.objects.unsettled().deciding().exists()

    @pytest.mark.parametrize("sent", ["", "x", "00000000-0000-4000-8000-000000000000"])
    def test_an_organization_that_is_none_is_refused(
        self, desk: Client, doubtful: Plan, sent: str
    ) -> None:
        unit = ClauseUnit.objects.filter(organization=None).order_by("pk")[0]
        place = f"/plans/{doubtful.uuid}/clauses/{unit.clause.address}/units/{unit.order}"
        answer = desk.post(place, {"organization": sent})
        assert answer.status_code == 422
        assert "名录中没有这个单位" in text_of(answer)

    def test_a_doubt_is_settled_with_a_sentence(self, desk: Client, doubtful: Plan) -> None:
        problem = Problem.objects.unsettled().deciding().get()
        place = f"/plans/{doubtful.uuid}/problems/{problem.order}"
        refused = desk.post(place, {"settlement": " "})
        assert refused.status_code == 422
        assert "请写明这处存疑如何处理" in text_of(refused)
        assert desk.post(place, {"settlement": "保留原文名称"}).status_code == 302
        problem.refresh_from_db()
        assert problem.settlement == "保留原文名称"

    def test_a_ready_sentence_is_kept_in_chinese(self, desk: Client, doubtful: Plan) -> None:
        desk.post("/language", {"language": "en"})
        page = text_of(desk.get(f"/plans/{doubtful.uuid}/review"))
        assert 'value="名录中没有这个单位，保留原文名称"' in page
        assert "Not in the directory; the name is kept as written" in page


class TestConfirm:
    def test_is_refused_while_doubts_are_open(self, desk: Client, doubtful: Plan) -> None:
        answer = desk.post(f"/plans/{doubtful.uuid}/confirm")
        assert answer.status_code == 422
        assert "还有1处存疑没有处理" in text_of(answer)
        doubtful.refresh_from_db()
        assert not doubtful.is_confirmed

    def test_a_refusal_with_figures_is_said_in_english_too(
        self, desk: Client, doubtful: Plan
    ) -> None:
        desk.post("/language", {"language": "en"})
        page = text_of(desk.post(f"/plans/{doubtful.uuid}/confirm"))
        assert "Doubts are still open; settle each before confirming." in page

    def test_opens_the_plan_to_read(self, desk: Client, plan: Plan) -> None:
        answer = desk.post(f"/plans/{plan.uuid}/confirm")
        assert answer["Location"] == f"/plans/{plan.uuid}"
        page = text_of(desk.get(f"/plans/{plan.uuid}"))
        assert "这份计划还在核对" not in page
        assert "第 1 条" in page

    def test_reloading_a_refusal_leads_back_to_the_review(self, desk: Client, plan: Plan) -> None:
        for place in ("confirm", "withdraw", "problems/0", "clauses/1.1/correct"):
            answer = desk.get(f"/plans/{plan.uuid}/{place}")
            assert answer.status_code == 302, place
            assert answer["Location"].startswith(f"/plans/{plan.uuid}/review")

    def test_an_import_is_withdrawn_but_not_after_confirmation(
        self, desk: Client, office: Member, plan: Plan
    ) -> None:
        assert desk.post(f"/plans/{plan.uuid}/withdraw").status_code == 302
        assert not Plan.objects.exists()
        confirmed = factories.confirmed_plan(office)
        answer = desk.post(f"/plans/{confirmed.uuid}/withdraw")
        assert answer.status_code == 422
        assert "计划已经核定，不能再改动或撤回" in text_of(answer)


class TestReading:
    def test_a_clause_has_a_page_of_its_own(self, desk: Client, plan: Plan) -> None:
        page = text_of(desk.get(f"/plans/{plan.uuid}/clauses/1.2"))
        assert "严厉打击网络销售假冒商品行为。" in page
        assert "未设定" in page
        assert "示例市市市场监管局" in page or "市市场监管局" in page
        assert desk.get(f"/plans/{plan.uuid}/clauses/9").status_code == 404

    @pytest.mark.parametrize(
        ("form", "kind"),
        [
            ("csv", "text/csv"),
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("json", "application/json"),
        ],
    )
    def test_is_exported(self, desk: Client, plan: Plan, form: str, kind: str) -> None:
        answer = desk.get(f"/plans/{plan.uuid}/export/{form}")
        assert answer["Content-Type"].startswith(kind)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer.content

    def test_other_formats_are_not_found(self, desk: Client, plan: Plan) -> None:
        assert desk.get(f"/plans/{plan.uuid}/export/exe").status_code == 404
