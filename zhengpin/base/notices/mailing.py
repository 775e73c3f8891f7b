"""From notices to mails, and out: gathered, claimed one by one, sent, tried again.

A mail is claimed in a transaction of its own before it is handed to the mail server. What the
server refused, or where it could not be reached, is tried again after ever longer pauses. What may
have been taken is never sent again: a mail that comes twice tells people that nothing here can be
relied on, and one that is lost still stands on the desk.
"""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.core.mail import get_connection
from django.db import connection, transaction
from django.utils import timezone

from zhengpin.base.notices import letters, queries
from zhengpin.base.notices.kinds import Mailing
from zhengpin.base.notices.models import Mail, Notice

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

DIGEST_AT = time(8)  # by the clock of the installation
ATTEMPTS = 10
SILENCE = timedelta(hours=1)  # whoever claimed a mail and is not heard of for so long is gone
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
_GATHERED = 1000  # notices that one round takes up
_GATHERING = 7_262_313  # the advisory lock that only one gatherer holds
_logger = logging.getLogger(__name__)


class Refused(Exception):
    """The mail server said no, or could not be reached: the mail has not left."""


class Unreachable(Refused):
    """There is no mail server to talk to; the other mails need not be tried either."""


def deliver(*, now: datetime, most: int = 200) -> int:
    """Send the mails that are due, up to ``most``; return how many left.

    Safe at any time and from several processes. Without a mail server nothing happens.
    """
    if not queries.is_mail_set_up():
        return 0
    _forget_the_silent(now)
    gather(now)
    sent = 0
    server = get_connection()
    try:
        for _ in range(most):
            mail = claim(now)
            if mail is None:
                break
            sent += _send(server, mail, now)
    except Unreachable:
        _logger.warning("the mail server does not answer; mails wait")
    finally:
        with suppress(OSError):
            server.close()
    return sent


@transaction.atomic
def gather(now: datetime) -> None:
    """Make mails of the notices that wait for one; those read meanwhile need none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_GATHERING])
        if not cursor.fetchone()[0]:
            return
    waiting = Notice.objects.filter(mail=None, read_at=None).select_related("member")
    for notice in waiting.filter(mailing=Mailing.AT_ONCE).order_by("pk")[:_GATHERED]:
        _make(notice.member.person_id, [notice], now, is_digest=False)
    by_person: dict[int, list[Notice]] = {}
    yesterdays = waiting.filter(mailing=Mailing.DAILY, made_at__lt=_last_digest(now))
    for notice in yesterdays.order_by("pk")[:_GATHERED]:
        by_person.setdefault(notice.member.person_id, []).append(notice)
    for person, notices in by_person.items():
        _make(person, notices, now, is_digest=True)


def _make(person: int, notices: list[Notice], now: datetime, *, is_digest: bool) -> None:
    mail = Mail.objects.create(person_id=person, is_digest=is_digest, made_at=now, due_at=now)
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mail=mail)


def _last_digest(now: datetime) -> datetime:
    """Return the last moment at which digests were due."""
    here = timezone.localtime(now)
    today = timezone.make_aware(datetime.combine(here.date(), DIGEST_AT))
    return today if here >= today else today - timedelta(days=1)


@transaction.atomic
def claim(now: datetime) -> Mail | None:
    """Take a mail that is due from the others; it is ours once this is committed."""
    waiting = Mail.objects.filter(state=Mail.State.WAITING, due_at__lte=now)
    locked = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    mail = locked.order_by("due_at", "pk").first()
    if mail is None:
        return None
    mail.state, mail.tried_at = Mail.State.SENDING, now
    mail.attempts += 1
    mail.save(update_fields=["state", "tried_at", "attempts"])
    return mail


def _send(server: BaseEmailBackend, mail: Mail, now: datetime) -> int:
    """Send a claimed mail and write down what became of it. Raises Unreachable."""
    letter = letters.letter(mail, now)
    if letter is None:
        _settle(mail, Mail.State.NEEDLESS)
        return 0
    try:
        _open(server)
        _hand_over(server, letter)
    except Refused as refusal:
        _postpone(mail, now)
        if isinstance(refusal, Unreachable):
            raise
        return 0
    except OSError:
        _logger.warning("a mail broke off; whether it left is not known", exc_info=True)
        _settle(mail, Mail.State.UNSURE)
        server.close()
        return 0
    mail.sent_at = now
    _settle(mail, Mail.State.SENT)
    return 1


def _open(server: BaseEmailBackend) -> None:
    try:
        server.open()
    except OSError as failure:  # what smtplib raises is an OSError too
        raise Unreachable from failure


def _hand_over(server: BaseEmailBackend, letter: letters.Letter) -> None:
    """Hand a letter over. Raises Refused where the server said no, OSError where it went quiet."""
    try:
        server.send_messages([letter])
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException as refusal:
        raise Refused from refusal


def _postpone(mail: Mail, now: datetime) -> None:
    if mail.attempts >= ATTEMPTS:
        _settle(mail, Mail.State.GIVEN_UP)
        _logger.error("a mail is given up")
        return
    mail.due_at = now + pause_after(mail.attempts)
    _settle(mail, Mail.State.WAITING)


def pause_after(attempts: int) -> timedelta:
    """Return how long a mail rests after so many attempts: a minute, then four-fold."""
    return min(_FIRST_PAUSE * int(4 ** min(attempts - 1, 10)), _LONGEST_PAUSE)


def _settle(mail: Mail, state: Mail.State) -> None:
    mail.state = state
    mail.save(update_fields=["state", "due_at", "sent_at"])


def _forget_the_silent(now: datetime) -> None:
    silent = Mail.objects.filter(state=Mail.State.SENDING, tried_at__lt=now - SILENCE)
    silent.update(state=Mail.State.UNSURE)
