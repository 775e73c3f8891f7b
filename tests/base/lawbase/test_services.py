"""What an installation adds to the law data, what is refused, and what the clocks then say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from tests import factories
from tests.base.lawbase.notices import LAW, OFF, SOURCE, add_notice, add_version, keeper
from zhengpin.base.access.errors import DutyMissing
from zhengpin.base.lawbase import errors, queries, services
from zhengpin.base.lawbase.models import Override
from zhengpin.base.ledger.models import Entry
from zhengpin.kernel.calendars import NoticeFaulty, mainland, read_announcement
from zhengpin.kernel.clocks import Deadline, deadline
from zhengpin.kernel.lawdata import (
    CorrectionRefused,
    LawDataFaulty,
    RuleNotInForce,
    RuleUnknown,
    VersionRefused,
    deadline_table,
)

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture(name="member")
def _member(db: None) -> Member:
    return keeper()


def due(code: str, start: str) -> Deadline:
    law, day = queries.law(), date.fromisoformat(start)
    return deadline(queries.rule(code, day), day, calendar=law.calendar, table=law.table)


def entries() -> list[str]:
    return list(
        Entry.objects.filter(action__startswith="lawbase.").values_list("action", flat=True)
    )


class TestAddCalendarNotice:
    def test_a_provisional_day_becomes_certain(self, member: Member) -> None:
        before = due("complaint121-accept", "2027-02-03")
        assert (before.due, before.provisional) == (date(2027, 2, 16), True)
        add_notice(member)
        after = due("complaint121-accept", "2027-02-03")
        assert (after.due, after.provisional) == (date(2027, 2, 18), False)
        assert any("2027-02-13（星期六）（春节调休）" in str(one) for one in after.why)

    def test_the_december_before_is_moved_too(self, member: Member) -> None:
        add_notice(member)
        assert queries.working_calendar().is_working(date(2026, 12, 27))

    def test_the_package_and_its_calendar_stay_as_they_are(self, member: Member) -> None:
        add_notice(member)
        assert not mainland().is_announced(date(2027, 1, 1))

    def test_one_entry_stands_in_the_ledger(self, member: Member) -> None:
        made = add_notice(member)
        entry = Entry.objects.get(action="lawbase.add_calendar_notice")
        assert (entry.subject, entry.member) == ("2027", member.uuid)
        assert entry.facts["override"] == str(made.uuid)
        assert entry.facts["on"][1] == "春节 2027-02-13"
        assert entry.facts["citation"] == made.citation

    def test_a_make_up_day_on_a_weekday_is_refused(self, member: Member) -> None:
        with pytest.raises(NoticeFaulty, match="2027-02-12（星期五）本来就是工作日"):
            add_notice(member, on=[{"name": "春节", "day": "2027-02-12"}])
        assert not Override.objects.exists()
        assert entries() == []

    def test_a_statutory_holiday_left_out_is_refused(self, member: Member) -> None:
        with pytest.raises(NoticeFaulty, match="2027-10-01 是法定节假日"):
            add_notice(member, off=OFF[:-1], on=[])

    def test_a_year_is_announced_once(self, member: Member) -> None:
        add_notice(member)
        with pytest.raises(NoticeFaulty, match="2027 年的放假通知已经载入"):
            add_notice(member)

    def test_a_later_notice_changes_an_announced_year(self, member: Member) -> None:
        raw = {"off": [{"name": "春节", "from": "2026-02-24", "to": "2026-02-25"}]}
        services.add_calendar_notice(
            announcement=read_announcement(2026, raw, is_amendment=True),
            source=SOURCE, member=member, now=factories.NOW,
        )  # fmt: skip
        assert not queries.working_calendar().is_working(date(2026, 2, 25))
        assert len(queries.law().sources[2026]) == 2

    def test_a_notice_without_its_text_is_refused(self, member: Member) -> None:
        for source in (replace(SOURCE, text=" "), replace(SOURCE, title="")):
            with pytest.raises(errors.SourceMissing):
                services.add_calendar_notice(
                    announcement=read_announcement(2027, {"off": OFF}),
                    source=source, member=member, now=factories.NOW,
                )  # fmt: skip

    def test_an_address_of_another_kind_is_refused(self, member: Member) -> None:
        with pytest.raises(errors.AddressMalformed):
            services.add_calendar_notice(
                announcement=read_announcement(2027, {"off": OFF}),
                source=replace(SOURCE, address="javascript:alert(1)"),
                member=member, now=factories.NOW,
            )  # fmt: skip

    def test_a_member_without_the_duty_is_refused(self, reader: Member) -> None:
        with pytest.raises(DutyMissing):
            add_notice(reader)
        assert not Override.objects.exists()


class TestAddRuleVersion:
    def test_the_earlier_version_ends_the_day_before(self, member: Member) -> None:
        add_version(member)
        assert queries.rule("foi-reply", date(2027, 2, 28)).length == 20
        assert queries.rule("foi-reply", date(2027, 3, 1)).length == 15
        assert queries.rule("foi-reply", date(2027, 3, 1)).id == "foi-reply@2027-03-01"
        assert queries.row("foi-reply").effective_to == date(2027, 3, 1)

    def test_a_clock_is_read_by_the_version_of_its_day(self, member: Member) -> None:
        add_version(member)
        assert due("foi-reply", "2027-02-26").rule.length == 20
        reasons = due("foi-reply", "2027-03-01")
        assert reasons.due == date(2027, 3, 22)
        assert "为测试虚构的修订" in str(reasons.why[0])

    def test_the_old_version_refuses_a_later_event_and_names_the_new(self, member: Member) -> None:
        add_version(member)
        law = queries.law()
        with pytest.raises(RuleNotInForce, match="该日施行的是 foi-reply@2027-03-01"):
            deadline(queries.row("foi-reply"), date(2027, 3, 1), table=law.table)

    def test_a_second_version_follows_the_first(self, member: Member) -> None:
        add_version(member)
        add_version(member, date(2028, 1, 1), length=10)
        lengths = [one.length for one in queries.versions(queries.row("foi-reply"))]
        assert lengths == [20, 15, 10]
        assert queries.rule("foi-reply@2027-03-01", date(2028, 1, 1)).length == 10

    def test_a_version_between_two_of_the_package_ends_where_the_next_begins(
        self, member: Member
    ) -> None:
        add_version(member, date(2026, 12, 1), "tm-opposition-2019", length=2)
        made = queries.row("tm-opposition-2019@2026-12-01")
        assert made.effective_to == date(2027, 1, 1)
        assert made.superseded_by == "tm-opposition-2026"

    @pytest.mark.parametrize(
        ("on", "said"),
        [
            (date(2019, 5, 15), "自 2019-05-15 起已经施行"),
            (date(2010, 1, 1), "最早自 2019-05-15 起施行"),
        ],
    )
    def test_a_day_that_is_no_later_is_refused(self, member: Member, on: date, said: str) -> None:
        with pytest.raises(VersionRefused, match=said):
            add_version(member, on)
        assert entries() == []

    def test_an_unknown_rule_is_refused(self, member: Member) -> None:
        with pytest.raises(RuleUnknown):
            add_version(member, code="no-such-rule")

    def test_fields_that_cannot_be_are_named(self, member: Member) -> None:
        with pytest.raises(LawDataFaulty, match="不认识的 unit weeks"):
            add_version(member, unit="weeks")
        with pytest.raises(LawDataFaulty, match="不认识的计算规则 nobody"):
            add_version(member, counting_rule="nobody")
        with pytest.raises(LawDataFaulty, match="length 不是非负整数"):
            add_version(member, length=-1)

    def test_a_version_without_its_source_is_refused(self, member: Member) -> None:
        with pytest.raises(errors.SourceMissing):
            services.add_rule_version(
                code="foi-reply", on=date(2027, 3, 1), changes={"length": 15},
                source=replace(LAW, text=""), member=member, now=factories.NOW,
            )  # fmt: skip
        with pytest.raises(LawDataFaulty, match="缺少 article"):
            services.add_rule_version(
                code="foi-reply", on=date(2027, 3, 1), changes={"length": 15},
                source=replace(LAW, article=""), member=member, now=factories.NOW,
            )  # fmt: skip

    def test_a_member_without_the_duty_is_refused(self, reader: Member) -> None:
        with pytest.raises(DutyMissing):
            add_version(reader)


class TestAddCorrection:
    def correct(self, member: Member, field: str, value: str, code: str = "apl-pay") -> Override:
        return services.add_correction(
            code=code, field=field, value=value, source=LAW, member=member, now=factories.NOW
        )

    def test_a_field_is_corrected_and_what_it_said_is_kept(self, member: Member) -> None:
        self.correct(member, "length", "16")
        assert queries.row("apl-pay").length == 16
        noted = [one for one in queries.law().table.corrections if one.rule == "apl-pay"]
        assert (noted[-1].was, noted[-1].now, noted[-1].field) == ("15", "16", "length")
        assert deadline_table().rules["apl-pay"].length == 15

    def test_a_recalled_row_may_be_marked_as_read(self, member: Member) -> None:
        self.correct(member, "verified", "text", "mps16-2016-1")
        assert queries.row("mps16-2016-1").verified == "text"

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("length", "many", "length 不能是“many”"),
            ("length", "15", "现在就是“15”"),
            ("unit", "weeks", "unit 不能是“weeks”"),
            ("note", "x", "不能更正 note"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, member: Member, field: str, value: str, said: str
    ) -> None:
        with pytest.raises(CorrectionRefused, match=said):
            self.correct(member, field, value)

    def test_a_row_that_could_not_be_is_refused(self, member: Member) -> None:
        with pytest.raises(LawDataFaulty, match="不认识的计算规则 nobody"):
            self.correct(member, "counting_rule", "nobody")


class TestWithdrawOverride:
    def withdraw(self, member: Member, made: Override, reason: str = "登记错了") -> Override:
        return services.withdraw_override(
            override=made, reason=reason, member=member, now=factories.NOW
        )

    def test_the_law_is_as_before_and_the_row_stays(self, member: Member) -> None:
        made = add_notice(member)
        self.withdraw(member, made)
        assert not queries.working_calendar().is_announced(date(2027, 1, 1))
        assert Override.objects.count() == 2
        assert entries() == ["lawbase.add_calendar_notice", "lawbase.withdraw_override"]

    def test_a_withdrawn_year_may_be_entered_again(self, member: Member) -> None:
        self.withdraw(member, add_notice(member))
        add_notice(member)
        assert queries.working_calendar().is_announced(date(2027, 1, 1))

    def test_it_is_withdrawn_once_with_a_reason(self, member: Member) -> None:
        made = add_version(member)
        with pytest.raises(errors.ReasonMissing):
            self.withdraw(member, made, " ")
        withdrawal = self.withdraw(member, made)
        with pytest.raises(errors.AlreadyWithdrawn):
            self.withdraw(member, made)
        with pytest.raises(errors.WithdrawalFinal):
            self.withdraw(member, withdrawal)

    def test_what_others_rest_on_is_not_withdrawn(self, member: Member) -> None:
        made = add_version(member)
        services.add_correction(
            code="foi-reply@2027-03-01", field="length", value="16", source=LAW,
            member=member, now=factories.NOW,
        )  # fmt: skip
        with pytest.raises(errors.OthersRestOnIt, match="更正 foi-reply@2027-03-01"):
            self.withdraw(member, made)

    def test_a_member_without_the_duty_is_refused(self, member: Member, reader: Member) -> None:
        made = add_version(member)
        with pytest.raises(DutyMissing):
            self.withdraw(reader, made)


class TestTheStateOfTheLaw:
    def test_each_state_can_be_read_again(self, member: Member) -> None:
        notice = add_notice(member)
        version = add_version(member)
        services.withdraw_override(
            override=notice, reason="登记错了", member=member, now=factories.NOW
        )
        day = date(2027, 1, 1)
        assert not queries.law_as_of(notice.pk - 1).calendar.is_announced(day)
        assert queries.law_as_of(notice.pk).calendar.is_announced(day)
        assert "foi-reply@2027-03-01" not in queries.law_as_of(notice.pk).table.rules
        assert queries.law_as_of(version.pk).calendar.is_announced(day)
        assert not queries.law().calendar.is_announced(day)

    def test_it_is_read_once_per_state(
        self, member: Member, django_assert_num_queries: object
    ) -> None:
        add_notice(member)
        assert queries.law() is queries.law()
        with django_assert_num_queries(1):  # type: ignore[operator]
            queries.law()

    def test_what_is_rolled_back_is_forgotten(self, member: Member) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            add_notice(member)
            assert queries.working_calendar().is_announced(date(2027, 1, 1))
            _ = 1 / 0
        assert not queries.working_calendar().is_announced(date(2027, 1, 1))

    def test_an_override_that_no_longer_fits_is_set_aside_and_the_rest_holds(
        self, member: Member
    ) -> None:
        gone = Override.objects.create(
            kind="version", subject="a-rule-of-old", content={}, effective_from=date(2027, 1, 1),
            title="旧", source_text="旧", added_by=member, added_at=factories.NOW,
        )  # fmt: skip
        add_notice(member)
        assert "没有规则“a-rule-of-old”" in queries.law().set_aside[gone.pk]
        assert queries.working_calendar().is_announced(date(2027, 1, 1))

    @pytest.mark.parametrize(
        "words", ["UPDATE {} SET title = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
    )
    def test_the_database_refuses_every_change(self, member: Member, words: str) -> None:
        if "TRUNCATE" not in words:  # which finds no row to wait for then
            add_notice(member)
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(words.format("lawbase_override"))
