from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from zhengpin.mechanisms.proceedings.coverage import coverage
from zhengpin.mechanisms.proceedings.coverage_document import page

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Write docs/coverage.md from the declarations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        file.write_text(page(coverage()), "utf-8")
