"""Writes regions through the service, each with its ledger entry, and says which are done.

``python -m tests.faults.writer FIRST COUNT``: prints a code when, and only when, its transaction
is committed. After a failure it looks whether the write was done before it tries again.
"""

from __future__ import annotations

import os
import sys
import time

import django
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

GIVE_UP = 40.0  # seconds without a database


def write(code: str) -> None:
    from zhengpin.base.organizations import services  # noqa: PLC0415 (after django.setup)
    from zhengpin.base.organizations.models import Region  # noqa: PLC0415

    if not Region.objects.filter(code=code).exists():
        services.define_region(code=code, name=code, full_name=code, now=timezone.now())


def persist(code: str) -> None:
    deadline = time.monotonic() + GIVE_UP
    while True:
        try:
            write(code)
        except (DatabaseError, InterfaceError):
            connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def main(first: int, count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengpin.config.settings")
    django.setup()
    for number in range(first, first + count):
        persist(f"{number:06d}")
        sys.stdout.write(f"{number:06d}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
