"""Every address and every operation of the house, each said to be one kind of door.

A new one must be entered here, or ``test_doors`` fails. Ask in this order:

- does it open to anybody? ``PUBLIC``, with the reason;
- does it concern nobody but the person or program that asks? ``OWN``;
- is it the same for every member (law, help, forms)? ``SHARED``;
- does it list, count, search or suggest records? ``LISTS``, with the queries that would show one;
- does its address name a record? ``THINGS``, with such addresses and what one sends to change it;
- does it name something that is the same for every member (a rule of law)? ``REFERENCE``;
- is who may enter settled by a duty? ``BY_DUTY``, with the tests that hold it.

A mechanism that brings records adds one to ``Records``: those of ``world.hidden`` print ``HIDDEN``
and are the office's own until they are made known, those of ``world.known`` print ``KNOWN`` and
their city may read them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver

from tests import factories
from tests.mechanisms.handoffs.letters import LETTERS
from zhengpin.mechanisms.decisions import services as decisions
from zhengpin.mechanisms.handoffs import services as handoffs
from zhengpin.mechanisms.handoffs.addressing import Addressee
from zhengpin.mechanisms.handoffs.letter import Letter
from zhengpin.mechanisms.plans import services as plans
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.particulars import Particulars
from zhengpin.sites.api.api import api

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.decisions.models import Decision
    from zhengpin.mechanisms.handoffs.models import Handoff
    from zhengpin.mechanisms.plans.models import Plan

HIDDEN, KNOWN = "砚池", "松烟"
SOUGHT = ("硯池", "松煙", "市场检查", "市公安局")
"""Words that find the records and that no page repeats as the records print them."""


@dataclass(frozen=True, slots=True)
class Records:
    """One record of each kind, all printing ``word``."""

    word: str
    plan: Plan
    handoff: Handoff
    decision: Decision

    @property
    def marks(self) -> tuple[str, ...]:
        """What an answer must not hold that is meant for somebody else."""
        matter = self.handoff.proceeding
        return self.word, str(self.plan.uuid), str(self.handoff.uuid), str(matter.uuid)

    @property
    def last_step(self) -> int:
        return int(self.handoff.proceeding.steps.order_by("-pk").values_list("pk", flat=True)[0])


@dataclass(frozen=True, slots=True)
class World:
    """A city whose office holds records nobody else may see and such as its city may see."""

    office: Member
    police: Member
    hidden: Records
    known: Records

    def of(self, word: str) -> Records:
        return self.hidden if word == HIDDEN else self.known


def make_world() -> World:
    units = factories.city_units()
    office = factories.member(factories.organization("市双打办"), "import_plans", "handle")
    hidden = factories.plan(office, _text(HIDDEN), name=f"{HIDDEN}.txt")
    plans.correct_clause(
        clause=hidden.clauses.get(address="1.1"), changes={"due": f"{HIDDEN}之前"},
        reason=f"{HIDDEN}核对", member=office, now=factories.NOW,
    )  # fmt: skip
    known = factories.confirmed_plan(office, _text(KNOWN))
    police = factories.member(units["市公安局"], "approve")
    drafted, sent = _handoff(office, HIDDEN), _handoff(office, KNOWN)
    chief = factories.member(office.organization, "approve")
    for one in (drafted, sent):
        engine.make_move(
            proceeding=one.proceeding,
            move_code="submit",
            member=office,
            said=_ON,
            now=factories.NOW,
        )
    handoffs.send(handoff=sent, member=chief, said=_ON, now=factories.NOW)
    return World(
        office,
        police,
        Records(HIDDEN, hidden, drafted, _decision(drafted, office, chief)),
        Records(KNOWN, known, sent, _decision(sent, office, police)),
    )


_ON = Particulars(date(2026, 3, 16))


def _handoff(office: Member, word: str) -> Handoff:
    """Return a draft that prints ``word``, to an organization no outsider belongs to."""
    letter = Letter(f"{word}协助（示例）", "示例协议", LETTERS["assistance"][0])
    to = Addressee(factories.organization("市知识产权局"), "测试")
    return handoffs.draft(
        kind_code="assistance", letter=letter, to=to, member=office, said=_ON, now=factories.NOW,
        batch=uuid4(),
    )  # fmt: skip


def _decision(handoff: Handoff, office: Member, one: Member) -> Decision:
    """Return a question about a hand-off that ``one`` is to decide, and cannot."""
    decision = decisions.ask(
        question=f"是否同意{handoff.proceeding.title}",
        panel=[one],
        about=handoff.proceeding,
        member=office,
        said=_ON,
        now=factories.NOW,
    )
    decisions.declare(
        decision=decision, has_conflict=True, reasons="近亲属", member=one, now=factories.NOW
    )
    return decision


def _text(word: str) -> str:
    """Return a plan that prints ``word`` in its title, its work and an unknown unit."""
    text = factories.PLAN.replace("假冒伪劣商品工作", f"假冒伪劣商品{word}工作")
    text = text.replace("重点市场检查", f"{word}市场检查")
    return text.replace("（市委宣传部负责）", f"（市{word}局、市委宣传部按职责分工负责）")


@dataclass(frozen=True, slots=True)
class Thing:
    """An address that names a record. ``sent`` changes it; without, it is only read."""

    places: Callable[[Records], list[dict[str, Any]]]
    sent: Callable[[World], dict[str, Any]] | None = None
    queries: tuple[str, ...] = ("",)
    is_json: bool = False


def _plan(**more: Any) -> Callable[[Records], list[dict[str, Any]]]:
    return lambda records: [{"uuid": str(records.plan.uuid), **more}]


def _handoff_at(**more: Any) -> Callable[[Records], list[dict[str, Any]]]:
    return lambda records: [{"uuid": str(records.handoff.uuid), **more}]


def _batch_at(records: Records) -> list[dict[str, Any]]:
    return [{"batch": str(records.handoff.batch)}]


def _matter_at(**more: Any) -> Callable[[Records], list[dict[str, Any]]]:
    return lambda records: [{"uuid": str(records.handoff.proceeding.uuid), **more}]


def _decision_at(records: Records) -> list[dict[str, Any]]:
    return [{"uuid": str(records.decision.uuid)}]


def _seat_at(records: Records) -> list[dict[str, Any]]:
    seats = records.decision.panelists.values_list("pk", flat=True)
    return [{**one, "panelist": seats[0]} for one in _decision_at(records)]


def _file_at(records: Records) -> list[dict[str, Any]]:
    return [{"uuid": str(records.plan.source_file.uuid)}] if records.plan.source_file else []


def _step_of(records: Records) -> list[dict[str, Any]]:
    return [{**one, "step": records.last_step} for one in _matter_at()(records)]


def _step(world: World) -> dict[str, Any]:
    return {"on": "2026-03-16", "note": "改写", "after": str(world.hidden.last_step)}


def _move(_: World) -> dict[str, Any]:
    return {"move": "turn_down", "on": "2026-03-16", "note": "改写"}


def _another(world: World) -> dict[str, Any]:
    return {"by": str(world.police.uuid)}


def _nothing(_: World) -> dict[str, Any]:
    return {}


def _correction(_: World) -> dict[str, Any]:
    rows = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}
    fields = {"version": "1", "text": "改写", "due": "年底前", "mode": "", "reason": ""}
    return fields | {f"units-{name}": value for name, value in rows.items()}


def _choice(world: World) -> dict[str, Any]:
    return {"organization": str(world.police.organization.uuid)}


# ── pages ────────────────────────────────────────────────────────────────────

PUBLIC = {
    "account_login": "the door itself",
    "desk:sign_in": "the same door by its other name",
    "desk:start_over": "leaves a half-made sign-in; there is no record of it",
    "openid_connect_login": "the door by another house's identity; without one not found",
    "openid_connect_callback": "where that house leads back to; it shows no record",
    "mfa_authenticate": "the second step of the door; without a first it leads back to it",
    "mfa_login_webauthn": "the door by a passkey",
    "ledger:checkpoint": "outsiders check the ledger against it; digests and sizes only",
    "ledger:verifier": "the public key with which outsiders check the ledger",
    "ledger:consistency": "proves between two sizes of the ledger; digests only",
    "ledger:delay": "publishes how long sealing takes; figures only",
    "worklist:feed": "calendars cannot sign in; the secret in the address is the key, revocable",
    "desk:language": "the door is read in three languages; a choice of words, no record",
    "desk:theme": "the door is read light or dark; a choice of colours, no record",
    "ops:health": "asked by machines before anybody signs in; says that the process answers",
    "ops:ready": "asked by machines; says which part fails, nothing of any record",
    "ops:metrics": "asked by machines; figures of the installation, none about a person or matter",
    "api-1:openapi-json": "describes the operations; the same file is in the repository",
    "api-1:api-root": "leads nowhere: not found",
}
OWN = {
    "desk:sign_out", "desk:post", "desk:password", "desk:account", "desk:second_step_required",
    "account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn", "mfa_deactivate_totp",
    "mfa_generate_recovery_codes", "mfa_index", "mfa_list_webauthn", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes",
    "tokens:list", "tokens:revoke", "worklist:save_view", "worklist:remove_view",
    "worklist:issue_feed", "worklist:revoke_feed", "notices:list", "notices:open",
    "notices:read", "notices:read_all", "notices:settings",
}  # fmt: skip
SHARED = {
    "desk:components", "handoffs:new", "lawbase:index", "lawbase:calendar", "lawbase:open",
    "lawbase:overrides",
}  # fmt: skip
REFERENCE = {
    "handoffs:draft", "lawbase:instrument", "lawbase:override", "lawbase:rule",
    "lawbase:threshold", "lawbase:year",
}  # fmt: skip
_LAW = "tests/base/lawbase/test_changing.py"
_ADMINISTRATION, _LEDGER = "tests/base/access/test_pages.py", "tests/sites/desk/test_ledger.py"
BY_DUTY = {
    **dict.fromkeys(
        (
            "organizations:detail", "organizations:dissolve", "organizations:end_name",
            "organizations:give_function", "organizations:give_name", "organizations:list",
            "organizations:new", "organizations:set_up_post", "organizations:succeed",
            "organizations:take_function", "people:appoint", "people:deactivate",
            "people:detail", "people:end_appointment", "people:list", "people:new",
            "people:reactivate", "people:reset_password",
        ),
        _ADMINISTRATION,
    ),
    **dict.fromkeys(
        (
            "tasks:assign_clause", "tasks:assign_plan", "tasks:board", "tasks:divide",
            "tasks:list", "tasks:owner", "tasks:step",
        ),
        "tests/mechanisms/tasks/test_pages.py",
    ),
    **dict.fromkeys(
        (
            "plans:describe", "plans:instrument", "plans:instruments", "plans:set_status",
            "plans:settle_flag",
        ),
        "tests/mechanisms/plans/test_instrument_pages.py",
    ),
    **dict.fromkeys(("ledger:home", "ledger:entry", "ledger:proof"), _LEDGER),
    **dict.fromkeys(("lawbase:notice", "lawbase:version", "lawbase:correct"), _LAW),
    "sealed:list": "tests/base/access/test_sealed.py",
    "handoffs:pairs": "tests/mechanisms/handoffs/test_pages.py",
    "worklist:list": "tests/mechanisms/proceedings/test_pages.py",
    "worklist:changes": "tests/mechanisms/proceedings/test_telling.py",
}  # fmt: skip
"""Pages whose content follows from the duties and the jurisdiction of whoever asks."""
LISTS = {
    "desk:home": ("",),
    "desk:own": ("",),
    "desk:search": tuple(f"?q={words}" for words in SOUGHT),
    "plans:list": (
        "", "?stage=review", "?stage=confirmed", "?year=2026",
        *(f"?q={words}" for words in SOUGHT),
    ),
}  # fmt: skip
LISTS["decisions:list"] = ("", "?side=waiting", "?side=asked", "?side=panel")
LISTS["handoffs:list"] = ("", "?side=out", "?q=协助", "?kind=assistance")
SENT: dict[str, Callable[[World], dict[str, Any]]] = {
    "decisions:ask": lambda world: {"question": "新记录", "panel": str(world.police.uuid)},
    "plans:import": lambda _: {"region": factories.CITY, "text": _text("新记录")},
}
"""What one sends to an address of no record in order to make one."""
THINGS = {
    "plans:detail": Thing(_plan()),
    "plans:review": Thing(
        _plan(), queries=("", "?clause=1.1", "?clause=1.1&unit=1&find=公安", "?clause=9.9")
    ),
    "plans:export": Thing(
        lambda records: [
            {"uuid": str(records.plan.uuid), "form": form} for form in ("csv", "json", "xlsx")
        ]
    ),
    "plans:clause": Thing(_plan(address="1.1")),
    "plans:confirm": Thing(_plan(), _nothing),
    "plans:withdraw": Thing(_plan(), _nothing),
    "plans:settle": Thing(
        lambda records: [
            {"uuid": str(records.plan.uuid), "order": one.order}
            for one in records.plan.problems.all()[:1]
        ],
        lambda _: {"settlement": "改写"},
    ),
    "plans:correct": Thing(_plan(address="1.1"), _correction),
    "plans:choose": Thing(_plan(address="1.1", order=0), _choice),
    "issuing:issue": Thing(_plan(), lambda _: {"number": "示打假发〔2026〕9号", "asked": "改写"}),
    "decisions:declare": Thing(_decision_at, lambda _: {"conflict": "no"}),
    "decisions:replace": Thing(_seat_at, _another),
    "decisions:vote": Thing(_decision_at, lambda _: {"vote": "for", "reasons": "改写"}),
    "files:download": Thing(_file_at),
    "handoffs:batch": Thing(_batch_at, lambda world: {"move": "turn_down", **_step(world)}),
    "handoffs:pass_on": Thing(
        _handoff_at(), lambda world: {"receivers": str(world.police.organization.pk)}
    ),
    "handoffs:step": Thing(_handoff_at(move="approve"), _step),
    "proceedings:detail": Thing(_matter_at()),
    "proceedings:move": Thing(_matter_at(code="turn_down"), _step),
    "proceedings:correct": Thing(_step_of, _step),
}

# ── operations of the API ────────────────────────────────────────────────────

API_OWN = {"get /api/1/me", "get /api/1/notices", "post /api/1/notices/{uuid}/read"}
API_REFERENCE = {
    "get /api/1/law/calendar/{year}", "get /api/1/law/instruments",
    "get /api/1/law/instruments/{code}", "get /api/1/law/rules", "get /api/1/law/rules/{id}",
    "get /api/1/law/rules/{id}/deadline", "get /api/1/law/thresholds",
    "get /api/1/law/thresholds/{id}", "get /api/1/law/overrides",
}  # fmt: skip
API_BY_DUTY = {
    "get /api/1/organizations": _ADMINISTRATION,
    "get /api/1/organizations/{uuid}": _ADMINISTRATION,
    "get /api/1/people": _ADMINISTRATION,
    **dict.fromkeys(
        (
            "post /api/1/law/notices",
            "post /api/1/law/rules/{id}/versions",
            "post /api/1/law/overrides/{uuid}/withdraw",
        ),
        "tests/base/lawbase/test_api.py",
    ),
    "get /api/1/worklist": "tests/sites/api/test_proceedings.py",
    "post /api/1/files/{uuid}/content": "tests/base/files/test_pages.py",
}
API_LISTS = {
    "get /api/1/plans": ("", "?size=1", *(f"?q={words}" for words in SOUGHT)),
    "get /api/1/proceedings": ("",),
    "get /api/1/clauses": tuple(f"?q={words}" for words in SOUGHT),
}
API_SENT: dict[str, Callable[[World], dict[str, Any]]] = {
    "post /api/1/plans": lambda _: {
        "region": factories.CITY,
        "file": SimpleUploadedFile("plan.txt", _text("新记录").encode()),
    },
}
API_THINGS = {
    "get /api/1/plans/{uuid}": Thing(_plan()),
    "get /api/1/plans/{uuid}/clauses": Thing(_plan()),
    "get /api/1/plans/{uuid}/export.{form}": Thing(_plan(form="json")),
    "post /api/1/plans/{uuid}/confirm": Thing(_plan(), _nothing),
    "get /api/1/plans/{uuid}/source": Thing(_plan()),
    "get /api/1/proceedings/{uuid}": Thing(_matter_at()),
    "post /api/1/proceedings/{uuid}/moves": Thing(_matter_at(), _move, is_json=True),
    "post /api/1/proceedings/{uuid}/steps/{step}/correction": Thing(
        _step_of, lambda _: {"on": "2026-03-16", "note": "改写"}, is_json=True
    ),
    "get /api/1/files/{uuid}": Thing(_file_at),
    "get /api/1/files/{uuid}/content": Thing(_file_at),
}

# ── the walk ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern of the resolver: its name with namespaces, its route, and its parameters."""

    name: str
    route: str
    parameters: tuple[str, ...] = field(default=())

    def at(self, values: dict[str, Any] | None = None) -> str:
        """Return a path of this route; without values, one that names no record."""
        given = values or {}
        route = re.sub(r"\\?Z?\Z|\^|\$", "", self.route)
        return "/" + re.sub(
            r"<(?:(\w+):)?(\w+)>",
            lambda found: str(given.get(str(found[2]), _NOWHERE.get(str(found[1]), "1"))),
            route,
        )


_NOWHERE = {"uuid": "00000000-0000-4000-8000-000000000000"}


@cache
def addresses() -> dict[str, Address]:
    """Return every address of the house by its name; one without a name bears its route."""
    found = list(_walk(get_resolver(), (), ""))
    return {one.name: one for one in found}


def _walk(resolver: URLResolver, spaces: tuple[str, ...], prefix: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            space = (entry.namespace,) if entry.namespace else ()
            yield from _walk(entry, (*spaces, *space), route)
        elif isinstance(entry, URLPattern):
            name = ":".join((*spaces, entry.name)) if entry.name else route
            yield Address(name, route, tuple(entry.pattern.converters))


@cache
def operations() -> dict[str, str]:
    """Return every operation of the API, ``get /api/1/me``, with its path."""
    paths: dict[str, dict[str, Any]] = api.get_openapi_schema(path_prefix="/api/1/")["paths"]
    return {f"{method} {path}": path for path, methods in paths.items() for method in methods}


def operation_path(operation: str, values: dict[str, Any] | None = None) -> str:
    given = values or {}
    nowhere = _NOWHERE["uuid"]
    path = operations()[operation]
    return re.sub(r"{(\w+)}", lambda found: str(given.get(str(found[1]), nowhere)), path)
