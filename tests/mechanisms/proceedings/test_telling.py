"""Who is told when a matter moves, when a last day comes or passes, when the law changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests import factories
from tests.base.lawbase import notices as law
from tests.mechanisms.handoffs.letters import LETTERS
from zhengpin.base.access.duties import OVERSEE
from zhengpin.base.ledger.models import Entry
from zhengpin.base.notices.models import Notice
from zhengpin.kernel.procedures import Limit
from zhengpin.mechanisms.handoffs import services as handoffs
from zhengpin.mechanisms.handoffs.addressing import Addressee
from zhengpin.mechanisms.handoffs.letter import Letter
from zhengpin.mechanisms.proceedings import notices, recomputing, reminding, services
from zhengpin.mechanisms.proceedings.models import DueChange, Recomputation, Reminder
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from django.test import Client

    from zhengpin.base.access.models import Member
    from zhengpin.base.notices.kinds import NoticeKind
    from zhengpin.mechanisms.handoffs.models import Handoff
    from zhengpin.mechanisms.proceedings.models import Proceeding

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


def at(day: date, hour: int = 1) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def told(member: Member, kind: NoticeKind) -> list[str]:
    rows = Notice.objects.filter(member=member, kind_code=kind.code).order_by("pk")
    return list(rows.values_list("title", flat=True))


@pytest.fixture
def office() -> Member:
    return factories.member(factories.organization("市双打办"), "handle", "coordinate")


@pytest.fixture
def chief() -> Member:
    return factories.member(factories.organization("市双打办"), "handle", "approve")


@pytest.fixture
def officer() -> Member:
    return factories.member(factories.organization("市公安局"), "handle")


@pytest.fixture
def head() -> Member:
    return factories.member(factories.organization("市公安局"), "approve")


@pytest.fixture
def copied() -> Member:
    return factories.member(factories.organization("市市场监管局"), "handle")


@pytest.fixture
def circular(office: Member, officer: Member, copied: Member) -> Handoff:
    """A circular as a draft that asks for an answer by 20 March 2026."""
    content, _ = LETTERS["circular"]
    letter = Letter(
        "关于一季度案件移送情况的通报（示例）",
        "示例方案第三条",
        content,
        limits={"answer": Limit(date(2026, 3, 20), "示双打〔2026〕5号（示例）")},
        copies=(copied.organization,),
    )
    return handoffs.draft(
        kind_code="circular", letter=letter, to=Addressee(officer.organization, "测试"),
        member=office, said=Particulars(MONDAY), now=at(MONDAY),
    )  # fmt: skip


def move(circular: Handoff, code: str, member: Member, note: str = "") -> None:
    services.make_move(
        proceeding=circular.proceeding, move_code=code, member=member,
        said=Particulars(MONDAY, note=note), now=at(MONDAY),
    )  # fmt: skip


@pytest.fixture
def sent(circular: Handoff, office: Member, chief: Member) -> Handoff:
    move(circular, "submit", office)
    handoffs.send(handoff=circular, member=chief, said=Particulars(MONDAY), now=at(MONDAY))
    return circular


class TestOfAStep:
    def test_a_draft_put_up_for_approval_is_the_turn_of_those_who_approve(
        self, circular: Handoff, office: Member, chief: Member, officer: Member
    ) -> None:
        move(circular, "submit", office)
        assert told(chief, notices.TURN) == [str(circular.proceeding)]
        assert told(office, notices.TURN) == []
        assert told(officer, notices.TURN) == []

    def test_what_is_sent_is_the_turn_of_the_receiver_and_shown_to_those_copied(
        self, sent: Handoff, officer: Member, copied: Member, chief: Member
    ) -> None:
        assert told(officer, notices.TURN) == [str(sent.proceeding)]
        assert told(copied, notices.SHARED) == [str(sent.proceeding)]
        assert told(copied, notices.TURN) == []
        assert len(told(chief, notices.TURN)) == 1  # of the draft; not of what the chief sent

    def test_a_refusal_is_the_turn_of_the_sender(
        self, sent: Handoff, officer: Member, office: Member
    ) -> None:
        said = Particulars(MONDAY, note="不归本单位管")
        handoffs.refuse(handoff=sent, member=officer, said=said, now=at(MONDAY))
        assert told(office, notices.TURN) == [str(sent.proceeding)]

    def test_the_end_is_told_to_all_who_took_part(
        self, sent: Handoff, officer: Member, office: Member, copied: Member
    ) -> None:
        move(sent, "withdraw", office)
        assert told(officer, notices.CLOSED) == [str(sent.proceeding)]
        assert told(copied, notices.CLOSED) == [str(sent.proceeding)]
        assert told(office, notices.CLOSED) == []

    def test_a_draft_that_is_dropped_is_nobody_elses_affair(
        self, circular: Handoff, office: Member, officer: Member
    ) -> None:
        move(circular, "drop", office)
        assert not Notice.objects.exclude(member=office).exists()

    def test_a_corrected_step_that_moves_a_last_day_is_told_to_both_sides(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        asking = factories.member(proceeding.origin, "handle")
        services.make_move(
            proceeding=proceeding, move_code="accept", member=asked,
            said=Particulars(date(2026, 3, 3)), now=factories.NOW,
        )  # fmt: skip
        step = proceeding.steps.get(move_code="accept")
        services.correct_step(
            step=step, member=asked, said=Particulars(MONDAY, note="误写"), now=factories.NOW
        )
        assert told(asking, notices.CORRECTED) == [str(proceeding)]


class TestOfLastDays:
    SOON, OVER = at(date(2026, 3, 19)), at(date(2026, 3, 20), hour=16)

    def test_who_owes_is_told_two_days_before_and_only_once(
        self, sent: Handoff, officer: Member, office: Member
    ) -> None:
        assert reminding.remind(now=self.SOON - timedelta(days=1)) == 0
        assert reminding.remind(now=self.SOON) == 1
        assert reminding.remind(now=self.SOON + timedelta(hours=3)) == 0
        (words,) = told(officer, notices.SOON)
        assert words == f"答复期限（2026-03-20）：{sent.proceeding}"
        assert told(office, notices.SOON) == []

    def test_nobody_is_told_on_the_day_a_short_limit_began(
        self, sent: Handoff, officer: Member, office: Member
    ) -> None:
        handoffs.accept(handoff=sent, member=officer, said=Particulars(MONDAY), now=at(MONDAY))
        _, reply = LETTERS["circular"]
        handoffs.answer(
            handoff=sent, reply=reply, member=officer, said=Particulars(MONDAY), now=at(MONDAY)
        )
        again = Particulars(
            MONDAY, note="请补充", limits={"answer": Limit(date(2026, 3, 3), "示双打函（示例）")}
        )
        services.make_move(
            proceeding=sent.proceeding, move_code="ask_again", member=office, said=again,
            now=at(MONDAY),
        )  # fmt: skip
        assert reminding.remind(now=at(MONDAY, hour=3)) == 0
        assert reminding.remind(now=at(date(2026, 3, 3))) == 1

    def test_a_day_that_passed_is_told_to_both_sides_and_goes_up(
        self, sent: Handoff, officer: Member, head: Member, office: Member, chief: Member
    ) -> None:
        assert reminding.remind(now=self.OVER) == 1
        words = f"答复期限（2026-03-20）：{sent.proceeding}"
        for one in (officer, office, chief):
            assert told(one, notices.OVERDUE) == [words]
        assert told(head, notices.ESCALATED) == [words]
        assert told(office, notices.ESCALATED) == []  # it waits for the answer, and knows
        assert reminding.remind(now=self.OVER + timedelta(days=3)) == 0

    def test_a_last_minute_does_not_pass_before_the_day_is_over(
        self, sent: Handoff, officer: Member
    ) -> None:
        reminding.remind(now=self.OVER - timedelta(seconds=1))
        assert told(officer, notices.OVERDUE) == []

    def test_the_office_of_the_region_hears_of_what_others_owe_each_other(
        self, office: Member
    ) -> None:
        kind, (ours, theirs) = "assistance", ("市公安局", "市知识产权局")
        clerk = factories.member(factories.organization(ours), "handle", "approve")
        sender = factories.member(factories.organization(ours), "handle", "approve")
        content, _ = LETTERS[kind]
        letter = Letter("协助查询（示例）", "示例协议", content, limits={
            "answer": Limit(date(2026, 3, 20), "示例函")
        })  # fmt: skip
        handoff = handoffs.draft(
            kind_code=kind, letter=letter, to=Addressee(factories.organization(theirs), "测试"),
            member=clerk, said=Particulars(MONDAY), now=at(MONDAY),
        )  # fmt: skip
        if handoff.kind.needs_approval:
            move(handoff, "submit", clerk)
        handoffs.send(handoff=handoff, member=sender, said=Particulars(MONDAY), now=at(MONDAY))
        reminding.remind(now=self.OVER)
        assert told(office, notices.ESCALATED) == [f"答复期限（2026-03-20）：{handoff.proceeding}"]

    def test_what_is_not_coordinated_goes_up_to_the_nearest_that_oversees(
        self, proceeding: Proceeding, asked: Member, office: Member
    ) -> None:
        city = factories.member(factories.organization("市检察院"), OVERSEE.code)
        province = factories.member(
            factories.organization("省检察院", factories.PROVINCE), OVERSEE.code
        )
        services.make_move(
            proceeding=proceeding, move_code="accept", member=asked,
            said=Particulars(date(2026, 3, 3)), now=factories.NOW,
        )  # fmt: skip
        reminding.remind(now=at(date(2026, 5, 1)))
        assert len(told(city, notices.ESCALATED)) == 1
        assert told(province, notices.ESCALATED) == told(office, notices.ESCALATED) == []

    def test_a_new_last_day_is_reminded_of_anew(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        services.make_move(
            proceeding=proceeding, move_code="accept", member=asked,
            said=Particulars(date(2026, 3, 3)), now=factories.NOW,
        )  # fmt: skip
        assert reminding.remind(now=at(date(2026, 3, 23))) == 1
        extended = Particulars(
            date(2026, 3, 24), limits={"assist": Limit(date(2026, 4, 7), "延长决定（示例）")}
        )
        services.make_move(
            proceeding=proceeding, move_code="extend", member=asked, said=extended,
            now=at(date(2026, 3, 24)),
        )  # fmt: skip
        assert reminding.remind(now=at(date(2026, 3, 25))) == 0
        assert reminding.remind(now=at(date(2026, 4, 6))) == 1
        assert Reminder.objects.count() == 2

    def test_a_reminder_leaves_one_entry_for_each_kind_of_notice(
        self, sent: Handoff, officer: Member, head: Member
    ) -> None:
        before = Entry.objects.count()
        reminding.remind(now=self.OVER)
        assert Entry.objects.count() == before + 2


class TestOfTheLaw:
    DECEMBER = datetime(2026, 12, 31, tzinfo=UTC)

    @pytest.fixture
    def accepted(self, proceeding: Proceeding, asked: Member) -> Proceeding:
        services.make_move(
            proceeding=proceeding, move_code="accept", member=asked,
            said=Particulars(date(2026, 12, 15)), now=self.DECEMBER,
        )  # fmt: skip
        recomputing.follow_law(now=self.DECEMBER)
        return proceeding

    def test_a_notice_is_followed_once_and_those_concerned_are_told(
        self, accepted: Proceeding, asked: Member
    ) -> None:
        worker = factories.member(asked.organization, "handle")
        law.add_notice(law.keeper())
        recomputing.follow_law(now=self.DECEMBER)
        recomputing.follow_law(now=self.DECEMBER)
        citation = f"《{law.SOURCE.title}》（{law.SOURCE.number}）"
        assert told(worker, notices.LAW_CHANGED) == [f"{citation}（1 项）"]
        change = DueChange.objects.get()
        assert (change.because, change.recomputation) == (citation, Recomputation.objects.last())
        assert Recomputation.objects.count() == 2

    def test_a_law_that_stays_the_same_is_read_once(self, accepted: Proceeding) -> None:
        recomputing.follow_law(now=self.DECEMBER)
        (run,) = Recomputation.objects.all()
        assert run.finished_at is not None

    def test_a_run_that_was_cut_off_goes_on(self, accepted: Proceeding) -> None:
        law.add_notice(law.keeper())
        run = recomputing._run(self.DECEMBER)
        assert run is not None
        assert recomputing._run(self.DECEMBER) == run
        recomputing.follow_law(now=self.DECEMBER)
        run.refresh_from_db()
        assert (run.changed, run.reached) == (1, accepted.pk)
        assert run.finished_at is not None

    def test_a_run_that_the_law_overtook_is_closed(self, accepted: Proceeding) -> None:
        keeper = law.keeper()
        law.add_notice(keeper)
        overtaken = recomputing._run(self.DECEMBER)
        law.add_version(keeper)
        recomputing.follow_law(now=self.DECEMBER)
        assert overtaken is not None
        overtaken.refresh_from_db()
        assert (overtaken.reached, overtaken.finished_at) == (0, self.DECEMBER)
        last = Recomputation.objects.latest("pk")
        assert (last.because, last.changed) == (
            f"《{law.LAW.title}》（{law.LAW.number}）{law.LAW.article}",
            1,
        )

    def test_the_page_of_a_run_shows_a_member_what_it_may_see(
        self, accepted: Proceeding, asked: Member, client: Client
    ) -> None:
        stranger = factories.member(factories.organization("市税务局"), "handle")
        law.add_notice(law.keeper())
        recomputing.follow_law(now=self.DECEMBER)
        run = Recomputation.objects.latest("pk")
        address = f"/worklist/changes/{run.uuid}"
        client.force_login(asked.person)
        shown = client.get(address).content.decode()
        assert accepted.title in shown
        assert "2027年1月5日" in shown
        client.force_login(stranger.person)
        answer = client.get(address)
        assert answer.status_code == 200
        assert accepted.title not in answer.content.decode()
        assert client.get(f"{address}?after=x").status_code == 404
