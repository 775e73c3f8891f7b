"""Assignment styles of other years and cities, each passage with its answers."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.kernel.plantext.scoring import PASSAGES, Score, bare, clauses_of, score_clause
from zhengpin.kernel.plantext import Plan, compile_text


def _passages() -> list[Any]:
    return [
        pytest.param(passage, id=passage["id"])
        for path in sorted(PASSAGES.glob("*.yaml"))
        for passage in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def _matched(plan: Plan, expected: list[dict[str, Any]]) -> Score:
    score = Score()
    left = clauses_of(plan)
    for answer in expected:
        start = bare(answer["start"])
        match = next((pair for pair in left if pair[1].text.startswith(start)), None)
        if match is None:
            score.missed += len(answer["units"])
            score.faults.append(f"missing: {start}")
            continue
        left.remove(match)
        item, clause = match
        if item.no != answer["item"] or item.section != answer.get("section", item.section):
            score.faults.append(f"{start}: stands under {item.section}/{item.no}")
        score_clause(score, start, clause, answer)
    score.faults += [f"not in the answers: {clause.text[:20]}" for _, clause in left]
    return score


@pytest.mark.parametrize("passage", _passages())
def test_the_passage_is_read_as_annotated(passage: dict[str, Any]) -> None:
    plan = compile_text(passage["text"])
    expected = passage["expect"]
    assert _matched(plan, expected["clauses"]).faults == []
    assert plan.reassemble() == passage["text"]
    for name in ("title", "notice_title", "issuer", "doc_number", "issued_on", "year"):
        if name in expected:
            assert str(getattr(plan, name)) == str(expected[name]), name
    if "numbering" in expected:
        assert plan.numbering.value == expected["numbering"]
    if "sections" in expected:
        assert [one.title for one in plan.sections] == [bare(one) for one in expected["sections"]]
