"""Keepers and the sweeper at once, and a process that is killed between write and commit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, transaction

from tests import factories
from tests.base.files.test_services import CONTENT, DIGEST, keep, stored
from tests.base.ledger.test_together import At
from tests.factories import NOW
from zhengpin.base.files import services
from zhengpin.base.files.models import File
from zhengpin.base.ledger.models import Entry

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)
LATER = datetime.now(NOW.tzinfo) + timedelta(days=2)
_PATIENCE = 30.0

_KEEP_AND_WAIT = """
import sys, time
import django
django.setup()
from django.db import transaction
from tests.base.files.test_services import keep
from zhengpin.base.access.models import Member
with transaction.atomic():
    keep(Member.objects.get(pk=int(sys.argv[1])))
    print("kept", flush=True)
    time.sleep(60)
"""


def test_what_is_being_kept_is_not_swept(kept_in: Path) -> None:
    office = factories.importer()
    written, may_commit = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            keep(office)
            written.set()
            assert may_commit.wait(_PATIENCE)

    keeper = At(slowly)
    assert written.wait(_PATIENCE)
    assert services.sweep(now=LATER) == 0
    may_commit.set()
    keeper.end()
    assert services.sweep(now=LATER) == 0
    with services.opened(file=File.objects.get()) as content:
        assert content.read() == CONTENT


def test_many_keep_the_same_bytes_at_once_while_a_sweeper_runs(kept_in: Path) -> None:
    office = factories.importer()
    ended = threading.Event()

    def sweep() -> None:
        place = kept_in / DIGEST[:2] / DIGEST[2:]
        while not ended.is_set():
            with suppress(FileNotFoundError):
                os.utime(place, (0, 0))  # old enough to be swept at any moment
            services.sweep(now=datetime.now(NOW.tzinfo))

    sweeper = At(sweep)
    try:
        keepers = [At(lambda: [keep(office) for _ in range(10)]) for _ in range(4)]
        for one in keepers:
            one.end()
    finally:
        ended.set()
        sweeper.end()
    assert File.objects.count() == 40
    assert stored(kept_in) == [f"{DIGEST[:2]}/{DIGEST[2:]}"]


def test_a_process_killed_between_write_and_commit_leaves_no_row_and_is_swept_up(
    kept_in: Path,
) -> None:
    office = factories.importer()
    before = Entry.objects.count()
    process = subprocess.Popen(  # noqa: S603 (our own code)
        [sys.executable, "-c", _KEEP_AND_WAIT, str(office.pk)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=settings.PACKAGE.parent,
        env={**os.environ, "DATABASE_URL": _address(), "ZHENGPIN_HOME": str(kept_in.parent)},
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "kept\n"
        process.send_signal(signal.SIGKILL)
    assert len(stored(kept_in)) == 1
    assert not File.objects.exists()
    assert Entry.objects.count() == before
    _wait_until_the_server_noticed()
    assert services.sweep(now=LATER) == 1
    assert stored(kept_in) == []


def _address() -> str:
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _wait_until_the_server_noticed() -> None:
    for _ in range(300):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), pg_sleep(0.05) FROM pg_locks WHERE locktype = 'advisory'"
            )
            if cursor.fetchone()[0] == 0:
                return
    raise AssertionError
