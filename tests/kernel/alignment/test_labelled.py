"""The alignment against pairs of plans that were annotated by hand, clause by clause."""

from __future__ import annotations

import pytest

from tests.kernel.alignment.labelled import (
    Labels,
    addresses,
    agreement,
    all_labels,
    baseline,
    plan,
)
from zhengpin.kernel.alignment import align

# What is reached, a little below it: F1 on pairs, and on the clauses without counterpart.
FLOORS = {
    "baodi2010-neimenggu2017": (0.55, 0.80),  # a campaign of a district, seven years earlier
    "baodi2010-tianjin2020": (0.75, 0.85),
    "neimenggu2017-shanghai2021": (0.92, 0.90),
    "neimenggu2017-tianjin2020": (0.95, 0.90),
    "neimenggu2017-xiamen2020": (0.92, 0.85),
    "sample2025-sample2026": (0.95, 0.90),
    "tianjin2020-shanghai2021": (0.92, 0.85),
    "tianjin2020-xiamen2020": (0.99, 0.95),
    "xiamen2020-shanghai2021": (0.95, 0.85),
}

EVERY_PAIR = pytest.mark.parametrize(
    "labels", [pytest.param(one, id=one.name) for one in all_labels()]
)


def _here(labels: Labels) -> Labels:
    if not labels.is_here:
        pytest.skip(f"../shared is absent: {labels.name} is not measured")
    return labels


@EVERY_PAIR
def test_every_clause_of_both_plans_is_decided_and_none_twice(labels: Labels) -> None:
    _here(labels)
    for at, path, only in ((0, labels.a, labels.a_only), (1, labels.b, labels.b_only)):
        paired = {place[at] for place in labels.pairs | labels.arguable}
        assert paired | only == set(addresses(plan(path)))
        assert not paired & only
    assert not labels.pairs & labels.arguable


@EVERY_PAIR
def test_agrees_with_the_annotators_on_pairs_and_on_what_has_no_counterpart(
    labels: Labels,
) -> None:
    _here(labels)
    found = agreement(align(plan(labels.a), plan(labels.b)), labels)
    pairs, lonely = FLOORS[labels.name]
    assert found.pairs >= pairs, (found.extra, found.missed)
    assert found.lonely >= lonely, (found.extra, found.missed)


@pytest.mark.parametrize(
    "labels",
    [pytest.param(one, id=one.name) for one in all_labels() if not one.name.startswith("sample")],
)
def test_agrees_better_on_real_plans_than_plain_bigrams_at_the_best_threshold_of_each_pair(
    labels: Labels,
) -> None:
    _here(labels)
    found = agreement(align(plan(labels.a), plan(labels.b)), labels)
    plain, _ = baseline(labels)
    assert found.pairs > plain.pairs
    assert found.lonely > plain.lonely


def test_yearly_plans_of_provinces_and_cities_reach_095_and_08() -> None:
    yearly = [one for one in all_labels() if one.is_yearly and one.is_here]
    if not yearly:
        pytest.skip("../shared is absent: real plans are not measured")
    found = [agreement(align(plan(one.a), plan(one.b)), one) for one in yearly]
    assert sum(one.pairs for one in found) / len(found) >= 0.95
    assert min(one.lonely for one in found) >= 0.8
