from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from zhengpin.sites.desk import catalogues

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


class Command(BaseCommand):
    help = (
        "Write the catalogues of the pages: Traditional Chinese from the Simplified sentences, "
        "English with what is still to be translated left empty."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; exit 1 if stale.")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = catalogues.wanted(settings.PACKAGE, settings.LOCALE_PATHS[0])
        stale = [path for path, content in wanted.items() if not _holds(path, content)]
        if options["check"]:
            if stale:
                raise CommandError(
                    f"stale: {', '.join(path.parent.parent.name for path in stale)}"
                )
            return
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[path])
        self.stdout.write(f"{len(stale)} written")


def _holds(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() == content
