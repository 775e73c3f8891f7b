"""The law data is checked when the platform starts, and every bad row is named."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.core.checks import run_checks

from zhengpin.base.lawbase import checks
from zhengpin.kernel.lawdata import LawDataFaulty, open_points, read_deadlines
from zhengpin.kernel.lawdata.fields import document
from zhengpin.kernel.lawdata.open_points import read_open_points


def _spoilt() -> object:
    raw: dict[str, Any] = deepcopy(document("deadlines.yaml"))
    raw["deadlines"][0]["unit"] = "weeks"
    del raw["deadlines"][1]["source"]["article"]
    return read_deadlines(raw)


def test_the_packages_law_data_is_sound() -> None:
    assert run_checks(tags=["law"]) == []
    checks.require_sound()


def test_every_bad_row_is_named() -> None:
    found = list(checks.faults([_spoilt]))
    assert found == [
        "deadlines.yaml：transfer-310-task-force：不认识的 unit weeks",
        "deadlines.yaml：transfer-310-approve.source：缺少 article",
    ]


def test_open_points_name_rows_that_exist() -> None:
    assert all(one.text and one.reading for one in open_points())
    with pytest.raises(LawDataFaulty, match="D99：没有规则 no-such-rule"):
        read_open_points(
            {"points": [{"code": "D99", "file": "deadlines", "rules": ["no-such-rule"],
                         "text": "x", "reading": "y"}]},
            {"deadlines": {"foi-reply"}},
        )  # fmt: skip
