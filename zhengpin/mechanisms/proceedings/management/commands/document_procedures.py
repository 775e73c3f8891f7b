from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from zhengpin.mechanisms.proceedings import documents

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Write docs/procedures from the declarations, or tell with --check what is stale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        stale = documents.stale(folder) if folder.is_dir() else list(documents.wanted(folder))
        if options["check"]:
            if stale:
                named = "、".join(path.name for path in stale)
                message = f"{named}：与声明不一致，请运行 make docs。"
                raise CommandError(message)
            return
        wanted = documents.wanted(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for path in stale:
            if path in wanted:
                path.write_text(wanted[path], "utf-8")
            else:
                path.unlink()
        self.stdout.write(f"{len(stale)} written")
