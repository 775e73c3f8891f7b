"""What keeps the ledger from being sealed is said once, and never ends the worker."""

from __future__ import annotations

import logging
import threading

import pytest
from django.db import OperationalError
from django.utils import timezone

from zhengpin.base.ledger import queries, services
from zhengpin.base.ledger.errors import KeyMissing, TreeBroken
from zhengpin.sites.ops.sealing import Sealer

REFUSED = "sealing is refused: "


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(threading.Event())


def _said(caplog: pytest.LogCaptureFixture) -> list[str]:
    ours = [one for one in caplog.records if one.name == "zhengpin.sites.ops.sealing"]
    return [one.getMessage() for one in ours if one.levelno >= logging.WARNING]


@pytest.mark.django_db
def test_seals_what_waits(sealer: Sealer) -> None:
    services.record(action="ops.test", subject="1", member=None, facts={}, now=timezone.now())
    sealer.turn()
    assert queries.waiting(now=timezone.now())[0] == 0


def test_says_what_hinders_it_when_it_begins_changes_and_ends(
    sealer: Sealer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The edges here are the failures that a database and a disk bring about."""
    for failure in (
        TreeBroken(), TreeBroken(), TreeBroken(), KeyMissing(), KeyMissing(), TreeBroken(),
        OperationalError("person 张三"), OperationalError("person 张三"), OSError(28, "No space"),
        None, None, TreeBroken(),
    ):  # fmt: skip
        monkeypatch.setattr(sealer, "_seal", _raising(failure))
        sealer.turn()
    assert _said(caplog) == [
        f"{REFUSED}{TreeBroken()}",
        f"{REFUSED}{KeyMissing()}",
        f"{REFUSED}{TreeBroken()}",
        "the database does not answer; sealing waits",
        "sealing fails: No space",
        "sealing goes on",
        f"{REFUSED}{TreeBroken()}",
    ]


def _raising(failure: Exception | None) -> object:
    def seal() -> None:
        if failure is not None:
            raise failure

    return seal
