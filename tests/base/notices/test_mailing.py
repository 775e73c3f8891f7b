"""Mails: what stands in them, when they leave, that they leave once."""

from __future__ import annotations

import smtplib
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend

from tests import factories
from tests.base.ledger.test_together import At
from tests.base.notices.conftest import with_address
from tests.base.notices.test_services import tell
from tests.factories import NOW
from zhengpin.base.access.models import Member
from zhengpin.base.notices import kinds, mailing, services
from zhengpin.base.notices.models import Mail, Notice
from zhengpin.mechanisms.plans.models import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage
    from pytest_django import Settings

    from zhengpin.base.notices.kinds import NoticeKind

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 17, 0, 30, tzinfo=UTC)  # half past eight in Shanghai


class Broken(EmailBackend):
    """A mail server that fails in the way of ``failure``, at connecting or at handing over."""

    failure: OSError
    at_opening = False

    def open(self) -> bool:
        if self.at_opening:
            raise self.failure
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise self.failure


def break_with(
    monkeypatch: pytest.MonkeyPatch, failure: OSError, *, at_opening: bool = False
) -> None:
    backend = type("Failing", (Broken,), {"failure": failure, "at_opening": at_opening})
    monkeypatch.setattr(mailing, "get_connection", backend)


def state() -> str:
    return Mail.objects.get().state


class TestLetter:
    def test_holds_the_title_and_the_link_and_no_name(
        self, office: Member, plan_kind: NoticeKind
    ) -> None:
        plan = factories.plan(office)
        tell(
            office, kind=plan_kind, title=plan.title, link=f"/plans/{plan.uuid}", subject=plan.uuid
        )
        assert services.deliver(now=NOW) == 1
        (letter,) = outbox.outbox
        assert letter.to == [office.person.email]
        assert letter.subject == f"【正品】计划有变：{plan.title}"
        assert f"https://desk.example/plans/{plan.uuid}\n" in letter.body
        assert "https://desk.example/notices/settings" in letter.body
        assert office.person.name not in letter.body
        assert letter.extra_headers["Message-ID"] == f"<{Mail.objects.get().uuid}@desk.example>"

    def test_words_of_a_kind_that_is_not_open_do_not_leave_the_house(self, office: Member) -> None:
        closed = kinds.declare("case", "案件已移送", mailing=kinds.Mailing.AT_ONCE)
        tell(office, kind=closed, title="李某销售假冒商品案")
        services.deliver(now=NOW)
        (letter,) = outbox.outbox
        assert letter.subject == "【正品】案件已移送"
        assert "李某" not in f"{letter.subject}{letter.body}"

    def test_words_about_what_may_no_longer_be_seen_do_not_leave_either(
        self, office: Member, plan_kind: NoticeKind
    ) -> None:
        plan = factories.plan(office)
        tell(office, kind=plan_kind, title=plan.title, subject=plan.uuid)
        Plan.objects.all().delete()
        services.deliver(now=NOW)
        assert outbox.outbox[0].subject == "【正品】计划有变"

    def test_is_in_the_language_of_the_reader(self, office: Member, kind: NoticeKind) -> None:
        office.person.language = "en"
        office.person.save(update_fields=["language"])
        tell(office, kind=kind)
        tell(office, kind=kind, key="two")
        Notice.objects.update(mailing="daily", made_at=NOW - timedelta(days=2))
        services.deliver(now=NOW)
        assert "unread notices" in outbox.outbox[0].subject


class TestDeliver:
    def test_a_mail_leaves_once_however_often_it_is_asked(
        self, office: Member, kind: NoticeKind
    ) -> None:
        tell(office, kind=kind)
        assert [services.deliver(now=NOW) for _ in range(3)] == [1, 0, 0]
        assert len(outbox.outbox) == 1
        assert state() == Mail.State.SENT

    def test_without_a_mail_server_nothing_is_touched(
        self, office: Member, kind: NoticeKind, settings: Settings
    ) -> None:
        tell(office, kind=kind)
        settings.EMAIL_HOST = ""
        assert services.deliver(now=NOW) == 0
        assert not Mail.objects.exists()

    def test_what_was_read_on_the_desk_needs_no_mail(
        self, office: Member, kind: NoticeKind
    ) -> None:
        (notice,) = tell(office, kind=kind)
        services.mark_read(notice=notice, member=office, now=NOW)
        assert services.deliver(now=NOW) == 0
        assert not Mail.objects.exists()

    def test_what_is_read_while_the_mail_waits_makes_it_needless(
        self, office: Member, kind: NoticeKind
    ) -> None:
        (notice,) = tell(office, kind=kind)
        mailing.gather(NOW)
        services.mark_read(notice=notice, member=office, now=NOW)
        assert services.deliver(now=NOW) == 0
        assert state() == Mail.State.NEEDLESS

    def test_who_left_the_post_meanwhile_gets_no_mail(
        self, office: Member, kind: NoticeKind
    ) -> None:
        tell(office, kind=kind)
        Member.objects.filter(pk=office.pk).update(valid_to=NOW.date())
        assert services.deliver(now=NOW) == 0
        assert not outbox.outbox

    def test_a_digest_holds_a_day_of_all_posts_and_comes_in_the_morning(
        self, office: Member, kind: NoticeKind
    ) -> None:
        for n in range(3):
            tell(office, kind=kind, key=str(n))
        Notice.objects.update(mailing="daily")
        assert services.deliver(now=NOW + timedelta(hours=1)) == 0
        assert services.deliver(now=MORNING) == 1
        assert services.deliver(now=MORNING + timedelta(hours=20)) == 0
        (letter,) = outbox.outbox
        assert letter.subject == "【正品】3 条未读通知"
        assert letter.body.count("事项已逾期：张村市场检查") == 3

    def test_a_server_that_is_away_is_tried_again_after_growing_pauses(
        self, office: Member, kind: NoticeKind, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tell(office, kind=kind)
        break_with(monkeypatch, ConnectionRefusedError(), at_opening=True)
        moment, pauses = NOW, list[timedelta]()
        while not pauses or state() == Mail.State.WAITING:
            assert services.deliver(now=moment) == 0
            pauses.append(Mail.objects.get().due_at - moment)
            moment = max(moment, Mail.objects.get().due_at)
        assert state() == Mail.State.GIVEN_UP
        assert Mail.objects.get().attempts == mailing.ATTEMPTS
        assert [one.total_seconds() for one in pauses[:5]] == [60, 240, 960, 3840, 15360]
        assert pauses[-2] == timedelta(hours=6)

    def test_what_the_server_refuses_is_tried_again_and_the_others_leave(
        self, office: Member, kind: NoticeKind, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tell(office, kind=kind)
        break_with(monkeypatch, smtplib.SMTPRecipientsRefused({}))
        assert services.deliver(now=NOW) == 0
        assert state() == Mail.State.WAITING

    @pytest.mark.parametrize(
        "failure", [smtplib.SMTPServerDisconnected(), TimeoutError(), ConnectionResetError()]
    )
    def test_what_may_have_left_is_not_sent_again(
        self,
        office: Member,
        kind: NoticeKind,
        failure: OSError,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        tell(office, kind=kind)
        with monkeypatch.context() as broken:
            break_with(broken, failure)
            services.deliver(now=NOW)
        assert state() == Mail.State.UNSURE
        assert services.deliver(now=NOW + timedelta(days=3)) == 0
        assert not outbox.outbox

    def test_what_a_killed_worker_had_taken_is_not_sent_again(
        self, office: Member, kind: NoticeKind
    ) -> None:
        tell(office, kind=kind)
        mailing.gather(NOW)
        assert mailing.claim(NOW) is not None
        assert services.deliver(now=NOW + timedelta(minutes=59)) == 0
        assert state() == Mail.State.SENDING
        assert services.deliver(now=NOW + timedelta(minutes=61)) == 0
        assert state() == Mail.State.UNSURE


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_mail_once(kind: NoticeKind) -> None:
    members = [with_address(factories.member(factories.organization())) for _ in range(20)]
    tell(*members, kind=kind)
    start = threading.Barrier(4)

    def work() -> None:
        start.wait(30)
        for _ in range(3):
            services.deliver(now=NOW)

    workers = [At(work) for _ in range(4)]
    for one in workers:
        one.end()
    assert sorted(one.to[0] for one in outbox.outbox) == sorted(
        one.person.email for one in members
    )
    assert set(Mail.objects.values_list("state", flat=True)) == {Mail.State.SENT}
