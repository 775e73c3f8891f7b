"""How well two plans are aligned, beside plain bigrams, and what it costs."""

from __future__ import annotations

import random
import statistics
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.benchmarks.figures import Figure
from tests.kernel.alignment.labelled import (
    SAMPLES,
    Agreement,
    Labels,
    addresses,
    agreement,
    agreement_of,
    all_labels,
    baseline,
    plan,
    strictly,
)
from zhengpin.kernel.alignment import align
from zhengpin.kernel.alignment.likeness import Likeness
from zhengpin.kernel.alignment.matching import chosen
from zhengpin.kernel.alignment.rivals import certainties

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengpin.kernel.plantext import Plan
    from zhengpin.kernel.plantext.model import Item

ROUNDS = 7
THRESHOLDS = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)
USES = ("never", "after the first blind score", "from the start")


def figures() -> Iterator[Figure]:
    labels = sorted((one for one in all_labels() if one.is_here), key=_by_use)
    for line in (*_scores(labels), *_thresholds(labels)):
        sys.stdout.write(f"{line}\n")
    for size, limit in ((100, 150.0), (1000, 6000.0)):
        a, b = _grown(size, seed=1), _grown(size, seed=2)
        yield Figure(
            f"align two plans of {size} clauses, processor time", _median(a, b), limit, "ms"
        )


def _by_use(labels: Labels) -> tuple[int, str]:
    return USES.index(labels.used), labels.name


def _scores(labels: list[Labels]) -> Iterator[str]:
    yield "F1 on pairs / on clauses without counterpart"
    yield f"{'':<28} {'aligned':>14} {'strictly':>14} {'bigrams':>14}  used"
    for one in labels:
        found = align(plan(one.a), plan(one.b))
        ours, hard, (plain, at) = (
            agreement(found, one),
            agreement(found, strictly(one)),
            baseline(one),
        )
        yield (
            f"{one.name:<28} {ours.pairs:>6.3f} / {ours.lonely:.3f}"
            f" {hard.pairs:>6.3f} / {hard.lonely:.3f}"
            f" {plain.pairs:>6.3f} / {plain.lonely:.3f}  {one.used}; bigrams above {at:.2f}"
        )


def _thresholds(labels: list[Labels]) -> Iterator[str]:
    yield f"{'by threshold':<28} " + " ".join(f"{one:>13}" for one in THRESHOLDS)
    found = {one.name: list(_at_thresholds(one)) for one in labels}
    yearly = [found[one.name] for one in labels if one.is_yearly]
    if yearly:
        found["mean of yearly real plans"] = [
            _mean(column) for column in zip(*yearly, strict=True)
        ]
    for name, row in found.items():
        yield f"{name:<28} " + " ".join(f"{one.pairs:.3f} / {one.lonely:.3f}" for one in row)


def _mean(found: Sequence[Agreement]) -> Agreement:
    pairs, lonely = ([getattr(one, of) for one in found] for of in ("pairs", "lonely"))
    return Agreement(statistics.fmean(pairs), statistics.fmean(lonely), (), ())


def _at_thresholds(labels: Labels) -> Iterator[Agreement]:
    a, b = plan(labels.a), plan(labels.b)
    names_a, names_b = addresses(a), addresses(b)
    scores = certainties(Likeness(a, b))
    for threshold in THRESHOLDS:
        pairs = {(names_a[one], names_b[other]) for one, other in chosen(scores, threshold)}
        lonely = {("a", name) for name in names_a if name not in {one for one, _ in pairs}}
        lonely |= {("b", name) for name in names_b if name not in {one for _, one in pairs}}
        yield agreement_of(pairs, lonely, labels)


def _grown(size: int, *, seed: int) -> Plan:
    """Return a plan of ``size`` clauses: those we have, each time with other signs changed."""
    chance = random.Random(seed)  # noqa: S311 — no secret
    known = [
        plan(path)
        for path in sorted(
            {path for one in all_labels() if one.is_here for path in (one.a, one.b)}
        )
    ]
    items = [item for one in known for item in one.items if item.clauses]
    grown: list[Item] = []
    clauses = 0
    while clauses < size:
        item = chance.choice(items)
        kept = item.clauses[: size - clauses]
        number = len(grown) + 1
        grown.append(
            replace(
                item,
                no=number,
                clauses=tuple(
                    replace(one, address=f"{number}.{at}", text=_changed(one.text, chance))
                    for at, one in enumerate(kept, 1)
                ),
            )
        )
        clauses += len(kept)
    return replace(plan(SAMPLES / "plan.txt"), items=tuple(grown))


def _changed(text: str, chance: random.Random) -> str:
    signs = list(text)
    for _ in range(len(signs) // 8):
        signs[chance.randrange(len(signs))] = chr(0x4E00 + chance.randrange(3000))
    return "".join(signs)


def _median(a: Plan, b: Plan) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        align(a, b)
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000
