"""Queues a job in a transaction that commits and its like in one that does not.

``python -m tests.faults.deferrer TASK [COMMITTED ROLLED_BACK]``: the codes that the jobs carry.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django
from django.db import transaction


def main(name: str, *codes: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.settings")
    django.setup()
    import_module("tests.faults.tasks")
    from zhengpin.base.jobs import services  # noqa: PLC0415 (after django.setup)

    committed, rolled_back = ({"code": one} for one in codes) if codes else ({}, {})
    with transaction.atomic():
        services.defer(name, **committed)
    with transaction.atomic():
        services.defer(name, **rolled_back)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main(*sys.argv[1:])
