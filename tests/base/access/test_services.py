"""Accounts, posts and appointments."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from zhengpin.base.access import duties, errors, queries, services
from zhengpin.base.access.models import Member, Person
from zhengpin.base.ledger.models import Entry
from zhengpin.base.organizations import services as organizations

if TYPE_CHECKING:
    from zhengpin.base.organizations.models import Organization

NOW = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 12)
PASSWORD = "a long enough phrase of words"  # noqa: S105 — of an invented person in a test

pytestmark = pytest.mark.django_db


def organization(code: str = "990100", name: str = "示例市双打办") -> Organization:
    region = organizations.define_region(code=code, name=name[:3], full_name=name[:3], now=NOW)
    return organizations.set_up_organization(
        name=name,
        short_name=name,
        region=region,
        functions=["leading_group_office"],
        now=NOW,
    )


def person(login: str = "lin.zhiyuan") -> Person:
    return services.open_account(login=login, name="林知远（示例）", password=PASSWORD, now=NOW)


def member(of: Organization, *codes: str, login: str = "lin.zhiyuan") -> Member:
    post = services.set_up_post(organization=of, title="综合协调", duties=codes, now=NOW)
    return services.appoint(person=person(login), post=post, on=date(2026, 1, 1), now=NOW)


class TestOpenAccount:
    def test_the_password_is_kept_as_a_hash_and_nowhere_else(self) -> None:
        opened = person()
        assert PASSWORD not in opened.password
        assert opened.check_password(PASSWORD)
        assert PASSWORD not in str(Entry.objects.latest("pk").facts)

    @pytest.mark.parametrize("login", ["", "ab", "Lin Zhiyuan", "林知远", "<script>"])
    def test_a_malformed_login_is_refused(self, login: str) -> None:
        with pytest.raises(errors.LoginMalformed):
            services.open_account(login=login, name="x", password=PASSWORD, now=NOW)

    def test_a_login_is_given_once(self) -> None:
        person()
        with pytest.raises(errors.LoginTaken):
            person("LIN.zhiyuan")
        assert Person.objects.count() == 1

    @pytest.mark.parametrize("password", ["short", "1234567890", "lin.zhiyuan1"])
    def test_a_weak_password_is_refused(self, password: str) -> None:
        with pytest.raises(errors.PasswordTooWeak):
            services.open_account(login="lin.zhiyuan", name="林", password=password, now=NOW)
        assert not Person.objects.exists()

    def test_only_an_administrator_opens_accounts(self) -> None:
        clerk = member(organization())
        with pytest.raises(errors.DutyMissing):
            services.open_account(
                login="new.one", name="新人", password=PASSWORD, now=NOW, member=clerk
            )


class TestSetUpPost:
    def test_an_unknown_duty_is_refused(self) -> None:
        with pytest.raises(errors.UnknownDuty):
            services.set_up_post(organization=organization(), title="x", duties=["fly"], now=NOW)

    def test_an_administrator_manages_the_own_jurisdiction_only(self) -> None:
        administrator = member(organization(), duties.ADMINISTER.code)
        elsewhere = organization("990200", "他市双打办")
        with pytest.raises(errors.OutsideOwnOrganization):
            services.set_up_post(
                organization=elsewhere, title="x", duties=[], now=NOW, member=administrator
            )


class TestAppoint:
    def test_a_person_may_hold_posts_in_two_organizations(self) -> None:
        first = member(organization())
        second = services.set_up_post(
            organization=organization("990102", "青禾区双打办"), title="兼职", duties=[], now=NOW
        )
        services.appoint(person=first.person, post=second, on=date(2026, 2, 1), now=NOW)
        assert queries.members_of(first.person, on=DAY).count() == 2

    def test_the_same_post_is_given_once(self) -> None:
        held = member(organization())
        with pytest.raises(errors.AlreadyMember):
            services.appoint(person=held.person, post=held.post, on=DAY, now=NOW)

    def test_a_post_counts_from_its_first_day_to_the_day_before_its_last(self) -> None:
        held = member(organization())
        Member.objects.filter(pk=held.pk).update(valid_to=date(2026, 3, 12))
        assert queries.members_of(held.person, on=date(2026, 3, 11)).count() == 1
        assert queries.members_of(held.person, on=date(2026, 3, 12)).count() == 0
        assert queries.members_of(held.person, on=date(2025, 12, 31)).count() == 0
