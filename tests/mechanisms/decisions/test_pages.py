from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client

from tests import factories
from tests.mechanisms.handoffs.letters import LETTERS
from zhengpin.mechanisms.decisions import services
from zhengpin.mechanisms.decisions.models import Decision, Panelist
from zhengpin.mechanisms.handoffs import services as handoffs
from zhengpin.mechanisms.handoffs.addressing import Addressee
from zhengpin.mechanisms.handoffs.letter import Letter
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import Proceeding

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 2, tzinfo=UTC)
SAID = Particulars(NOW.date())
QUESTION = "是否同意延长办案期限（示例）"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def clerk() -> Member:
    return factories.member(factories.organization("市市场监管局"), "handle")


@pytest.fixture
def panel(clerk: Member) -> list[Member]:
    """Two of the clerk's own organization and one of another."""
    other = factories.organization("市公安局")
    own = [factories.member(clerk.organization, "approve") for _ in range(2)]
    return [*own, factories.member(other, "approve")]


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def shown(member: Member, place: str) -> str:
    answer = client_of(member).get(place)
    assert answer.status_code == 200
    return answer.content.decode()


def page(decision: Decision) -> str:
    return f"/proceedings/{decision.uuid}"


def sent(member: Member, panel: list[Member], **changed: Any) -> Any:
    said = {"question": QUESTION, "panel": [one.uuid for one in panel], "appeal": "", **changed}
    return client_of(member).post("/decisions/new", said)


def asked(member: Member, panel: list[Member], about: Proceeding | None = None) -> Decision:
    return services.ask(
        question=QUESTION, panel=panel, about=about, member=member, said=SAID, now=NOW
    )


def declare(decision: Decision, member: Member, conflict: str = "no", reasons: str = "") -> Any:
    said = {"conflict": conflict, "reasons": reasons}
    return client_of(member).post(f"/decisions/{decision.uuid}/declare", said)


def vote(decision: Decision, member: Member, choice: str = "for", reasons: str = "属实") -> Any:
    said = {"vote": choice, "reasons": reasons}
    return client_of(member).post(f"/decisions/{decision.uuid}/vote", said)


class TestAsking:
    def test_a_panel_is_asked_and_told_of_its_matter(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        answer = sent(clerk, panel, appeal="recon-apply")
        decision = Decision.objects.get()
        assert answer["Location"] == page(decision)
        for one in (clerk, *panel):
            text = shown(one, page(decision))
            assert QUESTION in text
            assert "《行政复议法》" in text
            assert all(each.person.name in text for each in panel)
        assert QUESTION in shown(panel[2], "/notices/")

    @pytest.mark.parametrize(
        ("count", "sentence"), [(2, "单数才能形成多数"), (0, "没有写明由谁决定")]
    )
    def test_an_even_panel_or_nobody_is_refused_and_what_was_written_stays(
        self, clerk: Member, panel: list[Member], count: int, sentence: str
    ) -> None:
        answer = sent(clerk, panel[:count])
        text = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in text
        assert QUESTION in text
        assert text.count(" checked>") == count
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("wrong", [{"question": ""}, {"panel": "x"}, {"appeal": "no-such"}])
    def test_what_makes_no_sense_is_refused(
        self, clerk: Member, panel: list[Member], wrong: dict[str, str]
    ) -> None:
        said = {"question": QUESTION, "panel": str(panel[0].uuid), **wrong}
        assert client_of(clerk).post("/decisions/new", said).status_code == 422
        assert not Decision.objects.exists()

    def test_is_for_those_who_handle_matters(self, panel: list[Member]) -> None:
        answer = sent(panel[0], panel[1:2])
        assert answer.status_code == 422
        assert not Decision.objects.exists()

    def test_people_are_found_by_words_and_those_chosen_stay_chosen(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        answer = sent(clerk, panel[:1], words="公安", find="1")
        text = answer.content.decode()
        assert answer.status_code == 200
        assert re.search(rf'value="{panel[0].uuid}" checked', text)
        assert re.search(rf'value="{panel[2].uuid}">', text)
        assert str(panel[1].uuid) not in text
        assert QUESTION in text
        assert not Decision.objects.exists()

    def test_many_people_are_not_all_listed_but_all_are_found(self, clerk: Member) -> None:
        many = [factories.member(clerk.organization, "approve") for _ in range(45)]
        text = shown(clerk, "/decisions/new")
        assert text.count('name="panel"') == 40
        assert "还有 5 人没有列出" in text
        found = sent(clerk, [], words=many[-1].post.title, find="1").content.decode()
        assert str(many[-1].uuid) in found

    def test_the_applicant_is_not_offered(self, clerk: Member) -> None:
        both = factories.member(clerk.organization, "approve", "handle")
        assert str(both.uuid) not in shown(both, "/decisions/new")
        assert str(both.uuid) in shown(clerk, "/decisions/new")

    def test_whoever_handled_the_matter_is_not_offered_and_the_page_says_why(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        handler = factories.member(clerk.organization, "approve", "handle")
        matter = asked(handler, panel[:1]).proceeding
        text = shown(clerk, f"/decisions/new?about={matter.uuid}")
        assert str(handler.uuid) not in text
        assert "办理过所涉事项，不能参加决定，所以没有列出" in text
        assert handler.person.name in text
        refused = sent(clerk, [handler], about=str(matter.uuid))
        assert refused.status_code == 422
        assert "办理过这一事项" in refused.content.decode()

    def test_a_matter_of_another_organization_is_not_found(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        matter = asked(clerk, panel[:1]).proceeding
        other = factories.member(factories.organization("市税务局"), "handle")
        for about in (str(matter.uuid), "x"):
            assert client_of(other).get(f"/decisions/new?about={about}").status_code == 404
            assert sent(other, panel[:1], about=about).status_code == 404


class TestDeclaring:
    def test_the_last_declaration_opens_the_vote(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel)
        assert "我应当回避" in shown(panel[0], page(decision))
        assert "我应当回避" not in shown(clerk, page(decision))
        for one in panel:
            assert declare(decision, one)["Location"] == page(decision)
        assert "请您表决" in shown(panel[0], page(decision))
        assert "请您表决" not in shown(clerk, page(decision))

    def test_a_conflict_without_reasons_is_refused_on_the_same_page(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        answer = declare(asked(clerk, panel), panel[0], "yes")
        assert answer.status_code == 422
        assert "声明回避要写明理由" in answer.content.decode()
        assert "我应当回避" in answer.content.decode()

    def test_is_for_the_panel_and_once(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel)
        colleague = factories.member(panel[2].organization, "approve")
        answer = declare(decision, colleague)
        assert answer.status_code == 422
        assert "您不在参加决定的人员之中" in answer.content.decode()
        declare(decision, panel[0])
        answer = declare(decision, panel[0], "yes", "近亲属")
        assert answer.status_code == 422
        assert "您已经声明过" in answer.content.decode()
        assert decision.panelists.get(member=panel[0]).has_conflict is False


class TestReplacing:
    def test_the_applicant_puts_another_in_the_place(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        decision = asked(clerk, panel[:1])
        declare(decision, panel[0], "yes", "与当事人有利害关系")
        place = place_of(decision)
        assert place in shown(clerk, page(decision))
        assert place not in shown(panel[0], page(decision))
        text = shown(clerk, place)
        assert str(panel[1].uuid) in text
        assert str(panel[0].uuid) not in text
        answer = client_of(clerk).post(place, {"by": str(panel[1].uuid)})
        assert answer["Location"] == page(decision)
        text = shown(clerk, page(decision))
        assert "已回避，已更换" in text
        assert "与当事人有利害关系" in text

    def test_is_refused_to_others_and_without_a_choice(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        decision = asked(clerk, panel[:1])
        declare(decision, panel[0], "yes", "近亲属")
        colleague = factories.member(clerk.organization, "handle")
        by = {"by": str(panel[1].uuid)}
        answer = client_of(colleague).post(place_of(decision), by)
        assert answer.status_code == 422
        assert "由提请人办理" in answer.content.decode()
        assert client_of(clerk).post(place_of(decision), {}).status_code == 422
        assert decision.panelists.count() == 1


def place_of(decision: Decision) -> str:
    seat = decision.panelists.get(has_conflict=True)
    return f"/decisions/{decision.uuid}/panel/{seat.pk}/replace"


class TestVoting:
    @pytest.fixture
    def decision(self, clerk: Member, panel: list[Member]) -> Decision:
        made = asked(clerk, panel)
        for one in panel:
            services.declare(decision=made, has_conflict=False, reasons="", member=one, now=NOW)
        return made

    def test_nobody_reads_anothers_vote_before_the_last_is_cast(
        self, decision: Decision, clerk: Member, panel: list[Member]
    ) -> None:
        vote(decision, panel[0], "against", "证据不足")
        assert "证据不足" in shown(panel[0], page(decision))
        for one in (clerk, *panel[1:]):
            text = shown(one, page(decision))
            assert "证据不足" not in text
            assert "已表决" in text

    def test_the_outcome_stands_with_reasons_and_dissent(
        self, decision: Decision, clerk: Member, panel: list[Member]
    ) -> None:
        vote(decision, panel[0], "against", "证据不足")
        vote(decision, panel[1])
        vote(decision, panel[2])
        for one in (clerk, *panel):
            text = shown(one, page(decision))
            assert "<h2>同意</h2>" in text
            assert "2 票赞成，1 票反对" in text
            assert "证据不足" in text
            assert text.count("不同意见") == 1
        assert "已经作出决定" in shown(clerk, "/notices/")

    def test_wants_reasons_and_is_cast_once(self, decision: Decision, panel: list[Member]) -> None:
        answer = vote(decision, panel[0], reasons="")
        assert answer.status_code == 422
        assert re.search(r'value="for"[^>]* checked', answer.content.decode())
        assert vote(decision, panel[0], "perhaps").status_code == 422
        vote(decision, panel[0])
        answer = vote(decision, panel[0], "against")
        assert answer.status_code == 422
        assert "您已经表决" in answer.content.decode()
        assert decision.panelists.get(member=panel[0]).vote == Panelist.Vote.FOR

    def test_is_over_once_the_question_is_withdrawn(
        self, decision: Decision, clerk: Member, panel: list[Member]
    ) -> None:
        engine.make_move(
            proceeding=decision.proceeding,
            move_code="withdraw",
            member=clerk,
            said=Particulars(NOW.date(), note="不再需要"),
            now=NOW,
        )
        assert "请您表决" not in shown(panel[0], page(decision))
        assert vote(decision, panel[0]).status_code == 422

    def test_what_was_decided_is_served_by_the_holder(
        self, decision: Decision, clerk: Member, panel: list[Member]
    ) -> None:
        for one in panel:
            vote(decision, one)
        assert "还没有送达" in shown(clerk, page(decision))
        after = decision.proceeding.steps.latest("pk").pk
        said = {"on": "2026-03-16", "note": "直接送达", "after": after}
        client_of(clerk).post(f"{page(decision)}/moves/serve", said)
        text = shown(clerk, page(decision))
        assert "送达决定" in text
        assert "还没有送达" not in text


class TestTheMatterItIsAbout:
    def test_offers_the_question_to_whoever_handles_it_there(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        matter = handoff_of(clerk)
        place = f"/decisions/new?about={matter.uuid}"
        assert place in shown(clerk, f"/proceedings/{matter.uuid}")
        reader = factories.member(clerk.organization)
        assert place not in shown(reader, f"/proceedings/{matter.uuid}")
        decision = asked(clerk, panel, about=matter)
        assert page(decision) in shown(clerk, f"/proceedings/{matter.uuid}")

    def test_is_named_to_the_panel_but_not_opened(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        matter = handoff_of(clerk)
        decision = asked(clerk, panel, about=matter)
        own, elsewhere = shown(panel[0], page(decision)), shown(panel[2], page(decision))
        assert matter.number in elsewhere
        assert f"/proceedings/{matter.uuid}" not in elsewhere
        assert f"/proceedings/{matter.uuid}" in own
        assert client_of(panel[2]).get(f"/proceedings/{matter.uuid}").status_code == 404


def handoff_of(clerk: Member) -> Proceeding:
    letter = Letter("涉税线索（示例）", "示例协议", LETTERS["tax_lead"][0])
    to = Addressee(factories.organization("市税务局"), "测试")
    return handoffs.draft(
        kind_code="tax_lead", letter=letter, to=to, member=clerk, said=SAID, now=NOW
    ).proceeding


class TestTheList:
    def test_shows_first_what_waits_for_the_reader(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        asked(clerk, panel)
        assert 'id="waiting"' in shown(panel[0], "/decisions/")
        assert 'id="waiting"' not in shown(clerk, "/decisions/")
        assert "件等您办理" in shown(panel[0], "/decisions/")

    @pytest.mark.parametrize(
        ("side", "finds"),
        [("", 1), ("waiting", 0), ("asked", 1), ("panel", 0), ("x", 1)],
    )
    def test_is_narrowed_to_a_side(
        self, clerk: Member, panel: list[Member], side: str, finds: int
    ) -> None:
        asked(clerk, panel)
        assert shown(clerk, f"/decisions/?side={side}").count(QUESTION) == finds

    def test_is_paged_by_key(self, clerk: Member, panel: list[Member]) -> None:
        for _ in range(51):
            asked(clerk, panel[:1])
        text = shown(clerk, "/decisions/?side=asked")
        onward = re.search(r'rel="next" href="([^"]+)"', text)
        assert onward is not None
        assert QUESTION in shown(clerk, onward[1].replace("&amp;", "&"))
        assert client_of(clerk).get("/decisions/?after=x").status_code == 404

    def test_others_find_nothing(self, clerk: Member, panel: list[Member]) -> None:
        asked(clerk, panel)
        other = factories.member(factories.organization("市税务局"), "handle", "approve")
        assert QUESTION not in shown(other, "/decisions/")


@pytest.mark.parametrize("place", ["/decisions/", "/decisions/new", "matter"])
def test_a_page_costs_the_same_however_many_decide(
    clerk: Member,
    panel: list[Member],
    place: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    more = [factories.member(clerk.organization, "approve") for _ in range(8)]
    decision = asked(clerk, [*panel, *more])
    client = client_of(panel[0])
    client.get("/decisions/")
    with django_assert_max_num_queries(25):
        client.get(page(decision) if place == "matter" else place)


def test_markup_in_a_question_is_shown_as_text(clerk: Member, panel: list[Member]) -> None:
    sent(clerk, panel[:1], question="<script>alert(1)</script>")
    text = shown(clerk, page(Decision.objects.get()))
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;" in text
