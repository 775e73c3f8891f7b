"""The thresholds are read with their conditions kept; a faulty file is refused whole."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zhengpin.kernel.lawdata import (
    LawDataFaulty,
    RuleUnknown,
    read_thresholds,
    threshold,
    threshold_table,
)
from zhengpin.kernel.lawdata.fields import document

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "law"
FIRST = "cl213-2004-t1-amount"


def _raw() -> dict[str, Any]:
    return deepcopy(document("thresholds.yaml"))


def _faults(change: dict[str, object]) -> tuple[str, ...]:
    raw = _raw()
    raw["rules"][0].update(change)
    with pytest.raises(LawDataFaulty) as refused:
        read_thresholds(raw)
    return refused.value.faults


def test_holds_every_rule_with_its_interval_and_citation() -> None:
    table = threshold_table()
    assert len(table.thresholds) == 154
    row = threshold(FIRST)
    assert (row.offence, row.tier, row.scope) == ("假冒注册商标罪", "tier1", "goods")
    assert row.covers(date(2004, 12, 22))
    assert not row.covers(date(2025, 4, 26))
    assert row.citation.endswith("第一条第一款第（一）项")


def test_conditions_are_kept_as_they_stand() -> None:
    for raw in document("thresholds.yaml")["rules"]:
        assert threshold(raw["id"]).when == raw["when"]


def test_an_unknown_threshold_is_refused() -> None:
    with pytest.raises(RuleUnknown, match="没有规则“cl999”"):
        threshold("cl999")


@pytest.mark.parametrize("name", ["thresholds.yaml", "sources.md"])
@pytest.mark.skipif(not SHARED.exists(), reason="the collected data is not beside the project")
def test_the_copy_is_the_collected_data(name: str) -> None:
    assert (ROOT / "zhengpin" / "law" / name).read_bytes() == (SHARED / name).read_bytes()


LEAF = {"metric": "sales_amount", "op": ">=", "value": 50000, "unit": "CNY"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"tier": "tier9"}, f"{FIRST}：不认识的档次 tier9"),
        ({"layer": "rumour"}, f"{FIRST}：不认识的层级 rumour"),
        ({"effective_to": "2004-12-22"}, f"{FIRST}：终止施行日不晚于施行日"),
        ({"source": {"title": "某解释", "number": "1"}}, f"{FIRST}.source：缺少 article"),
        ({"when": {}}, f"{FIRST}：不认识的条件 {{}}"),
        ({"when": {"none": [LEAF]}}, "不认识的条件"),
        ({"when": {"all": []}}, "不认识的条件"),
        ({"when": {"at_least": {"count": 1}}}, "不认识的条件"),
        ({"when": {"any": [LEAF | {"metric": "profit"}]}}, f"{FIRST}：不认识的指标 profit"),
        ({"when": LEAF | {"op": "~"}}, f"{FIRST}：sales_amount 的比较符 ~ 不认识"),
        ({"when": LEAF | {"value": "五万"}}, f"{FIRST}：sales_amount 没有数值"),
        ({"when": LEAF | {"unit": "USD"}}, f"{FIRST}：sales_amount 的单位和 metrics 不一致"),
    ],
)
def test_a_faulty_rule_is_named(change: dict[str, object], fault: str) -> None:
    assert any(fault in one for one in _faults(change))
