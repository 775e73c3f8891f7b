"""A file is seen through what it hangs on, and through nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db.models import Q

from tests import factories
from tests.base.files.test_services import keep
from zhengpin.base.files import holders, queries, rules, services
from zhengpin.base.files.models import File
from zhengpin.mechanisms.plans import services as plans

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db


def test_a_file_that_hangs_on_nothing_is_seen_by_nobody(office: Member) -> None:
    keep(office)
    assert not queries.files_for(office).exists()


def test_without_holders_nobody_sees_anything(
    office: Member, held_by: dict[str, holders.Holder]
) -> None:
    factories.plan(office)
    assert not queries.files_for(office).exists()


def test_any_holder_is_enough(office: Member, held_by: dict[str, holders.Holder]) -> None:
    file = keep(office)
    held_by["none"] = lambda _: Q(pk__in=[])
    held_by["own"] = lambda member: Q(kept_by=member)
    assert queries.files_for(office).get() == file
    assert not queries.files_for(factories.importer(factories.OTHER_CITY)).exists()


class TestSourceOfAPlan:
    def test_is_seen_by_those_who_see_the_plan(self, office: Member) -> None:
        factories.city_units()
        plan = factories.plan(office)
        police = factories.member(factories.organization("市公安局"))
        stranger = factories.importer(factories.OTHER_CITY)
        overseer = factories.member(factories.organization("市检察院"), "oversee")
        assert queries.files_for(office).get() == plan.source_file
        assert queries.files_for(overseer).get() == plan.source_file
        assert not queries.files_for(police).exists()
        for problem in plan.problems.unsettled().deciding():
            plans.settle_problem(
                problem=problem, settlement="已核对", member=office, now=factories.NOW
            )
        plans.confirm_plan(plan=plan, member=office, now=factories.NOW)
        assert queries.files_for(police).get() == plan.source_file
        assert not queries.files_for(stranger).exists()

    def test_is_the_document_as_it_came(self, office: Member) -> None:
        plan = factories.plan(office)
        assert plan.source_file is not None
        assert plan.source_file.sha256 == plan.source_sha256
        with services.opened(file=plan.source_file) as content:
            assert content.read() == factories.PLAN.encode()

    def test_is_discarded_with_an_import_that_is_withdrawn(self, office: Member) -> None:
        plan = factories.plan(office)
        plans.withdraw_import(plan=plan, member=office, now=factories.NOW)
        assert File.objects.get().discarded_at == factories.NOW
        assert not queries.files_for(office).exists()


def test_a_rule_and_a_holder_are_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        rules.declare("plan_source", "again")
    with pytest.raises(ValueError, match="unknown"):
        rules.declare("some_other", "x", types=("exe",))
    with pytest.raises(ValueError, match="twice"):
        holders.register("plans", lambda _: Q())
