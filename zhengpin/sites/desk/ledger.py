"""Reading the ledger, by those whose subjects it is about, and checking it, by anybody.

Overseers and the office read entries with their proofs. Without signing in, everybody gets what
shows that nothing was altered since they last looked: they keep ``/ledger/checkpoint`` and the key
of ``/ledger/verifier``; later they fetch the new checkpoint and the proof of
``/ledger/consistency/OLD/NEW``, and check both without us.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from zhengpin.base.access import subjects
from zhengpin.base.access.duties import OVERSEE, READ_LEDGER
from zhengpin.base.access.models import Member
from zhengpin.base.access.web.guarding import for_duties
from zhengpin.base.ledger import queries
from zhengpin.base.ledger.digests import said_by
from zhengpin.base.ledger.errors import NotSealedYet
from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from zhengpin.base.ledger.models import Entry
    from zhengpin.base.ledger.queries import Inclusion
    from zhengpin.sites.desk.requests import MemberRequest

PLAIN = "text/plain; charset=utf-8"
SHOWN = 200  # entries of one subject on one page


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a page shows it: what the act is called and who did it."""

    entry: Entry
    title: str
    member: Member | None


@for_duties(OVERSEE, READ_LEDGER)
@require_GET
def home(request: MemberRequest) -> HttpResponse:
    now, subject = timezone.now(), request.GET.get("q", "").replace("\0", "").strip()[:120]
    waiting, oldest = queries.waiting(now=now)
    latest = queries.latest_checkpoint()
    shown: dict[str, object] = {
        "latest": latest,
        "root": base64.b64encode(bytes(latest.root)).decode() if latest else "",
        "verifier": _verifier(),
        "waiting": waiting,
        "oldest": _seconds(oldest),
        "delay": _measured(),
        "subject": subject,
    }
    if subject:
        found = list(_entries(request.member, subject)[: SHOWN + 1])
        shown |= {"lines": _lines(found[:SHOWN]), "is_cut": len(found) > SHOWN, "shown": SHOWN}
    return render(request, "ledger/home.html", shown)


def _entries(member: Member, subject: str) -> QuerySet[Entry]:
    """Return the entries about a subject; the number of one entry stands for its subject."""
    uuid = subjects.as_uuid(subject)
    one = subjects.entry_for(member, uuid) if uuid else None
    return subjects.entries_for(member, one.subject if one else subject).order_by("-pk")


def _lines(entries: Iterable[Entry]) -> list[Line]:
    entries = list(entries)
    wanted = {one.member for one in entries if one.member}
    members = Member.objects.filter(uuid__in=wanted).select_related("person", "post__organization")
    known = {one.uuid: one for one in members}
    return [
        Line(one, subjects.title_of(one.action), known.get(one.member) if one.member else None)
        for one in entries
    ]


def _seconds(waited: timedelta | None) -> str:
    """Return a wait in seconds, with one decimal place below ten."""
    if waited is None:
        return ""
    seconds = max(waited.total_seconds(), 0.0)
    return f"{seconds:.1f}" if seconds < 10 else f"{seconds:,.0f}"


def _measured() -> dict[str, object] | None:
    found = queries.sealing_delay()
    if found is None:
        return None
    return {
        "entries": f"{found.entries:,}",
        "median": _seconds(found.median),
        "longest": _seconds(found.longest),
    }


def _verifier() -> str:
    try:
        return queries.verifier().text
    except DomainError as missing:
        return sentence(missing)


@for_duties(OVERSEE, READ_LEDGER)
@require_GET
def entry(request: MemberRequest, uuid: UUID) -> HttpResponse:
    found = _entry(request.member, uuid)
    refused, waits, shown_proof = "", False, None
    try:
        shown_proof = queries.prove(uuid)
    except NotSealedYet as not_yet:
        refused, waits = sentence(not_yet), True
    except DomainError as refusal:
        refused = sentence(refusal)
    shown = {
        "line": _lines([found])[0],
        "text": json.dumps(said_by(found), ensure_ascii=False, indent=2, sort_keys=True),
        "digest": bytes(found.digest).hex(),
        "proof": shown_proof,
        "leaf": shown_proof.leaf.hex() if shown_proof else "",
        "path": [step.hex() for step in shown_proof.path] if shown_proof else [],
        "refused": refused,
        "is_waiting": waits,
    }
    return render(request, "ledger/entry.html", shown)


def _entry(member: Member, uuid: UUID) -> Entry:
    found = subjects.entry_for(member, uuid)
    if found is None:
        raise Http404
    return found


@for_duties(OVERSEE, READ_LEDGER)
@require_GET
def proof(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Return the proof that an entry is in the signed tree, as a file that stands alone."""
    _entry(request.member, uuid)
    try:
        found: Inclusion = queries.prove(uuid)
        document = queries.document_of(found)
    except DomainError as refusal:
        return HttpResponse(sentence(refusal) + "\n", content_type=PLAIN, status=409)
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="entry-{uuid}.json"'
    return answer


@login_not_required
@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """Return the latest signed checkpoint: a C2SP note, byte for byte as it was signed."""
    latest = queries.latest_checkpoint()
    if latest is None:
        raise Http404
    return HttpResponse(latest.note, content_type=PLAIN)


@login_not_required
@require_safe
def verifier(_request: HttpRequest) -> HttpResponse:
    """Return the key that checkpoints are checked with, in the form of a C2SP verifier key."""
    if queries.latest_checkpoint() is None:
        raise Http404
    try:
        text = queries.verifier().text
    except DomainError as missing:
        raise Http404 from missing
    return HttpResponse(text + "\n", content_type=PLAIN)


@login_not_required
@require_safe
def consistency(_request: HttpRequest, old: int, new: int) -> HttpResponse:
    """Return the RFC 9162 proof that the later tree continues the earlier, a hash a line."""
    try:
        path = queries.consistency(old, new)
    except DomainError as refusal:
        raise Http404 from refusal
    lines = "".join(f"{base64.b64encode(step).decode()}\n" for step in path)
    return HttpResponse(lines, content_type=PLAIN)


@login_not_required
@require_safe
def delay(_request: HttpRequest) -> HttpResponse:
    """Return how long sealing took lately, in seconds, and what waits at the moment."""
    found = queries.sealing_delay()
    waiting, oldest = queries.waiting(now=timezone.now())
    return JsonResponse(
        {
            "measured_entries": found.entries if found else 0,
            "median_seconds": round(found.median.total_seconds(), 3) if found else None,
            "longest_seconds": round(found.longest.total_seconds(), 3) if found else None,
            "waiting_entries": waiting,
            "oldest_waiting_seconds": round(oldest.total_seconds(), 3) if oldest else 0,
        }
    )
