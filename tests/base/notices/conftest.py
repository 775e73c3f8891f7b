"""What the tests of notices share: a kind of their own, and a mail server that takes all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import factories
from zhengpin.base.notices import kinds
from zhengpin.mechanisms.plans import queries as plans

if TYPE_CHECKING:
    from pytest_django import Settings

    from zhengpin.base.access.models import Member
    from zhengpin.base.notices.kinds import NoticeKind


@pytest.fixture(autouse=True)
def _set_up(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example"
    settings.ADDRESS = "https://desk.example"


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> NoticeKind:
    """The only kind there is: open, and mailed at once."""
    monkeypatch.setattr(kinds, "KINDS", {})
    for module in ("queries", "services", "web.forms"):
        monkeypatch.setattr(f"zhengpin.base.notices.{module}.KINDS", kinds.KINDS)
    return kinds.declare("overdue", "事项已逾期", is_open=True, mailing=kinds.Mailing.AT_ONCE)


@pytest.fixture
def plan_kind(kind: NoticeKind) -> NoticeKind:
    """A second kind, about plans: its words are for those who see the plan."""
    return kinds.declare(
        "plan", "计划有变", sees=plans.plans_for, is_open=True, mailing=kinds.Mailing.AT_ONCE
    )


@pytest.fixture
def office(db: None) -> Member:
    return with_address(factories.importer())


def with_address(member: Member, address: str = "") -> Member:
    member.person.email = address or f"{member.person.login}@unit.example"
    member.person.save(update_fields=["email"])
    return member
