from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import factories
from tests.mechanisms.handoffs.letters import LETTERS
from zhengpin.kernel.procedures import Limit
from zhengpin.mechanisms.handoffs import addressing, errors, queries, services
from zhengpin.mechanisms.handoffs.addressing import Addressee
from zhengpin.mechanisms.handoffs.kinds import KINDS
from zhengpin.mechanisms.handoffs.letter import Letter
from zhengpin.mechanisms.handoffs.models import Handoff
from zhengpin.mechanisms.proceedings import errors as engine_errors
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.models import Proceeding
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.base.organizations.models import Organization
    from zhengpin.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
NOW, DAY = factories.NOW, date(2026, 3, 2)
SAID = Particulars(DAY)
LEAD = Letter("涉税线索（示例）", "示例协议第二条", LETTERS["tax_lead"][0])
REGION = Letter("案件流转（示例）", "示例协议第三条", LETTERS["region_case"][0])


@pytest.fixture
def market() -> Organization:
    return factories.organization("市市场监管局")


@pytest.fixture
def clerk(market: Organization) -> Member:
    return factories.member(market, "handle")


@pytest.fixture
def chief(market: Organization) -> Member:
    return factories.member(market, "approve")


@pytest.fixture
def tax() -> Member:
    return factories.member(factories.organization("市税务局"), "handle")


def drafted(
    clerk: Member, to: Organization, letter: Letter = LEAD, kind: str = "tax_lead"
) -> Handoff:
    return services.draft(
        kind_code=kind, letter=letter, to=Addressee(to, "测试"), member=clerk, said=SAID, now=NOW
    )


def sent(
    clerk: Member, chief: Member, to: Organization, letter: Letter = LEAD, kind: str = "tax_lead"
) -> Handoff:
    handoff = drafted(clerk, to, letter, kind)
    engine.make_move(
        proceeding=handoff.proceeding, move_code="submit", member=clerk, said=SAID, now=NOW
    )
    services.send(handoff=handoff, member=chief, said=SAID, now=NOW)
    handoff.refresh_from_db()
    return handoff


class TestAddressing:
    def test_finds_the_competent_organization_and_says_why(self, tax: Member) -> None:
        found = addressing.addressee(KINDS["tax_lead"], factories.region(), on=DAY)
        assert found.organization == tax.organization
        assert found.why == "示例市（990100）在 2026-03-02 主管税务的单位"

    def test_refuses_where_there_is_none(self) -> None:
        with pytest.raises(errors.ReceiverUnknown):
            addressing.addressee(KINDS["tax_lead"], factories.region("990300"), on=DAY)


class TestDraft:
    @pytest.mark.parametrize(
        ("letter", "refusal"),
        [
            (replace(LEAD, ground=" "), errors.GroundMissing),
            (replace(LEAD, content={}), errors.ContentMalformed),
            (replace(LEAD, content={**LEAD.content, "secret": "多余"}), errors.ContentMalformed),
            (
                replace(LEAD, content={**LEAD.content, "credit_code": "91110000600037341X"}),
                errors.ContentMalformed,
            ),
        ],
    )
    def test_refuses_and_saves_nothing(
        self, clerk: Member, tax: Member, letter: Letter, refusal: type[DomainError]
    ) -> None:
        with pytest.raises(refusal):
            drafted(clerk, tax.organization, letter)
        assert not Proceeding.objects.exists()

    def test_names_the_field_that_is_missing(self, clerk: Member, tax: Member) -> None:
        content = {**LEAD.content, "taxpayer": ""}
        with pytest.raises(errors.ContentMalformed, match="纳税人没有填写"):
            drafted(clerk, tax.organization, replace(LEAD, content=content))

    def test_refuses_oneself(self, clerk: Member, market: Organization) -> None:
        letter = Letter("协助（示例）", "示例协议", LETTERS["assistance"][0])
        with pytest.raises(errors.SentToOneself):
            drafted(clerk, market, letter, "assistance")

    def test_refuses_a_receiver_without_competence(self, clerk: Member) -> None:
        with pytest.raises(errors.ReceiverNotCompetent):
            drafted(clerk, factories.organization("市知识产权局"))

    def test_refuses_a_sender_without_competence(self, tax: Member) -> None:
        other = factories.member(factories.organization("市知识产权局"), "handle")
        with pytest.raises(errors.SenderNotCompetent):
            drafted(other, tax.organization)

    def test_refuses_another_region_where_the_kind_stays_at_home(self, clerk: Member) -> None:
        with pytest.raises(errors.ReceiverOutOfReach):
            drafted(clerk, factories.organization("市税务局", factories.OTHER_CITY))

    def test_refuses_to_refer_to_a_matter_that_one_may_not_see(
        self, clerk: Member, tax: Member
    ) -> None:
        ip = factories.member(factories.organization("市知识产权局"), "handle")
        theirs = drafted(
            ip, factories.organization("市公安局"),
            Letter("协助（示例）", "示例协议", LETTERS["assistance"][0]), "assistance",
        )  # fmt: skip
        with pytest.raises(errors.NothingReferred):
            drafted(clerk, tax.organization, replace(LEAD, refers_to=theirs.proceeding))

    def test_a_batch_is_all_or_none(self, clerk: Member, tax: Member) -> None:
        letter = Letter("商请（示例）", "示例协议", LETTERS["consultation"][0])
        police = Addressee(factories.organization("市公安局"), "测试")
        both = [police, Addressee(tax.organization, "测试")]
        made = services.draft_batch(
            kind_code="consultation", letter=letter, to=both, member=clerk, said=SAID, now=NOW
        )
        assert len({one.batch for one in made}) == 1
        with pytest.raises(errors.SentToOneself):
            services.draft_batch(
                kind_code="consultation", letter=letter,
                to=[*both, Addressee(clerk.organization, "测试")],
                member=clerk, said=SAID, now=NOW,
            )  # fmt: skip
        assert Handoff.objects.count() == 2


class TestSend:
    def test_the_drafter_may_not_approve(self, market: Organization, tax: Member) -> None:
        both = factories.member(market, "handle", "approve")
        handoff = drafted(both, tax.organization)
        engine.make_move(
            proceeding=handoff.proceeding, move_code="submit", member=both, said=SAID, now=NOW
        )
        with pytest.raises(errors.ApprovedByDrafter):
            services.send(handoff=handoff, member=both, said=SAID, now=NOW)

    def test_both_sides_see_the_day_the_letter_fixes(
        self, clerk: Member, chief: Member, tax: Member
    ) -> None:
        limit = Limit(date(2026, 3, 31), "示市监函〔2026〕9号")
        handoff = sent(clerk, chief, tax.organization, replace(LEAD, limits={"answer": limit}))
        due = handoff.proceeding.due_days.get(clock_code="answer")
        assert (due.due_on, due.owed_by, due.owed_to) == (
            limit.due, tax.organization, clerk.organization,
        )  # fmt: skip
        receipt = handoff.proceeding.due_days.get(clock_code="receipt")
        assert receipt.due_on is None

    def test_copies_read_it_and_others_do_not_know_of_it(
        self, clerk: Member, chief: Member, tax: Member
    ) -> None:
        copied = factories.member(factories.organization("市公安局"), "handle")
        other = factories.member(factories.organization("市知识产权局"), "handle")
        handoff = sent(clerk, chief, tax.organization, replace(LEAD, copies=[copied.organization]))
        assert queries.content_for(copied, handoff) == handoff.content
        assert handoff not in queries.handoffs_for(other)

    def test_no_step_of_a_receiver_is_taken_by_a_copy(
        self, clerk: Member, chief: Member, tax: Member
    ) -> None:
        copied = factories.member(factories.organization("市公安局"), "handle")
        handoff = sent(clerk, chief, tax.organization, replace(LEAD, copies=[copied.organization]))
        with pytest.raises(engine_errors.NotYourMove):
            services.accept(handoff=handoff, member=copied, said=SAID, now=NOW)


class TestRefuseAndResend:
    def test_a_refused_case_stays_with_its_sender_and_goes_to_another(
        self, clerk: Member, chief: Member
    ) -> None:
        first = factories.member(
            factories.organization("他山市市场监管局", factories.OTHER_CITY), "handle"
        )
        second = factories.member(
            factories.organization("他山市公安局", factories.OTHER_CITY), "handle"
        )
        handoff = sent(clerk, chief, first.organization, REGION, "region_case")
        services.refuse(
            handoff=handoff, member=first, said=Particulars(DAY, note="没有管辖权"), now=NOW
        )
        handoff.proceeding.refresh_from_db()
        assert handoff.proceeding.holder == clerk.organization
        services.resend(
            handoff=handoff, to=Addressee(second.organization, "测试"), member=clerk,
            said=SAID, now=NOW,
        )  # fmt: skip
        handoff.refresh_from_db()
        services.accept(handoff=handoff, member=second, said=SAID, now=NOW)
        refused, accepted = handoff.deliveries.order_by("pk")
        assert refused.refused_by is not None
        assert accepted.accepted_by is not None
        assert set(queries.content_for(first, handoff)) == {"summary", "jurisdiction"}

    def test_refuses_without_reasons(self, clerk: Member, chief: Member, tax: Member) -> None:
        handoff = sent(clerk, chief, tax.organization)
        with pytest.raises(engine_errors.NoteMissing):
            services.refuse(handoff=handoff, member=tax, said=SAID, now=NOW)
        assert not handoff.deliveries.filter(refused_by__isnull=False).exists()

    def test_is_not_sent_to_whoever_has_just_refused(
        self, clerk: Member, chief: Member, tax: Member
    ) -> None:
        handoff = sent(clerk, chief, tax.organization)
        services.refuse(handoff=handoff, member=tax, said=Particulars(DAY, note="缺证据"), now=NOW)
        with pytest.raises(errors.SameReceiverAgain):
            services.resend(
                handoff=handoff, to=Addressee(tax.organization, "测试"), member=clerk,
                said=SAID, now=NOW,
            )  # fmt: skip


class TestPassOn:
    def test_the_receiver_goes_on_owing_its_answer(self) -> None:
        office = factories.member(factories.organization("市双打办"), "handle")
        police = factories.member(factories.organization("市公安局"), "handle")
        ip = factories.organization("市知识产权局")
        letter = Letter("协助（示例）", "示例协议", LETTERS["assistance"][0])
        chief = factories.member(office.organization, "approve")
        handoff = sent(office, chief, police.organization, letter, "assistance")
        services.accept(handoff=handoff, member=police, said=SAID, now=NOW)
        (further,) = services.pass_on(
            handoff=handoff, to=[Addressee(ip, "测试")], member=police, said=SAID, now=NOW
        )
        assert further.passed_from == handoff
        assert handoff.proceeding.due_days.filter(owed_by=police.organization).exists()

    def test_is_refused_where_the_kind_forbids_it(
        self, clerk: Member, chief: Member, tax: Member
    ) -> None:
        handoff = sent(clerk, chief, tax.organization)
        services.accept(handoff=handoff, member=tax, said=SAID, now=NOW)
        with pytest.raises(errors.NotPassedOn):
            services.pass_on(
                handoff=handoff, to=[Addressee(factories.organization("市公安局"), "测试")],
                member=tax, said=SAID, now=NOW,
            )  # fmt: skip

    def test_a_receiver_passes_on_what_it_could_not_send_by_itself(self) -> None:
        office = factories.member(factories.organization("市双打办"), "handle")
        district = factories.member(
            factories.organization("青禾区政府", factories.DISTRICT), "handle"
        )
        market = factories.organization("青禾区市场监管局", factories.DISTRICT)
        letter = Letter("交办（示例）", "示例方案", LETTERS["plan_task_assignment"][0])
        handoff = drafted(office, district.organization, letter, "plan_task_assignment")
        services.send(handoff=handoff, member=office, said=SAID, now=NOW)
        services.accept(handoff=handoff, member=district, said=SAID, now=NOW)
        (further,) = services.pass_on(
            handoff=handoff, to=[Addressee(market, "测试")], member=district, said=SAID, now=NOW
        )
        assert (further.sender, further.receiver) == (district.organization, market)
        with pytest.raises(errors.SenderNotCompetent):
            drafted(district, market, letter, "plan_task_assignment")

    def test_is_refused_to_whoever_has_not_signed(self) -> None:
        office = factories.member(factories.organization("市双打办"), "handle")
        police = factories.member(factories.organization("市公安局"), "handle")
        letter = Letter("交办（示例）", "示例方案", LETTERS["plan_task_assignment"][0])
        handoff = drafted(office, police.organization, letter, "plan_task_assignment")
        services.send(handoff=handoff, member=office, said=SAID, now=NOW)
        with pytest.raises(errors.NotPassedOn):
            services.pass_on(
                handoff=handoff, to=[Addressee(factories.organization("市知识产权局"), "测试")],
                member=police, said=SAID, now=NOW,
            )  # fmt: skip


class TestSigningIsAllThatIsAsked:
    @pytest.fixture
    def police(self) -> Member:
        return factories.member(factories.organization("市公安局"), "handle")

    @pytest.fixture
    def handoff(self, police: Member) -> Handoff:
        clerk = factories.member(factories.organization("市双打办"), "handle")
        chief = factories.member(clerk.organization, "approve")
        letter = Letter("印发（示例）", "示例文号", LETTERS["plan_issue"][0])
        return sent(clerk, chief, police.organization, letter, "plan_issue")

    def test_a_signed_letter_is_done_and_stays_with_its_sender(
        self, handoff: Handoff, police: Member
    ) -> None:
        assert set(handoff.proceeding.due_days.values_list("clock_code", flat=True)) == {"receipt"}
        services.accept(handoff=handoff, member=police, said=SAID, now=NOW)
        handoff.proceeding.refresh_from_db()
        assert handoff.proceeding.holder == handoff.sender
        assert (handoff.proceeding.stage, handoff.proceeding.closed_on) == ("signed", DAY)
        assert not handoff.proceeding.due_days.exists()

    def test_an_answer_nobody_asked_for_is_refused(self, handoff: Handoff, police: Member) -> None:
        services.accept(handoff=handoff, member=police, said=SAID, now=NOW)
        with pytest.raises(errors.NothingAsked):
            services.answer(handoff=handoff, reply={}, member=police, said=SAID, now=NOW)

    def test_it_is_signed_for_once(self, handoff: Handoff, police: Member) -> None:
        services.accept(handoff=handoff, member=police, said=SAID, now=NOW)
        with pytest.raises(engine_errors.MoveNotAllowed):
            services.accept(handoff=handoff, member=police, said=SAID, now=NOW)


def test_pairs_count_what_was_answered_and_what_never_was(
    clerk: Member, chief: Member, tax: Member
) -> None:
    limit = Limit(date(2026, 3, 10), "示市监函〔2026〕9号")
    answered = sent(clerk, chief, tax.organization)
    sent(clerk, chief, tax.organization, replace(LEAD, limits={"answer": limit}))
    drafted(clerk, tax.organization)
    services.accept(handoff=answered, member=tax, said=SAID, now=NOW)
    services.answer(handoff=answered, reply=LETTERS["tax_lead"][1], member=tax, said=SAID, now=NOW)
    (pair,) = queries.pairs(clerk, kind_code="tax_lead", first=DAY, last=DAY, now=factories.NOW)
    assert (pair.sent, pair.answered, pair.unanswered, pair.overdue) == (2, 1, 1, 1)
