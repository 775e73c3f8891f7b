from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import NOW
from tests.mechanisms.plans.instruments import CITING, POST, citing_plan, named, places
from zhengpin.base.access.errors import DutyMissing
from zhengpin.base.ledger.models import Entry
from zhengpin.base.notices.models import Notice
from zhengpin.mechanisms.plans import citing, errors, instruments, queries
from zhengpin.mechanisms.plans.models import Citation, Instrument, Plan

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import StatusChange

SOURCE = "交通运输部公告2026年第9号（示例）"


def change(
    instrument: Instrument, by: Member, status: str = "revised", source: str = SOURCE
) -> StatusChange:
    return instruments.set_status(
        instrument=instrument, status=status, source=source, member=by, now=NOW
    )


def settle(citation: Citation, by: Member, remark: str = "照新办法执行（示例）") -> Citation:
    return instruments.settle_flag(citation=citation, remark=remark, member=by, now=NOW)


def flagged(plan: Plan) -> list[str]:
    rows = Citation.objects.flagged().filter(plan=plan).select_related("clause")
    return [one.clause.address if one.clause else "" for one in rows.order_by("start")]


class TestConfirming:
    def test_lists_what_each_clause_cites(self, office: Member) -> None:
        plan = citing_plan(office)
        assert places(plan) == {
            "《国务院关于打击假冒的意见》（国发〔2017〕14号）": ["", "1.1"],
            f"《{POST}》": ["1.1"],
            "《商标法》": ["1.2"],
            "《关于印发〈侵权（假冒）商品“销毁”办法〉的通知》": ["2"],
        }

    def test_keeps_the_place_in_the_source(self, office: Member) -> None:
        plan = citing_plan(office)
        cited = Citation.objects.get(instrument=named(POST))
        assert plan.source_text[cited.start : cited.end] == f"《{POST}》"

    def test_reads_the_issuer_off_the_title(self, office: Member) -> None:
        citing_plan(office)
        assert named("国务院关于打击假冒的意见").issuer == "国务院"
        assert named(POST).issuer == ""

    def test_makes_one_row_of_two_spellings_in_two_plans(self, office: Member) -> None:
        citing_plan(office)
        other = CITING.replace("2026年", "2025年").replace(POST, "郵政業寄遞 安全監督管理辦法")
        citing_plan(office, other.replace("《商标法》和", "《中华人民共和国商标法》和"))
        assert named(POST).citations.count() == 2
        assert Instrument.objects.count() == 4

    def test_knows_by_its_number_what_another_plan_names_in_full(self, office: Member) -> None:
        only_number = "《国务院关于打击假冒的意见》（国发〔2017〕14号，以下简称《意见》）"
        bare = CITING.replace("2026年", "2025年").replace(only_number, "国发[2017]14号")
        citing_plan(office, bare.replace("对照《意见》", "对照要求"))
        assert Instrument.objects.get(number_key="国发(2017)14号").title == ""
        citing_plan(office)
        listed = Instrument.objects.get(number_key="国发(2017)14号")
        assert (listed.title, listed.citations.count()) == ("国务院关于打击假冒的意见", 3)

    def test_keeps_two_numbers_of_one_title_apart(self, office: Member) -> None:
        citing_plan(office)
        citing_plan(office, CITING.replace("2026年", "2025年").replace("14号", "15号"))
        same = Instrument.objects.filter(title="国务院关于打击假冒的意见")
        assert sorted(same.values_list("number", flat=True)) == [
            "国发〔2017〕14号", "国发〔2017〕15号",
        ]  # fmt: skip

    def test_does_not_take_one_plans_opinion_for_anothers(self, office: Member) -> None:
        for year in ("2025", "2026"):
            text = factories.PLAN.replace("2026", year).replace(
                "开展重点", "落实《实施方案》，开展重点"
            )
            citing_plan(office, text)
        assert Instrument.objects.filter(title="实施方案").count() == 2

    def test_counts_for_every_clause_what_the_heading_of_its_item_cites(
        self, office: Member
    ) -> None:
        text = factories.PLAN.replace("加强市场治理", "落实《商标法》")
        plan = citing_plan(office, text)
        assert places(plan) == {"《商标法》": ["1.1", "1.2"]}

    def test_says_in_its_entry_how_many_places_it_listed(self, office: Member) -> None:
        citing_plan(office)
        assert Entry.objects.get(action="plans.confirm").facts["citations"] == 5

    def test_lists_nothing_while_a_plan_is_in_review(self, office: Member) -> None:
        factories.plan(office, CITING)
        assert not Instrument.objects.exists()


class TestCatchingUp:
    def test_lists_what_was_confirmed_before_there_was_a_register_once(
        self, office: Member
    ) -> None:
        plan = citing_plan(office)
        before = places(plan)
        Citation.objects.all().delete()
        Instrument.objects.all().delete()
        Plan.objects.update(citations_listed_at=None)
        assert citing.list_missing(now=NOW) == 1
        assert places(plan) == before
        assert citing.list_missing(now=NOW) == 0
        assert Entry.objects.filter(action="plans.list_citations").count() == 1

    def test_listed_again_nothing_is_different(self, office: Member) -> None:
        plan = citing_plan(office)
        change(named(POST), office)
        rows = list(Citation.objects.order_by("pk").values())
        with transaction.atomic():
            citing.list_citations(plan=Plan.objects.get(pk=plan.pk), now=NOW)
        assert list(Citation.objects.order_by("pk").values()) == rows

    def test_leaves_plans_in_review_alone(self, office: Member) -> None:
        factories.plan(office, CITING)
        assert citing.list_missing(now=NOW) == 0


class TestSetStatus:
    def test_flags_every_clause_that_cites_it_and_no_other(self, office: Member) -> None:
        plan = citing_plan(office)
        change(named("国务院关于打击假冒的意见"), office)
        assert flagged(plan) == ["", "1.1"]

    def test_records_who_said_so_by_what_source(self, office: Member) -> None:
        citing_plan(office)
        made = change(named(POST), office)
        assert (made.before, made.after, made.source) == ("unknown", "revised", SOURCE)
        entry = Entry.objects.latest("pk")
        assert entry.action in {"plans.change_instrument", "notices.send"}
        facts = Entry.objects.get(action="plans.change_instrument").facts
        assert facts == {
            "before": "unknown", "after": "revised", "source": SOURCE, "flagged": 1,
        }  # fmt: skip

    def test_tells_the_holders_of_the_flagged_plans_once(self, office: Member) -> None:
        colleague = factories.member(office.organization, "import_plans")
        clerk = factories.member(office.organization)
        citing_plan(office)
        citing_plan(office, CITING.replace("2026年", "2025年"))
        change(named(POST), office)
        told = Notice.objects.filter(kind_code="plan_instrument_changed")
        assert list(told.values_list("member", flat=True)) == [colleague.pk]
        assert clerk.pk not in told.values_list("member", flat=True)

    @pytest.mark.parametrize("status", ["in_force", "not_yet"])
    def test_a_first_finding_that_it_stands_flags_nothing(
        self, office: Member, status: str
    ) -> None:
        plan = citing_plan(office)
        change(named(POST), office, status)
        assert flagged(plan) == []
        assert named(POST).status == status

    def test_coming_into_force_flags(self, office: Member) -> None:
        plan = citing_plan(office)
        change(named(POST), office, "not_yet")
        change(named(POST), office, "in_force", "自2026年3月1日起施行（示例）")
        assert flagged(plan) == ["1.1"]

    def test_a_later_change_opens_a_settled_flag_again(self, office: Member) -> None:
        plan = citing_plan(office)
        change(named(POST), office)
        settle(Citation.objects.flagged().get(), office)
        change(named(POST), office, "repealed", "废止决定（示例）")
        assert flagged(plan) == ["1.1"]

    @pytest.mark.parametrize("source", ["", "   "])
    def test_refuses_a_change_without_a_source(self, office: Member, source: str) -> None:
        citing_plan(office)
        with pytest.raises(errors.SourceMissing):
            change(named(POST), office, source=source)
        assert not Citation.objects.flagged().exists()

    def test_refuses_the_status_it_has(self, office: Member) -> None:
        citing_plan(office)
        with pytest.raises(errors.StatusUnchanged):
            change(named(POST), office, "unknown")
        change(named(POST), office)
        with pytest.raises(errors.StatusUnchanged):
            change(named(POST), office)

    def test_takes_a_second_revision_by_another_source(self, office: Member) -> None:
        plan = citing_plan(office)
        change(named(POST), office)
        settle(Citation.objects.flagged().get(), office)
        change(named(POST), office, source="第二次修订的公告（示例）")
        assert flagged(plan) == ["1.1"]

    def test_refuses_a_status_that_is_none(self, office: Member) -> None:
        citing_plan(office)
        with pytest.raises(errors.ValueNotAllowed):
            change(named(POST), office, "vanished")

    def test_refuses_a_member_without_the_duty(self, office: Member) -> None:
        citing_plan(office)
        with pytest.raises(DutyMissing):
            change(named(POST), factories.member(office.organization))

    def test_refuses_an_office_whose_plans_do_not_cite_it(self, office: Member) -> None:
        citing_plan(office)
        with pytest.raises(errors.NotCiting):
            change(named(POST), factories.importer(short_name="市知识产权局"))


class TestDescribe:
    def test_writes_down_number_issuer_and_date(self, office: Member) -> None:
        citing_plan(office)
        described = instruments.describe(
            instrument=named(POST), number="交通运输部令2020年第1号", issuer="交通运输部",
            issued_on=date(2020, 1, 2), member=office, now=NOW,
        )  # fmt: skip
        described.refresh_from_db()
        assert described.number_key == "交通运输部令2020年第1号"
        assert Entry.objects.latest("pk").action == "plans.describe_instrument"

    def test_refuses_a_number_under_which_the_title_is_listed(self, office: Member) -> None:
        citing_plan(office)
        citing_plan(office, CITING.replace("2026年", "2025年").replace("14号", "15号"))
        with pytest.raises(errors.InstrumentListed):
            instruments.describe(
                instrument=Instrument.objects.get(number="国发〔2017〕15号"),
                number="国发[2017]14号", issuer="国务院", issued_on=None, member=office, now=NOW,
            )  # fmt: skip

    def test_refuses_to_change_nothing(self, office: Member) -> None:
        citing_plan(office)
        with pytest.raises(errors.NothingCorrected):
            instruments.describe(
                instrument=named(POST), number="", issuer="", issued_on=None, member=office,
                now=NOW,
            )  # fmt: skip


class TestSettleFlag:
    def test_keeps_the_remark_with_who_and_when(self, office: Member) -> None:
        plan = citing_plan(office)
        change(named(POST), office)
        settled = settle(Citation.objects.flagged().get(), office)
        assert (settled.settlement, settled.settled_by) == ("照新办法执行（示例）", office)
        assert flagged(plan) == []
        entry = Entry.objects.get(action="plans.settle_flag")
        assert (entry.subject, entry.facts["address"]) == (str(plan.uuid), "1.1")

    def test_refuses_a_flag_without_a_remark(self, office: Member) -> None:
        citing_plan(office)
        change(named(POST), office)
        with pytest.raises(errors.RemarkMissing):
            settle(Citation.objects.flagged().get(), office, " ")

    def test_refuses_what_is_not_flagged_or_no_more(self, office: Member) -> None:
        citing_plan(office)
        with pytest.raises(errors.NotFlagged):
            settle(named(POST).citations.get(), office)
        change(named(POST), office)
        settle(named(POST).citations.get(), office)
        with pytest.raises(errors.NotFlagged):
            settle(named(POST).citations.get(), office)

    def test_refuses_who_does_not_hold_the_plan(self, office: Member) -> None:
        citing_plan(office)
        change(named(POST), office)
        with pytest.raises(errors.NotHolder):
            settle(Citation.objects.flagged().get(), factories.importer(short_name="市商务局"))

    def test_the_database_refuses_a_settled_flag_without_a_remark(self, office: Member) -> None:
        citing_plan(office)
        change(named(POST), office)
        with pytest.raises(IntegrityError), transaction.atomic():
            Citation.objects.flagged().update(settled_at=NOW + timedelta(days=1))


class TestWhoSees:
    def test_instruments_and_counts_are_of_the_plans_a_member_sees(self, office: Member) -> None:
        citing_plan(office)
        away = factories.importer(factories.OTHER_CITY)
        factories.confirmed_plan(away, factories.PLAN.replace("加强版权保护", "落实《商标法》"))
        clerk = factories.member(factories.organization("市公安局"))
        assert queries.instruments_for(clerk).count() == 4
        law = queries.instruments_for(away).get()
        assert law.title == "商标法"
        assert queries.places_of(away, [law]) == {law.pk: (1, 0)}
        assert named("商标法").citations.count() == 2
        assert queries.citing_places(clerk, named("商标法")).count() == 1
