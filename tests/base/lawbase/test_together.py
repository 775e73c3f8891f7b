"""Two who add at the same time, and another process that must not go by a stale day."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from tests.base.lawbase.notices import add_notice, keeper
from zhengpin.base.lawbase import queries
from zhengpin.base.lawbase.models import Override
from zhengpin.kernel.calendars import NoticeFaulty

pytestmark = pytest.mark.django_db(transaction=True)
_PATIENCE = 30.0


def test_the_second_notice_of_a_year_waits_and_is_refused() -> None:
    member, second = keeper(), keeper()
    added, outcome = threading.Event(), []

    def rival() -> None:
        try:
            added.wait(_PATIENCE)
            add_notice(second)
        except NoticeFaulty as refused:
            outcome.append(str(refused))
        finally:
            connection.close()

    thread = threading.Thread(target=rival)
    thread.start()
    with transaction.atomic():
        add_notice(member)
        added.set()
        thread.join(0.3)
        assert thread.is_alive()  # it waits for the one that is not committed yet
    thread.join(_PATIENCE)
    assert "已经载入" in outcome[0]
    assert Override.objects.count() == 1


def test_what_another_connection_adds_is_seen_at_the_next_question() -> None:
    day = date(2027, 1, 1)
    member = keeper()
    assert not queries.working_calendar().is_announced(day)

    def elsewhere() -> None:
        try:
            with transaction.atomic():
                add_notice(member)
                queries._kept = None  # what this process kept is not touched by another
        finally:
            connection.close()

    kept = queries.law()
    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join(_PATIENCE)
    queries._kept = kept
    assert queries.working_calendar().is_announced(day)
