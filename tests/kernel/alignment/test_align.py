"""What an alignment promises whatever the plans are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kernel.alignment.labelled import SAMPLES, addresses, plan
from zhengpin.kernel.alignment import Alignment, align
from zhengpin.kernel.plantext import Plan, compile_text

LAST_YEAR, THIS_YEAR = plan(SAMPLES / "plan-last-year.txt"), plan(SAMPLES / "plan.txt")


def _plan(*items: str) -> Plan:
    lines = ["示例市2026年打击侵犯知识产权和制售假冒伪劣商品工作要点", "一、重点工作", *items]
    return compile_text("\n".join(lines))


POSTAL = "(一)严格寄递监管。督促寄递企业落实收寄验视、实名收寄、过机安检制度。(市邮政管理局负责)"
TRAINING = "(二)培训从业人员。组织快递从业人员辨识侵权假冒商品。(市邮政管理局负责)"
MERGED = (
    "(一)严格寄递监管。督促寄递企业落实收寄验视、实名收寄、过机安检制度,"
    "组织快递从业人员辨识侵权假冒商品。(市邮政管理局负责)"
)
TAX = "(二)查处涉税案件。加强侵权假冒涉税案件线索移交,严肃查处税收违法行为。(市税务局负责)"
COURT = "(三)加强审判工作。推进知识产权案件三合一审判,落实惩罚性赔偿。(市中级法院负责)"


def _pairs(alignment: Alignment) -> set[tuple[str, str]]:
    return {(one.a, one.b) for one in alignment.pairs}


def test_every_clause_is_in_a_pair_or_without_counterpart_and_never_both() -> None:
    found = align(LAST_YEAR, THIS_YEAR)
    paired_a, paired_b = ({one[at] for one in _pairs(found)} for at in (0, 1))
    assert paired_a | set(found.a_only) == set(addresses(LAST_YEAR))
    assert paired_b | set(found.b_only) == set(addresses(THIS_YEAR))
    assert not paired_a & set(found.a_only)
    assert not paired_b & set(found.b_only)


def test_pairs_and_rests_stand_in_the_order_of_the_plans() -> None:
    found = align(LAST_YEAR, THIS_YEAR)
    order_a, order_b = addresses(LAST_YEAR).index, addresses(THIS_YEAR).index
    placed = [(order_a(one.a), order_b(one.b)) for one in found.pairs]
    assert placed == sorted(placed)
    assert list(found.a_only) == sorted(found.a_only, key=order_a)
    assert list(found.b_only) == sorted(found.b_only, key=order_b)


def test_scores_lie_between_0_and_1_and_every_pair_has_words_that_both_clauses_print() -> None:
    texts = [
        {
            clause.address: "".join(f"{item.title}\n{clause.text}".split(" "))
            for item in one.items
            for clause in item.clauses
        }
        for one in (LAST_YEAR, THIS_YEAR)
    ]
    for pair in align(LAST_YEAR, THIS_YEAR).pairs:
        assert 0 <= pair.score <= 1
        assert 1 <= len(pair.words) <= 6
        for word in pair.words:
            assert word in texts[0][pair.a]
            assert word in texts[1][pair.b]


def test_the_other_way_round_says_the_same() -> None:
    there, back = align(LAST_YEAR, THIS_YEAR), align(THIS_YEAR, LAST_YEAR)
    assert _pairs(there) == {(a, b) for b, a in _pairs(back)}
    assert (there.a_only, there.b_only) == (back.b_only, back.a_only)


@pytest.mark.parametrize("one", [LAST_YEAR, THIS_YEAR], ids=["last year", "this year"])
def test_a_plan_beside_itself_has_every_clause_beside_itself(one: Plan) -> None:
    found = align(one, one)
    assert {(address, address) for address in addresses(one)} == _pairs(found)
    assert found.a_only == found.b_only == ()


def test_two_plans_of_one_and_the_same_clause_are_a_pair() -> None:
    assert _pairs(align(_plan(POSTAL), _plan(POSTAL))) == {("1", "1")}


def test_two_plans_of_one_clause_each_about_other_things_are_none() -> None:
    assert _pairs(align(_plan(POSTAL), _plan(COURT))) == set()


def test_beside_a_plan_without_clauses_nothing_has_a_counterpart() -> None:
    empty = replace(THIS_YEAR, items=())
    assert align(LAST_YEAR, empty) == Alignment((), tuple(addresses(LAST_YEAR)), ())
    assert align(empty, LAST_YEAR) == Alignment((), (), tuple(addresses(LAST_YEAR)))
    assert align(empty, empty) == Alignment((), (), ())


def test_clauses_without_text_have_no_counterpart() -> None:
    first, *rest = THIS_YEAR.items
    blank = replace(
        first, title="", clauses=tuple(replace(clause, text="") for clause in first.clauses)
    )
    found = align(LAST_YEAR, replace(THIS_YEAR, items=(blank, *rest)))
    assert {clause.address for clause in blank.clauses} <= set(found.b_only)


def test_work_on_other_things_is_no_counterpart() -> None:
    found = align(_plan(POSTAL, COURT), _plan(POSTAL, TAX))
    assert _pairs(found) == {("1", "1")}
    assert (found.a_only, found.b_only) == (("3",), ("2",))


def test_a_clause_that_was_split_is_beside_both_parts() -> None:
    found = align(_plan(MERGED, TAX, COURT), _plan(POSTAL, TRAINING, COURT))
    assert _pairs(found) == {("1", "1"), ("1", "2"), ("3", "3")}


def test_traditional_and_simplified_characters_are_the_same_words() -> None:
    traditional = (
        "(一)嚴格寄遞監管。督促寄遞企業落實收寄驗視、實名收寄、過機安檢制度。(市郵政管理局負責)"
    )
    found = align(_plan(traditional, COURT), _plan(POSTAL, TAX))
    assert _pairs(found) == {("1", "1")}
    assert "督促寄递企业落实收寄验视" in found.pairs[0].words


def test_a_body_that_took_over_another_counts_as_the_same() -> None:
    work = "加强流通领域商品质量监管。"
    of_2016 = compile_text(
        "示例市2016年打击侵权假冒工作要点\n一、重点工作\n"
        f"(一)商品质量。{work}(市工商局负责)\n{COURT}"
    )
    now = _plan(f"(一)商品质量。{work}(市市场监管局负责)", COURT)
    other = _plan(f"(一)商品质量。{work}(市税务局负责)", COURT)
    assert align(of_2016, now).pairs[0].score > align(of_2016, other).pairs[0].score
