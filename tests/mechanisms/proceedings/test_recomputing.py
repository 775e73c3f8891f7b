from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from tests import factories
from tests.base.lawbase import notices
from zhengpin.base.ledger.models import Entry
from zhengpin.kernel.procedures.readings import last_instant
from zhengpin.mechanisms.proceedings import due_days, recomputing, services
from zhengpin.mechanisms.proceedings.models import DueChange, DueDay
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import Proceeding

pytestmark = pytest.mark.django_db
NOW = factories.NOW
NOTICE = "放假通知的更正（示例）"


@pytest.fixture
def accepted(proceeding: Proceeding, asked: Member) -> Proceeding:
    services.make_move(
        proceeding=proceeding, move_code="accept", member=asked,
        said=Particulars(date(2026, 3, 3)), now=NOW,
    )  # fmt: skip
    return proceeding


def test_nothing_changes_while_the_law_is_the_same(accepted: Proceeding) -> None:
    assert list(recomputing.recompute_all(because=NOTICE, now=NOW)) == []
    assert not DueChange.objects.exists()


def test_a_notice_moves_due_days_and_says_so(proceeding: Proceeding, asked: Member) -> None:
    """The invented notice of 2027 makes a Sunday of December 2026 a working day."""
    december = datetime(2026, 12, 31, tzinfo=UTC)
    services.make_move(
        proceeding=proceeding, move_code="accept", member=asked,
        said=Particulars(date(2026, 12, 15)), now=december,
    )  # fmt: skip
    due = proceeding.due_days.get(clock_code="assist")
    assert (due.due_on, due.is_provisional) == (date(2027, 1, 6), True)
    notices.add_notice(notices.keeper())
    (change,) = recomputing.recompute_all(because=NOTICE, now=december)
    assert change.clock_code == "assist"
    assert (change.because, change.proceeding_id) == (NOTICE, proceeding.pk)
    due.refresh_from_db()
    assert (due.due_on, due.is_provisional) == (date(2027, 1, 5), False)
    held = sorted(due_days.held(range(proceeding.pk, proceeding.pk + 1)).values())
    assert held == sorted(due_days.derived(proceeding))


def test_a_batch_leaves_one_entry(accepted: Proceeding) -> None:
    before = Entry.objects.count()
    list(recomputing.recompute_all(because=NOTICE, now=NOW, batch=1))
    assert Entry.objects.filter(action="proceedings.recompute").count() == 1
    assert Entry.objects.count() == before + 1


def test_a_cache_that_is_missing_or_wrong_is_mended(accepted: Proceeding) -> None:
    DueDay.objects.filter(clock_code="reply").delete()
    accepted.due_days.filter(clock_code="assist").update(is_paused=True)
    list(recomputing.recompute_all(because=NOTICE, now=NOW))
    held = sorted(due_days.held(range(accepted.pk, accepted.pk + 1)).values())
    assert held == sorted(due_days.derived(accepted))


def test_a_matter_that_moved_meanwhile_is_left_alone(
    accepted: Proceeding, asked: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = recomputing._read([accepted.pk])
    services.make_move(
        proceeding=accepted, move_code="answer", member=asked,
        said=Particulars(date(2026, 3, 4)), now=NOW,
    )  # fmt: skip
    assert recomputing._locked({accepted.pk}, read) == set()


def test_a_corrected_step_shows_what_it_changed(accepted: Proceeding, asked: Member) -> None:
    step = accepted.steps.get(move_code="accept")
    said = Particulars(date(2026, 3, 2), note="误写")
    services.correct_step(step=step, member=asked, said=said, now=NOW)
    change = DueChange.objects.get()
    assert (change.before_at, change.after_at) == (
        last_instant(date(2026, 3, 24)),
        last_instant(date(2026, 3, 23)),
    )
