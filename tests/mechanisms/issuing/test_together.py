from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests import factories
from zhengpin.mechanisms.handoffs.models import Handoff
from zhengpin.mechanisms.issuing import services
from zhengpin.mechanisms.issuing.errors import AlreadyIssued
from zhengpin.mechanisms.issuing.resolving import lines_of
from zhengpin.mechanisms.issuing.services import Decided, Notice

pytestmark = pytest.mark.django_db(transaction=True)
NOW = factories.NOW


def test_a_plan_that_two_issue_at_once_goes_out_once() -> None:
    office = factories.organization("市双打办")
    both = [factories.member(office, "import_plans", "handle") for _ in range(2)]
    factories.city_units()
    plan = factories.confirmed_plan(both[0])
    decided = [
        Decided(one.printed, [found.organization for found in one.found])
        for one in lines_of(plan, office, on=NOW.date())
    ]

    def issue(number: int) -> bool:
        notice = Notice(f"示打假发〔2026〕{number + 1}号", NOW.date(), "请认真贯彻执行。")
        try:
            services.issue_plan(
                plan=plan, notice=notice, decided=decided, member=both[number], now=NOW
            )
        except AlreadyIssued:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(issue, range(2))) == [False, True]
    assert Handoff.objects.count() == 3
