from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tests import factories
from tests.factories import NOW
from tests.mechanisms.plans.instruments import CITING, POST, citing_plan, named
from zhengpin.mechanisms.plans import instruments
from zhengpin.mechanisms.plans.models import Citation, Instrument

if TYPE_CHECKING:
    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer
    from pytest_django import DjangoAssertNumQueries

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import Plan

SOURCE = "交通运输部公告2026年第9号（示例）"


@pytest.fixture
def desk(client: Client, office: Member) -> Client:
    client.force_login(office.person)
    return client


@pytest.fixture
def cited(office: Member) -> Plan:
    return citing_plan(office)


def text_of(answer: Answer) -> str:
    return answer.content.decode()


def at(instrument: Instrument, *more: object) -> str:
    return "/".join(("/plans/instruments", str(instrument.uuid), *map(str, more)))


def flag(instrument: Instrument, by: Member) -> Citation:
    instruments.set_status(
        instrument=instrument, status="repealed", source=SOURCE, member=by, now=NOW
    )
    return instrument.citations.get()


class TestList:
    def test_shows_each_instrument_once_the_flagged_first(
        self, desk: Client, cited: Plan, office: Member
    ) -> None:
        flag(named("商标法"), office)
        page = text_of(desk.get("/plans/instruments"))
        assert page.index("《商标法》") < page.index("《国务院关于打击假冒的意见》")
        assert "1 处待复核" in page
        assert "本页 4 行，共 4 行" in page

    @pytest.mark.parametrize(
        ("query", "seen"),
        [
            ("?q=寄递", True),
            ("?q=寄遞 監督", True),
            ("?q=国发〔2017〕14号", False),
            ("?status=unknown", True),
            ("?status=repealed", False),
            ("?status=none", True),
        ],
    )
    def test_is_narrowed_by_words_and_status(
        self,
        desk: Client,
        cited: Plan,
        query: str,
        seen: bool,  # noqa: FBT001 — a table
    ) -> None:
        assert (POST in text_of(desk.get(f"/plans/instruments{query}"))) is seen

    def test_is_narrowed_to_one_plan(self, desk: Client, cited: Plan, office: Member) -> None:
        other = citing_plan(office, factories.PLAN.replace("加强版权保护", "落实《商标法》"))
        page = text_of(desk.get(f"/plans/instruments?plan={other.uuid}"))
        assert "《商标法》" in page
        assert POST not in page

    def test_pages_by_key(self, desk: Client, office: Member) -> None:
        many = "".join(f"《第{n}批打假目录》" for n in range(100, 155))
        citing_plan(office, factories.PLAN.replace("重点市场检查", f"{many}检查"))
        page = desk.get("/plans/instruments")
        assert "本页 50 行，共 55 行" in text_of(page)
        following = desk.get(page.context["next"])
        assert "本页 5 行" in text_of(following)
        assert desk.get("/plans/instruments?after=nonsense").status_code == 404

    def test_of_a_member_who_sees_no_plan_is_empty(self, client: Client, cited: Plan) -> None:
        client.force_login(factories.importer(factories.OTHER_CITY).person)
        page = text_of(client.get("/plans/instruments"))
        assert "还没有依据文件" in page
        assert POST not in page
        assert client.get(f"/plans/instruments?plan={cited.uuid}").status_code == 404


@pytest.mark.parametrize("many", [1, 40])
def test_no_page_asks_more_of_the_database_where_there_is_more(
    desk: Client,
    office: Member,
    many: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    clauses = "".join(
        f"第{n}次落实《商标法》和《第{n}批打假目录》。（市公安局负责）\n" for n in range(many)
    )
    plan = citing_plan(office, CITING + clauses)
    instruments.set_status(
        instrument=named("商标法"), status="revised", source=SOURCE, member=office, now=NOW
    )
    for place in ("/plans/instruments", at(named("商标法")), f"/plans/{plan.uuid}/clauses/1.2"):
        with django_assert_max_num_queries(18):
            assert desk.get(place).status_code == 200


class TestDetail:
    def test_shows_what_it_is_and_which_clauses_cite_it(self, desk: Client, cited: Plan) -> None:
        page = text_of(desk.get(at(named("国务院关于打击假冒的意见"))))
        for words in ("国发〔2017〕14号", "国务院", "未核", "总述", "第 1.1 款", "没有收录"):
            assert words in page

    def test_leads_to_the_law_data_that_hold_it(self, desk: Client, office: Member) -> None:
        title = "行政执法机关移送涉嫌犯罪案件的规定"
        citing_plan(office, CITING.replace(POST, title))
        page = text_of(desk.get(at(named(title))))
        assert "/law/instruments/" in page
        assert named(title).status == "unknown"

    def test_is_not_found_by_who_sees_no_plan_that_cites_it(
        self, client: Client, cited: Plan, office: Member
    ) -> None:
        away = factories.importer(factories.OTHER_CITY)
        client.force_login(away.person)
        post = named(POST)
        citation = flag(post, office)
        assert client.get(at(post)).status_code == 404
        for place, sent in (
            (at(post, "status"), {"status": "in_force", "source": SOURCE}),
            (at(post, "particulars"), {"issuer": "某部"}),
            (at(post, "flags", citation.pk), {"remark": "照办"}),
        ):
            assert client.post(place, sent).status_code == 404
            assert client.get(place).status_code == 404
        assert Citation.objects.flagged().count() == 1

    def test_offers_no_form_to_who_may_not_record(self, client: Client, cited: Plan) -> None:
        client.force_login(factories.member(factories.organization("市公安局")).person)
        post = named(POST)
        assert "登记状态" not in text_of(client.get(at(post)))
        answer = client.post(at(post, "status"), {"status": "repealed", "source": SOURCE})
        assert answer.status_code == 422
        assert not Citation.objects.flagged().exists()

    def test_shows_no_clause_of_a_plan_the_member_does_not_see(
        self, client: Client, cited: Plan
    ) -> None:
        away = factories.importer(factories.OTHER_CITY)
        plan = citing_plan(away, factories.PLAN.replace("加强版权保护", "落实《商标法》"))
        client.force_login(away.person)
        page = text_of(client.get(at(named("商标法"))))
        assert str(plan.uuid) in page
        assert str(cited.uuid) not in page

    def test_a_place_that_is_none_is_not_found(self, desk: Client, cited: Plan) -> None:
        assert desk.get(at(named(POST)) + "?after=nonsense").status_code == 404


class TestRecording:
    def test_a_status_is_recorded_and_the_clauses_are_flagged(
        self, desk: Client, cited: Plan
    ) -> None:
        post = named(POST)
        answer = desk.post(at(post, "status"), {"status": "revised", "source": SOURCE})
        assert answer["Location"] == at(post)
        page = text_of(desk.get(at(post)))
        assert SOURCE in page
        assert "依据已变，待复核" in page
        assert "1 处待复核" in text_of(desk.get(f"/plans/{cited.uuid}"))

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"status": "revised", "source": ""}, "请写明出处"),
            ({"status": "unknown", "source": SOURCE}, "已经是这个状态"),
            ({"status": "vanished", "source": SOURCE}, "vanished"),
        ],
    )
    def test_what_is_refused_keeps_what_was_typed(
        self, desk: Client, cited: Plan, sent: dict[str, str], sentence: str
    ) -> None:
        answer = desk.post(at(named(POST), "status"), sent)
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert sent["source"] in text_of(answer)

    def test_number_issuer_and_date_are_written_down(self, desk: Client, cited: Plan) -> None:
        post = named(POST)
        sent = {"number": "部令第1号", "issuer": "交通运输部", "issued_on": "2020-01-02"}
        assert desk.post(at(post, "particulars"), sent)["Location"] == at(post)
        page = text_of(desk.get(at(post)))
        assert "交通运输部" in page
        assert "2020-01-02" in page
        assert desk.post(at(post, "particulars"), sent).status_code == 422
        assert desk.post(at(post, "particulars"), {"issued_on": "昨天"}).status_code == 422

    def test_an_address_that_is_only_sent_to_leads_to_the_page(
        self, desk: Client, cited: Plan, office: Member
    ) -> None:
        citation = flag(named(POST), office)
        for place in ("status", "particulars", f"flags/{citation.pk}"):
            assert desk.get(at(named(POST), place))["Location"] == at(named(POST))


class TestClause:
    def test_shows_what_it_cites_and_settles_a_flag(
        self, desk: Client, cited: Plan, office: Member
    ) -> None:
        citation = flag(named(POST), office)
        clause = f"/plans/{cited.uuid}/clauses/1.1"
        page = text_of(desk.get(clause))
        assert POST in page
        assert "已废止" in page
        assert "依据已变，待复核" in page
        settled = desk.post(at(named(POST), "flags", citation.pk), {"remark": "照新规定（示例）"})
        assert settled["Location"] == clause
        page = text_of(desk.get(clause))
        assert "照新规定（示例）" in page
        assert "依据已变" not in page

    def test_a_flag_without_a_remark_stays(
        self, desk: Client, cited: Plan, office: Member
    ) -> None:
        citation = flag(named(POST), office)
        answer = desk.post(at(named(POST), "flags", citation.pk), {"remark": ""})
        assert answer.status_code == 422
        assert "请写明复核意见" in text_of(answer)
        assert Citation.objects.flagged().count() == 1

    def test_another_instruments_flag_is_not_found(
        self, desk: Client, cited: Plan, office: Member
    ) -> None:
        citation = flag(named(POST), office)
        answer = desk.post(at(named("商标法"), "flags", citation.pk), {"remark": "照办"})
        assert answer.status_code == 404

    def test_of_a_plan_that_another_holds_offers_no_form(
        self, client: Client, cited: Plan, office: Member
    ) -> None:
        citation = flag(named(POST), office)
        client.force_login(factories.importer(short_name="市商务局").person)
        page = text_of(client.get(f"/plans/{cited.uuid}/clauses/1.1"))
        assert "依据已变，待复核" in page
        assert "记为已复核" not in page
        place = at(named(POST), "flags", citation.pk)
        assert client.post(place, {"remark": "照办"}).status_code == 422


@pytest.mark.parametrize(
    ("place", "sent", "typed"),
    [
        ("status", {"status": "revised", "source": SOURCE}, SOURCE),
        ("particulars", {"issuer": "某某部（示例）"}, "某某部（示例）"),
        ("flag", {"remark": "照新规定（示例）"}, "照新规定（示例）"),
    ],
)
def test_what_was_typed_is_there_after_signing_in_again(
    desk: Client, cited: Plan, office: Member, place: str, sent: dict[str, str], typed: str
) -> None:
    instrument = named(POST)
    citation = flag(instrument, office) if place == "flag" else None
    address = at(instrument, "flags", citation.pk) if citation else at(instrument, place)
    desk.get("/")
    del desk.cookies[settings.SESSION_COOKIE_NAME]
    assert "expired=kept" in desk.post(address, sent)["Location"]
    desk.force_login(office.person)
    page = text_of(desk.get(address))
    assert typed in page
    assert "登录已过期，没有保存" in page
