"""What of a notice is shown, how many are unread, and pages of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import factories
from tests.base.notices.test_services import tell
from tests.factories import NOW
from zhengpin.base.notices import errors, kinds, queries, services
from zhengpin.base.notices.models import Notice
from zhengpin.mechanisms.plans.models import Plan

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from zhengpin.base.access.models import Member
    from zhengpin.base.notices.kinds import NoticeKind

pytestmark = pytest.mark.django_db


def shown(member: Member) -> list[str]:
    return [one.words for one in queries.notice_page(member).notices]


def test_words_about_a_matter_go_when_the_matter_may_no_longer_be_seen(
    office: Member, plan_kind: NoticeKind
) -> None:
    plan = factories.plan(office)
    tell(office, kind=plan_kind, subject=plan.uuid)
    assert shown(office) == ["张村市场检查"]
    Plan.objects.filter(pk=plan.pk).update(
        organization=factories.organization("市公安局", factories.OTHER_CITY),
        region=factories.region(factories.OTHER_CITY),
    )
    assert shown(office) == [""]
    assert queries.unread_count([office]) == 1


def test_words_about_a_matter_that_is_gone_go_too(office: Member, plan_kind: NoticeKind) -> None:
    plan = factories.plan(office)
    tell(office, kind=plan_kind, subject=plan.uuid)
    plan.delete()
    assert shown(office) == [""]


def test_a_kind_that_is_declared_no_more_says_nothing(office: Member, kind: NoticeKind) -> None:
    tell(office, kind=kind)
    del kinds.KINDS["overdue"]
    (notice,) = queries.notice_page(office).notices
    assert (notice.words, notice.kind.title) == ("", "通知")


def test_a_kind_without_matters_is_always_shown(office: Member) -> None:
    tell(office, kind=kinds.declare("news", "平台公告"), title="周六停机")
    assert shown(office) == ["周六停机"]


def test_pages_go_through_the_unread_and_then_the_read(office: Member, kind: NoticeKind) -> None:
    made = [tell(office, kind=kind, key=str(n))[0] for n in range(7)]
    for one in made[::2]:
        services.mark_read(notice=one, member=office, now=NOW)
    tell(factories.member(factories.organization()), kind=kind)
    found: list[str] = []
    after: str | None = None
    while True:
        page = queries.notice_page(office, after, 2)
        found += [one.key for one in page.notices]
        after = page.following
        if after is None:
            break
    assert found == ["5", "3", "1", "6", "4", "2", "0"]
    unread = queries.notice_page(office, unread_only=True)
    assert [one.key for one in unread.notices] == ["5", "3", "1"]


@pytest.mark.parametrize("after", ["x", "u.", "u.-1", "q.1", "u.1; DROP", "u.9999999999999999999"])
def test_a_place_that_makes_no_sense_is_refused(office: Member, after: str) -> None:
    with pytest.raises(errors.PlaceMalformed):
        queries.notice_page(office, after)


def test_a_page_takes_two_queries_and_a_count_one(
    office: Member, kind: NoticeKind, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(5):
        tell(office, kind=kind, key=str(n))
    with django_assert_num_queries(2):
        queries.notice_page(office)
    with django_assert_num_queries(1):
        assert queries.unread_count([office], most=3) == 4
    assert Notice.objects.count() == 5
