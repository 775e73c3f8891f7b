from __future__ import annotations

from datetime import date, datetime

import pytest

from zhengpin.kernel.clocks import Pause, PauseUnordered, deadline
from zhengpin.kernel.clocks.starts import BEIJING
from zhengpin.kernel.lawdata import rule


@pytest.mark.parametrize(
    ("rule_id", "start", "pauses", "due"),
    [
        pytest.param(
            "penalty-decide", date(2026, 1, 5), [(date(2026, 2, 1), date(2026, 2, 11))],
            date(2026, 4, 15), id="ninety days and ten days of testing",
        ),
        pytest.param(
            "penalty-assist", date(2026, 9, 21), [(date(2026, 9, 24), date(2026, 10, 8))],
            date(2026, 10, 23), id="a pause over National Day leaves only working days out",
        ),
        pytest.param(
            "patent-decide", date(2026, 1, 30), [(date(2026, 3, 1), date(2026, 3, 6))],
            date(2026, 5, 5), id="months are lengthened by the days of the pause",
        ),
        pytest.param(
            "penalty-decide", date(2026, 1, 5),
            [(date(2026, 2, 1), date(2026, 2, 11)), (date(2026, 4, 10), date(2026, 4, 20))],
            date(2026, 4, 27), id="a pause that only the longer period reaches is left out too",
        ),
        pytest.param(
            "penalty-decide", date(2026, 1, 5), [(date(2026, 2, 1), date(2026, 2, 1))],
            date(2026, 4, 7), id="a pause of no day changes nothing",
        ),
    ],
)  # fmt: skip
def test_time_in_a_pause_is_not_counted(
    rule_id: str, start: date, pauses: list[tuple[date, date]], due: date
) -> None:
    found = deadline(rule(rule_id), start, pauses=[Pause(*one) for one in pauses])
    assert found.due == due, found.why


def test_hours_wait_for_as_long_as_the_pause_was() -> None:
    start = datetime(2026, 3, 5, 16, 0, tzinfo=BEIJING)
    pause = Pause(
        datetime(2026, 3, 5, 18, 0, tzinfo=BEIJING), datetime(2026, 3, 6, 9, 30, tzinfo=BEIJING)
    )
    found = deadline(rule("transfer-310-send"), start, pauses=[pause])
    assert found.due == datetime(2026, 3, 7, 7, 30, tzinfo=BEIJING)


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(PauseUnordered):
        deadline(
            rule("penalty-decide"),
            date(2026, 1, 5),
            pauses=[Pause(date(2026, 2, 9), date(2026, 2, 1))],
        )
