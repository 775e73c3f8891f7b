"""The choice of pairs from scores."""

from __future__ import annotations

from itertools import permutations
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.kernel.alignment.matching import best_assignment, chosen

Gains = dict[tuple[int, int], float]


def _best_sum(gains: Gains, size: int) -> float:
    return max(
        sum(gains.get((row, column), 0.0) for row, column in enumerate(columns))
        for columns in permutations(range(size))
    )


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)),
        st.floats(0.001, 1, allow_nan=False),
        max_size=25,
    )
)
def test_no_other_assignment_sums_up_higher(gains: Gains) -> None:
    pairs = best_assignment(gains)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert isclose(sum(gains[place] for place in pairs), _best_sum(gains, 5), abs_tol=1e-9)


@pytest.mark.parametrize(
    ("scores", "pairs"),
    [
        pytest.param({}, set(), id="nothing to choose from"),
        pytest.param({(0, 0): 0.49}, set(), id="less likely than not is no pair"),
        pytest.param(
            {(0, 0): 0.74, (0, 1): 0.7, (1, 0): 0.72},
            {(0, 1), (1, 0)},
            id="the second best of one is taken where the whole gains",
        ),
        pytest.param(
            {(0, 0): 0.85, (0, 1): 0.6}, {(0, 0), (0, 1)}, id="what is left joins its nearest"
        ),
        pytest.param(
            {(0, 0): 0.99, (1, 1): 0.99, (0, 1): 0.6},
            {(0, 0), (1, 1)},
            id="two that have a counterpart are not paired on a likelihood",
        ),
        pytest.param(
            {(0, 0): 0.99, (1, 1): 0.99, (0, 1): 0.95},
            {(0, 0), (1, 1), (0, 1)},
            id="two that have a counterpart are paired where there is no doubt",
        ),
    ],
)
def test_chosen(scores: Gains, pairs: set[tuple[int, int]]) -> None:
    assert chosen(scores) == pairs
