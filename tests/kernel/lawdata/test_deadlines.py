"""Every row of the deadlines is typed, cited and dated; a faulty file is refused whole."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from zhengpin.kernel.lawdata import (
    Kind,
    LawDataFaulty,
    RuleUnknown,
    Unit,
    deadline_table,
    read_deadlines,
    rule,
    rules,
)
from zhengpin.kernel.lawdata.fields import document

SHARED = Path(__file__).parents[4] / "shared" / "law" / "deadlines.yaml"
FIRST = "transfer-310-task-force"


def _raw() -> dict[str, Any]:
    return deepcopy(document("deadlines.yaml"))


def _row(raw: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(row for row in raw["deadlines"] if row["id"] == id_)


def _faults(raw: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(LawDataFaulty) as refused:
        read_deadlines(raw)
    return refused.value.faults


class TestTheProjectsData:
    def test_holds_every_row(self) -> None:
        assert len(rules()) == 212
        assert sum(one.verified == "recalled" for one in rules()) == 14

    def test_a_row_keeps_every_field(self) -> None:
        row = rule("penalty-decide")
        assert (row.kind, row.unit, row.length) == (Kind.DEADLINE, Unit.CALENDAR_DAYS, 90)
        assert row.counting_rule == "samr80"
        assert [one.length for one in row.extension] == [30, None]
        assert [one.length for one in row.definite_extensions] == [30]
        assert row.extension[1].by == "负责人集体讨论决定并同时确定合理期限"
        assert row.effective_from == date(2019, 4, 1)
        assert row.effective_to is None
        assert row.excluded_time is not None
        assert row.source.article == "第六十四条"

    @pytest.mark.parametrize("raw", document("deadlines.yaml")["deadlines"], ids=lambda r: r["id"])
    def test_nothing_of_the_file_is_lost(self, raw: dict[str, Any]) -> None:
        row = rule(raw["id"])
        for name in set(raw) - {"source", "extension", "effective_from", "effective_to"}:
            assert getattr(row, name) == raw[name], name
        assert row.effective_from.isoformat() == raw["effective_from"]
        assert (row.effective_to and row.effective_to.isoformat()) == raw["effective_to"]
        assert len(row.extension) == len(raw["extension"])
        assert row.citation.startswith(f"《{raw['source']['title']}》")

    def test_an_unknown_rule_names_those_spelt_alike(self) -> None:
        with pytest.raises(RuleUnknown, match="相近的有 foi-reply"):
            rule("foi-replay")

    def test_records_are_frozen(self) -> None:
        with pytest.raises(AttributeError):
            rule("foi-reply").length = 1  # type: ignore[misc]
        with pytest.raises(TypeError):
            deadline_table().rules["x"] = rule("foi-reply")  # type: ignore[index]


class TestCorrections:
    @pytest.mark.skipif(not SHARED.exists(), reason="the collected data is not beside the project")
    def test_the_copy_differs_from_the_collected_data_by_its_corrections_only(self) -> None:
        shared = yaml.safe_load(SHARED.read_text("utf-8"))
        raw = _raw()
        for change in raw.pop("corrections"):
            row = _row(raw, change["id"])
            assert row.pop(change["field"]) == change["now"]
            if change["was"] is not None:
                row[change["field"]] = change["was"]
        del raw["unsettled"], raw["kinds"]["window_before"]
        assert raw == shared

    def test_each_correction_cites_the_article_read(self) -> None:
        for change in deadline_table().corrections:
            assert "条" in change.basis, change.rule
            assert change.read_at, change.rule

    def test_a_correction_that_the_row_does_not_carry_is_refused(self) -> None:
        raw = _raw()
        del _row(raw, "apl-pay")["counting_rule"]
        assert _faults(raw) == ("corrections：apl-pay.counting_rule 不是 apl85",)


class TestFaults:
    @pytest.mark.parametrize(
        ("field", "value", "fault"),
        [
            ("unit", "weeks", "不认识的 unit weeks"),
            ("kind", "maybe", "不认识的 kind maybe"),
            ("counting_rule", "own", "不认识的计算规则 own"),
            ("verified", "hearsay", "不认识的 verified hearsay"),
            ("verified_at", None, "核实过而没有 verified_at"),
            ("length", -1, "length 不是非负整数"),
            ("length", True, "length 不是非负整数"),
            ("length", 3, "写明“立即”而 length 不是 0"),
            ("immediate", False, "length 为 0 而不是“立即”"),
            ("effective_from", "2001-13-09", "effective_from 不是日期"),
            ("effective_to", "2001-07-09", "终止施行日不晚于施行日"),
            ("superseded_by", "nothing", "superseded_by 的 nothing 不存在"),
            ("to_event", " ", "缺少 to_event"),
            ("leght", 3, "不认识的字段 leght"),
            ("extension", "30", "extension 不是列表"),
        ],
    )
    def test_a_faulty_field_is_named(self, field: str, value: object, fault: str) -> None:
        raw = _raw()
        _row(raw, FIRST)[field] = value
        assert f"{FIRST}：{fault}" in _faults(raw)

    def test_a_row_without_a_citation_is_named(self) -> None:
        raw = _raw()
        _row(raw, FIRST)["source"] = {"title": "某规定", "number": "1"}
        del _row(raw, "foi-reply")["source"]
        faults = _faults(raw)
        assert f"{FIRST}.source：缺少 article" in faults
        assert "foi-reply.source：不是一组字段" in faults

    def test_versions_that_overlap_are_named(self) -> None:
        raw = _raw()
        _row(raw, "complaint20-accept")["effective_to"] = "2026-05-01"
        _row(raw, "tm-opposition-2026")["effective_from"] = "2026-12-01"
        assert _faults(raw) == (
            "complaint121-accept 和 complaint20-accept：施行区间重叠",
            "tm-opposition-2019 和 tm-opposition-2026：施行区间重叠",
        )

    def test_a_circle_of_versions_is_named(self) -> None:
        raw = _raw()
        _row(raw, "patent-decide")["superseded_by"] = "patent10-decide"
        assert "patent10-decide：superseded_by 绕回自己" in _faults(raw)

    def test_half_an_extension_is_named(self) -> None:
        raw = _raw()
        _row(raw, "foi-reply")["extension"][0]["unit"] = None
        assert "foi-reply.extension：length 和 unit 要么都写，要么都空" in _faults(raw)

    def test_a_doubled_id_is_named(self) -> None:
        raw = _raw()
        raw["deadlines"].append(deepcopy(raw["deadlines"][0]))
        assert f"{FIRST}：id 重复" in _faults(raw)

    def test_all_faults_are_told_at_once(self) -> None:
        raw = _raw()
        for row in raw["deadlines"][:5]:
            row["unit"] = "weeks"
        with pytest.raises(LawDataFaulty, match=r"deadlines\.yaml 有 5 处错误"):
            read_deadlines(raw)
