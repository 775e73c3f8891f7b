from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.kernel.procedures.assistance import ASSISTANCE
from zhengpin.kernel.lawdata import deadline_table
from zhengpin.kernel.procedures import Clock, Move, Procedure, Stage, mermaid, problems

DUTIES = {"approve"}
DONE = Move("done", "办结", frozenset({"open"}), "closed")
START = Move("start", "开始", frozenset(), "open")
STAGES = (Stage("open", "办理中"), Stage("closed", "办结", final=True))


def found(**changed: object) -> list[str]:
    whole = Procedure(
        code="x", title="测试", in_force_from=date(2026, 1, 1), stages=STAGES, moves=(START, DONE)
    )
    declared = replace(whole, **changed)  # type: ignore[arg-type]
    return problems(declared, rules=deadline_table().rules, duties=DUTIES)


def test_a_sound_declaration_has_no_problem() -> None:
    assert problems(ASSISTANCE, rules=deadline_table().rules, duties=DUTIES) == []
    assert found() == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (
            {"moves": (START, DONE, Move("odd", "怪", frozenset({"gone"}), "closed"))},
            "没有阶段 gone",
        ),
        ({"moves": (START,)}, "阶段 open：出不去"),
        ({"stages": (*STAGES, Stage("alone", "孤立", final=True))}, "阶段 alone：到不了"),
        ({"moves": (DONE,)}, "开始的动作应有一个，现有 0 个"),
        ({"moves": (START, replace(DONE, duty="nobody"))}, "没有职责 nobody"),
        ({"moves": (START, replace(DONE, hands_to="asked"))}, "没有角色 asked"),
        ({"moves": (START, replace(DONE, by=frozenset()))}, "没有人可以办理"),
        ({"moves": (START, DONE, DONE)}, "动作 done 写了 2 次"),
        (
            {"clocks": (Clock("c", "限", frozenset({"start"}), frozenset({"never"})),)},
            "没有动作 never",
        ),
        (
            {"clocks": (Clock("c", "限", frozenset({"start"}), frozenset({"done"}), rule="no"),)},
            "期限数据里没有规则 no",
        ),
        (
            {
                "clocks": (
                    Clock(
                        "c", "限", frozenset({"start"}), frozenset({"done"}),
                        extends_on=frozenset({"done"}),
                    ),
                )
            },
            "所引规则却没有延长",
        ),
        (
            {
                "clocks": (
                    Clock(
                        "c", "限", frozenset({"start"}), frozenset({"done"}),
                        pauses_on=frozenset({"done"}),
                    ),
                )
            },
            "成对",
        ),
        (
            {"clocks": (Clock("c", "限", frozenset({"start"}), frozenset({"start"})),)},
            "同一动作既开始又停止",
        ),
    ],
)  # fmt: skip
def test_each_fault_is_named(changed: dict[str, object], problem: str) -> None:
    assert any(problem in one for one in found(**changed)), found(**changed)


def test_the_diagram_has_a_state_for_each_stage_and_an_arrow_for_each_move() -> None:
    drawn = mermaid(ASSISTANCE)
    assert 'state "协查中" as working' in drawn
    assert "[*] --> asked: 发函" in drawn
    assert "done --> [*]" in drawn
    assert drawn.count("-->") == len(ASSISTANCE.moves) + 1
