"""What administrators do with accounts, posts and appointments, and what they cannot."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from zhengpin.base.access import errors, queries, services
from zhengpin.base.access.duties import ADMINISTER, OVERSEE
from zhengpin.base.access.models import Member, Person
from zhengpin.base.ledger.models import Entry
from zhengpin.base.organizations import services as organizations
from zhengpin.mechanisms.plans import queries as plans

NOW = factories.NOW
DAY = date(2026, 3, 16)
LATER = date(2026, 7, 1)
SECRET = "another long phrase of words"  # noqa: S105 — of invented people

pytestmark = pytest.mark.django_db


@pytest.fixture(name="chief")
def _chief() -> Member:
    """The city's administrator."""
    return factories.member(factories.organization(), ADMINISTER.code)


@pytest.fixture(name="local")
def _local() -> Member:
    """A district's administrator."""
    return factories.member(
        factories.organization("区双打办", factories.DISTRICT), ADMINISTER.code
    )


def clerk(code: str = factories.CITY, name: str = "市商务局") -> Member:
    return factories.member(factories.organization(name, code))


class TestOpenAccount:
    def test_what_an_administrator_sets_is_an_initial_password(self, chief: Member) -> None:
        made = services.open_account(
            login="new.one", name="新人", password=SECRET, member=chief, now=NOW
        )
        assert made.is_password_initial
        assert made.organization == chief.organization
        assert list(queries.people_for(chief).filter(pk=made.pk)) == [made]

    def test_not_for_an_organization_elsewhere(self, chief: Member) -> None:
        elsewhere = factories.organization("市商务局", factories.OTHER_CITY)
        with pytest.raises(errors.OutsideOwnOrganization):
            services.open_account(
                login="new.one", name="新人", password=SECRET, organization=elsewhere,
                member=chief, now=NOW,
            )  # fmt: skip

    def test_a_name_is_needed(self, chief: Member) -> None:
        with pytest.raises(errors.NameMissing):
            services.open_account(
                login="new.one", name=" ", password=SECRET, member=chief, now=NOW
            )


class TestPeopleFor:
    def test_an_administrator_sees_the_people_of_the_jurisdiction_only(
        self, chief: Member, local: Member
    ) -> None:
        elsewhere = clerk(factories.OTHER_CITY)
        assert set(queries.people_for(chief)) == {chief.person, local.person}
        assert set(queries.people_for(local)) == {local.person}
        assert elsewhere.person not in queries.people_for(chief)

    def test_others_see_nobody(self) -> None:
        assert not queries.people_for(factories.importer()).exists()


class TestResetPassword:
    def test_the_password_is_replaced_at_the_next_sign_in(self, chief: Member) -> None:
        person = clerk().person
        services.reset_password(person=person, password=SECRET, member=chief, on=DAY, now=NOW)
        person.refresh_from_db()
        assert person.check_password(SECRET)
        assert person.is_password_initial
        assert SECRET not in str(Entry.objects.latest("pk").facts)

    def test_whoever_works_above_is_not_managed_from_below(
        self, chief: Member, local: Member
    ) -> None:
        """Or a district could sign in as its city's administrator."""
        post = services.set_up_post(
            organization=local.organization, title="兼职", duties=[], now=NOW, member=local
        )
        services.appoint(person=chief.person, post=post, on=DAY, now=NOW, member=chief)
        assert chief.person in queries.people_for(local)
        with pytest.raises(errors.PersonElsewhere):
            services.reset_password(
                person=chief.person, password=SECRET, member=local, on=DAY, now=NOW
            )
        with pytest.raises(errors.PersonElsewhere):
            services.deactivate(person=chief.person, member=local, on=DAY, now=NOW)

    def test_strangers_and_oneself_are_refused(self, chief: Member) -> None:
        elsewhere = clerk(factories.OTHER_CITY).person
        with pytest.raises(errors.PersonUnknown):
            services.reset_password(
                person=elsewhere, password=SECRET, member=chief, on=DAY, now=NOW
            )
        with pytest.raises(errors.OwnAccount):
            services.reset_password(
                person=chief.person, password=SECRET, member=chief, on=DAY, now=NOW
            )
        with pytest.raises(errors.PasswordTooWeak):
            services.reset_password(
                person=clerk().person, password=SECRET[:5], member=chief, on=DAY, now=NOW
            )


class TestDeactivate:
    def test_sessions_tokens_and_posts_stop_and_come_back(self, chief: Member) -> None:
        held = clerk()
        secret = services.issue_token(member=held, label="测试", now=NOW)
        services.deactivate(person=held.person, member=chief, on=DAY, now=NOW)
        assert queries.member_of_token(secret, on=DAY) is None
        assert not queries.members_of(held.person, on=DAY).exists()
        with pytest.raises(errors.PersonDeactivated):
            services.deactivate(person=held.person, member=chief, on=DAY, now=NOW)
        services.reactivate(person=held.person, member=chief, on=DAY, now=NOW)
        assert queries.member_of_token(secret, on=DAY) == held

    def test_one_administrator_may_close_the_account_of_another(self, chief: Member) -> None:
        other = factories.member(factories.organization("市商务局"), ADMINISTER.code)
        services.deactivate(person=other.person, member=chief, on=DAY, now=NOW)
        assert not Person.objects.get(pk=other.person_id).is_active


class TestLastAdministrator:
    """However one tries, somebody is left who administers."""

    def test_they_cannot_end_their_own_appointment(self, chief: Member) -> None:
        with pytest.raises(errors.LastAdministrator):
            services.end_appointment(appointed=chief, on=DAY, member=chief, now=NOW)
        chief.refresh_from_db()
        assert chief.valid_to is None

    def test_they_cannot_take_the_duty_from_their_own_post(self, chief: Member) -> None:
        with pytest.raises(errors.LastAdministrator):
            services.set_up_post(
                organization=chief.organization, title=chief.post.title, duties=[], now=NOW,
                member=chief,
            )  # fmt: skip

    def test_one_who_leaves_soon_or_comes_later_does_not_count(self, chief: Member) -> None:
        leaving = factories.member(factories.organization("市商务局"), ADMINISTER.code)
        services.end_appointment(appointed=leaving, on=LATER, member=chief, now=NOW)
        with pytest.raises(errors.LastAdministrator):
            services.end_appointment(appointed=chief, on=DAY, member=leaving, now=NOW)
        coming = factories.member(factories.organization("市公安局"))
        post = services.set_up_post(
            organization=coming.organization, title="管理", duties=[ADMINISTER.code], now=NOW
        )
        services.appoint(person=coming.person, post=post, on=LATER, now=NOW)
        with pytest.raises(errors.LastAdministrator):
            services.end_appointment(appointed=chief, on=DAY, member=leaving, now=NOW)
        services.end_appointment(appointed=chief, on=LATER, member=leaving, now=NOW)

    def test_a_district_may_lose_its_own_while_the_city_has_one(
        self, chief: Member, local: Member
    ) -> None:
        services.end_appointment(appointed=local, on=DAY, member=chief, now=NOW)
        with pytest.raises(errors.LastAdministrator):
            services.end_appointment(appointed=chief, on=DAY, member=chief, now=NOW)

    def test_a_deactivated_one_does_not_count(self, chief: Member) -> None:
        other = factories.member(factories.organization("市商务局"), ADMINISTER.code)
        services.deactivate(person=other.person, member=chief, on=DAY, now=NOW)
        with pytest.raises(errors.LastAdministrator):
            services.end_appointment(appointed=chief, on=DAY, member=chief, now=NOW)

    def test_one_in_an_organization_that_ends_does_not_count(self, chief: Member) -> None:
        other = factories.member(factories.organization("市商务局"), ADMINISTER.code)
        organizations.dissolve(
            organization=other.organization, on=LATER, source="示例批复", member=chief, now=NOW
        )
        with pytest.raises(errors.LastAdministrator):
            services.end_appointment(appointed=chief, on=DAY, member=chief, now=NOW)


class TestOwnRights:
    """An administrator gives nobody, themselves included, duties outside the jurisdiction."""

    def test_duties_elsewhere_are_refused(self, chief: Member) -> None:
        elsewhere = factories.organization("市检察院", factories.OTHER_CITY)
        with pytest.raises(errors.OutsideOwnOrganization):
            services.set_up_post(
                organization=elsewhere, title="监督", duties=[OVERSEE.code], now=NOW, member=chief
            )
        post = services.set_up_post(
            organization=elsewhere, title="监督", duties=[OVERSEE.code], now=NOW
        )
        with pytest.raises(errors.OutsideOwnOrganization):
            services.appoint(person=chief.person, post=post, on=DAY, now=NOW, member=chief)
        assert post.pk not in queries.posts_for(chief).values_list("pk", flat=True)

    def test_a_district_gives_no_duties_of_its_city(self, chief: Member, local: Member) -> None:
        with pytest.raises(errors.OutsideOwnOrganization):
            services.appoint(person=local.person, post=chief.post, on=DAY, now=NOW, member=local)

    def test_administering_shows_no_matter(self, chief: Member) -> None:
        plan = factories.plan(factories.importer(short_name="市公安局"))
        assert plan not in plans.plans_for(chief)


class TestAppoint:
    def test_a_person_who_left_may_come_back(self, chief: Member) -> None:
        held = clerk()
        services.end_appointment(appointed=held, on=DAY, member=chief, now=NOW)
        again = services.appoint(person=held.person, post=held.post, on=DAY, member=chief, now=NOW)
        assert again.pk != held.pk

    def test_not_twice_at_once(self, chief: Member) -> None:
        held = clerk()
        services.end_appointment(appointed=held, on=LATER, member=chief, now=NOW)
        with pytest.raises(errors.AlreadyMember):
            services.appoint(person=held.person, post=held.post, on=DAY, member=chief, now=NOW)

    def test_not_a_stranger_nor_a_closed_account(self, chief: Member) -> None:
        post, stranger = clerk().post, clerk(factories.OTHER_CITY).person
        with pytest.raises(errors.PersonUnknown):
            services.appoint(person=stranger, post=post, on=DAY, member=chief, now=NOW)
        closed = clerk(name="市公安局").person
        services.deactivate(person=closed, member=chief, on=DAY, now=NOW)
        with pytest.raises(errors.PersonDeactivated):
            services.appoint(person=closed, post=post, on=DAY, member=chief, now=NOW)

    def test_an_end_is_entered_once_and_after_the_beginning(self, chief: Member) -> None:
        held = clerk()
        with pytest.raises(errors.EndNotAfterStart):
            services.end_appointment(appointed=held, on=factories.SINCE, member=chief, now=NOW)
        services.end_appointment(appointed=held, on=DAY, member=chief, now=NOW)
        with pytest.raises(errors.AppointmentEnded):
            services.end_appointment(appointed=held, on=LATER, member=chief, now=NOW)


class TestTokens:
    def test_a_purpose_is_needed(self, chief: Member) -> None:
        with pytest.raises(errors.LabelMissing):
            services.issue_token(member=chief, label="  ", now=NOW)
