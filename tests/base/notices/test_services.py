"""Telling members, once each; reading; choosing mail."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.base.ledger.test_together import At
from tests.base.notices.conftest import with_address
from tests.factories import NOW
from zhengpin.base.access.models import Member
from zhengpin.base.ledger.models import Entry
from zhengpin.base.notices import errors, queries, services
from zhengpin.base.notices.kinds import Mailing, declare
from zhengpin.base.notices.models import MailChoice, Notice

if TYPE_CHECKING:
    from pytest_django import Settings

    from zhengpin.base.notices.kinds import NoticeKind

pytestmark = pytest.mark.django_db
_PATIENCE = 30.0


def tell(*members: Member, kind: NoticeKind, key: str = "one", **more: object) -> list[Notice]:
    given: dict[str, object] = {"title": "张村市场检查", "link": "/plans/", **more}
    about = services.About(**given)  # type: ignore[arg-type]
    return services.send(to=members, kind=kind, key=key, about=about, now=NOW)


class TestSend:
    def test_each_member_is_told_once_per_kind_and_key(
        self, office: Member, kind: NoticeKind
    ) -> None:
        other = factories.member(factories.organization())
        assert len(tell(office, other, office, kind=kind)) == 2
        assert tell(office, kind=kind) == []
        assert len(tell(office, kind=kind, key="two")) == 1
        escalation = declare("escalated", "事项已上报")
        assert len(tell(office, kind=escalation)) == 1
        assert Notice.objects.filter(member=office).count() == 3

    def test_leaves_one_ledger_entry_for_all_it_told_and_none_for_nobody(
        self, office: Member, kind: NoticeKind
    ) -> None:
        before, subject = Entry.objects.count(), uuid4()
        tell(office, factories.member(factories.organization()), kind=kind, subject=subject)
        before += 1 + 3  # the new member's account, post and appointment
        assert Entry.objects.count() == before
        entry = Entry.objects.latest("pk")
        assert (entry.action, entry.subject) == ("notices.send", str(subject))
        assert entry.facts == {"kind": "overdue", "key": "one", "told": 2}
        tell(office, kind=kind)
        assert Entry.objects.count() == before

    def test_what_is_undone_was_never_said(self, office: Member, kind: NoticeKind) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            tell(office, kind=kind)
            raise ZeroDivisionError
        assert not Notice.objects.exists()
        assert len(tell(office, kind=kind)) == 1

    def test_a_sealed_one_keeps_no_word_about_the_matter(
        self, office: Member, kind: NoticeKind
    ) -> None:
        (notice,) = tell(office, kind=kind, is_sealed=True)
        assert notice.title == ""
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(title="举报人姓名")

    def test_those_whose_time_in_the_post_is_over_are_passed_over(
        self, office: Member, kind: NoticeKind
    ) -> None:
        Member.objects.filter(pk=office.pk).update(valid_to=NOW.date())
        assert tell(office, kind=kind) == []

    @pytest.mark.parametrize("link", ["https://elsewhere.example/", "//elsewhere.example", "x"])
    def test_a_link_leads_nowhere_else(self, office: Member, kind: NoticeKind, link: str) -> None:
        with pytest.raises(ValueError, match="not a path of ours"):
            tell(office, kind=kind, link=link)

    def test_a_kind_about_matters_needs_its_matter(
        self, office: Member, plan_kind: NoticeKind
    ) -> None:
        with pytest.raises(ValueError, match="needs the matter"):
            tell(office, kind=plan_kind)

    def test_a_title_is_one_line_and_not_endless(self, office: Member, kind: NoticeKind) -> None:
        (notice,) = tell(office, kind=kind, title="甲\r\nBcc: x@y\n" + "长" * 300)
        assert notice.title.startswith("甲 Bcc: x@y 长")
        assert len(notice.title) == 200

    def test_mail_follows_choice_kind_and_address(
        self, office: Member, kind: NoticeKind, settings: Settings
    ) -> None:
        without = factories.member(factories.organization())
        chooser = with_address(factories.member(factories.organization()))
        MailChoice.objects.create(person=chooser.person, kind_code="overdue", mailing="daily")
        tell(office, without, chooser, kind=kind)
        assert dict(Notice.objects.values_list("member", "mailing")) == {
            office.pk: Mailing.AT_ONCE, without.pk: Mailing.NEVER, chooser.pk: Mailing.DAILY,
        }  # fmt: skip
        settings.EMAIL_HOST = ""
        (unmailed,) = tell(office, kind=kind, key="two")
        assert unmailed.mailing == Mailing.NEVER


@pytest.mark.django_db(transaction=True)
class TestTogether:
    def test_two_that_say_the_same_at_once_say_it_once(self, kind: NoticeKind) -> None:
        members = [factories.member(factories.organization()) for _ in range(5)]
        start = threading.Barrier(4)

        def speak(order: int) -> None:
            start.wait(_PATIENCE)
            for key in range(20):
                tell(*members[::order], kind=kind, key=str(key))

        speakers = [At(lambda order=order: speak(order)) for order in (1, -1, 1, -1)]  # type: ignore[misc]
        for one in speakers:
            one.end()
        assert Notice.objects.count() == 5 * 20
        assert Entry.objects.filter(action="notices.send").count() == 20

    def test_one_that_comes_second_waits_and_speaks_if_the_first_is_undone(
        self, kind: NoticeKind
    ) -> None:
        member = factories.member(factories.organization())
        spoken, may_end = threading.Event(), threading.Event()

        def take_back() -> None:
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                tell(member, kind=kind)
                spoken.set()
                assert may_end.wait(_PATIENCE)
                raise ZeroDivisionError

        first = At(take_back)
        assert spoken.wait(_PATIENCE)
        second = At(lambda: tell(member, kind=kind))
        second.thread.join(0.3)
        assert second.thread.is_alive()
        may_end.set()
        first.end()
        second.end()
        assert Notice.objects.count() == 1


class TestMarkRead:
    def test_what_is_read_stays_as_it_was_first_read(
        self, office: Member, kind: NoticeKind
    ) -> None:
        (notice,) = tell(office, kind=kind)
        services.mark_read(notice=notice, member=office, now=NOW)
        before = Entry.objects.count()
        again = services.mark_read(notice=notice, member=office, now=NOW + timedelta(days=1))
        assert again.read_at == NOW
        assert Entry.objects.count() == before
        assert Entry.objects.latest("pk").action == "notices.read"

    def test_nobody_reads_for_another(self, office: Member, kind: NoticeKind) -> None:
        (notice,) = tell(office, kind=kind)
        with pytest.raises(errors.NoticeGone):
            services.mark_read(
                notice=notice, member=factories.member(factories.organization()), now=NOW
            )

    def test_all_are_read_up_to_the_one_that_was_seen(
        self, office: Member, kind: NoticeKind
    ) -> None:
        first, second, later = (tell(office, kind=kind, key=str(n))[0] for n in range(3))
        other = factories.member(factories.organization())
        tell(other, kind=kind)
        assert services.mark_all_read(member=office, until=second.pk, now=NOW) == 2
        unread = Notice.objects.filter(read_at=None)
        assert set(unread.values_list("member", "key")) == {
            (office.pk, later.key),
            (other.pk, "one"),
        }
        assert first.pk < later.pk


class TestSetMailings:
    def test_is_kept_per_person_and_kind_and_recorded(self, office: Member) -> None:
        chosen = services.set_mailings(
            person=office.person, chosen={"overdue": "never"}, member=office, now=NOW
        )
        assert chosen == {"overdue": Mailing.NEVER}
        assert queries.mailings_of(office.person) == chosen
        entry = Entry.objects.latest("pk")
        assert entry.facts == {"kinds": ["overdue"], "mailings": ["never"]}

    def test_the_same_again_changes_nothing(self, office: Member) -> None:
        before = Entry.objects.count()
        services.set_mailings(
            person=office.person, chosen={"overdue": "at_once"}, member=office, now=NOW
        )
        assert Entry.objects.count() == before

    def test_what_waits_follows_the_new_choice(self, office: Member, kind: NoticeKind) -> None:
        tell(office, kind=kind)
        services.set_mailings(
            person=office.person, chosen={"overdue": "never"}, member=office, now=NOW
        )
        assert Notice.objects.get().mailing == Mailing.NEVER

    @pytest.mark.parametrize("chosen", [{"nothing": "never"}, {"overdue": "sometimes"}])
    def test_what_is_not_declared_is_refused(self, office: Member, chosen: dict[str, str]) -> None:
        with pytest.raises(errors.UnknownKind):
            services.set_mailings(person=office.person, chosen=chosen, member=office, now=NOW)
        assert not MailChoice.objects.exists()


def test_a_kind_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        declare("overdue", "again")
