"""The list of notices, the bell, and the choice of mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import factories
from tests.base.notices.test_services import tell
from zhengpin.base.access import services as access
from zhengpin.base.notices import queries, services
from zhengpin.base.notices.kinds import Mailing
from zhengpin.base.notices.models import Notice
from zhengpin.mechanisms.plans.models import Plan

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings

    from zhengpin.base.access.models import Member
    from zhengpin.base.notices.kinds import NoticeKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, office: Member) -> Client:
    client.force_login(office.person)
    return client


def page(desk: Client, address: str = "/notices/") -> str:
    answer = desk.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_list_says_what_will_stand_there(desk: Client) -> None:
    assert "没有通知" in page(desk)


def test_the_bell_counts_the_unread_on_every_page(
    desk: Client, office: Member, kind: NoticeKind
) -> None:
    assert "条未读通知" not in page(desk, "/plans/")
    for n in range(3):
        tell(office, kind=kind, key=str(n))
    assert "<em>3</em>" in page(desk, "/plans/")
    for n in range(3, 103):
        tell(office, kind=kind, key=str(n))
    assert "<em>99+</em>" in page(desk, "/plans/")


def test_opening_a_notice_reads_it_and_leads_to_its_matter(
    desk: Client, office: Member, plan_kind: NoticeKind
) -> None:
    plan = factories.plan(office)
    (notice,) = tell(office, kind=plan_kind, link=f"/plans/{plan.uuid}", subject=plan.uuid)
    answer = desk.post(f"/notices/{notice.uuid}/open")
    assert (answer.status_code, answer["Location"]) == (302, f"/plans/{plan.uuid}")
    assert queries.unread_count([office]) == 0
    assert "已读" in page(desk)


def test_what_may_no_longer_be_seen_is_not_named_and_leads_nowhere(
    desk: Client, office: Member, plan_kind: NoticeKind
) -> None:
    plan = factories.plan(office)
    (notice,) = tell(office, kind=plan_kind, link=f"/plans/{plan.uuid}", subject=plan.uuid)
    Plan.objects.all().delete()
    shown = page(desk)
    assert "张村市场检查" not in shown
    assert "已经看不到了" in shown
    assert desk.post(f"/notices/{notice.uuid}/open")["Location"] == "/notices/"


def test_markup_in_a_title_is_text(desk: Client, office: Member, plan_kind: NoticeKind) -> None:
    plan = factories.plan(office)
    tell(office, kind=plan_kind, title="<script>alert(1)</script>", subject=plan.uuid)
    assert "<script>alert" not in page(desk)
    assert "&lt;script&gt;alert" in page(desk)


def test_all_are_marked_read_up_to_the_newest_on_the_page(
    desk: Client, office: Member, kind: NoticeKind
) -> None:
    (seen,) = tell(office, kind=kind)
    assert f'value="{seen.pk}"' in page(desk)
    tell(office, kind=kind, key="later")
    desk.post("/notices/read", {"until": seen.pk})
    assert queries.unread_count([office]) == 1
    desk.post("/notices/read", {"until": "x"})
    assert queries.unread_count([office]) == 1


def test_one_is_marked_read(desk: Client, office: Member, kind: NoticeKind) -> None:
    (notice,) = tell(office, kind=kind)
    assert desk.post(f"/notices/{notice.uuid}/read")["Location"] == "/notices/"
    assert Notice.objects.get().read_at is not None


def test_the_notices_of_another_member_do_not_exist(desk: Client, kind: NoticeKind) -> None:
    (notice,) = tell(factories.member(factories.organization()), kind=kind)
    for act in ("open", "read"):
        assert desk.post(f"/notices/{notice.uuid}/{act}").status_code == 404
    assert str(notice.uuid) not in page(desk)


def test_another_post_of_the_same_person_is_pointed_at(
    desk: Client, office: Member, kind: NoticeKind
) -> None:
    post = access.set_up_post(
        organization=factories.organization("市公安局"), title="兼职", duties=[], now=factories.NOW
    )
    other = access.appoint(person=office.person, post=post, on=factories.SINCE, now=factories.NOW)
    tell(other, kind=kind)
    session = desk.session
    session["member"] = str(office.uuid)
    session.save()
    assert "其他岗位还有 1 条未读" in page(desk)


def test_the_list_goes_on_behind_fifty(
    desk: Client,
    office: Member,
    kind: NoticeKind,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(60):
        tell(office, kind=kind, key=str(n))
    with django_assert_max_num_queries(10):
        first = page(desk)
    assert first.count("/open") == 50
    address = first.split('rel="next" href="')[1].split('"')[0]
    assert page(desk, address).count("/open") == 10
    assert desk.get("/notices/?after=x").status_code == 404


class TestSettings:
    def test_a_choice_is_saved(self, desk: Client, office: Member) -> None:
        assert office.person.email in page(desk, "/notices/settings")
        answer = desk.post("/notices/settings", {"overdue": "daily"})
        assert answer.status_code == 302
        assert queries.mailings_of(office.person) == {"overdue": Mailing.DAILY}
        assert "selected" in page(desk, "/notices/settings")

    def test_what_is_not_on_the_list_is_refused(self, desk: Client, office: Member) -> None:
        answer = desk.post("/notices/settings", {"overdue": "sometimes"})
        assert answer.status_code == 422
        assert queries.mailings_of(office.person) == {"overdue": Mailing.AT_ONCE}

    def test_says_so_where_mail_is_not_set_up(self, desk: Client, settings: Settings) -> None:
        settings.EMAIL_HOST = ""
        assert "还没有设置邮件服务器" in page(desk, "/notices/settings")

    def test_says_so_where_the_person_has_no_address(self, desk: Client, office: Member) -> None:
        office.person.email = ""
        office.person.save(update_fields=["email"])
        assert "您还没有登记电子邮件" in page(desk, "/notices/settings")


def test_marking_read_is_told_to_the_bell(desk: Client, office: Member, kind: NoticeKind) -> None:
    (notice,) = tell(office, kind=kind)
    services.mark_read(notice=notice, member=office, now=factories.NOW)
    assert "条未读通知" not in page(desk, "/plans/")
